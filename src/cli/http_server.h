// SPDX-License-Identifier: Apache-2.0
// HTTP/1.1 for programs behind a server that has accounts and TLS: one thread reads and writes all
// connections, and an answer may come later, from any thread. Small on purpose: a request and its
// answer are each one buffer, headers other than those of the message's own form are not kept.
// A connection on which nothing is asked for a minute or two is closed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace onus::cli {

struct HttpRequest {
  enum class Method { get, post, other };
  Method method = Method::other;
  std::string target;
  std::string body;
};

struct HttpReply {
  unsigned status = 200;
  std::string body;
  std::string_view type = "text/plain; charset=utf-8";  // of a literal, as the next one
  std::string_view cache = {};                          // Cache-Control
};

class HttpServer {
 public:
  // Once; any thread, while the server lives. May be kept longer where it was called.
  using Answer = std::function<void(HttpReply)>;
  using Handler = std::function<void(HttpRequest, Answer)>;  // on the thread of run()
  struct Settings {
    std::string address;
    std::uint16_t port = 0;  // 0: any that is free
    std::size_t max_body = 0;
  };

  static Result<std::unique_ptr<HttpServer>> listen(const Settings& settings);
  virtual ~HttpServer() = default;
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  HttpServer(HttpServer&&) = delete;
  HttpServer& operator=(HttpServer&&) = delete;

  virtual std::uint16_t port() const = 0;
  virtual void run(Handler handler) = 0;  // until stop()
  virtual void stop() = 0;                // any thread

 protected:
  HttpServer() = default;
};

}  // namespace onus::cli
