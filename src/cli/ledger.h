// SPDX-License-Identifier: Apache-2.0
// What the commands `onus ledger ...` do; ledger.cc is the command line of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/exit.h"
#include "ledger/ledger.h"

namespace onus::cli {

struct LedgerRequest {
  std::filesystem::path dir;
  bool json = false;

  std::string origin;                        // init
  std::filesystem::path guard;               // init
  std::vector<std::filesystem::path> files;  // append, anchor, witness accept
  bool in_clear = false;                     // append
  std::filesystem::path output;              // append: folder of receipts; prove, export
  std::uint64_t index = 0;                   // prove, erase
  bool sealed = false;                       // prove
  std::string ground;                        // erase
  std::vector<std::string> groups;           // erase
  std::string policy;                        // verify, checkpoint
  std::string log_key, since, at;            // verify
  std::vector<std::uint64_t> range;          // verify
  std::filesystem::path file;                // anchor-prove
  std::uint64_t line = 0;                    // anchor-prove, from 1
  std::string name, vkey, url;               // witness add
  std::uint64_t old_size = 0;                // witness request
  std::uint64_t quorum = 0;                  // witness policy
  std::string address = "127.0.0.1";         // serve
  std::uint16_t port = 8480;                 // serve; 0: any that is free
  std::uint32_t every_ms = 200;              // serve
};

Result<Exit> ledger_init(const LedgerRequest& request);
Result<Exit> ledger_append(const LedgerRequest& request);
Result<Exit> ledger_erase(const LedgerRequest& request);
Result<Exit> ledger_checkpoint(const LedgerRequest& request);
Result<Exit> ledger_prove(const LedgerRequest& request);
Result<Exit> ledger_verify(const LedgerRequest& request);
Result<Exit> ledger_fsck(const LedgerRequest& request);
Result<Exit> ledger_export(const LedgerRequest& request);
Result<Exit> ledger_anchor(const LedgerRequest& request);
Result<Exit> anchor_check(const LedgerRequest& request);
Result<Exit> anchor_prove(const LedgerRequest& request);
Result<Exit> ledger_serve(const LedgerRequest& request);
Result<Exit> witness_add(const LedgerRequest& request);
Result<Exit> witness_policy(const LedgerRequest& request);
Result<Exit> witness_request(const LedgerRequest& request);
Result<Exit> witness_accept(const LedgerRequest& request);

// By the path as typed.
Result<ledger::Ledger> open_ledger(const std::filesystem::path& dir);

// One line of input as an entry: a JSON object whose members are the groups of a record.
Result<ledger::Item> record_of_line(std::string_view line);

}  // namespace onus::cli
