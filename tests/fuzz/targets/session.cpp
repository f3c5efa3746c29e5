// A whole session, from Connect to its end, by the C ABI: what a server answers to all that is
// asked.
//
// The first line of an input says how the user proves who he is and what is asked, the answers come
// behind it, each after a line "----" (peer.h).
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "caller.h"
#include "fuzz.h"
#include "peer.h"
#include "protocol/xml/xml.h"

namespace wsman::fuzz {
namespace {

using nlohmann::json;

// More than all that is asked here comes to, each request with every retry and handshake.
constexpr size_t kMostRequests = 200;

std::vector<std::string> answers_of(std::string_view input) {
  constexpr std::string_view mark = "\n----\n";
  std::vector<std::string> answers;
  for (size_t at = input.find(mark); at != std::string_view::npos; at = input.find(mark)) {
    input.remove_prefix(at + mark.size());
    answers.emplace_back(input.substr(0, input.find(mark)));
  }
  return answers;
}

int count(const json& object, const char* name) { return object.at(name); }

// What was open has been ended, or the user hears of it.
void check_report(const json& before, const json& report) {
  const json& shells = report.at("shells");
  const json& enumerations = report.at("enumerations");
  // A shell of which no answer told may never have been there, and is in neither number then.
  const int lost = count(shells, "abandoned") + count(enumerations, "abandoned") +
                   count(report.at("commands"), "abandoned");
  demand(count(enumerations, "released") + count(enumerations, "abandoned") >=
             count(before, "openEnumerations"),
         "An enumeration is passed over");
  demand(lost == 0 || !report.at("graceful"), "Something is left, and nobody says so");
  demand(report.at("graceful") == report.at("warnings").empty(),
         "What is not graceful has no warning, or the other way round");
  demand(report.at("secretsWiped"), "A secret is left");
}

size_t count_asked(const std::vector<std::string>& requests, std::string_view action) {
  return static_cast<size_t>(std::count_if(
      requests.begin(), requests.end(),
      [&](const std::string& request) { return request.find(action) != std::string::npos; }));
}

// What is told of the end of a session was asked of the server in it.
void check_asked(const End& end, const std::vector<std::string>& requests) {
  const auto asked = [&](std::string_view action) {
    return count_asked(requests, action) - count_asked(end.requests_before, action);
  };
  demand(asked("/transfer/Delete</a:Action>") >= end.report.at("shells").at("deleted"),
         "A shell is told to be deleted that was not");
  demand(asked("/enumeration/Release</a:Action>") >= end.report.at("enumerations").at("released"),
         "An enumeration is told to be released that was not");
  demand(asked("/shell/Signal</a:Action>") >= end.report.at("commands").at("terminated"),
         "A command is told to be terminated that was not");
}

// What changes nothing, and what ends something: to end it twice does no harm.
bool may_repeat(const std::string& request) {
  constexpr std::array<std::string_view, 4> actions{
      "/transfer/Get</a:Action>", "/transfer/Delete</a:Action>", "/enumeration/Release</a:Action>",
      "/shell/Signal</a:Action>"};
  return std::any_of(actions.begin(), actions.end(), [&](std::string_view action) {
    return request.find(action) != std::string::npos;
  });
}

// Everything else is asked again only if it was turned away.
void check_once(const std::vector<Peer::Exchange>& exchanges) {
  std::map<std::string, std::string> answers;
  for (const Peer::Exchange& exchange : exchanges) {
    const std::string id = between(exchange.request, "<a:MessageID>", "</a:MessageID>");
    if (id.empty() || may_repeat(exchange.request)) continue;
    const auto [before, is_new] = answers.emplace(id, exchange.answer);
    demand(is_new || before->second.find(" 401") != std::string::npos, "A request is sent twice");
    before->second = exchange.answer;
  }
}

// No account is to be locked: a credential that was never accepted is not repeated, and one that
// was is repeated once, while the three other requests of a teardown may be on their way.
void check_refusals(const std::vector<Peer::Exchange>& exchanges, bool was_open) {
  size_t in_a_row = 0;
  for (const Peer::Exchange& exchange : exchanges) {
    in_a_row = exchange.answer.rfind("HTTP/1.1 401", 0) == 0 ? in_a_row + 1 : 0;
    demand(in_a_row <= (was_open ? 5U : 1U), "A credential is refused again and again");
  }
}

void check_envelope(std::string_view text) {
  const xml::Reading envelope = xml::read_xml(text);
  demand(envelope.flaw == xml::XmlFlaw::none, "An envelope is not well-formed");
  xmlNodePtr root = xmlDocGetRootElement(envelope.document.get());
  demand(xml::name_of(root) == "Envelope" && xmlChildElementCount(root) == 2,
         "An envelope has more than a Header and a Body");
  xmlNodePtr body = xml::child_named(root, "Body");
  demand(body != nullptr && xmlChildElementCount(body) <= 1, "A Body has two elements");
}

// A credential goes out by the authentication that is wanted, and by no other.
void check_scheme(const std::string& head, const std::string& field, const char* authentication) {
  const size_t at = head.find("\r\n" + field + ": ");
  if (at == std::string::npos) return;
  const std::string scheme = lower_case(authentication) + " ";
  demand(head.compare(at + field.size() + 4, scheme.size(), scheme) == 0,
         "A credential goes by another way");
}

void check_post(const std::string& head, std::string_view body, const Wanted& wanted) {
  demand(head.find("\r\nhost: " + wanted.place() + "\r\n") != std::string::npos,
         "A request is for another server");
  check_scheme(head, "authorization", wanted.authentication());
  const std::string length = "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n";
  demand(head.find(length) != std::string::npos, "A length is wrong");
  if (!body.empty() && head.find("multipart/") == std::string::npos) check_envelope(body);
}

void check_connect(const std::string& head, std::string_view behind, const Wanted& wanted) {
  demand(head.rfind("connect " + wanted.place() + " http/1.1\r\n", 0) == 0,
         "A tunnel leads elsewhere");
  demand(behind.empty(), "Something is sent before the tunnel is there");
  check_scheme(head, "proxy-authorization", wanted.proxy_authentication());
  demand(head.find("\r\nauthorization: ") == std::string::npos, "A proxy sees the server's");
}

void check_request(const Peer::Exchange& exchange, const Wanted& wanted) {
  const std::string_view text = exchange.request;
  demand(text.find(wanted.password()) == std::string_view::npos, "A request has the password");
  // Of a request that is answered early, the rest is not sent.
  if (wanted.has("early")) return;
  if (is_tls_record(text))
    return demand(wanted.is_tls() && !wanted.has_tls(), "TLS goes where none was wanted");
  const size_t head_end = text.find("\r\n\r\n");
  demand(head_end != std::string_view::npos, "A head has no end");
  const std::string head = lower_case(text.substr(0, head_end + 2));
  const std::string_view body = text.substr(head_end + 4);
  if (wanted.has_proxy() && !exchange.in_tls) return check_connect(head, body, wanted);
  demand(wanted.is_tls() == exchange.in_tls && head.rfind("post /wsman http/1.1\r\n", 0) == 0,
         "A request is no POST, or in clear text");
  check_post(head, body, wanted);
}

void check_all(const std::vector<Peer::Exchange>& exchanges, const End& end, const Wanted& wanted) {
  demand(exchanges.size() <= kMostRequests, "Requests are sent without end");
  check_once(exchanges);
  // Those of a single operation are sessions of their own.
  const bool is_basic = std::string_view(wanted.authentication()) == "Basic";
  if (is_basic && !wanted.has("once")) check_refusals(exchanges, !end.report.is_null());
}

void read_answers(std::string_view input) {
  const Wanted wanted(input);
  Peer peer(answers_of(input), wanted.manner());
  const End end = hold_session(wanted, peer);
  demand(peer.open_connections() == 0, "A connection is left");
  for (const std::string& place : peer.places())
    demand(place == wanted.reached(), "Another place is connected to");
  const std::vector<Peer::Exchange> exchanges = peer.exchanges();
  demand(!exchanges.empty() || wanted.has_tls() || end.timed_out, "No request is sent");
  for (const Peer::Exchange& exchange : exchanges) check_request(exchange, wanted);
  // Each piece of one that is answered early counts as another.
  if (!wanted.has("early")) check_all(exchanges, end, wanted);
  if (end.report.is_null()) return;
  check_report(end.before, end.report);
  if (!wanted.is_sealed() && !wanted.has("early")) check_asked(end, peer.requests());
}

const Target session_target{"session", read_answers};

}  // namespace
}  // namespace wsman::fuzz
