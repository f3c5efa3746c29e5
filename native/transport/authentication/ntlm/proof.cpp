#include "transport/authentication/ntlm/proof.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "transport/authentication/ntlm/hash.h"
#include "transport/authentication/utf16.h"

namespace wsman::ntlm {
namespace {

constexpr uint32_t kMicFollows = 0x00000002;  // In MsvAvFlags.

// MD5 of gss_channel_bindings_struct with nothing but application data [MS-NLMP 2.2.2.1]. Zeros say
// that there is no binding.
std::string binding_hash(const std::string& channel_binding) {
  if (channel_binding.empty()) return std::string(kHashSize, '\0');
  // Both addresses: no kind, no length.
  const std::string no_addresses(16, '\0');
  const std::string size = little_endian(channel_binding.size(), 4);
  return std::string(md5({no_addresses, size, channel_binding}).view());
}

uint32_t flags_in(const std::string* value) {
  uint32_t flags = 0;
  for (size_t i = 0; value != nullptr && i < value->size(); ++i) {
    flags |= uint32_t{static_cast<unsigned char>((*value)[i])} << (8 * i);
  }
  return flags;
}

}  // namespace

Secret response_key(const Account& account) {
  const Secret hash = md4(account.password.view());
  const Secret user = authentication::upper_case_utf16(account.user.view());
  // The domain as it was typed; only the user is written in capitals.
  return hmac_md5(hash.view(), {user.view(), account.domain.view()});
}

Response respond(const Secret& response_key, const std::string& server_challenge,
                 const Choice& choice) {
  // NTLMv2_CLIENT_CHALLENGE [MS-NLMP 2.2.2.7].
  const std::string stated = std::string("\x01\x01\0\0\0\0\0\0", 8) + choice.time +
                             choice.client_challenge + std::string(4, '\0') + choice.target_info +
                             std::string(4, '\0');
  Response response;
  response.nt_response = hmac_md5(response_key.view(), {server_challenge, stated});
  response.session_base_key = hmac_md5(response_key.view(), {response.nt_response.view()});
  response.nt_response.append(stated);
  return response;
}

std::string answered_target_info(const Challenge& challenge, const std::string& channel_binding,
                                 std::string_view service) {
  std::vector<AvPair> pairs;
  // What the client states itself is not taken from the server.
  std::copy_if(challenge.target_info.begin(), challenge.target_info.end(),
               std::back_inserter(pairs), [](const AvPair& pair) {
                 return pair.id != AvId::flags && pair.id != AvId::binding &&
                        pair.id != AvId::target_name;
               });
  const uint32_t flags = flags_in(challenge.info(AvId::flags)) | kMicFollows;
  pairs.push_back({AvId::flags, little_endian(flags, 4)});
  pairs.push_back({AvId::binding, binding_hash(channel_binding)});
  pairs.push_back({AvId::target_name, std::string(service)});
  return write_target_info(pairs);
}

Secret integrity_code(const Secret& session_key, std::string_view negotiate,
                      std::string_view challenge, std::string_view authenticate) {
  return hmac_md5(session_key.view(), {negotiate, challenge, authenticate});
}

}  // namespace wsman::ntlm
