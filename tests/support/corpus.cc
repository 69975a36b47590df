// SPDX-License-Identifier: Apache-2.0
#include "support/corpus.h"

namespace onus::makelogs {
namespace {

constexpr Reading crime(std::string_view offence, std::string_view specificity = "specific") {
  return {"crime", offence, specificity, "", ""};
}
constexpr Reading traffic(std::string_view offence, std::string_view specificity = "specific") {
  return {"traffic", offence, specificity, "", ""};
}
constexpr Reading plain(std::string_view purpose, std::string_view specificity) {
  return {purpose, "", specificity, "", ""};
}
constexpr Reading kVague = plain("vague", "generic");
constexpr Reading kUnclear = plain("unclear", "none");
constexpr Reading kJunk = plain("placeholder", "none");

constexpr Phrase kHomicideWords[] = {{"homicide suspect veh", crime("homicide")},
                                     {"murder inv", crime("homicide")},
                                     {"attempted murder Sunday", crime("homicide")}};
constexpr Phrase kHomicideCodes[] = {{"187pc", crime("homicide", "coded")},
                                     {"pc 187", crime("homicide", "coded")},
                                     {"664/187 pc", crime("homicide", "coded")}};
constexpr Phrase kRobberyWords[] = {{"armed robbery gas station", crime("robbery")},
                                    {"robbery suspect", crime("robbery")},
                                    {"street robbery", crime("robbery")},
                                    {"bank robbery getaway car", crime("robbery")},
                                    {"carjacking", crime("robbery")}};
constexpr Phrase kRobberyCodes[] = {{"211pc", crime("robbery", "coded")},
                                    {"211", crime("robbery", "coded")},
                                    {"PC211", crime("robbery", "coded")},
                                    {"215 pc", crime("robbery", "coded")}};
constexpr Phrase kAssaultWords[] = {{"agg assault", crime("assault")},
                                    {"assault w/ bat", crime("assault")},
                                    {"battery suspect left in veh", crime("assault")}};
constexpr Phrase kAssaultCodes[] = {{"245", crime("assault", "coded")},
                                    {"245(a)(1) pc", crime("assault", "coded")},
                                    {"ADW", crime("assault", "specific")}};
constexpr Phrase kDomesticWords[] = {{"domestic", crime("domestic")},
                                     {"DV suspect", crime("domestic")},
                                     {"domestic battery follow up", crime("domestic")}};
constexpr Phrase kDomesticCodes[] = {{"273.5pc", crime("domestic", "coded")},
                                     {"pc273.5", crime("domestic", "coded")}};
constexpr Phrase kWeaponsWords[] = {{"shots fired call", crime("weapons")},
                                    {"drive by shooting", crime("weapons")},
                                    {"brandishing firearm", crime("weapons")}};
constexpr Phrase kWeaponsCodes[] = {{"246pc", crime("weapons", "coded")},
                                    {"25850 pc", crime("weapons", "coded")}};
constexpr Phrase kBurglaryWords[] = {{"res burglary", crime("burglary")},
                                     {"burg to storage unit", crime("burglary")},
                                     {"Burglary", crime("burglary")},
                                     {"garage burglary suspect", crime("burglary")}};
constexpr Phrase kBurglaryCodes[] = {{"459pc", crime("burglary", "coded")},
                                     {"459", crime("burglary", "coded")},
                                     {"pc 459", crime("burglary", "coded")},
                                     {"459 PC", crime("burglary", "coded")}};
constexpr Phrase kVehicleTheftWords[] = {{"stolen vehicle", crime("vehicle_theft")},
                                         {"stolen veh", crime("vehicle_theft")},
                                         {"stolen truck w/ trailer", crime("vehicle_theft")},
                                         {"auto theft", crime("vehicle_theft")},
                                         {"reported stolen vehicle", crime("vehicle_theft")}};
constexpr Phrase kVehicleTheftCodes[] = {{"10851", crime("vehicle_theft", "coded")},
                                         {"10851 cvc", crime("vehicle_theft", "coded")},
                                         {"GTA", crime("vehicle_theft", "coded")},
                                         {"503", crime("vehicle_theft", "coded")}};
constexpr Phrase kTheftWords[] = {{"retail theft", crime("theft")},
                                  {"shoplifting crew", crime("theft")},
                                  {"theft of packages", crime("theft")},
                                  {"cat converter theft", crime("theft")},
                                  {"gas drive off", crime("theft")}};
constexpr Phrase kTheftCodes[] = {{"484pc", crime("theft", "coded")},
                                  {"487 pc", crime("theft", "coded")},
                                  {"488", crime("theft", "coded")}};
constexpr Phrase kStolenWords[] = {{"stolen plate on vehicle", crime("stolen_property")},
                                   {"stolen tag", crime("stolen_property")}};
constexpr Phrase kStolenCodes[] = {{"496pc", crime("stolen_property", "coded")}};
constexpr Phrase kFraudWords[] = {{"fraud", crime("fraud")},
                                  {"check fraud suspect", crime("fraud")},
                                  {"identity theft", crime("fraud")}};
constexpr Phrase kFraudCodes[] = {{"530.5 pc", crime("fraud", "coded")}};
constexpr Phrase kDrugsWords[] = {{"narcotics", crime("drugs")},
                                  {"drug trafficking", crime("drugs")},
                                  {"narc surveillance", crime("drugs")},
                                  {"heroin sales", crime("drugs")}};
constexpr Phrase kDrugsCodes[] = {{"11352 HS", crime("drugs", "coded")},
                                  {"hs 11378", crime("drugs", "coded")}};
constexpr Phrase kVandalismWords[] = {{"vandalism to school", crime("vandalism")},
                                      {"criminal damage to property", crime("vandalism")}};
constexpr Phrase kVandalismCodes[] = {{"594pc", crime("vandalism", "coded")}};
constexpr Phrase kThreatsWords[] = {{"criminal threats", crime("threats")},
                                    {"harassment by phone", crime("threats")}};
constexpr Phrase kThreatsCodes[] = {{"422pc", crime("threats", "coded")}};
constexpr Phrase kSexWords[] = {{"sexual assault", crime("sex_offense")},
                                {"icac traveler", crime("sex_offense")}};
constexpr Phrase kSexCodes[] = {{"287 PC", crime("sex_offense", "coded")},
                                {"288pc", crime("sex_offense", "coded")}};
constexpr Phrase kFleeingWords[] = {{"fled traffic stop", crime("fleeing")},
                                    {"felony evading", crime("fleeing")},
                                    {"fail to yield pursuit", crime("fleeing")}};
constexpr Phrase kFleeingCodes[] = {{"2800.2 cvc", crime("fleeing", "coded")},
                                    {"vc2800", crime("fleeing", "coded")}};
constexpr Phrase kHitAndRunWords[] = {{"hit and run", traffic("hit_and_run")},
                                      {"hit & run w/ injury", traffic("hit_and_run")},
                                      {"H&R parked car", traffic("hit_and_run")}};
constexpr Phrase kHitAndRunCodes[] = {{"20002", traffic("hit_and_run", "coded")},
                                      {"20001(a) cvc", traffic("hit_and_run", "coded")}};
constexpr Phrase kDuiWords[] = {{"DUI driver", traffic("dui")},
                                {"possible drunk driver", traffic("dui")}};
constexpr Phrase kDuiCodes[] = {{"23152 vc", traffic("dui", "coded")}};
constexpr Phrase kWantedWords[] = {
    {"warrant", plain("wanted_person", "specific")},
    {"wanted person", plain("wanted_person", "specific")},
    {"felony warrant out of county", plain("wanted_person", "specific")},
    {"fugitive", plain("wanted_person", "specific")}};
constexpr Phrase kMissingWords[] = {{"missing juvenile", plain("missing_person", "specific")},
                                    {"endangered missing", plain("missing_person", "specific")},
                                    {"runaway", plain("missing_person", "specific")},
                                    {"welfare check", plain("missing_person", "specific")}};

constexpr Offence kOffences[] = {
    {3, "Homicide/Death Investigation", crime("homicide"), kHomicideWords, kHomicideCodes},
    {9, "Robbery", crime("robbery"), kRobberyWords, kRobberyCodes},
    {10, "Assault/Battery Offenses", crime("assault"), kAssaultWords, kAssaultCodes},
    {7, "Assault/Battery Offenses (Domestic)", crime("domestic"), kDomesticWords, kDomesticCodes},
    {6, "Weapons Offense (Guns/Shots Fired)", crime("weapons"), kWeaponsWords, kWeaponsCodes},
    {12, "Burglary/Breaking & Entering", crime("burglary"), kBurglaryWords, kBurglaryCodes},
    {20, "Motor Vehicle Theft/Stolen", crime("vehicle_theft"), kVehicleTheftWords,
     kVehicleTheftCodes},
    {14, "Larceny/Theft Offenses", crime("theft"), kTheftWords, kTheftCodes},
    {4, "Stolen Property Offenses", crime("stolen_property"), kStolenWords, kStolenCodes},
    {4, "Financial Crime (Embezzlement/Fraud)", crime("fraud"), kFraudWords, kFraudCodes},
    {10, "Drugs/Narcotics", crime("drugs"), kDrugsWords, kDrugsCodes},
    {3, "Destruction/Damage/Vandalism of Property", crime("vandalism"), kVandalismWords,
     kVandalismCodes},
    {3, "Threats/Harassment", crime("threats"), kThreatsWords, kThreatsCodes},
    {3, "Sex Offenses", crime("sex_offense"), kSexWords, kSexCodes},
    {4, "Obstructing the Police (Fleeing/Eluding)", crime("fleeing"), kFleeingWords, kFleeingCodes},
    {8, "Hit and Run/Car Accident", traffic("hit_and_run"), kHitAndRunWords, kHitAndRunCodes},
    {3, "Driving Under the Influence (DUI/DWI/OWI/OVI)", traffic("dui"), kDuiWords, kDuiCodes},
    {8, "Wanted Person (Arrest Warrant/Fugitive)", plain("wanted_person", "specific"), kWantedWords,
     kWantedWords},
    {6, "Missing/Endangered Person/Runaway", plain("missing_person", "specific"), kMissingWords,
     kMissingWords},
};

constexpr Phrase kVaguePhrases[] = {{"investigation", kVague},
                                    {"Investigation", kVague},
                                    {"inv", kVague},
                                    {"INV", kVague},
                                    {"invest", kVague},
                                    {"inv.", kVague},
                                    {"investigaton", kVague},
                                    {"invesitgation", kVague},
                                    {"imvestigation", kVague},
                                    {"invstigation", kVague},
                                    {"patrol inv", kVague},
                                    {"criminal investigation", kVague},
                                    {"ongoing investigation", kVague},
                                    {"suspect vehicle", kVague},
                                    {"susp veh", kVague},
                                    {"sus veh", kVague},
                                    {"suspicious vehicle", kVague},
                                    {"suspect", kVague},
                                    {"follow up", kVague},
                                    {"intel", kVague},
                                    {"bolo", kVague},
                                    {"patrol", kVague},
                                    {"locate vehicle", kVague},
                                    {"case", kVague},
                                    {"law enforcement", kVague},
                                    {"info", kVague},
                                    {"official police business", kVague}};

constexpr Phrase kLetters[] = {{"d", kJunk},   {"x", kJunk},    {"a", kJunk},
                               {".", kJunk},   {"s", kJunk},    {"-", kJunk},
                               {"n/a", kJunk}, {"none", kJunk}, {"0", kJunk}};

constexpr Phrase kUnclearPhrases[] = {
    {"1740", kUnclear},     {"920", kUnclear},  {"10-31", kUnclear},  {"SVAQ", kUnclear},
    {"blue one", kUnclear}, {"926A", kUnclear}, {"per sgt", kUnclear}};

constexpr Phrase kFalseFriends[] = {
    {"police report follow up", kVague},
    {"call for service", kVague},
    {"special services inv", kVague},
    {"officer request", kVague},
    {"assist other officer", kVague},
    {"theft at ice cream truck", crime("theft")},
    {"crash on black ice", traffic("")},
    {"juvenile justice warrant", plain("wanted_person", "specific")},
    {"numerous thefts", crime("theft")},
    {"dangerous driver", traffic("")},
    {"burglary at hero deli", crime("burglary")},
    {"protective order violation", crime("domestic")},
    {"church burglary", crime("burglary")},
    {"transport van theft", crime("theft")},
    {"theft from dental office", crime("theft")},
    {"fraud by novice dealer", crime("fraud")},
    {"veh vs immigrant aid bus crash", traffic("")},
    {"accomplice in robbery", crime("robbery")}};

constexpr Reading immigration(std::string_view specificity, std::string_view behalf) {
  return {"immigration", "", specificity, "immigration", behalf};
}
constexpr Phrase kImmigration[] = {{"immigration", immigration("specific", "")},
                                   {"immigration violation", immigration("specific", "")},
                                   {"imigration check", immigration("specific", "")},
                                   {"illegal immigration inv", immigration("specific", "")},
                                   {"ICE", immigration("generic", "ice")},
                                   {"ICE ERO assist", immigration("generic", "ice")},
                                   {"assist ICE w/ locate", immigration("generic", "ice")},
                                   {"ICE detainer", immigration("specific", "ice")},
                                   {"deportation order", immigration("specific", "")}};

constexpr Reading kProtest = {"protest", "", "specific", "protest", ""};
constexpr Phrase kProtestPhrases[] = {{"protest downtown", kProtest},
                                      {"protester vehicle", kProtest},
                                      {"rally at city hall", kProtest},
                                      {"march organizer veh", kProtest}};

constexpr Reading kReproductive = {"reproductive_health", "", "specific", "reproductive_health",
                                   ""};
constexpr Phrase kReproductivePhrases[] = {{"abortion investigation", kReproductive},
                                           {"took abortion pills, locate female", kReproductive},
                                           {"self induced abortion", kReproductive}};

constexpr Phrase kOnBehalf[] = {
    {"assist FBI robbery crew", {"crime", "robbery", "specific", "", "fbi"}},
    {"USMS fugitive", {"wanted_person", "", "specific", "", "usms"}},
    {"dea case drugs", {"crime", "drugs", "specific", "", "dea"}},
    {"ATF firearms trafficking", {"crime", "weapons", "specific", "", "atf"}},
    {"HSI request", {"unclear", "", "generic", "", "hsi"}},
    {"assist outside agency", {"vague", "", "generic", "", "other_agency"}}};

constexpr Phrase kPrompts[] = {{"white pickup with ladder rack", kVague},
                               {"dark sedan, missing front bumper", kVague},
                               {"red hatchback \"student driver\" sticker", kVague},
                               {"van with roof box near rail yard", kVague}};

constexpr std::string_view kDropDownReasons[] = {"Criminal Justice Purpose", "Active Investigation",
                                                 "Not Applicable", "Call for Service"};

}  // namespace

std::span<const Offence> offences() { return kOffences; }
std::span<const Phrase> vague_phrases() { return kVaguePhrases; }
std::span<const Phrase> single_letters() { return kLetters; }
std::span<const Phrase> unclear_phrases() { return kUnclearPhrases; }
std::span<const Phrase> false_friends() { return kFalseFriends; }
std::span<const Phrase> immigration_phrases() { return kImmigration; }
std::span<const Phrase> protest_phrases() { return kProtestPhrases; }
std::span<const Phrase> reproductive_phrases() { return kReproductivePhrases; }
std::span<const Phrase> on_behalf_phrases() { return kOnBehalf; }
std::span<const Phrase> free_prompts() { return kPrompts; }
std::span<const std::string_view> drop_down_reasons() { return kDropDownReasons; }

}  // namespace onus::makelogs
