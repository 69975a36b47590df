// SPDX-License-Identifier: Apache-2.0
#include "cli/http_server.h"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

namespace onus::cli {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::size_t kMaxBody = 1000;

// Says what it was asked; "/large" is answered with many bytes, "/later" by another thread.
void answer_all(HttpRequest request, HttpServer::Answer answer) {
  using Method = HttpRequest::Method;
  const char* method = request.method == Method::get    ? "GET"
                       : request.method == Method::post ? "POST"
                                                        : "other";
  HttpReply reply{200, std::string(method) + " " + request.target + " " + request.body};
  if (request.target == "/large") reply.body = std::string(20'000'000, 'x');
  if (request.target != "/later") return answer(std::move(reply));
  std::thread([reply, answer = std::move(answer)] { answer(reply); }).detach();
}

struct HttpServerTest : ::testing::Test {
  std::unique_ptr<HttpServer> server =
      std::move(HttpServer::listen({"127.0.0.1", 0, kMaxBody}).value());
  std::thread thread{[this] { server->run(answer_all); }};
  asio::io_context io;
  tcp::socket socket{io};

  HttpServerTest() { socket.connect({asio::ip::make_address("127.0.0.1"), server->port()}); }
  void TearDown() override {
    server->stop();
    thread.join();
  }

  void send(const std::string& bytes) { asio::write(socket, asio::buffer(bytes)); }
  // As many bytes of answers as the expected ones have, or all until the server closes.
  std::string take(std::size_t size) {
    std::string bytes(size, '\0');
    boost::system::error_code error;
    bytes.resize(asio::read(socket, asio::buffer(bytes), error));
    return bytes;
  }
  std::string take_rest() { return take(1U << 20); }
};

std::string good(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + more + "\r\n" + body;
}

constexpr const char* kPost = "POST /add HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nentry";
constexpr const char* kChunked =
    "POST /add HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
    "chunked\r\n\r\n2\r\nen\r\n3\r\ntry\r\n0\r\n\r\n";

TEST_F(HttpServerTest, AnswersRequestsOfOnePieceInTheirOrder) {
  const std::string wanted = good("GET / ") + good("POST /add entry") + good("POST /later entry") +
                             good("POST /add entry") + good("other / ");
  send(std::string("GET / HTTP/1.1\r\n\r\n") + kPost +
       "POST /later HTTP/1.1\r\nContent-Length: 5\r\n\r\nentry" + kChunked +
       "DELETE / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(take(wanted.size()), wanted);
}

TEST_F(HttpServerTest, ReadsARequestThatComesByteByByte) {
  socket.set_option(tcp::no_delay(true));
  for (const std::string request : {kPost, kChunked}) {
    for (const char byte : request) send({byte});
    EXPECT_EQ(take(good("POST /add entry").size()), good("POST /add entry"));
  }
}

TEST_F(HttpServerTest, SendsWhatDoesNotGoAtOnceAndThenGoesOn) {
  send("GET /large HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  const std::string wanted = good(std::string(20'000'000, 'x')) + good("GET / ");
  EXPECT_TRUE(take(wanted.size()) == wanted);
}

TEST_F(HttpServerTest, ClosesWhereTheClientSaysSoOrSpeaksTheOlderForm) {
  send("GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(take_rest(), good("GET / ", "Connection: close\r\n"));
  socket = tcp::socket(io);
  socket.connect({asio::ip::make_address("127.0.0.1"), server->port()});
  send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(take_rest(), good("GET / ", "Connection: close\r\n"));
}

TEST_F(HttpServerTest, RefusesABodyOverTheLimitBeforeItIsSent) {
  send("POST /add HTTP/1.1\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_TRUE(take_rest().starts_with("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, RefusesChunksThatTogetherAreOverTheLimit) {
  send("POST /add HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n258\r\n" + std::string(600, 'x') +
       "\r\n258\r\n");
  EXPECT_TRUE(take_rest().starts_with("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, RefusesWhatIsNotHttp) {
  send("\x16\x03\x01 hello\r\n\r\n");
  EXPECT_TRUE(take_rest().starts_with("HTTP/1.1 400 "));
}

TEST(HttpServer, AnAnswerThatWasGivenMayOutliveTheServer) {
  HttpServer::Answer kept;
  for (int turn = 0; turn < 20; ++turn) {
    auto server = std::move(HttpServer::listen({"127.0.0.1", 0, kMaxBody}).value());
    std::thread thread([&] {
      server->run([&](const HttpRequest& request, HttpServer::Answer answer) {
        kept = std::move(answer);
        kept({200, request.target});
      });
    });
    kept = nullptr;  // of the server before, which may have lived where this one does
    asio::io_context io;
    tcp::socket socket{io};
    socket.connect({asio::ip::make_address("127.0.0.1"), server->port()});
    asio::write(socket, asio::buffer(std::string("GET / HTTP/1.1\r\n\r\n")));
    std::string bytes(good("/").size(), '\0');
    asio::read(socket, asio::buffer(bytes));
    EXPECT_EQ(bytes, good("/"));
    server->stop();
    thread.join();
  }
}

TEST(HttpServer, SaysWhichAddressOrPortItCannotHave) {
  const auto first = HttpServer::listen({"127.0.0.1", 0, kMaxBody});
  const auto second = HttpServer::listen({"127.0.0.1", (*first)->port(), kMaxBody});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::io);
  EXPECT_EQ(HttpServer::listen({"nowhere", 0, kMaxBody}).error().code, Code::usage);
}

}  // namespace
}  // namespace onus::cli
