// SPDX-License-Identifier: Apache-2.0
#include "cli/http_post.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <string_view>

namespace onus::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Failure = beast::error_code;

constexpr std::size_t kMaxAnswer = 1U << 20;

struct Url {
  bool tls = false;
  std::string host, port, path;
};

Result<Url> parse_url(std::string_view text) {
  const auto none = fail(Code::usage, fmt::format("'{}' is not a URL of http or https", text));
  Url url;
  if (text.starts_with("https://")) {
    url.tls = true;
  } else if (!text.starts_with("http://")) {
    return none;
  }
  text.remove_prefix(url.tls ? 8 : 7);
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view place = text.substr(0, slash);
  const std::size_t colon = std::min(place.find(':'), place.size());
  url.host = place.substr(0, colon);
  url.port = colon < place.size() ? place.substr(colon + 1) : url.tls ? "443" : "80";
  url.path = slash < text.size() ? text.substr(slash) : "/";
  if (url.host.empty() || url.port.empty()) return none;
  return url;
}

// Starts one operation and waits for its end.
template <class Start>
Failure await(asio::io_context& io, Start start) {
  Failure result;
  start([&result](Failure error, auto&&...) { result = error; });
  io.restart();
  io.run();
  return result;
}

template <class Stream>
Result<HttpAnswer> exchange(asio::io_context& io, Stream& stream, const Url& url,
                            const std::string& body) {
  http::request<http::string_body> request(http::verb::post, url.path, 11);
  request.set(http::field::host, url.host);
  request.set(http::field::user_agent, "onus/" ONUS_VERSION);
  request.set(http::field::content_type, "text/plain; charset=utf-8");
  request.keep_alive(false);
  request.body() = body;
  request.prepare_payload();
  Failure error = await(io, [&](auto done) { http::async_write(stream, request, done); });
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(kMaxAnswer);
  if (!error) {
    error = await(io, [&](auto done) { http::async_read(stream, buffer, parser, done); });
  }
  if (error)
    return fail(Code::io, fmt::format("{} does not answer: {}", url.host, error.message()));
  return HttpAnswer{parser.get().result_int(), parser.get().body()};
}

Failure connect(asio::io_context& io, beast::tcp_stream& stream, const Url& url) {
  tcp::resolver resolver(io);
  tcp::resolver::results_type found;
  const Failure error = await(io, [&](auto done) {
    resolver.async_resolve(url.host, url.port,
                           [&found, done](Failure failed, const auto& results) mutable {
                             found = results;
                             done(failed);
                           });
  });
  if (error) return error;
  return await(io, [&](auto done) { stream.async_connect(found, done); });
}

Result<HttpAnswer> post_tls(asio::io_context& io, const Url& url, const std::string& body,
                            std::chrono::seconds timeout) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  Failure error;
  context.set_default_verify_paths(error);
  beast::ssl_stream<beast::tcp_stream> stream(io, context);
  stream.set_verify_mode(asio::ssl::verify_peer, error);
  stream.set_verify_callback(asio::ssl::host_name_verification(url.host), error);
  SSL_set_tlsext_host_name(stream.native_handle(), url.host.c_str());
  beast::get_lowest_layer(stream).expires_after(timeout);
  error = connect(io, beast::get_lowest_layer(stream), url);
  if (!error) {
    error =
        await(io, [&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); });
  }
  if (error) return fail(Code::io, fmt::format("cannot reach {}: {}", url.host, error.message()));
  return exchange(io, stream, url, body);
}

}  // namespace

Result<HttpAnswer> http_post(const std::string& url_text, const std::string& body,
                             std::chrono::seconds timeout) {
  ONUS_TRY(const Url url, parse_url(url_text));
  asio::io_context io(1);
  if (url.tls) return post_tls(io, url, body, timeout);
  beast::tcp_stream stream(io);
  stream.expires_after(timeout);
  const Failure error = connect(io, stream, url);
  if (error) return fail(Code::io, fmt::format("cannot reach {}: {}", url.host, error.message()));
  return exchange(io, stream, url, body);
}

}  // namespace onus::cli
