#include "abi/connect_request.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <utility>

#include "abi/members.h"
#include "transport/authentication/base64.h"

namespace wsman {
namespace {

using nlohmann::json;

constexpr int64_t kMostMilliseconds = INT32_MAX;

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

// A language tag [BCP 47], as far as it could do harm.
std::string language_member(const json& member, const std::string& name) {
  std::string text = text_member(member, name);
  const bool proper = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c < 128 && (std::isalnum(c) != 0 || c == '-');
  });
  if (!proper) throw BadRequest("\"" + name + "\" must be a language tag");
  return text;
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
  } else if (name == "spnPort") {
    request.spn_port = bool_member(member, name);
  } else if (name == "useUtf16") {
    request.use_utf16 = bool_member(member, name);
  } else if (name == "operationTimeoutMs") {
    request.operation_timeout = Milliseconds(number_member(member, name, kMostMilliseconds));
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

std::vector<std::string> certificates_member(const json& member, const std::string& name) {
  if (!member.is_array()) throw BadRequest("\"" + name + "\" must be an array");
  std::vector<std::string> certificates;
  for (const json& element : member) {
    std::optional<std::string> octets = decode_base64(text_member(element, name));
    if (!octets || octets->empty()) throw BadRequest("\"" + name + "\" must hold base64");
    certificates.push_back(std::move(*octets));
  }
  return certificates;
}

ProxyRequest proxy_member(const json& member, const std::string& name) {
  if (!member.is_object()) throw BadRequest("\"" + name + "\" must be an object");
  ProxyRequest proxy;
  for (const auto& [part, value] : member.items()) {
    if (part == "authentication") {
      proxy.authentication = kind_member(value, part);
    } else if (part == "userName") {
      proxy.user_name = text_member(value, part);
    } else if (part == "address") {
      proxy.address = text_member(value, part);
    } else if (part == "bypass") {
      proxy.bypass = text_member(value, part);
    } else {
      throw BadRequest(std::string("\"").append(part).append("\" is not known in ").append(name));
    }
  }
  return proxy;
}

void read_connect_member(ConnectRequest& request, const std::string& name, const json& member) {
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
  } else if (name == "certificates") {
    request.certificates = certificates_member(member, name);
  } else if (name == "proxy") {
    request.proxy = proxy_member(member, name);
  } else if (name == "locale") {
    request.locale = language_member(member, name);
  } else if (name == "dataLocale") {
    request.data_locale = language_member(member, name);
  } else if (name == "trace") {
    request.trace = trace_member(member, name);
  } else if (name == "timeoutMs") {
    request.timeout = Milliseconds(number_member(member, name, 600000));
  } else if (name == "options" && member.is_object()) {
    for (const auto& [option, value] : member.items()) read_option(request, option, value);
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

}  // namespace

ConnectRequest connect_request(const json& document) {
  if (!document.is_object()) throw BadRequest("it must be an object");
  ConnectRequest request;
  for (const auto& [name, member] : document.items()) read_connect_member(request, name, member);
  return request;
}

Result<ConnectRequest> read_connect_request(const std::string& text) {
  return read_document<ConnectRequest>(text, connect_request);
}

}  // namespace wsman
