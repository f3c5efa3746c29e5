#include "abi/json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace wsman {
namespace {

using nlohmann::json;

constexpr int64_t kMostMilliseconds = INT32_MAX;

class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Text from outside (a certificate, a fault) may not be UTF-8: what is not becomes U+FFFD.
std::string dump(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string text_member(const json& member, const std::string& name) {
  if (!member.is_string()) throw BadRequest("\"" + name + "\" must be a string");
  return member.get<std::string>();
}

bool bool_member(const json& member, const std::string& name) {
  if (!member.is_boolean()) throw BadRequest("\"" + name + "\" must be true or false");
  return member.get<bool>();
}

int64_t number_member(const json& member, const std::string& name, int64_t most) {
  const bool whole = member.is_number_integer();
  const int64_t value = whole ? member.get<int64_t>() : -1;
  if (value < 0 || value > most) {
    throw BadRequest("\"" + name + "\" must be a whole number from 0 to " + std::to_string(most));
  }
  return value;
}

AuthenticationKind kind_member(const json& member, const std::string& name) {
  const std::string text = text_member(member, name);
  for (const AuthenticationKind kind :
       {AuthenticationKind::none, AuthenticationKind::default_, AuthenticationKind::basic,
        AuthenticationKind::negotiate, AuthenticationKind::kerberos, AuthenticationKind::digest,
        AuthenticationKind::credssp, AuthenticationKind::client_certificate}) {
    if (text == name_of(kind)) return kind;
  }
  throw BadRequest("\"" + text + "\" is not the name of an authentication");
}

void read_option(ConnectRequest& request, const std::string& name, const json& member) {
  if (name == "skipCACheck") {
    request.skip_ca_check = bool_member(member, name);
  } else if (name == "skipCNCheck") {
    request.skip_cn_check = bool_member(member, name);
  } else if (name == "skipRevocationCheck") {
    request.skip_revocation_check = bool_member(member, name);
  } else if (name == "noEncryption") {
    request.no_encryption = bool_member(member, name);
  } else if (name == "useUtf16") {
    request.use_utf16 = bool_member(member, name);
  } else if (name == "operationTimeoutMs") {
    request.operation_timeout = Milliseconds(number_member(member, name, kMostMilliseconds));
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

void read_member(ConnectRequest& request, const std::string& name, const json& member) {
  if (name == "sessionId") {
    request.session_id = static_cast<uint64_t>(number_member(member, name, INT64_MAX));
  } else if (name == "computerName") {
    request.computer_name = text_member(member, name);
  } else if (name == "port") {
    request.port = static_cast<uint16_t>(number_member(member, name, 65535));
  } else if (name == "applicationName") {
    request.application_name = text_member(member, name);
  } else if (name == "useSsl") {
    request.use_ssl = bool_member(member, name);
  } else if (name == "connectionUri") {
    request.connection_uri = text_member(member, name);
  } else if (name == "authentication") {
    request.authentication = kind_member(member, name);
  } else if (name == "userName") {
    request.user_name = text_member(member, name);
  } else if (name == "timeoutMs") {
    request.timeout = Milliseconds(number_member(member, name, 600000));
  } else if (name == "options" && member.is_object()) {
    for (const auto& [option, value] : member.items()) read_option(request, option, value);
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

json state_document(const SessionView& view) {
  json document{{"sessionId", view.info.id}, {"state", name_of(view.state)}};
  if (view.state == State::closed) return document;
  document["computerName"] = view.info.computer_name;
  document["connectionUri"] = view.info.endpoint.url();
  document["authentication"] = name_of(view.info.authentication);
  document["userName"] = view.info.user_name;
  document["connections"] = view.connections;
  document["openEnumerations"] = view.open_enumerations;
  document["openShells"] = view.open_shells;
  return document;
}

json identity_document(const Identity& identity) {
  return {{"protocolVersion", identity.protocol_version},
          {"productVendor", identity.product_vendor},
          {"productVersion", identity.product_version}};
}

json report_document(const TeardownReport& report) {
  json steps = json::array();
  for (const TeardownStep& step : report.steps) {
    steps.push_back({{"step", step.step}, {"ms", step.milliseconds}, {"result", step.result}});
  }
  return {
      {"computerName", report.computer_name},
      {"state", name_of(State::closed)},
      {"graceful", report.graceful},
      {"elapsedMs", report.elapsed_ms},
      {"operations", {{"cancelled", report.operations_cancelled}}},
      {"commands",
       {{"terminated", report.commands_terminated}, {"abandoned", report.commands_abandoned}}},
      {"shells", {{"deleted", report.shells_deleted}, {"abandoned", report.shells_abandoned}}},
      {"enumerations",
       {{"released", report.enumerations_released}, {"abandoned", report.enumerations_abandoned}}},
      {"connections", {{"closed", report.connections_closed}}},
      {"secretsWiped", report.secrets_wiped},
      {"steps", steps},
      {"warnings", report.warnings}};
}

}  // namespace

Result<ConnectRequest> read_connect_request(const std::string& text) {
  try {
    const json document = json::parse(text);
    if (!document.is_object()) throw BadRequest("it must be an object");
    ConnectRequest request;
    for (const auto& [name, member] : document.items()) read_member(request, name, member);
    return request;
  } catch (const json::parse_error& e) {
    return Error{ErrorCode::invalid_argument,
                 "The request is not JSON at octet " + std::to_string(e.byte) + ".",
                 0,
                 {}};
  } catch (const std::exception& e) {
    return Error{ErrorCode::invalid_argument,
                 std::string("The request cannot be read: ") + e.what() + ".",
                 0,
                 {}};
  }
}

std::string write_error(const Error& error) {
  return dump({{"error",
                {{"code", name_of(error.code)},
                 {"message", error.message},
                 {"wsmanCode", error.wsman_code},
                 {"faultXml", error.fault_xml}}}});
}

std::string write_connected(const Connected& connected) {
  json document{{"sessionId", connected.view.info.id},
                {"computerName", connected.view.info.computer_name},
                {"connectionUri", connected.view.info.endpoint.url()},
                {"authentication", name_of(connected.view.info.authentication)},
                {"userName", connected.view.info.user_name},
                {"identify", identity_document(connected.identity)}};
  if (connected.replaced) document["replaced"] = report_document(*connected.replaced);
  return dump(document);
}

std::string write_identity(const Identity& identity) {
  json document = identity_document(identity);
  document["xml"] = identity.xml;
  return dump(document);
}

std::string write_state(const SessionView& view) { return dump(state_document(view)); }

std::string write_list(const std::vector<SessionView>& views) {
  json sessions = json::array();
  for (const SessionView& view : views) sessions.push_back(state_document(view));
  return dump({{"sessions", sessions}});
}

std::string write_report(const TeardownReport& report) { return dump(report_document(report)); }

std::string write_closed(const std::vector<TeardownReport>& reports) {
  json closed = json::array();
  for (const TeardownReport& report : reports) closed.push_back(report_document(report));
  return dump({{"closed", closed}});
}

}  // namespace wsman
