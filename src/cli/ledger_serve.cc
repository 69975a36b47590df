// SPDX-License-Identifier: Apache-2.0
// onus ledger serve: appends over HTTP, answered when durable, and the files of the log as a static
// C2SP tlog-tiles site. No accounts and no TLS: it listens on this machine; put a server that has
// both in front of it. Nothing that opens a record is ever served.
//
//   POST /append   lines of JSON, a record each; answers {"first": N, "count": N}
//   POST /add      the body is one entry in clear; answers its index in decimal (with --in-clear)
//   GET  /checkpoint, /tile/...
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <thread>

#include "cli/cosigner.h"
#include "cli/http_server.h"
#include "cli/ledger.h"
#include "cli/signals.h"
#include "ledger/committer.h"

namespace onus::cli {
namespace {

constexpr std::size_t kMaxBody = 8U << 20;

struct Site {
  ledger::Committer& committer;
  const Cosigner& cosigner;
  bool in_clear = false;
};

unsigned status_of(const Error& error) {
  switch (error.code) {
    case Code::not_found:
      return 404;
    case Code::bad_input:
    case Code::over_budget:
      return 400;
    default:
      return 503;
  }
}

HttpReply refusal(const Error& error) { return {status_of(error), error.text() + "\n"}; }

HttpReply nothing_here() { return {404, "no such thing here\n"}; }

Result<std::vector<ledger::Item>> records_of(std::string_view body) {
  std::vector<ledger::Item> items;
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    const std::string_view line = body.substr(0, end);
    body = end == body.npos ? std::string_view() : body.substr(end + 1);
    if (line.empty()) continue;
    ONUS_TRY(ledger::Item item, record_of_line(line));
    items.push_back(std::move(item));
  }
  if (items.empty()) return fail(Code::bad_input, "nothing to append");
  return items;
}

// The body is one entry; the answer its index.
void add(const Site& site, std::string body, HttpServer::Answer answer) {
  std::vector<ledger::Item> items(1);
  items[0].entry = std::move(body);
  site.committer.submit(std::move(items), [answer = std::move(answer)](Result<std::uint64_t> at) {
    answer(at ? HttpReply{200, std::to_string(*at)} : refusal(at.error()));
  });
}

void append(const Site& site, std::string_view body, HttpServer::Answer answer) {
  Result<std::vector<ledger::Item>> items = records_of(body);
  if (!items) return answer(refusal(items.error()));
  const std::size_t count = items->size();
  site.committer.submit(
      std::move(*items), [answer = std::move(answer), count](Result<std::uint64_t> first) {
        if (!first) return answer(refusal(first.error()));
        answer({200, fmt::format("{{\"first\":{},\"count\":{}}}\n", *first, count),
                "application/json"});
      });
}

HttpReply get(const Site& site, std::string_view target) {
  if (target == "/checkpoint")
    return {200, site.cosigner.checkpoint(), HttpReply{}.type, "no-cache"};
  const auto tile = tlog::parse_tile_path(target.substr(target.empty() ? 0 : 1));
  if (!tile) return nothing_here();
  Result<std::string> bytes = site.committer.tile(*tile);
  if (!bytes) return refusal(bytes.error());
  return {200, std::move(*bytes), "application/octet-stream",
          "public, max-age=31536000, immutable"};
}

void handle(const Site& site, HttpRequest request, HttpServer::Answer answer) {
  using Method = HttpRequest::Method;
  if (request.method == Method::post && request.target == "/append") {
    append(site, request.body, std::move(answer));
  } else if (request.method == Method::post && request.target == "/add" && site.in_clear) {
    add(site, std::move(request.body), std::move(answer));
  } else {
    answer(request.method == Method::get ? get(site, request.target) : nothing_here());
  }
}

// Stops the server when the user says so. A disk that failed once is not asked again, nor a ledger
// that a witness knows otherwise: the process ends, and the next one reads what is there.
std::jthread watch(const Site& site, HttpServer& server) {
  return std::jthread([&site, &server](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      const bool ends = interrupted() || site.committer.failure().has_value();
      if (ends || !site.cosigner.contradiction().empty()) server.stop();
    }
  });
}

}  // namespace

Result<Exit> ledger_serve(const LedgerRequest& request) {
  ONUS_TRY(ledger::Ledger ledger, open_ledger(request.dir));
  const std::string origin = ledger.settings().origin;
  ONUS_TRY(std::vector<Witness> witnesses, witnesses_of(request.dir));
  std::erase_if(witnesses, [](const Witness& one) { return one.url.empty(); });
  ONUS_TRY_VOID(ledger.check_now());
  ONUS_TRY(const std::unique_ptr<HttpServer> server,
           HttpServer::listen({request.address, request.port, kMaxBody}));
  std::optional<Error> failure;
  std::string contradiction;
  {
    ledger::Committer committer(std::move(ledger), std::chrono::milliseconds(request.every_ms));
    const Cosigner cosigner(committer, std::move(witnesses), post_over_network());
    const Site site{committer, cosigner, request.in_clear};
    const std::jthread watcher = watch(site, *server);
    fmt::print("{} on http://{}:{}/\n", origin, request.address, server->port());
    std::fflush(stdout);
    server->run([&site](HttpRequest asked, HttpServer::Answer answer) {
      handle(site, std::move(asked), std::move(answer));
    });
    failure = committer.failure();
    contradiction = cosigner.contradiction();
  }
  if (!contradiction.empty()) return fail(Code::conflict, contradiction);
  if (failure) {
    return fail(failure->code,
                fmt::format("{}: nothing more is acknowledged. Start anew", failure->text()));
  }
  return Exit::done;
}

}  // namespace onus::cli
