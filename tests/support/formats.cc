// SPDX-License-Identifier: Apache-2.0
#include "support/formats.h"

#include <algorithm>
#include <string>

namespace onus::makelogs {
namespace {

constexpr Column kId = {"ID", Field::id};
constexpr Column kName = {"Name", Field::name};
constexpr Column kOrg = {"Org Name", Field::org};
constexpr Column kNetworks = {"Total Networks Searched", Field::networks};
constexpr Column kDevices = {"Total Devices Searched", Field::devices};
constexpr Column kTimeFrame = {"Time Frame", Field::time_frame};
constexpr Column kPlate = {"License Plate", Field::plate};
constexpr Column kReason = {"Reason", Field::reason};
constexpr Column kCase = {"Case #", Field::case_number};
constexpr Column kFilters = {"Filters", Field::filters};
constexpr Column kTime = {"Search Time", Field::us_time};
constexpr Column kType = {"Search Type", Field::search_type};
constexpr Column kPrompt = {"Text Prompt", Field::prompt};
constexpr Column kModeration = {"Moderation", Field::moderation};

std::vector<Column> eleven() {
  return {kName,   kOrg,  kNetworks, kDevices, kTimeFrame, kPlate,
          kReason, kCase, kFilters,  kTime,    kType};
}

std::vector<Column> thirteen() {
  return {kId,   kName,    kOrg,  kNetworks, kTimeFrame, kPlate,     kReason,
          kCase, kFilters, kTime, kType,     kPrompt,    kModeration};
}

std::vector<Column> fourteen() {
  std::vector<Column> columns = thirteen();
  columns.insert(columns.begin() + 4, kDevices);
  return columns;
}

std::vector<Column> with_offence() {
  std::vector<Column> columns = thirteen();
  columns.insert(columns.begin() + 6, {"Offense Type", Field::offence_type});
  return columns;
}

std::vector<Column> leading_space() {
  std::vector<Column> columns = eleven();
  columns[1].header = " Org Name";
  columns[6].header = " Reason";
  return columns;
}

std::vector<Column> split_time() {
  std::vector<Column> columns = eleven();
  columns[9] = {"Search Date", Field::us_date};
  columns.insert(columns.begin() + 10, {"Search Time", Field::us_clock});
  return columns;
}

std::vector<Column> portal(bool reason, bool case_number, bool offence) {
  std::vector<Column> columns = {{"id", Field::id},
                                 {"userId", Field::user_id},
                                 {"searchDate", Field::iso_time},
                                 {"networkCount", Field::networks}};
  if (reason) columns.push_back({"reason", Field::reason});
  if (case_number) columns.push_back({"caseNumber", Field::case_number});
  if (offence) columns.push_back({"offenseType", Field::offence_type});
  return columns;
}

Format portal_format(std::string_view id, bool reason, bool case_number, bool offence) {
  return {.id = id,
          .view = View::searcher,
          .columns = portal(reason, case_number, offence),
          .portal = true};
}

std::vector<Format> audits() {
  const std::vector<Column> federal = {kId,     kName, kOrg,     kNetworks, kPlate,
                                       kReason, kCase, kFilters, kTime,     kType};
  return {
      {.id = "network-audit-11", .view = View::owner, .columns = eleven()},
      {.id = "network-audit-13", .view = View::owner, .columns = thirteen()},
      {.id = "network-audit-14", .view = View::owner, .columns = fourteen()},
      {.id = "network-audit-offense", .view = View::owner, .columns = with_offence()},
      {.id = "organization-audit-13", .view = View::searcher, .columns = thirteen()},
      {.id = "organization-audit-14", .view = View::searcher, .columns = fourteen()},
      {.id = "organization-audit-offense", .view = View::searcher, .columns = with_offence()},
      {.id = "federal-10", .view = View::owner, .columns = federal, .federal_only = true},
      {.id = "released-5",
       .view = View::owner,
       .columns = {kOrg, kNetworks, kTimeFrame, kTime, kType}},
      {.id = "printed-5",
       .view = View::searcher,
       .columns =
           {kId, {"userID", Field::user_id}, {"networkCount", Field::networks}, kTime, kReason}},
      {.id = "network-audit-11-leading-space", .view = View::owner, .columns = leading_space()},
      {.id = "network-audit-11-split-time", .view = View::owner, .columns = split_time()},
      {.id = "network-audit-11-frame-to",
       .view = View::owner,
       .columns = eleven(),
       .frame_separator = " to "}};
}

std::vector<Format> all_formats() {
  std::vector<Format> all = audits();
  all.push_back(portal_format("portal", false, false, false));
  all.push_back(portal_format("portal-reason", true, false, false));
  all.push_back(portal_format("portal-case", false, true, false));
  all.push_back(portal_format("portal-offense", false, false, true));
  all.push_back(portal_format("portal-reason-case", true, true, false));
  all.push_back(portal_format("portal-reason-offense", true, false, true));
  all.push_back(portal_format("portal-case-offense", false, true, true));
  all.push_back(portal_format("portal-reason-case-offense", true, true, true));
  all.push_back({.id = "portal-2025",
                 .view = View::searcher,
                 .columns = {{"id", Field::id},
                             {"userId", Field::user_id},
                             {"searchDate", Field::zoneless_time},
                             {"cameraCount", Field::devices},
                             {"reason", Field::reason}},
                 .portal = true,
                 .plain_numbers = true});
  all.push_back({.id = "event-log",
                 .view = View::events,
                 .columns = {{"Timestamp", Field::iso_time},
                             {"User", Field::event_user},
                             {"Event Type", Field::event_type},
                             {"Entity Type", Field::entity_type},
                             {"Entity Details", Field::entity_details},
                             {"Event Id", Field::id}}});
  return all;
}

}  // namespace

std::span<const Format> formats() {
  static const std::vector<Format> kAll = all_formats();
  return kAll;
}

const Format* find_format(std::string_view id) {
  const std::span<const Format> all = formats();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Format& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace onus::makelogs
