// SPDX-License-Identifier: Apache-2.0
// onus-makeparquet FILE QUERY: writes the rows of a query as a Parquet file. The query may read
// other files of the same folder, which must be named by absolute paths; "{dir}" in it is that
// folder.
#include <filesystem>
#include <iostream>
#include <string>

#include "store/database.h"

namespace {

std::string with_folder(std::string query, const std::string& folder) {
  static constexpr std::string_view kMark = "{dir}";
  for (std::size_t at = query.find(kMark); at != std::string::npos; at = query.find(kMark)) {
    query.replace(at, kMark.size(), folder);
  }
  return query;
}

onus::Result<void> make(const std::filesystem::path& file, const std::string& query) {
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  ONUS_TRY(onus::store::Database db,
           onus::store::Database::open({.file = {}, .spill_dir = folder, .export_dir = folder}));
  return db.run("COPY (" + with_folder(query, folder.string()) + ") TO " +
                onus::store::literal(std::filesystem::absolute(file).string()) +
                " (FORMAT parquet)");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const onus::Result<void> made = make(arguments[1], arguments[2]);
  if (!made) std::cerr << made.error().text() << '\n';
  return made ? 0 : 3;
}
