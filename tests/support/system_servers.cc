// SPDX-License-Identifier: Apache-2.0
// The samples of databases and lakehouses, as CSV.
#include "support/system_sample.h"

namespace onus::makelogs {
namespace {

std::string csvlog_line(const LookupOfDay& one, std::string_view message, std::uint32_t line) {
  const std::string when = iso_of(one.when_ms, ' ', " UTC");
  return csv_line({when,
                   one.user,
                   "reg",
                   "4121",
                   "10.20.4.17:50412",
                   "69a7." + one.user,
                   std::to_string(line),
                   "SELECT",
                   "2026-03-02 06:55:01 UTC",
                   "3/0",
                   "0",
                   "LOG",
                   "00000",
                   std::string(message),
                   "",
                   "",
                   "",
                   "",
                   "",
                   "",
                   "",
                   "",
                   "psql",
                   "client backend",
                   "",
                   "0"});
}

}  // namespace

// A join reads two relations: two rows of one statement. A line of the server stands between.
SystemFile pgaudit_sample(const Lookups& lookups) {
  SystemSample out("pgaudit", "postgresql-csvlog.csv");
  out.no_reason("absent_by_design");
  for (const LookupOfDay& one : lookups) {
    const std::string statement = std::to_string(one.number + 1);
    const bool parameters = one.number % 4 != 0;
    const std::string head = "AUDIT: SESSION," + statement + ",";
    const std::string sql =
        ",\"SELECT * FROM person p, address a WHERE p.id = $1 AND a.id = p.id\",";
    const std::string subject = parameters ? one.person_id : "<not logged>";
    if (one.writes) {
      out.row(csvlog_line(one,
                          head + "1,WRITE,UPDATE,TABLE,public.note,"
                                 "\"UPDATE note SET text = 'a, b'\",<none>",
                          one.number),
              RowAct::administrative, statement);
      out.extra("object");
      out.extra("station");
      continue;
    }
    for (const char* table : {"public.person", "public.address"}) {
      out.row(csvlog_line(one, head + "1,READ,SELECT,TABLE," + table + sql + subject, one.number),
              RowAct::search, statement);
      out.extra("object");
      out.extra("station");
      if (parameters) out.subject(one.person_id);
    }
    if (one.number % 8 == 0) {
      out.reject(csvlog_line(one, "checkpoint starting: time", one.number));
    }
  }
  return out.finish();
}

SystemFile snowflake_sample(const Lookups& lookups) {
  SystemSample out("snowflake-access-history", "access_history.csv");
  out.no_reason("absent_by_design");
  out.header(
      csv_line({"QUERY_ID", "QUERY_START_TIME", "USER_NAME", "DIRECT_OBJECTS_ACCESSED",
                "BASE_OBJECTS_ACCESSED", "OBJECTS_MODIFIED", "PARENT_QUERY_ID", "ROOT_QUERY_ID"}));
  for (const LookupOfDay& one : lookups) {
    const std::string object =
        R"([{"objectDomain":"Table","objectId":66001,"objectName":"REG.PUBLIC.PERSON"}])";
    const std::string query = uuid_of(one.number, "01b3c9e2");
    out.row(csv_line({query, iso_of(one.when_ms, ' ', " +0000"), one.machine ? "SYSTEM" : one.user,
                      object, object, "[]", "", ""}),
            one.machine ? RowAct::administrative : RowAct::search, query);
  }
  return out.finish();
}

SystemFile databricks_sample(const Lookups& lookups) {
  SystemSample out("databricks-audit", "system_access_audit.csv");
  out.no_reason("absent_by_design");
  out.header(csv_line({"account_id", "workspace_id", "event_time", "source_ip_address",
                       "user_identity.email", "service_name", "action_name",
                       "request_params.full_name_arg", "response.statusCode", "event_id",
                       "identity_metadata.run_by", "identity_metadata.run_as"}));
  for (const LookupOfDay& one : lookups) {
    const std::string mail = one.machine ? "System-User" : one.user + "@example.org";
    out.row(csv_line({"23e2-ex", "1234567890123456", iso_of(one.when_ms, 'T', "+00:00"),
                      "10.20.4.17", mail, "unityCatalog", one.writes ? "createTable" : "getTable",
                      "reg.persons.person", one.denied ? "403" : "200", uuid_of(one.number), "",
                      one.number % 4 == 1 ? "svc-etl@example.org" : ""}),
            one.machine || one.writes ? RowAct::administrative : RowAct::search,
            uuid_of(one.number));
    for (const char* field : {"object", "decision", "station"}) out.extra(field);
    out.extra("on_behalf", one.number % 4 == 1);
  }
  return out.finish();
}

}  // namespace onus::makelogs
