// SPDX-License-Identifier: Apache-2.0
// Searches put into the world on purpose, so that a test knows what must be found and what must
// not: breaches of named laws, shapes of misuse, and innocent shapes that look like it. The truth
// file names each by `PlantedAct::plant`:
//
//   il_breach        Texas officer, Illinois cameras, "immigration violation"
//   il_federal       federal searcher, Illinois cameras, "immigration": cannot be told
//   ca_out_of_state  Arizona officer, Californian cameras
//   va_federal       federal searcher, Virginian cameras, after 1 July 2025
//   reach_escalation forbidden purpose, first the state, minutes later the nation
//   one_subject      one officer, one subject, 60 times in five weeks, "investigation", no case
//   subject_cluster  one officer, three subjects, over four months
//   shared_login     one account day and night, two places at a time
//   borrowed_login   24 times "immigration violation" in two days, at hours that are not the
//   owner's vague_officer    one officer, 200 searches, always the same word innocent_* hotlist (an
//   alert that echoes), bolo (many agencies, one subject, one evening),
//                    retry (the same again within two minutes), colleagues (one case, five
//                    officers)
#pragma once

#include <vector>

#include "support/acts.h"

namespace onus::makelogs {

// Those that fall into the period, in the order of time. The same for a seed, whatever the period.
std::vector<PlantedAct> plan_plants(const World& world, const Period& period);

}  // namespace onus::makelogs
