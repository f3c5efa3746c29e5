#include "transport/authentication/spnego/tokens.h"

#include <utility>

#include "transport/authentication/der.h"

namespace wsman::spnego {
namespace {

// 1.3.6.1.5.5.2
constexpr std::string_view kSpnegoOid = "\x06\x06\x2B\x06\x01\x05\x05\x02";
// 1.3.6.1.4.1.311.2.2.10, its content alone.
constexpr std::string_view kNtlmOid = "\x2B\x06\x01\x04\x01\x82\x37\x02\x02\x0A";

}  // namespace

std::string_view offered_mechanisms() {
  static const std::string list = der::element(der::kSequence, der::element(der::kOid, kNtlmOid));
  return list;
}

std::string write_init(std::string_view token) {
  const std::string content = der::element(der::member(0), offered_mechanisms()) +
                              der::element(der::member(2), der::element(der::kOctets, token));
  return der::element(der::kApplication,
                      std::string(kSpnegoOid) +
                          der::element(der::member(0), der::element(der::kSequence, content)));
}

Secret write_response(std::string_view token, std::string_view mechanism_list_mic) {
  Secret members = der::secret_octets(2, token);
  members.append(der::secret_octets(3, mechanism_list_mic).view());
  return der::secret_element(der::member(1),
                             der::secret_element(der::kSequence, members.view()).view());
}

std::optional<Response> read_response(std::string_view token) {
  const std::optional<std::string_view> outer = der::only(der::member(1), token);
  const std::optional<std::string_view> content =
      outer ? der::only(der::kSequence, *outer) : std::nullopt;
  if (!content) return std::nullopt;
  der::Reader reader(*content);
  std::optional<std::string_view> state;
  std::optional<std::string_view> mechanism;
  std::optional<std::string_view> inner;
  std::optional<std::string_view> mic;
  const bool read = reader.take_member(0, der::kEnumerated, state) &&
                    reader.take_member(1, der::kOid, mechanism) &&
                    reader.take_member(2, der::kOctets, inner) &&
                    reader.take_member(3, der::kOctets, mic);
  if (!read || !reader.at_end()) return std::nullopt;
  Response response;
  if (state) {
    if (state->size() != 1 || static_cast<unsigned char>(state->front()) > 3) return std::nullopt;
    response.state = static_cast<State>(state->front());
  }
  if (mechanism) response.is_ntlm = *mechanism == kNtlmOid;
  response.token = inner.value_or("");
  response.mechanism_list_mic = mic.value_or("");
  return response;
}

}  // namespace wsman::spnego
