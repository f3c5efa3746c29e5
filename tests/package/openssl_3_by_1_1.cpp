// What the suite itself calls of OpenSSL 3, done with 1.1.1: keys, and failures that are noted. It
// sees to it that OpenSSL is there before the first case, too, which elsewhere a transport does.
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "transport/tls/openssl_library.h"

#undef ERR_put_error

extern "C" {
void ERR_put_error(int library, int function, int reason, const char* file, int line);

EVP_PKEY* EVP_PKEY_Q_keygen(OSSL_LIB_CTX* /*context*/, const char* /*properties*/, const char* type,
                            ...) {
  using namespace std::string_view_literals;
  std::va_list arguments;
  va_start(arguments, type);
  const int kind = type == "EC"sv ? EVP_PKEY_EC : type == "RSA"sv ? EVP_PKEY_RSA : EVP_PKEY_ED25519;
  EVP_PKEY_CTX* const maker = EVP_PKEY_CTX_new_id(kind, nullptr);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_keygen_init(maker) != 1) std::abort();
  if (kind == EVP_PKEY_EC) {
    const int curve = EC_curve_nist2nid(va_arg(arguments, const char*));
    EVP_PKEY_CTX_ctrl(maker, kind, EVP_PKEY_OP_KEYGEN, EVP_PKEY_CTRL_EC_PARAMGEN_CURVE_NID, curve,
                      nullptr);
  } else if (kind == EVP_PKEY_RSA) {
    const auto bits = static_cast<int>(va_arg(arguments, size_t));
    EVP_PKEY_CTX_ctrl(maker, kind, EVP_PKEY_OP_KEYGEN, EVP_PKEY_CTRL_RSA_KEYGEN_BITS, bits,
                      nullptr);
  }
  va_end(arguments);
  if (EVP_PKEY_keygen(maker, &key) != 1) std::abort();
  EVP_PKEY_CTX_free(maker);
  return key;
}

int EVP_PKEY_CTX_set_rsa_padding(EVP_PKEY_CTX* parameters, int padding) {
  return EVP_PKEY_CTX_ctrl(parameters, EVP_PKEY_RSA, -1, EVP_PKEY_CTRL_RSA_PADDING, padding,
                           nullptr);
}

void ERR_new() {}
void ERR_set_debug(const char* /*file*/, int /*line*/, const char* /*function*/) {}

// Its text has one argument, or is none.
void ERR_set_error(int library, int reason, const char* format, ...) {
  // Reasons that its libraries share have other numbers.
  ERR_put_error(library, 0, reason == ERR_R_INTERNAL_ERROR ? 4 | 64 : reason, "", 0);
  if (format == nullptr) return;
  std::va_list arguments;
  va_start(arguments, format);
  std::string text(200, '\0');
  text.resize(static_cast<size_t>(std::vsnprintf(text.data(), text.size(), format, arguments)));
  va_end(arguments);
  ERR_add_error_data(1, text.c_str());
}
}

namespace {

__attribute__((constructor(102))) void load() {
  if (!wsman::tls::require_openssl().ok()) std::abort();
}

}  // namespace
