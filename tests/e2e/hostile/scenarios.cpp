#include "hostile/scenarios.h"

#include <array>
#include <string_view>

namespace wsman::testing {
namespace {

const Outcomes kSuccess{kOk};
const Outcomes kTimedOut{outcome_of(ErrorCode::timed_out)};
const Outcomes kLost{outcome_of(ErrorCode::connection_lost)};
const Outcomes kBroken{outcome_of(ErrorCode::protocol)};
const Outcomes kTooLarge{outcome_of(ErrorCode::limit)};
const Outcomes kDenied{outcome_of(ErrorCode::access_denied)};
const Outcomes kHttp{outcome_of(ErrorCode::http)};
const Outcomes kTls{outcome_of(ErrorCode::tls)};
// A reset that is as fast as the connection itself is met by whoever looks next.
const Outcomes kResetPlain{outcome_of(ErrorCode::connection_lost),
                           outcome_of(ErrorCode::cannot_connect)};
const Outcomes kResetTls{outcome_of(ErrorCode::tls), outcome_of(ErrorCode::cannot_connect)};

// One scenario, plain and over TLS.
struct Row {
  const char* name;
  Outcomes plain;
  Outcomes tls;
  Outcomes plain_connect;
  Outcomes tls_connect;

  Row(const char* row_name, const Outcomes& all) : Row(row_name, all, all) {}
  Row(const char* row_name, const Outcomes& over_plain, const Outcomes& over_tls)
      : name(row_name),
        plain(over_plain),
        tls(over_tls),
        plain_connect(over_plain),
        tls_connect(over_tls) {}

  // What connecting comes to where that differs.
  Row connecting(const Outcomes& over_plain, const Outcomes& over_tls) const {
    Row row = *this;
    row.plain_connect = over_plain;
    row.tls_connect = over_tls;
    return row;
  }
};

std::vector<Scenario> spread(const std::vector<Row>& rows, bool has_port) {
  std::vector<Scenario> scenarios;
  for (const Row& row : rows) {
    scenarios.push_back({row.name, has_port, false, row.plain, row.plain_connect});
    scenarios.push_back({row.name, has_port, true, row.tls, row.tls_connect});
  }
  return scenarios;
}

const std::vector<Row>& phase_rows() {
  static const std::vector<Row> rows{
      {"proper", kSuccess},
      {"stall-request", kTimedOut},
      {"stall-head", kTimedOut},
      {"stall-body", kTimedOut},
      {"reset-request", kLost},
      {"reset-head", kLost},
      {"reset-body", kLost},
      {"end-request", kLost},
      {"end-head", kLost},
      {"end-body", kLost},
      {"cut-body", kLost},
      {"no-length-end", kSuccess},
      // Without TLS nothing tells an end from an interruption.
      {"no-length-cut", kSuccess, kLost},
      {"alert-head", kLost},
      {"alert-body", kLost},
      Row("garbage-body", kSuccess, kLost).connecting(kBroken, kLost),
      {"tickets", kLost, kTimedOut},
      {"refuse-then-reset", kDenied},
  };
  return rows;
}

const std::vector<Row>& refused_head_rows() {
  static const std::vector<Row> rows{
      {"length-and-chunked", kBroken},
      {"two-lengths", kBroken},
      {"length-list", kBroken},
      {"length-sign", kBroken},
      {"length-too-long", kBroken},
      {"gzip-chunked", kBroken},
      {"folded", kSuccess},
      {"folded-length", kBroken},
      {"control-byte", kBroken},
      {"escape-byte", kBroken},
      {"bare-return", kBroken},
      {"space-before-colon", kBroken},
      {"no-colon", kBroken},
      {"bare-feed", kBroken},
      {"chunked-in-1.0", kBroken},
      {"status-000", kBroken},
      {"status-600", kBroken},
      {"status-2000", kBroken},
      {"version-2", kBroken},
      {"after-204", kBroken},
      {"switching", kBroken},
      {"interims-101", kBroken},
      {"interim-flood", kBroken},
      {"endless-head", kTooLarge},
      {"endless-field", kTooLarge},
      {"head-drip", kTimedOut},
  };
  return rows;
}

const std::vector<Row>& accepted_head_rows() {
  static const std::vector<Row> rows{
      {"no-reason", kSuccess},
      {"no-reason-space", kSuccess},
      {"null-reason", kSuccess},
      {"version-1.0", kSuccess},
      {"interims-100", kSuccess},
      {"encoded", kBroken},
      Row("encoded-404", kSuccess).connecting(kHttp, kHttp),
      {"odd-challenge", kDenied},
  };
  return rows;
}

const std::vector<Row>& body_rows() {
  static const std::vector<Row> rows{
      {"chunked", kSuccess},          {"extension-256", kSuccess},
      {"extension-257", kBroken},     {"extension-1m", kBroken},
      {"trailer-7k", kSuccess},       {"trailer-9k", kBroken},
      {"trailer-70k", kBroken},       {"trailer-endless", kBroken},
      {"chunk-no-number", kBroken},   {"chunk-too-large", kBroken},
      {"chunk-without-end", kBroken}, {"endless-chunk", kTooLarge},
      {"endless-chunks", kTooLarge},  {"chunk-drip", kTimedOut},
      {"endless-body", kTooLarge},    {"endless-length", kTooLarge},
      {"body-drip", kTimedOut},       {"too-short", kLost},
      {"too-long", kSuccess},         {"two-answers", kSuccess},
      {"answer-flood", kSuccess},     Row("empty", kSuccess).connecting(kBroken, kBroken),
  };
  return rows;
}

// These shake hands, and need TLS for it.
std::vector<Scenario> handshake_scenarios() {
  return {{"deaf-tls", true, true, kTimedOut, kTimedOut},
          {"early-answer-tls", true, true, kSuccess, kSuccess}};
}

const std::vector<Row>& accept_rows() {
  static const Outcomes refused_early{kOk, outcome_of(ErrorCode::connection_lost)};
  static const std::vector<Row> rows{
      {"full-queue", kTimedOut},
      {"stall-accept", kTimedOut},
      {"stall-tls", kBroken, kTimedOut},
      {"drip-accept", kBroken, kTls},
      {"drip-tls", kBroken, kTimedOut},
      {"reset-accept", kResetPlain, kResetTls},
      {"reset-tls", {kBroken[0], kLost[0]}, kTls},
      {"end-accept", kLost, kTls},
      {"end-tls", kBroken, kTls},
      {"garbage-accept", kBroken, kTls},
      {"garbage-flood", kBroken, kTls},
      Row("plain-on-tls", kSuccess, kTls).connecting(kHttp, kTls),
      {"alert-tls", kBroken, kTls},
      {"hello-flood", kBroken, kTimedOut},
      {"early-answer", kSuccess, kTls},
      Row("early-refusal", kSuccess, kTls).connecting(kHttp, kTls),
      Row("early-reset", refused_early, kTls)
          .connecting({kHttp[0], outcome_of(ErrorCode::connection_lost)}, kTls),
  };
  return rows;
}

std::vector<Scenario> joined(const std::vector<const std::vector<Row>*>& groups) {
  std::vector<Scenario> all;
  for (const std::vector<Row>* group : groups) {
    const std::vector<Scenario> some = spread(*group, false);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

constexpr std::array<std::string_view, 10> kEndless{
    "endless-head", "endless-field", "interim-flood", "extension-1m",   "trailer-endless",
    "trailer-70k",  "endless-chunk", "endless-body",  "endless-chunks", "answer-flood"};

}  // namespace

std::string describe(const Scenario& scenario) {
  return scenario.name + (scenario.tls ? " over TLS" : " without TLS");
}

Target target_of(const Scenario& scenario, const std::string& prefix, const std::string& label) {
  if (scenario.has_port) return {scenario.name, scenario.tls, "/proper?" + label};
  return {scenario.tls ? "tls" : "plain", scenario.tls, prefix + "/" + scenario.name + "?" + label};
}

const std::vector<Scenario>& request_scenarios() {
  static const std::vector<Scenario> scenarios =
      joined({&phase_rows(), &refused_head_rows(), &accepted_head_rows(), &body_rows()});
  return scenarios;
}

const std::vector<Scenario>& accept_scenarios() {
  static const std::vector<Scenario> scenarios = [] {
    std::vector<Scenario> all = spread(accept_rows(), true);
    for (const Scenario& scenario : handshake_scenarios()) all.push_back(scenario);
    return all;
  }();
  return scenarios;
}

const std::vector<Scenario>& endless_scenarios() {
  static const std::vector<Scenario> scenarios = [] {
    std::vector<Scenario> endless;
    for (const std::string_view name : kEndless) {
      for (const Scenario& scenario : request_scenarios()) {
        if (scenario.name == name) endless.push_back(scenario);
      }
    }
    return endless;
  }();
  return scenarios;
}

}  // namespace wsman::testing
