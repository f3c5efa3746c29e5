#include "abi/requests.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "transport/authentication/base64.h"

namespace wsman {
namespace {

using nlohmann::json;

constexpr int64_t kMostMilliseconds = INT32_MAX;

class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

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

Trace::Level trace_member(const json& member, const std::string& name) {
  const std::string text = text_member(member, name);
  if (text == "verbose") return Trace::Level::verbose;
  if (text == "debug") return Trace::Level::debug;
  throw BadRequest("\"" + name + "\" must be verbose or debug");
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
      throw BadRequest("\"" + part + "\" is not known in \"" + name + "\"");
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

ConnectRequest connect_request(const json& document) {
  if (!document.is_object()) throw BadRequest("it must be an object");
  ConnectRequest request;
  for (const auto& [name, member] : document.items()) read_connect_member(request, name, member);
  return request;
}

// Calls `read` with each element, which is an object.
template <typename Read>
void for_each_object(const json& member, const std::string& name, const Read& read) {
  if (!member.is_array()) throw BadRequest("\"" + name + "\" must be an array");
  for (const json& element : member) {
    if (!element.is_object()) throw BadRequest("\"" + name + "\" must hold objects");
    read(element);
  }
}

// The member of an object that must be there.
const json& required(const json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end()) throw BadRequest("\"" + name + "\" is missing");
  return *found;
}

std::vector<Selector> selectors_member(const json& member, const std::string& name) {
  std::vector<Selector> selectors;
  for_each_object(member, name, [&](const json& element) {
    const bool reference = element.contains("epr");
    const std::string value = reference ? "epr" : "value";
    selectors.push_back({text_member(required(element, "name"), "name"),
                         text_member(required(element, value), value), reference});
  });
  return selectors;
}

std::vector<Option> options_member(const json& member, const std::string& name) {
  std::vector<Option> options;
  for_each_object(member, name, [&](const json& element) {
    const json& value = required(element, "value");
    std::optional<std::string> text;
    if (!value.is_null()) text = text_member(value, "value");
    options.push_back({text_member(required(element, "name"), "name"), std::move(text)});
  });
  return options;
}

Value value_of(const json& element) {
  if (element.contains("text")) return {Value::Kind::text, text_member(element.at("text"), "text")};
  if (element.contains("xml")) return {Value::Kind::xml, text_member(element.at("xml"), "xml")};
  if (element.contains("nil") && bool_member(element.at("nil"), "nil"))
    return {Value::Kind::nil, {}};
  throw BadRequest("a value must have \"text\", \"nil\" or \"xml\"");
}

std::vector<NamedValues> values_member(const json& member, const std::string& name) {
  std::vector<NamedValues> all;
  for_each_object(member, name, [&](const json& element) {
    NamedValues named{text_member(required(element, "name"), "name"), {}};
    for_each_object(required(element, "values"), "values",
                    [&](const json& value) { named.values.push_back(value_of(value)); });
    all.push_back(std::move(named));
  });
  return all;
}

// The value that `text` names in a table of names.
template <typename T, size_t N>
T named(const std::array<std::pair<const char*, T>, N>& names, const json& member,
        const std::string& name) {
  const std::string text = text_member(member, name);
  for (const auto& [known, value] : names) {
    if (text == known) return value;
  }
  throw BadRequest("\"" + text + "\" is no value of \"" + name + "\"");
}

constexpr std::array<std::pair<const char*, Operation::Kind>, 5> kOperations{
    {{"Get", Operation::Kind::get},
     {"Set", Operation::Kind::set},
     {"Create", Operation::Kind::create},
     {"Delete", Operation::Kind::remove},
     {"Invoke", Operation::Kind::invoke}}};

constexpr std::array<std::pair<const char*, Query::Returns>, 3> kReturns{
    {{"object", Query::Returns::object},
     {"epr", Query::Returns::epr},
     {"objectandepr", Query::Returns::object_and_epr}}};

constexpr std::array<std::pair<const char*, Query::Polymorphism>, 3> kPolymorphisms{
    {{"deep", Query::Polymorphism::deep},
     {"basePropertiesOnly", Query::Polymorphism::base_properties_only},
     {"shallow", Query::Polymorphism::shallow}}};

// The members that both kinds of request have. False if it is none of them.
bool read_common_member(ResourceRequest& request, const std::string& name, const json& member) {
  if (name == "connection") {
    if (request.connection.session_id != 0) throw BadRequest("it has a session twice");
    request.connection = connect_request(member);
    if (request.connection.session_id != 0)
      throw BadRequest("\"sessionId\" has no place in \"connection\"");
  } else if (name == "sessionId") {
    request.connection.session_id = static_cast<uint64_t>(number_member(member, name, INT64_MAX));
  } else if (name == "resourceUri") {
    request.resource_uri = text_member(member, name);
  } else if (name == "selectors") {
    request.selectors = selectors_member(member, name);
  } else if (name == "options") {
    request.options = options_member(member, name);
  } else if (name == "dialect") {
    request.dialect = text_member(member, name);
  } else if (name == "trace") {
    request.trace = trace_member(member, name);
  } else {
    return false;
  }
  return true;
}

void read_operation_member(ResourceRequest& request, const std::string& name, const json& member) {
  if (read_common_member(request, name, member)) return;
  if (name == "operation") {
    request.operation = named(kOperations, member, name);
  } else if (name == "fragment") {
    request.fragment = text_member(member, name);
  } else if (name == "action") {
    request.action = text_member(member, name);
  } else if (name == "values") {
    request.content.values = values_member(member, name);
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

void read_enumerate_member(ResourceRequest& request, const std::string& name, const json& member) {
  if (read_common_member(request, name, member)) return;
  if (name == "returnType") {
    request.query.returns = named(kReturns, member, name);
  } else if (name == "polymorphism") {
    request.query.polymorphism = named(kPolymorphisms, member, name);
  } else if (name == "filter") {
    request.query.filter = text_member(member, name);
  } else if (name == "associations") {
    request.query.associations = bool_member(member, name);
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

void require_one_place(const json& document) {
  if (document.contains("connection") != document.contains("sessionId")) return;
  throw BadRequest("it must have either \"connection\" or \"sessionId\"");
}

// Parses `text`, and turns what `read` throws into an error.
template <typename T, typename Read>
Result<T> read_document(const std::string& text, const Read& read) {
  try {
    return read(json::parse(text));
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

template <typename ReadMember>
Result<ResourceRequest> read_resource_request(const std::string& text,
                                              const ReadMember& read_member) {
  return read_document<ResourceRequest>(text, [&](const json& document) {
    if (!document.is_object()) throw BadRequest("it must be an object");
    require_one_place(document);
    (void)required(document, "resourceUri");
    ResourceRequest request;
    for (const auto& [name, member] : document.items()) read_member(request, name, member);
    return request;
  });
}

}  // namespace

Result<ConnectRequest> read_connect_request(const std::string& text) {
  return read_document<ConnectRequest>(text, connect_request);
}

Result<ResourceRequest> read_operation_request(const std::string& text) {
  return read_resource_request(text, read_operation_member);
}

Result<ResourceRequest> read_enumerate_request(const std::string& text) {
  Result<ResourceRequest> request = read_resource_request(text, read_enumerate_member);
  if (request.ok()) request.value().query.dialect = request.value().dialect;
  return request;
}

Result<Target> take_target(ResourceRequest& request) {
  Result<Target> target = make_target(request.resource_uri, std::move(request.selectors));
  if (!target.ok()) return target;
  target.value().options = std::move(request.options);
  target.value().fragment = std::move(request.fragment);
  target.value().fragment_dialect = request.dialect;
  return target;
}

}  // namespace wsman
