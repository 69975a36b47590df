// SPDX-License-Identifier: Apache-2.0
#include "cli/http_server.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>
#include <chrono>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace onus::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Failure = beast::error_code;
// Types that know their executor: it is passed with each operation, and one of any kind is costly.
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

constexpr auto kIdle = std::chrono::seconds(60);
constexpr std::size_t kHeadChunk = 4096;
constexpr std::size_t kBodyChunk = 64U << 10;

// Keeps of a message what HttpRequest has. Beast checks its form and its limits.
class Parser : public http::basic_parser<true> {
 public:
  HttpRequest request;
  int version = 11;

 private:
  using View = beast::string_view;
  void on_request_impl(http::verb verb, View, View target, int number, Failure&) override {
    if (verb == http::verb::get) request.method = HttpRequest::Method::get;
    if (verb == http::verb::post) request.method = HttpRequest::Method::post;
    request.target.assign(target.data(), target.size());
    version = number;
  }
  std::size_t on_body_impl(View bytes, Failure&) override {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, View bytes, Failure& failure) override {
    return on_body_impl(bytes, failure);
  }
  void on_response_impl(int, View, int, Failure&) override {}
  void on_field_impl(http::field, View, View, Failure&) override {}
  void on_header_impl(Failure&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Failure&) override {}
  void on_chunk_header_impl(std::uint64_t, View, Failure&) override {}
  void on_finish_impl(Failure&) override {}
};

std::string print_reply(const HttpReply& reply, bool stays_open) {
  const beast::string_view reason = http::obsolete_reason(static_cast<http::status>(reply.status));
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n", reply.status,
                  std::string_view(reason.data(), reason.size()), reply.type, reply.body.size());
  if (!reply.cache.empty()) out.append("Cache-Control: ").append(reply.cache).append("\r\n");
  if (!stays_open) out += "Connection: close\r\n";
  return out.append("\r\n").append(reply.body);
}

class AsioServer;

// One connection: one request at a time. Lives as long as a handler or an answer holds it.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, AsioServer& server)
      : socket_(std::move(socket)), idle_(socket_.get_executor()), server_(server) {}
  void begin() {
    Failure failure;
    socket_.set_option(tcp::no_delay(true), failure);
    if (!failure) socket_.non_blocking(true, failure);  // write_some() must not wait
    if (failure) return;
    next();
    watch();
  }
  void send(const HttpReply& reply);

 private:
  void next();   // request
  void parse();  // what has been read
  void read();
  void refuse(const Failure& failure);
  void watch();
  void close() {
    Failure ignored;
    socket_.close(ignored);
  }

  Socket socket_;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>,
                             asio::io_context::executor_type>
      idle_;
  AsioServer& server_;
  beast::flat_buffer in_;
  std::optional<Parser> parser_;
  std::string out_;
  bool asked_ = false;    // a request is being answered
  bool stirred_ = false;  // one came, or was answered, since watch() looked
  bool stays_open_ = true;
};

class AsioServer : public HttpServer {
 public:
  explicit AsioServer(std::size_t max_body) : max_body_(max_body) {}

  Result<void> open(const Settings& settings) {
    Failure failure;
    const auto address = asio::ip::make_address(settings.address, failure);
    if (failure) {
      return fail(Code::usage, fmt::format("'{}' is not an address", settings.address));
    }
    const tcp::endpoint endpoint(address, settings.port);
    acceptor_.open(endpoint.protocol(), failure);
    if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor_.bind(endpoint, failure);
    if (!failure) acceptor_.listen(tcp::acceptor::max_listen_connections, failure);
    if (!failure) return {};
    return fail(Code::io, fmt::format("cannot listen on {}:{}: {}", settings.address, settings.port,
                                      failure.message()));
  }

  std::uint16_t port() const override { return acceptor_.local_endpoint().port(); }
  void run(Handler handler) override {
    handler_ = std::move(handler);
    accept();
    io_.run();
  }
  void stop() override { io_.stop(); }

  std::size_t max_body() const { return max_body_; }
  void handle(HttpRequest request, std::shared_ptr<Session> session) {
    // What has answered holds no session: one that outlived the server would close into nothing.
    handler_(std::move(request), [this, session = std::move(session)](HttpReply reply) mutable {
      answer(std::move(session), std::move(reply));
    });
  }
  // Answers that come together wake the thread of run() once.
  void answer(std::shared_ptr<Session> session, HttpReply reply) {
    const std::lock_guard lock(mutex_);
    if (answers_.empty()) asio::post(io_, [this] { send_all(); });
    answers_.emplace_back(std::move(session), std::move(reply));
  }

 private:
  void accept() {
    acceptor_.async_accept([this](Failure failure, Socket socket) {
      if (failure == asio::error::operation_aborted) return;
      if (!failure) std::make_shared<Session>(std::move(socket), *this)->begin();
      accept();
    });
  }
  void send_all() {
    std::vector<std::pair<std::shared_ptr<Session>, HttpReply>> answers;
    {
      const std::lock_guard lock(mutex_);
      answers.swap(answers_);
    }
    for (const auto& [session, reply] : answers) session->send(reply);
  }

  const std::size_t max_body_;
  asio::io_context io_{1};
  Acceptor acceptor_{io_};
  Handler handler_;
  std::mutex mutex_;
  std::vector<std::pair<std::shared_ptr<Session>, HttpReply>> answers_;  // guarded by mutex_
};

// NOLINTBEGIN(misc-no-recursion): after refuse() the connection closes; other answers are posted
void Session::next() {
  parser_.emplace();
  parser_->eager(true);
  parser_->body_limit(server_.max_body());
  in_.size() > 0 ? parse() : read();
}

void Session::read() {
  const std::size_t chunk = parser_->is_header_done() ? kBodyChunk : kHeadChunk;
  socket_.async_read_some(in_.prepare(chunk),
                          [self = shared_from_this()](Failure failure, std::size_t size) {
                            if (failure) return;
                            self->in_.commit(size);
                            self->parse();
                          });
}

void Session::parse() {
  Failure failure;
  while (in_.size() > 0 && !failure && !parser_->is_done()) {
    in_.consume(parser_->put(in_.data(), failure));
  }
  if (failure && failure != http::error::need_more) return refuse(failure);
  if (!parser_->is_done()) return read();
  asked_ = stirred_ = true;
  stays_open_ = parser_->keep_alive() && parser_->version >= 11;
  server_.handle(std::move(parser_->request), shared_from_this());
}

void Session::refuse(const Failure& failure) {
  asked_ = true;
  stays_open_ = false;
  const bool large = failure == http::error::body_limit || failure == http::error::header_limit;
  send({large ? 413U : 400U, failure.message() + "\n"});
}

void Session::send(const HttpReply& reply) {
  out_ = print_reply(reply, stays_open_);
  const auto sent = [self = shared_from_this()](Failure failure, std::size_t) {
    self->asked_ = false;
    self->stirred_ = true;
    if (failure || !self->stays_open_) return self->close();
    self->next();
  };
  // Nearly always all of it goes at once.
  Failure failure;
  const std::size_t size = socket_.write_some(asio::buffer(out_), failure);
  if (!failure && size == out_.size()) return sent(failure, size);
  if (failure && failure != asio::error::would_block) return sent(failure, size);
  asio::async_write(socket_, asio::buffer(out_) + size, sent);
}
// NOLINTEND(misc-no-recursion)

void Session::watch() {
  idle_.expires_after(kIdle);
  idle_.async_wait([session = weak_from_this()](Failure failure) {
    const std::shared_ptr<Session> self = session.lock();
    if (failure || !self) return;
    if (!self->asked_ && !std::exchange(self->stirred_, false)) return self->close();
    self->watch();
  });
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const Settings& settings) {
  auto server = std::make_unique<AsioServer>(settings.max_body);
  ONUS_TRY_VOID(server->open(settings));
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace onus::cli
