// SPDX-License-Identifier: Apache-2.0
// onus ledger serve: appends over HTTP, answered when durable, and the files of the log as a static
// C2SP tlog-tiles site. No accounts and no TLS: it listens on this machine; put a server that has
// both in front of it. Nothing that opens a record is ever served.
//
//   POST /append   lines of JSON, a record each; answers {"first": N, "count": N}
//   POST /add      the body is one entry in clear; answers its index in decimal (with --in-clear)
//   GET  /checkpoint, /tile/...
#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/cosigner.h"
#include "cli/ledger.h"
#include "ledger/committer.h"

namespace onus::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Response = http::response<http::string_body>;

constexpr std::size_t kMaxBody = 8U << 20;
constexpr auto kIdle = std::chrono::seconds(60);
constexpr const char* kText = "text/plain; charset=utf-8";

struct Site {
  ledger::Committer& committer;
  const Cosigner& cosigner;
  bool in_clear = false;
};

http::status status_of(const Error& error) {
  switch (error.code) {
    case Code::not_found:
      return http::status::not_found;
    case Code::bad_input:
    case Code::over_budget:
      return http::status::bad_request;
    default:
      return http::status::service_unavailable;
  }
}

// One connection. Lives as long as a handler holds it.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const Site& site) : stream_(std::move(socket)), site_(site) {}

  void read() {
    parser_.emplace();
    parser_->body_limit(kMaxBody);
    stream_.expires_after(kIdle);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    const auto& request = parser_->get();
    const std::string target(request.target());
    if (request.method() == http::verb::post && target == "/append") {
      append(records_of(request.body()), true);
    } else if (request.method() == http::verb::post && target == "/add" && site_.in_clear) {
      append(std::vector<ledger::Item>{{request.body(), {}}}, false);
    } else if (request.method() == http::verb::get) {
      get(target);
    } else {
      write(http::status::not_found, "no such thing here\n", kText);
    }
  }

  static Result<std::vector<ledger::Item>> records_of(std::string_view body) {
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

  void append(Result<std::vector<ledger::Item>> items, bool json) {
    if (!items) return refuse(items.error());
    const std::size_t count = items->size();
    site_.committer.submit(
        std::move(*items), [self = shared_from_this(), count, json](Result<std::uint64_t> first) {
          asio::post(self->stream_.get_executor(), [self, count, json, first = std::move(first)] {
            if (!first) return self->refuse(first.error());
            self->write(http::status::ok,
                        json ? fmt::format("{{\"first\":{},\"count\":{}}}\n", *first, count)
                             : fmt::format("{}", *first),
                        json ? "application/json" : kText);
          });
        });
  }

  void get(const std::string& target) {
    if (target == "/checkpoint") {
      return write(http::status::ok, site_.cosigner.checkpoint(), kText, "no-cache");
    }
    const auto tile =
        tlog::parse_tile_path(std::string_view(target).substr(target.empty() ? 0 : 1));
    if (!tile) return write(http::status::not_found, "no such thing here\n", kText);
    Result<std::string> bytes = site_.committer.tile(*tile);
    if (!bytes) return refuse(bytes.error());
    write(http::status::ok, std::move(*bytes), "application/octet-stream",
          "public, max-age=31536000, immutable");
  }

  void refuse(const Error& error) { write(status_of(error), error.text() + "\n", kText); }

  void write(http::status status, std::string body, const char* type, const char* cache = nullptr) {
    response_ = Response(status, parser_->get().version());
    response_.set(http::field::content_type, type);
    if (cache) response_.set(http::field::cache_control, cache);
    response_.keep_alive(parser_->get().keep_alive());
    response_.body() = std::move(body);
    response_.prepare_payload();
    http::async_write(stream_, response_,
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (!error && self->response_.keep_alive()) self->read();
                      });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Response response_;
  Site site_;
};

void accept(tcp::acceptor& acceptor, const Site& site) {
  acceptor.async_accept([&acceptor, &site](beast::error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) {
      beast::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<Session>(std::move(socket), site)->read();
    }
    accept(acceptor, site);
  });
}

// A disk that failed once is not asked again: the process ends, and the next one reads what is
// there.
// So is a ledger that a witness knows otherwise.
void watch(asio::io_context& io, const Site& site, std::jthread& watcher) {
  watcher = std::jthread([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (site.committer.failed() || !site.cosigner.contradiction().empty()) io.stop();
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
  asio::io_context io(1);
  beast::error_code error;
  const auto address = asio::ip::make_address(request.address, error);
  if (error) return fail(Code::usage, fmt::format("'{}' is not an address", request.address));
  tcp::acceptor acceptor(io);
  const tcp::endpoint endpoint(address, request.port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    return fail(Code::io, fmt::format("cannot listen on {}:{}: {}", request.address, request.port,
                                      error.message()));
  }
  bool failed = false;
  std::string contradiction;
  {
    ledger::Committer committer(std::move(ledger), std::chrono::milliseconds(request.every_ms));
    const Cosigner cosigner(committer, std::move(witnesses), post_over_network());
    const Site site{committer, cosigner, request.in_clear};
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](beast::error_code, int) { io.stop(); });
    accept(acceptor, site);
    std::jthread watcher;
    watch(io, site, watcher);
    fmt::print("{} on http://{}:{}/\n", origin, request.address, acceptor.local_endpoint().port());
    std::fflush(stdout);
    io.run();
    watcher.request_stop();
    watcher.join();
    failed = committer.failed();
    contradiction = cosigner.contradiction();
  }
  if (!contradiction.empty()) return fail(Code::conflict, contradiction);
  if (failed) return fail(Code::io, "the disk failed: nothing more is acknowledged. Start anew");
  return Exit::done;
}

}  // namespace onus::cli
