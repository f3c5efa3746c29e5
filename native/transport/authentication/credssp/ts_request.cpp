#include "transport/authentication/credssp/ts_request.h"

#include "transport/authentication/der.h"
#include "transport/authentication/utf16.h"

namespace wsman::credssp {
namespace {

// Far above the versions that exist (6).
constexpr int64_t kHighestVersion = 255;
constexpr std::string_view kPasswordCredentials{"\x01", 1};  // credType [MS-CSSP 2.2.1.2].
constexpr char kVersionByte = static_cast<char>(kVersion);

void append_octets(Secret& members, unsigned number, std::string_view content) {
  members.append(der::secret_octets(number, content).view());
}

void append_octets_if_any(Secret& members, unsigned number, std::string_view content) {
  if (!content.empty()) append_octets(members, number, content);
}

std::string number(unsigned member, std::string_view content) {
  return der::element(der::member(member), der::element(der::kInteger, content));
}

Secret sequence(std::string_view members) { return der::secret_element(der::kSequence, members); }

// An NTSTATUS has its highest bit set, and some servers write it as a negative number.
std::optional<uint32_t> status_of(std::string_view content) {
  const std::optional<int64_t> value = der::integer(content);
  if (!value || *value < INT32_MIN || *value > UINT32_MAX) return std::nullopt;
  return static_cast<uint32_t>(*value);
}

// NegoData is a sequence [MS-CSSP 2.2.1.1], but SPNEGO has one token at a time.
std::optional<std::string> only_token(std::string_view nego_data) {
  if (nego_data.empty()) return std::string();
  const std::optional<std::string_view> one = der::only(der::kSequence, nego_data);
  if (!one) return std::nullopt;
  der::Reader reader(*one);
  std::optional<std::string_view> token;
  if (!reader.take_member(0, der::kOctets, token) || !token || !reader.at_end()) {
    return std::nullopt;
  }
  return std::string(*token);
}

}  // namespace

Secret write_ts_request(const TsRequest& request) {
  Secret members(number(0, {&kVersionByte, 1}));
  if (!request.nego_token.empty()) {
    const Secret token = sequence(der::secret_octets(0, request.nego_token).view());
    members.append(der::secret_element(der::member(1), sequence(token.view()).view()).view());
  }
  append_octets_if_any(members, 2, request.auth_info);
  append_octets_if_any(members, 3, request.public_key_auth);
  append_octets_if_any(members, 5, request.client_nonce);
  return sequence(members.view());
}

std::optional<TsResponse> read_ts_response(std::string_view der) {
  const std::optional<std::string_view> members = der::only(der::kSequence, der);
  if (!members) return std::nullopt;
  der::Reader reader(*members);
  std::optional<std::string_view> version;
  std::optional<std::string_view> nego_data;
  std::optional<std::string_view> auth_info;
  std::optional<std::string_view> proof;
  std::optional<std::string_view> status;
  std::optional<std::string_view> nonce;
  const bool read = reader.take_member(0, der::kInteger, version) &&
                    reader.take_member(1, der::kSequence, nego_data) &&
                    reader.take_member(2, der::kOctets, auth_info) &&
                    reader.take_member(3, der::kOctets, proof) &&
                    reader.take_member(4, der::kInteger, status) &&
                    reader.take_member(5, der::kOctets, nonce);
  if (!read || !reader.at_end() || !version) return std::nullopt;
  TsResponse answer;
  const std::optional<int64_t> number = der::integer(*version);
  if (!number || *number < 1 || *number > kHighestVersion) return std::nullopt;
  answer.version = static_cast<int>(*number);
  if (status) {
    answer.error_code = status_of(*status);
    if (!answer.error_code) return std::nullopt;
  }
  std::optional<std::string> token = only_token(nego_data.value_or(""));
  if (!token) return std::nullopt;
  answer.nego_token = std::move(*token);
  answer.public_key_auth = proof.value_or("");
  return answer;
}

std::optional<Secret> write_ts_credentials(std::string_view user_name, const Secret& password) {
  const size_t slash = user_name.find('\\');
  const bool has_domain = slash != std::string_view::npos;
  const auto domain = authentication::to_utf16(has_domain ? user_name.substr(0, slash) : "");
  const auto user = authentication::to_utf16(has_domain ? user_name.substr(slash + 1) : user_name);
  const auto word = authentication::to_utf16(password.view());
  if (!domain || !user || !word) return std::nullopt;
  Secret inner;
  append_octets(inner, 0, domain->view());
  append_octets(inner, 1, user->view());
  append_octets(inner, 2, word->view());
  Secret outer(number(0, kPasswordCredentials));
  append_octets(outer, 1, sequence(inner.view()).view());
  wipe_registers();
  return sequence(outer.view());
}

}  // namespace wsman::credssp
