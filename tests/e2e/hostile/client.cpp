#include "hostile/client.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <utility>

#include "hostile/hostile_server.h"
#include "support/bounds.h"
#include "transport/http_transport.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kThreads = 8;

bool can_be_shown(const std::string& message) {
  return std::none_of(message.begin(), message.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

}  // namespace

TransportOptions options_for(const Target& target, Milliseconds phase) {
  TransportOptions options;
  options.endpoint.tls = target.tls;
  options.endpoint.host = "127.0.0.1";
  options.endpoint.port = HostileServer::instance().port(target.port);
  options.endpoint.path = target.path;
  options.trusted_ca_path = HostileServer::instance().ca_file();
  options.timeouts = {phase, phase, phase};
  return options;
}

std::unique_ptr<Transport> transport_for(TransportOptions options, net::Lookup lookup) {
  auto made = make_http_transport(std::move(options), {}, std::move(lookup));
  if (!made.ok()) throw std::runtime_error(made.error().message);
  return std::move(made.value());
}

TransportFactory factory() {
  return [](TransportOptions options) {
    return make_http_transport(std::move(options), {}, net::system_lookup);
  };
}

session::SessionOptions spec_for(const Target& target, const std::string& computer_name,
                                 Milliseconds phase) {
  session::SessionOptions spec;
  spec.computer_name = computer_name;
  spec.transport = options_for(target, phase);
  spec.teardown_timeout = kPatience;
  return spec;
}

HttpRequest repeatable() {
  HttpRequest request = once_only("<get/>");
  request.idempotent = true;
  return request;
}

HttpRequest once_only(std::string body) {
  HttpRequest request;
  request.content_type = "application/soap+xml;charset=UTF-8";
  request.body = std::move(body);
  return request;
}

Outcome outcome_of(ErrorCode code) { return static_cast<Outcome>(code); }

std::string to_string(Outcome outcome) {
  return outcome == kOk ? "success" : name_of(static_cast<ErrorCode>(outcome));
}

std::string to_string(const Outcomes& outcomes) {
  std::string text;
  for (const Outcome outcome : outcomes) text += (text.empty() ? "" : " or ") + to_string(outcome);
  return text;
}

bool is_among(Outcome outcome, const Outcomes& outcomes) {
  return std::find(outcomes.begin(), outcomes.end(), outcome) != outcomes.end();
}

Milliseconds time_for(const Outcomes& expected) {
  return is_among(outcome_of(ErrorCode::timed_out), expected) ? kShort : kPatience;
}

std::string complaint(Outcome outcome, const std::string& message, Milliseconds elapsed,
                      const Outcomes& expected) {
  const std::string came = to_string(outcome) + " (" + message.substr(0, 300) + ") after " +
                           std::to_string(elapsed.count()) + " ms";
  if (!is_among(outcome, expected)) return "expected " + to_string(expected) + ", got " + came;
  if (elapsed > bound(kShort + kPromptly)) return "too late: " + came;
  const bool timed_out = outcome == outcome_of(ErrorCode::timed_out);
  if (timed_out && elapsed + Milliseconds(2) < kShort) return "too early: " + came;
  if (outcome == kOk) return {};
  if (message.find("127.0.0.1 (port ") == std::string::npos) return "names no computer: " + came;
  return can_be_shown(message) ? std::string() : "cannot be shown: " + came;
}

std::string in_parallel(std::size_t count, const std::function<std::string(std::size_t)>& work) {
  std::vector<std::string> found(count);
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) found[i] = work(i);
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < std::min(count, kThreads); ++i) threads.emplace_back(run);
  for (std::thread& thread : threads) thread.join();
  std::string all;
  for (const std::string& one : found) all += one.empty() ? "" : "\n  " + one;
  return all;
}

}  // namespace wsman::testing
