// SPDX-License-Identifier: Apache-2.0
// onus ledger: the command line of it.
#include "cli/ledger.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"

namespace onus::cli {
namespace {

using Request = std::shared_ptr<LedgerRequest>;
using Do = Result<Exit> (*)(const LedgerRequest&);

constexpr const char* kHelp =
    "A log that nobody can quietly rewrite: append-only, signed, checkable with other people's\n"
    "tools, and yet erasable in content.\n\n"
    "  onus ledger init cases --origin example.gov/lookups\n"
    "  echo '{\"subject\":\"IL ABC1234\",\"actor\":\"badge 114\",\"purpose\":\"stolen vehicle\","
    "\"decision\":\"allowed\"}' |\n"
    "    onus ledger append cases -o receipts\n"
    "  onus ledger verify receipts/0.tlog-proof --log KEY      # the key that init printed\n"
    "  onus ledger erase cases 0 --group subject --ground 'retention period over'\n\n"
    "The log itself holds salted commitments only. What opens them lies in DIR/private and in\n"
    "receipts: who has neither cannot test a guess.";

// A subcommand whose first word is the ledger's folder.
CLI::App* add(CLI::App& parent, Program& program, const Request& request, const char* name,
              const char* what, Do run, const char* target = "Folder of the ledger") {
  CLI::App* command = parent.add_subcommand(name, what);
  command->footer("");  // not the parent's
  command->add_option("DIR", request->dir, target)->required()->type_name("");
  command->callback(
      [request, &program, run] { program.chosen = [request, run] { return run(*request); }; });
  return command;
}

void add_json(CLI::App* command, const Request& request) {
  command->add_flag("--json", request->json, "Print the result as JSON");
}

void add_writing(CLI::App& ledger, Program& program, const Request& request) {
  CLI::App* init =
      add(ledger, program, request, "init", "Make keys and an empty ledger", ledger_init);
  init->add_option("--origin", request->origin,
                   "Name of the log, for ever: a URL without scheme, such as example.gov/lookups")
      ->required()
      ->type_name("NAME");
  init->add_option("--guard", request->guard,
                   "Folder for the last signed checkpoint, best on another disk; default DIR-guard")
      ->type_name("DIR");
  add_json(init, request);

  CLI::App* append =
      add(ledger, program, request, "append",
          "Append a record for each line of files or of standard input", ledger_append);
  append->add_option("files", request->files, "Lines of JSON: an object of groups and contents")
      ->type_name("FILE");
  append->add_flag("--in-clear", request->in_clear,
                   "Append each line as it is, for everybody to read: never a person");
  append->add_option("-o,--receipts", request->output, "Folder for a receipt of each entry")
      ->type_name("DIR");
  append->footer(
      "Each line is durable when the command says so, and under a signed checkpoint when it ends.\n"
      "Usual groups: subject, actor, purpose, decision. Any of a-z and _ will do.");
  add_json(append, request);

  CLI::App* erase =
      add(ledger, program, request, "erase", "Destroy what opens a record", ledger_erase);
  erase->add_option("INDEX", request->index, "Number of the entry")->required()->type_name("");
  erase->add_option("--ground", request->ground, "Why, in clear in the log: name nobody in it")
      ->required()
      ->type_name("TEXT");
  erase->add_option("--group", request->groups, "Only these groups; default all")
      ->type_name("NAME");
  erase->footer(
      "The entry, and every proof, stays as it is; an erasure entry says what was destroyed and "
      "why.\n"
      "Receipts that were handed out and backups are beyond this command's reach.");
  add_json(erase, request);
}

void add_reading(CLI::App& ledger, Program& program, const Request& request) {
  CLI::App* checkpoint =
      add(ledger, program, request, "checkpoint", "Print the signed checkpoint", ledger_checkpoint);
  checkpoint
      ->add_option("--policy", request->policy,
                   "Exit with 1 where it lacks the quorum of this policy")
      ->type_name("FILE");
  checkpoint->footer(
      "Witnesses that were added with a URL are asked over the network to cosign it; who does not\n"
      "is named on standard error.");
  add_json(checkpoint, request);

  CLI::App* prove =
      add(ledger, program, request, "prove", "Write a receipt (C2SP tlog-proof)", ledger_prove);
  prove->add_option("INDEX", request->index, "Number of the entry")->required()->type_name("");
  prove->add_flag("--sealed", request->sealed, "Without what opens the entry");
  prove->add_option("-o,--output", request->output, "File; default standard output")
      ->type_name("FILE");

  CLI::App* verify = add(ledger, program, request, "verify",
                         "Check a receipt, a range, or a whole ledger or export", ledger_verify,
                         "A receipt, or a folder");
  verify->add_option("--policy", request->policy, "Whom you trust (C2SP tlog-policy)")
      ->type_name("FILE");
  verify->add_option("--log", request->log_key, "Trust this key of the log, without witnesses")
      ->type_name("KEY");
  verify->add_option("--checkpoint", request->at, "Hold it to this one; default DIR/checkpoint")
      ->type_name("FILE");
  verify->add_option("--since", request->since, "An older checkpoint that you kept")
      ->type_name("FILE");
  verify->add_option("--range", request->range, "Only entries FIRST to LAST")
      ->expected(2)
      ->type_name("FIRST LAST");
  verify->footer(
      "Exit code 1 where something does not hold. `onus-verify` does the same and shares no code "
      "with\n"
      "the writer: give that one to an auditor.");
  add_json(verify, request);

  CLI::App* fsck = add(ledger, program, request, "fsck",
                       "Check the whole ledger, and its private store against it", ledger_fsck);
  add_json(fsck, request);

  CLI::App* out = add(ledger, program, request, "export",
                      "Write the public part as a folder for any web server", ledger_export);
  out->add_option("OUT", request->output, "Folder; what is there already is kept")
      ->required()
      ->type_name("");
  add_json(out, request);
}

void add_anchoring(CLI::App& ledger, Program& program, const Request& request) {
  CLI::App* anchor = add(ledger, program, request, "anchor",
                         "Commit to files row by row on the day they arrive", ledger_anchor);
  anchor->add_option("files", request->files, "Files as they were released")
      ->required()
      ->type_name("FILE");
  anchor->footer(
      "One statement per file: its name, its number of lines, and the root of salted commitments "
      "to\n"
      "each. A later release that drops, changes or moves a line is another file, provably:\n"
      "  onus diff OLD NEW --ledger DIR");
  CLI::App* check = add(ledger, program, request, "anchor-check",
                        "Whether a file is the one that an entry anchored", anchor_check);
  check->add_option("INDEX", request->index, "Number of the entry")->required()->type_name("");
  check->add_option("file", request->files, "The file")->required()->expected(1)->type_name("FILE");
  CLI::App* prove =
      add(ledger, program, request, "anchor-prove",
          "Show one line of an anchored file to somebody without the file", anchor_prove);
  prove->add_option("INDEX", request->index, "Number of the entry")->required()->type_name("");
  prove->add_option("FILE", request->file, "The file")->required()->type_name("");
  prove->add_option("LINE", request->line, "Number of the line, from 1")->required()->type_name("");
  prove->add_option("-o,--output", request->output, "File; default standard output")
      ->type_name("FILE");
  prove->footer("Checked by `onus-verify receipt`. It holds the line itself, and opens no other.");
}

void add_serving(CLI::App& ledger, Program& program, const Request& request) {
  CLI::App* serve = add(ledger, program, request, "serve",
                        "Append over HTTP; serve the log's files", ledger_serve);
  serve->add_option("--address", request->address, "Address to listen on")
      ->capture_default_str()
      ->type_name("IP");
  serve->add_option("--port", request->port, "Port; 0 takes a free one")
      ->capture_default_str()
      ->type_name("N");
  serve->add_option("--checkpoint-ms", request->every_ms, "At most one checkpoint in so many ms")
      ->capture_default_str()
      ->check(CLI::Range(1, 60'000))
      ->type_name("MS");
  serve->add_flag("--in-clear", request->in_clear,
                  "Take POST /add too: the body is an entry for everybody to read");
  serve->footer(
      "POST /append with lines of JSON is answered when they are durable. GET /checkpoint and "
      "/tile/\n"
      "are a C2SP tlog-tiles log. There are no accounts and no TLS: put a server in front that "
      "has\n"
      "them, and let everybody read, but only the record system append.");
}

void add_witness(CLI::App& ledger, Program& program, const Request& request) {
  CLI::App* witness =
      ledger.add_subcommand("witness", "Cosignatures of others, against showing two logs");
  witness->footer(
      "A witness signs that your log only ever grew, and remembers how long it was.\n"
      "`onus ledger checkpoint` and `serve` ask those that have a URL. Where a ledger has no way\n"
      "out, carry what `request` prints to it, and give its answer to `accept`.");
  witness->require_subcommand(1);
  CLI::App* one = add(*witness, program, request, "add", "Name a witness", witness_add);
  one->add_option("NAME", request->name, "A name of yours for it")->required()->type_name("");
  one->add_option("KEY", request->vkey, "Its key: name+id+base64")->required()->type_name("");
  one->add_option("URL", request->url, "Where it takes checkpoints, before /add-checkpoint")
      ->type_name("");
  CLI::App* policy = add(*witness, program, request, "policy",
                         "Print a policy for those who verify (C2SP tlog-policy)", witness_policy);
  policy->add_option("--quorum", request->quorum, "How many of the witnesses must have cosigned")
      ->type_name("N");
  CLI::App* ask = add(*witness, program, request, "request",
                      "Print what to POST to URL/add-checkpoint", witness_request);
  ask->add_option("--old", request->old_size, "Size that the witness cosigned last")
      ->capture_default_str()
      ->type_name("N");
  CLI::App* accept = add(*witness, program, request, "accept",
                         "Add the lines that a witness answered", witness_accept);
  accept->add_option("files", request->files, "Its answer")->required()->type_name("FILE");
}

}  // namespace

void add_ledger(CLI::App& app, Program& program) {
  auto request = std::make_shared<LedgerRequest>();
  CLI::App* ledger =
      app.add_subcommand("ledger", "Keep and check a log that nobody can quietly rewrite");
  ledger->footer(kHelp);
  ledger->require_subcommand(1);
  add_writing(*ledger, program, request);
  add_reading(*ledger, program, request);
  add_anchoring(*ledger, program, request);
  add_serving(*ledger, program, request);
  add_witness(*ledger, program, request);
}

}  // namespace onus::cli
