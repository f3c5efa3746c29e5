#include "abi/documents/connect_request.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <type_traits>
#include <utility>
#include <variant>

#include "abi/documents/members.h"
#include "transport/http/base64.h"

namespace wsman::abi {
namespace {

// A member of a document and the place of its value. One table of these for each object, so that a
// new member is a row.
template <typename Object>
struct Row {
  using Member =
      std::variant<bool Object::*, uint16_t Object::*, uint64_t Object::*, Milliseconds Object::*,
                   std::string Object::*, std::optional<std::string> Object::*,
                   std::vector<std::string> Object::*, AuthenticationKind Object::*,
                   std::optional<Trace::Level> Object::*, std::optional<ProxyRequest> Object::*>;

  const char* name;
  Member member;
  int64_t most = 0;                                 // Of a number.
  bool (*is_proper)(const std::string&) = nullptr;  // Of a text.
  const char* kind = "";                            // The name of the form.
};

// A language tag [BCP 47], by its characters alone: which languages exist is for the server to
// know.
bool is_language(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 128 && (std::isalnum(c) != 0 || c == '-'); });
}

// The options are named after the parameters of New-WSManSessionOption.
constexpr std::array<Row<CertificateChecks>, 3> kChecks{
    {{"skipCACheck", &CertificateChecks::skip_ca},
     {"skipCNCheck", &CertificateChecks::skip_cn},
     {"skipRevocationCheck", &CertificateChecks::skip_revocation}}};

constexpr std::array<Row<TransportSwitches>, 2> kSwitches{
    {{"noEncryption", &TransportSwitches::no_encryption},
     {"spnPort", &TransportSwitches::spn_port}}};

constexpr std::array<Row<ConnectRequest>, 2> kOptions{
    {{"useUtf16", &ConnectRequest::use_utf16},
     {"operationTimeoutMs", &ConnectRequest::operation_timeout, INT32_MAX}}};

constexpr std::array<Row<ProxyRequest>, 4> kProxy{
    {{"authentication", &ProxyRequest::authentication},
     {"userName", &ProxyRequest::user_name},
     {"address", &ProxyRequest::address},
     {"bypass", &ProxyRequest::bypass}}};

constexpr std::array<Row<ConnectRequest>, 15> kMembers{
    {{"sessionId", &ConnectRequest::session_id, INT64_MAX},
     {"computerName", &ConnectRequest::computer_name},
     {"host", &ConnectRequest::host},
     {"port", &ConnectRequest::port, 65535},
     {"applicationName", &ConnectRequest::application_name},
     {"useSsl", &ConnectRequest::use_ssl},
     {"connectionUri", &ConnectRequest::connection_uri},
     {"authentication", &ConnectRequest::authentication},
     {"userName", &ConnectRequest::user_name},
     {"certificates", &ConnectRequest::certificates},
     {"proxy", &ConnectRequest::proxy},
     {"locale", &ConnectRequest::locale, 0, is_language, "a language tag"},
     {"dataLocale", &ConnectRequest::data_locale, 0, is_language, "a language tag"},
     {"trace", &ConnectRequest::trace},
     {"timeoutMs", &ConnectRequest::timeout, 600000}}};

// The names are those of PowerShell, which wsman.h lists.
AuthenticationKind kind_member(const JsonValue& member, const std::string& name) {
  const std::string text = text_member(member, name);
  const std::optional<AuthenticationKind> kind = authentication_kind(text);
  if (kind) return *kind;
  throw BadRequest("\"" + text + "\" is not the name of an authentication");
}

std::vector<std::string> certificates_member(const JsonValue& member, const std::string& name) {
  // An array in order: the first is that of the client, those after it issued it.
  if (member.elements() == nullptr) throw BadRequest("\"" + name + "\" must be an array");
  std::vector<std::string> certificates;
  for (const JsonValue& element : *member.elements()) {
    // DER in base64: a document is text, and a certificate no secret.
    std::optional<std::string> bytes = http::decode_base64(text_member(element, name));
    if (!bytes || bytes->empty()) throw BadRequest("\"" + name + "\" must hold base64");
    certificates.push_back(std::move(*bytes));
  }
  return certificates;
}

ProxyRequest proxy_member(const JsonValue& member, const std::string& name);

// The value of a member, by the type of where it goes.
template <typename Object, typename T>
T value_of(const Row<Object>& row, const JsonValue& member) {
  // The type of the place says which JSON type the member must have.
  const std::string name = row.name;
  if constexpr (std::is_same_v<T, bool>) {
    return bool_member(member, name);
  } else if constexpr (std::is_same_v<T, AuthenticationKind>) {
    return kind_member(member, name);
  } else if constexpr (std::is_same_v<T, std::optional<Trace::Level>>) {
    return trace_member(member, name);
  } else if constexpr (std::is_same_v<T, std::optional<ProxyRequest>>) {
    return proxy_member(member, name);
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    return certificates_member(member, name);
  } else if constexpr (std::is_constructible_v<T, std::string>) {
    // A std::string, or an optional one where an absent text is not the same as an empty one.
    std::string text = text_member(member, name);
    if (row.is_proper != nullptr && !row.is_proper(text))
      throw BadRequest("\"" + name + "\" must be " + row.kind);
    return text;
  } else {
    return static_cast<T>(number_member(member, name, row.most));
  }
}

// Takes a member into `object` if there is a row for it.
template <typename Object, size_t N>
bool take(const std::array<Row<Object>, N>& rows, Object& object, const std::string& name,
          const JsonValue& member) {
  const auto* row =
      std::find_if(rows.begin(), rows.end(), [&](const auto& known) { return name == known.name; });
  // Not an error yet: the member may be in another table.
  if (row == rows.end()) return false;
  std::visit(
      [&](auto place) {
        using T = std::remove_reference_t<decltype(object.*place)>;
        object.*place = value_of<Object, T>(*row, member);
      },
      row->member);
  return true;
}

ProxyRequest proxy_member(const JsonValue& member, const std::string& name) {
  if (member.members() == nullptr) throw BadRequest("\"" + name + "\" must be an object");
  ProxyRequest proxy;
  for (const auto& [part, value] : *member.members()) {
    // An unknown member is an error everywhere: an option that is ignored could be one about
    // security.
    if (!take(kProxy, proxy, part, value))
      throw BadRequest(std::string("\"").append(part).append("\" is not known in ").append(name));
  }
  return proxy;
}

void read_option(ConnectRequest& request, const std::string& name, const JsonValue& member) {
  if (take(kChecks, request.switches.checks, name, member)) return;
  if (take(kSwitches, request.switches, name, member)) return;
  if (!take(kOptions, request, name, member)) throw BadRequest("\"" + name + "\" is not known");
}

void read_connect_member(ConnectRequest& request, const std::string& name,
                         const JsonValue& member) {
  // "options" is one object in the document and several structs here.
  if (name == "options" && member.members() != nullptr) {
    for (const auto& [option, value] : *member.members()) read_option(request, option, value);
  } else if (!take(kMembers, request, name, member)) {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

}  // namespace

ConnectRequest connect_request(const JsonValue& document,
                               std::initializer_list<const char*> out_of_place) {
  if (document.members() == nullptr) throw BadRequest("it must be an object");
  for (const char* name : out_of_place) {
    if (document.contains(name))
      throw BadRequest(std::string("\"").append(name).append("\" has no place here"));
  }
  ConnectRequest request;
  for (const auto& [name, member] : *document.members()) read_connect_member(request, name, member);
  return request;
}

Result<ConnectRequest> read_connect_request(const std::string& text) {
  return read_document<ConnectRequest>(text, [](const JsonValue& document) {
    return connect_request(document, {"sessionId", "timeoutMs"});
  });
}

Result<ConnectRequest> read_identify_request(const std::string& text) {
  return read_document<ConnectRequest>(text, [](const JsonValue& document) {
    ConnectRequest request = connect_request(document, {});
    // An open session has all of the others already.
    if (document.contains("sessionId")) {
      for (const auto& [name, member] : *document.members()) {
        if (name != "sessionId" && name != "timeoutMs" && name != "trace")
          throw BadRequest("\"" + name + "\" has no place beside \"sessionId\"");
      }
    }
    return request;
  });
}

}  // namespace wsman::abi
