// SPDX-License-Identifier: Apache-2.0
// onus ledger init, append, erase.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/ledger.h"
#include "cli/signals.h"
#include "cli/witness.h"
#include "ledger/seal.h"

namespace onus::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kMaxLine = 1U << 20;

fs::path plain_path(const fs::path& typed) {
  fs::path path = fs::absolute(typed).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

void print(const ordered_json& json) { fmt::print("{}\n", json.dump()); }

// Lines of one source, appended in batches that are each durable before the next is read.
class Appender {
 public:
  Appender(ledger::Ledger& ledger, bool in_clear) : ledger_(ledger), in_clear_(in_clear) {}

  Result<void> take(std::istream& in, const std::string& name) {
    std::string line;
    for (std::uint64_t number = 1; std::getline(in, line); ++number) {
      if (interrupted()) return fail(Code::interrupted, "interrupted");
      if (line.size() > kMaxLine) return at(name, number, "a line of over 1 MiB");
      if (line.ends_with('\r')) line.pop_back();
      if (line.empty()) continue;
      Result<ledger::Item> item =
          in_clear_ ? Result<ledger::Item>(ledger::Item{line, {}}) : record_of_line(line);
      if (!item) return at(name, number, item.error().message);
      batch_.push_back(std::move(*item));
      if (batch_.size() == kBatch) ONUS_TRY_VOID(flush());
    }
    if (in.bad()) return fail(Code::io, fmt::format("cannot read {}", name));
    return flush();
  }

 private:
  // What stands before the bad line is appended, so that the message can say so.
  Result<void> at(const std::string& name, std::uint64_t line, const std::string& what) {
    ONUS_TRY_VOID(flush());
    return fail(Code::bad_input,
                fmt::format("{}:{}: {}. The lines before it were appended; the ledger has now {} "
                            "entries",
                            name, line, what, ledger_.size()));
  }
  Result<void> flush() {
    if (batch_.empty()) return {};
    ONUS_TRY(const std::uint64_t first, ledger_.append(batch_));
    static_cast<void>(first);
    batch_.clear();
    return {};
  }
  ledger::Ledger& ledger_;
  bool in_clear_;
  std::vector<ledger::Item> batch_;
};

Result<void> take_all(Appender& appender, const std::vector<fs::path>& files) {
  if (files.empty()) return appender.take(std::cin, "standard input");
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(Code::not_found, fmt::format("cannot open {}", file.string()));
    ONUS_TRY_VOID(appender.take(in, file.string()));
  }
  return {};
}

Result<void> write_receipts(const ledger::Ledger& ledger, std::uint64_t first,
                            const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) return fail(Code::io, fmt::format("cannot make {}", dir.string()));
  for (std::uint64_t i = first; i < ledger.published(); ++i) {
    ONUS_TRY(const tlog::ProofFile proof, ledger.prove(i, false));
    ONUS_TRY_VOID(write_file(dir / fmt::format("{}.tlog-proof", i), proof.print(), true));
  }
  return {};
}

}  // namespace

Result<ledger::Ledger> open_ledger(const fs::path& dir) {
  const fs::path path = plain_path(dir);
  return ledger::Ledger::open(ledger::system_disk(), path, witness_check(path));
}

Result<ledger::Item> record_of_line(std::string_view line) {
  const ordered_json json = ordered_json::parse(line, nullptr, false);
  if (!json.is_object()) {
    return fail(Code::bad_input,
                "not a JSON object such as {\"subject\": \"...\", \"actor\": \"...\"}");
  }
  ledger::Contents contents;
  for (const auto& [group, value] : json.items()) {
    contents.emplace_back(group, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return ledger::seal(contents);
}

Result<Exit> ledger_init(const LedgerRequest& request) {
  const fs::path dir = plain_path(request.dir);
  fs::path guard = request.guard;
  if (guard.empty()) {
    guard = dir;
    guard += "-guard";
  }
  ONUS_TRY(const Digest seed, random_key());
  ONUS_TRY_VOID(
      ledger::create(ledger::system_disk(), dir, {request.origin, plain_path(guard), {}}, seed));
  ONUS_TRY(const ledger::Settings made, ledger::read_settings(ledger::system_disk(), dir));
  if (request.json) {
    print({{"origin", made.origin}, {"vkey", made.vkey}, {"guard", made.guard.string()}});
    return Exit::done;
  }
  fmt::print(
      "Made an empty ledger in {}.\n"
      "  key for those who verify   {}\n"
      "  secret key                 {} (keep it as you keep the logs)\n"
      "  guard                      {}\n"
      "The guard remembers the last signed checkpoint. Keep it on another disk if there is one, "
      "and\n"
      "never restore it, or the ledger, from a backup: the ledger would refuse to go on.\n",
      dir.string(), made.vkey, (dir / "key").string(), made.guard.string());
  return Exit::done;
}

Result<Exit> ledger_append(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  const std::uint64_t first = ledger.size();
  Appender appender(ledger, request.in_clear);
  const Result<void> taken = take_all(appender, request.files);
  const Result<void> published = ledger.publish();
  if (!published) return tl::unexpected((taken ? published : taken).error());  // the first
  if (!request.output.empty()) ONUS_TRY_VOID(write_receipts(ledger, first, request.output));
  const std::uint64_t count = ledger.published() - first;
  if (request.json) {
    print({{"first", first},
           {"count", count},
           {"size", ledger.published()},
           {"root", tlog::print_hash(ledger.checkpoint().root)}});
  } else if (count > 0) {
    fmt::print("Appended {}; the checkpoint covers {}.\n",
               count == 1 ? fmt::format("entry {}", first)
                          : fmt::format("entries {} to {}", first, first + count - 1),
               ledger.published());
  } else {
    fmt::print("Nothing was appended.\n");
  }
  if (!taken) return tl::unexpected(taken.error());
  return Exit::done;
}

Result<Exit> ledger_erase(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  ONUS_TRY(const std::uint64_t at, ledger.erase(request.index, request.groups, request.ground));
  if (request.json) {
    print({{"erased", request.index}, {"entry", at}, {"size", ledger.published()}});
    return Exit::done;
  }
  fmt::print(
      "What opened entry {} was destroyed; entry {} says so, with its ground. Every proof stands.\n"
      "Backups of {} that were made before still hold it.\n",
      request.index, at, (plain_path(request.dir) / "private").string());
  return Exit::done;
}

}  // namespace onus::cli
