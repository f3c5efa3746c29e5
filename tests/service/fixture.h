// The service without a socket, for its own tests: requests in, answers kept.
#ifndef WSMAN_TESTS_SERVICE_FIXTURE_H
#define WSMAN_TESTS_SERVICE_FIXTURE_H

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "counts.h"
#include "gate.h"
#include "http/router.h"
#include "journal.h"
#include "misbehaviour.h"
#include "wsman/service.h"

namespace wsman::service {

inline constexpr const char* kIdentify =
    "<x:Envelope xmlns:x=\"http://www.w3.org/2003/05/soap-envelope\"><x:Header/><x:Body>\n"
    "<Identify xmlns=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"/>"
    "</x:Body></x:Envelope>";

inline const Fields kAnonymous = {{"WSMANIDENTIFY", "unauthenticated"}};
// "tester:correct" and "tester:wrong".
inline const Fields kRight = {{"Authorization", "Basic dGVzdGVyOmNvcnJlY3Q="}};
inline const Fields kWrong = {{"Authorization", "Basic dGVzdGVyOndyb25n"}};

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

inline int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

// The text between two others, the first time they stand like that; "" if they do not.
inline std::string between(const std::string& text, std::string_view before,
                           std::string_view after) {
  const std::size_t start = text.find(before);
  if (start == std::string::npos) return {};
  const std::size_t end = text.find(after, start + before.size());
  if (end == std::string::npos) return {};
  return text.substr(start + before.size(), end - start - before.size());
}

// Keeps what a handler did instead of sending it.
class Recorder final : public AnswerSink {
 public:
  void send(const Response& response) override { answers.push_back(response); }
  void hang_up() override { ++hang_ups; }
  void reset() override { ++resets; }

  std::vector<Response> answers;
  int hang_ups = 0;
  int resets = 0;
};

struct Fixture {
  explicit Fixture(const ServiceOptions& options = {}, const GssOptions& gss = {},
                   const DigestOptions& digest = {})
      : service(Authenticator("tester", "correct"), Digest(digest, "tester", "correct"),
                Gatekeeper(gss, counts, [this] { ++swaps; }), options, counts, journal) {
    add_service(router, service);
    add_misbehaviour(router, {"127.0.0.2", "127.0.0.3"}, gate);
  }

  ExchangePtr ask(const std::string& path, Fields fields, const std::string& body = kIdentify) {
    Request request;
    request.method = "POST";
    request.path = path;
    request.fields = std::move(fields);
    request.fields.emplace_back("Content-Type", "application/soap+xml;charset=UTF-8");
    request.body = body;
    request.entrance = {"127.0.0.2", 5985, secure};
    auto exchange =
        std::make_shared<Exchange>(std::move(request), recorder, io.get_executor(), peer);
    router.route(exchange, exchange->request().path);
    return exchange;
  }

  const Response& answer() const { return recorder->answers.at(0); }

  boost::asio::io_context io;
  Counts counts{{"127.0.0.2", "127.0.0.3"}};
  Journal journal;
  Gate gate;
  Service service;
  Router router;
  // All requests come by one connection.
  std::shared_ptr<Peer> peer = std::make_shared<Peer>();
  bool secure = false;
  int swaps = 0;  // Of the certificate.
  std::shared_ptr<Recorder> recorder = std::make_shared<Recorder>();
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_FIXTURE_H
