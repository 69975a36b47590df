// SPDX-License-Identifier: Apache-2.0
// The samples of systems that release tables.
#include "support/calendar.h"
#include "support/system_sample.h"

namespace onus::makelogs {

std::string iso_of(std::int64_t when_ms, char between, std::string_view zone) {
  std::string out;
  append_iso_time(out, when_ms, between, zone);
  return out;
}

std::string us_of(std::int64_t when_ms) {
  const Instant at = instant(when_ms);
  std::string out;
  append_us_date(out, when_ms, true);
  out += ' ';
  append_number(out, static_cast<std::uint64_t>(at.hour), 2);
  out += ':';
  append_number(out, static_cast<std::uint64_t>(at.minute), 2);
  out += ':';
  append_number(out, static_cast<std::uint64_t>(at.second), 2);
  return out;
}

std::string id_of(std::string_view prefix, std::uint32_t number) {
  std::string out(prefix);
  append_number(out, number, 6);
  return out;
}

std::string uuid_of(std::uint32_t number, std::string_view begin) {
  std::string out(begin);
  out += "-3c51-4e7e-9d2a-";
  append_number(out, number, 12);
  return out;
}

SystemFile learn_sample(const Lookups& lookups) {
  SystemSample out("motorola-learn", "learn-query-report.csv");
  out.no_reason("empty");
  for (const char* line :
       {"Report By:,A. Clerk\n", "Time Frame:,03/02/2026 - 03/06/2026\n", "Record Type:,Query\n"}) {
    out.reject(line);
  }
  out.header(csv_line({"Query Date", "User", "Agency", "License Plate", "State", "Query Type",
                       "Reason", "Case Number", "Records Returned"}));
  for (const LookupOfDay& one : lookups) {
    out.row(csv_line({us_of(one.when_ms), one.user_name, "Fairhollow IL PD", one.plate, "IL",
                      "Plate Search", one.reason, one.case_number, "3"}),
            RowAct::search, id_of("", one.number));
    out.reason(one.reason);
    out.subject(one.plate);
  }
  return out.finish();
}

SystemFile genetec_sample(const Lookups& lookups) {
  SystemSample out("genetec-cloudrunner", "cloudrunner-audit.csv");
  out.no_reason("empty");
  out.header(csv_line({"Timestamp", "Activity type", "Activity area", "Performed by", "Details"}));
  for (const LookupOfDay& one : lookups) {
    std::string details;
    if (!one.reason.empty()) details += "Reason code: " + one.reason + "; ";
    details += "Plate: " + one.plate;
    if (!one.case_number.empty()) details += "; Case: " + one.case_number;
    if (one.writes) details = "Hotlist: spring; Plate: " + one.plate;
    out.row(csv_line({iso_of(one.when_ms, 'T', "Z"), one.writes ? "Create" : "Execute",
                      one.writes ? "Hotlist entry" : "Vehicle search", one.user + "@example.org",
                      details}),
            one.writes ? RowAct::administrative : RowAct::search, id_of("", one.number));
    out.reason(one.writes ? "" : one.reason);
    out.subject(one.plate);
    out.extra("object");
  }
  return out.finish();
}

// Every vehicle query fans out: the gateway asks for the driver too, six seconds later.
SystemFile ncic_sample(const Lookups& lookups) {
  SystemSample out("ncic-gateway", "gateway-transactions.csv");
  out.no_reason("not_exported");
  out.header(csv_line({"DateTime", "ORI", "Operator", "Terminal", "MKE", "PUR", "ATN", "NAM", "DOB",
                       "LIC", "OCA", "Response", "Transaction", "Parent Transaction", "Origin"}));
  for (const LookupOfDay& one : lookups) {
    const bool history = one.number % 3 == 0;
    const std::string id = id_of("TX-", one.number * 10);
    const std::string purpose = history ? (one.number % 2 == 0 ? "C" : "X") : "";
    const std::string attention = one.on_behalf.empty() ? "" : one.on_behalf;
    out.row(csv_line({us_of(one.when_ms), one.ori, one.user, "T12", history ? "QH" : "QV", purpose,
                      attention, history ? one.person : "", history ? one.birth : "",
                      history ? "" : one.plate, one.case_number, "IDENT", id, "", "operator"}),
            RowAct::search, id);
    out.extra("legal_basis", history);
    out.extra("on_behalf", !attention.empty());
    out.extra("station");
    out.subject(history ? one.person : one.plate);
    if (history) {
      out.subject(one.birth, false);
      continue;
    }
    out.row(csv_line({us_of(one.when_ms + 6000), one.ori, one.user, "T12", "DQ", "", "", one.person,
                      "", "", "", "", id_of("TX-", one.number * 10 + 1), id, "derived"}),
            RowAct::derived, id);
    out.extra("station");
    out.subject(one.person);
  }
  return out.finish();
}

SystemFile broker_sample(const Lookups& lookups) {
  SystemSample out("data-broker", "broker-activity.csv");
  out.no_reason("not_exported");
  out.header(csv_line({"Search Date", "Search Time", "Search ID", "User ID", "Account",
                       "Search Type", "DPPA", "GLBA", "Reference Code", "Search Terms"}));
  for (const LookupOfDay& one : lookups) {
    const std::string when = us_of(one.when_ms);
    const bool none = one.number % 8 == 5;  // neither use was picked
    const std::string terms = one.person + " DOB " + one.birth;
    out.row(csv_line({when.substr(0, 10), when.substr(11), id_of("S", one.number), one.user,
                      "Fairhollow Collections", "Person Search", none ? "" : "3",
                      none || one.number % 2 == 0 ? "" : "1", one.case_number, terms}),
            RowAct::search, id_of("S", one.number));
    out.extra("legal_basis", !none);
    out.subject(one.person);
    out.subject(one.birth, false);
  }
  return out.finish();
}

SystemFile biometric_sample(const Lookups& lookups) {
  SystemSample out("biometric-match", "match-events.csv");
  out.no_reason("empty");
  out.header(csv_line({"Event ID", "Event Time", "Lane", "Operator", "Gallery", "Stated Purpose",
                       "Outcome", "Capture Met Requirements", "Subject Reference"}));
  for (const LookupOfDay& one : lookups) {
    const bool met = one.number % 7 != 2;
    out.row(csv_line({id_of("E", one.number), iso_of(one.when_ms, 'T', "+00:00"),
                      "Lane " + std::string(1, static_cast<char>('1' + one.number % 4)),
                      one.machine ? "automatic" : one.user, "entry-gallery",
                      one.machine ? "" : one.reason,
                      !met         ? "Not compared"
                      : one.denied ? "No match"
                                   : "Match",
                      met ? "Yes" : "No", one.person_id}),
            one.machine ? RowAct::derived : RowAct::search, id_of("E", one.number));
    out.reason(one.machine ? "" : one.reason);
    for (const char* field : {"station", "object", "match", "quality"}) out.extra(field);
    out.subject(one.person_id, false);
  }
  return out.finish();
}

SystemFile generic_sample(const Lookups& lookups) {
  SystemSample out("generic", "register-access.csv");
  out.no_reason("empty");
  out.header(csv_line({"Who", "When", "What", "Record", "Why", "Result"}));
  for (const LookupOfDay& one : lookups) {
    out.row(csv_line({one.user, iso_of(one.when_ms, ' ', ""), "record viewed", one.person_id,
                      one.reason, one.denied ? "denied" : "ok"}),
            RowAct::search, id_of("", one.number));
    out.reason(one.reason);
    out.extra("object");
    out.extra("decision");
    out.subject(one.person_id);
  }
  return out.finish();
}

}  // namespace onus::makelogs
