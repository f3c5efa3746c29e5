#include "transport/authentication/credssp/ts_request.h"

#include <openssl/asn1.h>
#include <openssl/asn1t.h>

#include <memory>

#include "transport/authentication/utf16.h"

namespace wsman::credssp {
namespace {

// Far above the versions that exist (6), and small enough for an int.
constexpr int kHighestVersion = 255;
constexpr long kPasswordCredentials = 1;  // TSCredentials.credType [MS-CSSP 2.2.1.2].

// The structures of [MS-CSSP 2.2.1], named in one word each as OpenSSL's macros want it. Every tag
// is explicit.
struct NegoToken {
  ASN1_OCTET_STRING* bytes;
};

struct Request {
  ASN1_INTEGER* version;
  STACK_OF(NegoToken) * nego_tokens;
  ASN1_OCTET_STRING* auth_info;
  ASN1_OCTET_STRING* public_key_auth;
  ASN1_INTEGER* error_code;
  ASN1_OCTET_STRING* client_nonce;
};

struct PasswordCredentials {
  ASN1_OCTET_STRING* domain;
  ASN1_OCTET_STRING* user;
  ASN1_OCTET_STRING* password;
};

struct Credentials {
  ASN1_INTEGER* type;
  ASN1_OCTET_STRING* credentials;
};

// NOLINTBEGIN
DEFINE_STACK_OF(NegoToken)

// clang-format off
ASN1_SEQUENCE(NegoToken) = {
    ASN1_EXP(NegoToken, bytes, ASN1_OCTET_STRING, 0),
} static_ASN1_SEQUENCE_END(NegoToken)

ASN1_SEQUENCE(Request) = {
    ASN1_EXP(Request, version, ASN1_INTEGER, 0),
    ASN1_EXP_SEQUENCE_OF_OPT(Request, nego_tokens, NegoToken, 1),
    ASN1_EXP_OPT(Request, auth_info, ASN1_OCTET_STRING, 2),
    ASN1_EXP_OPT(Request, public_key_auth, ASN1_OCTET_STRING, 3),
    ASN1_EXP_OPT(Request, error_code, ASN1_INTEGER, 4),
    ASN1_EXP_OPT(Request, client_nonce, ASN1_OCTET_STRING, 5),
} static_ASN1_SEQUENCE_END(Request)

ASN1_SEQUENCE(PasswordCredentials) = {
    ASN1_EXP(PasswordCredentials, domain, ASN1_OCTET_STRING, 0),
    ASN1_EXP(PasswordCredentials, user, ASN1_OCTET_STRING, 1),
    ASN1_EXP(PasswordCredentials, password, ASN1_OCTET_STRING, 2),
} static_ASN1_SEQUENCE_END(PasswordCredentials)

ASN1_SEQUENCE(Credentials) = {
    ASN1_EXP(Credentials, type, ASN1_INTEGER, 0),
    ASN1_EXP(Credentials, credentials, ASN1_OCTET_STRING, 1),
} static_ASN1_SEQUENCE_END(Credentials)
    // clang-format on
    // NOLINTEND

    // Wipes a copy of OpenSSL's, which may be derived from a password.
    void cleanse(ASN1_OCTET_STRING * &bytes) {
  ASN1_STRING_clear_free(bytes);
  bytes = nullptr;
}

struct Free {
  void operator()(Request* request) const {
    // ASN1_item_free() does not wipe, so the secret parts are freed before it.
    for (int i = 0; i < sk_NegoToken_num(request->nego_tokens); ++i) {
      cleanse(sk_NegoToken_value(request->nego_tokens, i)->bytes);
    }
    cleanse(request->auth_info);
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(request), ASN1_ITEM_rptr(Request));
  }
  void operator()(NegoToken* token) const {
    cleanse(token->bytes);
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(token), ASN1_ITEM_rptr(NegoToken));
  }
  void operator()(PasswordCredentials* credentials) const {
    cleanse(credentials->domain);
    cleanse(credentials->user);
    cleanse(credentials->password);
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(credentials), ASN1_ITEM_rptr(PasswordCredentials));
  }
  void operator()(Credentials* credentials) const {
    cleanse(credentials->credentials);
    ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(credentials), ASN1_ITEM_rptr(Credentials));
  }
};

template <typename Structure>
using Owned = std::unique_ptr<Structure, Free>;

template <typename Structure>
Owned<Structure> make(const ASN1_ITEM* item) {
  return Owned<Structure>(reinterpret_cast<Structure*>(ASN1_item_new(item)));
}

// Sets an OCTET STRING, which is made if it is optional.
bool set(ASN1_OCTET_STRING*& field, std::string_view bytes) {
  if (field == nullptr) field = ASN1_OCTET_STRING_new();
  return field != nullptr &&
         ASN1_OCTET_STRING_set(field, reinterpret_cast<const unsigned char*>(bytes.data()),
                               static_cast<int>(bytes.size())) == 1;
}

bool set_if_any(ASN1_OCTET_STRING*& field, std::string_view bytes) {
  return bytes.empty() || set(field, bytes);
}

std::string bytes_of(const ASN1_OCTET_STRING* field) {
  if (field == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(field)),
          static_cast<size_t>(ASN1_STRING_length(field))};
}

// Encodes straight into wiped memory: a buffer of OpenSSL's would be freed with the password in it.
std::optional<Secret> encode(const void* structure, const ASN1_ITEM* item) {
  const auto* value = static_cast<const ASN1_VALUE*>(structure);
  const int size = ASN1_item_i2d(value, nullptr, item);
  if (size <= 0) return std::nullopt;
  Secret der;
  auto* to = reinterpret_cast<unsigned char*>(der.extend(static_cast<size_t>(size)));
  if (ASN1_item_i2d(value, &to, item) != size) return std::nullopt;
  return der;
}

bool add_token(Request& request, std::string_view bytes) {
  if (bytes.empty()) return true;
  request.nego_tokens = sk_NegoToken_new_null();
  Owned<NegoToken> token = make<NegoToken>(ASN1_ITEM_rptr(NegoToken));
  if (request.nego_tokens == nullptr || !token || !set(token->bytes, bytes)) return false;
  // The stack owns the token once it has it.
  if (sk_NegoToken_push(request.nego_tokens, token.get()) == 0) return false;
  (void)token.release();
  return true;
}

// An NTSTATUS has its highest bit set, and some servers write it as a negative number.
std::optional<uint32_t> read_status(const ASN1_INTEGER* number) {
  int64_t value = 0;
  if (ASN1_INTEGER_get_int64(&value, number) != 1) return std::nullopt;
  if (value < INT32_MIN || value > UINT32_MAX) return std::nullopt;
  return static_cast<uint32_t>(value);
}

std::optional<TsResponse> take_apart(const Request& request) {
  TsResponse answer;
  int64_t version = 0;
  if (ASN1_INTEGER_get_int64(&version, request.version) != 1) return std::nullopt;
  if (version < 1 || version > kHighestVersion) return std::nullopt;
  answer.version = static_cast<int>(version);
  if (request.error_code != nullptr) {
    answer.error_code = read_status(request.error_code);
    if (!answer.error_code) return std::nullopt;
  }
  const int tokens = request.nego_tokens == nullptr ? 0 : sk_NegoToken_num(request.nego_tokens);
  // NegoData is a sequence [MS-CSSP 2.2.1.1], but SPNEGO has one token at a time.
  if (tokens > 1) return std::nullopt;
  if (tokens == 1) answer.nego_token = bytes_of(sk_NegoToken_value(request.nego_tokens, 0)->bytes);
  answer.public_key_auth = bytes_of(request.public_key_auth);
  return answer;
}

}  // namespace

std::optional<Secret> write_ts_request(const TsRequest& request) {
  const Owned<Request> body = make<Request>(ASN1_ITEM_rptr(Request));
  const bool made = body && ASN1_INTEGER_set(body->version, kVersion) == 1 &&
                    add_token(*body, request.nego_token) &&
                    set_if_any(body->auth_info, request.auth_info) &&
                    set_if_any(body->public_key_auth, request.public_key_auth) &&
                    set_if_any(body->client_nonce, request.client_nonce);
  if (!made) return std::nullopt;
  return encode(body.get(), ASN1_ITEM_rptr(Request));
}

// OpenSSL reads more than DER: indefinite lengths, lengths with needless zeros, bytes after the
// end. A message that differs from its own encoding is refused.
std::optional<TsResponse> read_ts_response(std::string_view der) {
  const auto* from = reinterpret_cast<const unsigned char*>(der.data());
  const Owned<Request> body(reinterpret_cast<Request*>(
      ASN1_item_d2i(nullptr, &from, static_cast<long>(der.size()), ASN1_ITEM_rptr(Request))));
  if (!body) return std::nullopt;
  const std::optional<Secret> again = encode(body.get(), ASN1_ITEM_rptr(Request));
  if (!again || again->view() != der) return std::nullopt;
  return take_apart(*body);
}

std::optional<Secret> write_ts_credentials(std::string_view user_name, const Secret& password) {
  const size_t slash = user_name.find('\\');
  const bool has_domain = slash != std::string_view::npos;
  const auto domain = authentication::to_utf16(has_domain ? user_name.substr(0, slash) : "");
  const auto user = authentication::to_utf16(has_domain ? user_name.substr(slash + 1) : user_name);
  const auto word = authentication::to_utf16(password.view());
  if (!domain || !user || !word) return std::nullopt;
  const auto inner = make<PasswordCredentials>(ASN1_ITEM_rptr(PasswordCredentials));
  const auto outer = make<Credentials>(ASN1_ITEM_rptr(Credentials));
  if (!inner || !outer || ASN1_INTEGER_set(outer->type, kPasswordCredentials) != 1 ||
      !set(inner->domain, domain->view()) || !set(inner->user, user->view()) ||
      !set(inner->password, word->view())) {
    return std::nullopt;
  }
  const std::optional<Secret> der = encode(inner.get(), ASN1_ITEM_rptr(PasswordCredentials));
  wipe_registers();
  if (!der || !set(outer->credentials, der->view())) return std::nullopt;
  return encode(outer.get(), ASN1_ITEM_rptr(Credentials));
}

}  // namespace wsman::credssp
