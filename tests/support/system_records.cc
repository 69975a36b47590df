// SPDX-License-Identifier: Apache-2.0
// The samples of systems that give out records rather than tables: JSON, NDJSON and CEF.
#include "support/calendar.h"
#include "support/system_sample.h"

namespace onus::makelogs {
namespace {

// A member, with a comma before it where it is not the first.
std::string text_member(std::string_view key, std::string_view value) {
  std::string out = "\"";
  out.append(key).append("\":\"").append(value).append("\"");
  return out;
}

std::string coding(std::string_view code) {
  return R"({"coding":[{"code":")" + std::string(code) + R"("}]})";
}

std::string fhir_event(const LookupOfDay& one, const std::string& id, const std::string& patient) {
  std::string agents = R"({"type":)" + coding("110153") +
                       R"(,"who":{"display":"ward-portal"},"requestor":false,)"
                       R"("network":{"address":"10.20.4.17","type":"2"}})";
  if (!one.machine) {
    agents += R"(,{"type":)" + coding("IRCP") + R"(,"who":{"identifier":{"value":")" + one.user +
              R"("}},"requestor":true)";
    if (one.number % 5 != 3) agents += R"(,"purposeOfUse":[)" + coding("TREAT") + "]";
    agents += "}";
  }
  return R"({"resourceType":"AuditEvent",)" + text_member("id", id) +
         R"(,"type":{"code":"rest"},"subtype":[{"code":"search"}],"action":"E",)" +
         text_member("recorded", iso_of(one.when_ms, 'T', "Z")) + R"(,"outcome":"0","agent":[)" +
         agents +
         R"(],"source":{"site":"fhir.example.org"},"entity":[{"what":{"reference":"Patient/)" +
         patient + R"("},"type":{"code":"1"}},{"type":{"code":"2"},"query":"R0VU"},)" +
         R"({"what":{"identifier":{"value":")" + uuid_of(one.number) +
         R"("}},"type":{"code":"XrequestId"}}]})" + "\n";
}

std::string cloudtrail_event(const LookupOfDay& one) {
  std::string identity = one.machine ? R"({"type":"AWSService","invokedBy":"backup.amazonaws.com"})"
                                     : R"({"type":"AssumedRole","principalId":"AROAEX:)" +
                                           one.user + R"(","sessionContext":{"sourceIdentity":")" +
                                           one.user + R"("}})";
  std::string out = R"({"eventVersion":"1.11","userIdentity":)" + identity + "," +
                    text_member("eventTime", iso_of(one.when_ms - one.when_ms % 1000, 'T', "Z")) +
                    R"(,"eventSource":"s3.amazonaws.com",)" +
                    text_member("eventName", one.writes ? "PutObject" : "GetObject") +
                    R"(,"sourceIPAddress":"192.0.2.10",)";
  if (one.denied) out += R"("errorCode":"AccessDenied",)";
  out += R"("requestParameters":{"bucketName":"case-files","key":")" + one.person_id +
         R"(/statement.pdf"},"readOnly":)" + (one.writes ? "false" : "true") + "," +
         text_member("eventID", uuid_of(one.number)) + "}";
  return out;
}

std::string ocsf_event(const LookupOfDay& one) {
  std::string out = R"({"category_uid":6,"class_uid":6003,"activity_id":)";
  out += one.writes ? "3" : "2";
  out += R"(,"type_uid":60030)" + std::string(one.writes ? "3" : "2") + R"(,"status_id":)" +
         (one.denied ? "2" : "1") + R"(,"time":)" + std::to_string(one.when_ms) +
         R"(,"metadata":{"uid":")" + uuid_of(one.number) + R"("},"actor":{"user":{"uid":")" +
         one.user + R"(","type_id":)" + (one.machine ? "3" : "1") +
         R"(}},"api":{"operation":"GetPerson","service":{"name":"cases"}},)" +
         R"("src_endpoint":{"ip":"10.20.4.17"},"resources":[{"type":"person","uid":")" +
         one.person_id + R"("}])";
  if (!one.reason.empty()) out += R"(,"unmapped":{"reason":")" + one.reason + R"("})";
  return out + "}\n";
}

}  // namespace

// Every sixth request concerns two patients: two events, one act.
SystemFile fhir_sample(const Lookups& lookups) {
  SystemSample out("fhir-auditevent", "audit-events.ndjson");
  out.no_reason("absent_by_design");
  for (const LookupOfDay& one : lookups) {
    const std::string request = uuid_of(one.number);
    const int patients = one.number % 6 == 0 ? 2 : 1;
    for (int i = 0; i < patients; ++i) {
      const std::string patient = one.person_id + (i == 0 ? "" : "b");
      out.row(
          fhir_event(one, id_of("ae-", one.number * 2 + static_cast<std::uint32_t>(i)), patient),
          RowAct::search, request);
      out.subject(patient);
      out.extra("legal_basis", !one.machine && one.number % 5 != 3);
      for (const char* field : {"object", "decision", "station"}) out.extra(field);
    }
  }
  return out.finish();
}

SystemFile cloudtrail_sample(const Lookups& lookups) {
  SystemSample out("aws-cloudtrail", "cloudtrail.json");
  out.no_reason("absent_by_design");
  out.raw("{\"Records\":[");
  for (const LookupOfDay& one : lookups) {
    if (one.number > 0) out.raw(",\n");
    out.row(cloudtrail_event(one),
            one.machine || one.writes ? RowAct::administrative : RowAct::search,
            uuid_of(one.number));
    out.subject(one.person_id);
    out.extra("object");
    out.extra("station");
    out.extra("decision", one.denied);
  }
  out.raw("]}\n");
  return out.finish();
}

SystemFile ocsf_sample(const Lookups& lookups) {
  SystemSample out("ocsf-activity", "ocsf-activity.ndjson");
  out.no_reason("empty");
  for (const LookupOfDay& one : lookups) {
    out.row(ocsf_event(one), one.machine || one.writes ? RowAct::administrative : RowAct::search,
            uuid_of(one.number));
    out.reason(one.reason);
    out.subject(one.person_id);
    for (const char* field : {"object", "decision", "station"}) out.extra(field);
  }
  return out.finish();
}

// A line of the relay's own stands among them.
SystemFile cef_sample(const Lookups& lookups) {
  SystemSample out("case-management-cef", "case-system.cef");
  out.no_reason("empty");
  for (const LookupOfDay& one : lookups) {
    std::string line =
        "Mar  4 21:17:08 gw1 CEF:0|Example|CaseDesk|4.2|VIEW|Person file viewed|3|rt=" +
        std::to_string(one.when_ms) + " suser=" + one.user +
        " src=10.20.4.17 act=view outcome=" + (one.denied ? "failure" : "success");
    if (!one.reason.empty()) line += " reason=" + one.reason;
    line +=
        " cs1Label=subject cs1=" + one.person_id + " cs2Label=caseNumber cs2=" + one.case_number;
    if (!one.on_behalf.empty()) line += " cs3Label=onBehalfOf cs3=" + one.on_behalf;
    out.row(line + " externalId=" + id_of("", one.number) + "\n", RowAct::search,
            id_of("", one.number));
    out.reason(one.reason);
    out.subject(one.person_id);
    out.extra("on_behalf", !one.on_behalf.empty());
    for (const char* field : {"object", "decision", "station"}) out.extra(field);
    if (one.number % 20 == 5) out.reject("Mar  4 21:17:09 gw1 relay: queue flushed\n");
  }
  return out.finish();
}

// The events of databricks_sample() once more: as JSON, user_identity is an object.
SystemFile databricks_json_sample(const Lookups& lookups) {
  SystemSample out("databricks-audit", "system_access_audit.ndjson");
  out.no_reason("absent_by_design");
  for (const LookupOfDay& one : lookups) {
    const std::string mail = one.machine ? "System-User" : one.user + "@example.org";
    out.row("{" + text_member("event_time", iso_of(one.when_ms, 'T', "+00:00")) +
                R"(,"source_ip_address":"10.20.4.17","user_identity":{"email":")" + mail +
                R"("},"service_name":"unityCatalog","action_name":")" +
                (one.writes ? "createTable" : "getTable") + R"(",)" +
                R"("request_params":{"full_name_arg":"reg.persons.person"},)" +
                R"("response":{"statusCode":)" + (one.denied ? "403" : "200") + "}," +
                text_member("event_id", uuid_of(one.number)) + "}\n",
            one.machine || one.writes ? RowAct::administrative : RowAct::search,
            uuid_of(one.number));
    for (const char* field : {"object", "decision", "station"}) out.extra(field);
  }
  return out.finish();
}

}  // namespace onus::makelogs
