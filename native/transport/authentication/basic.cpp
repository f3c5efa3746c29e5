// Basic (RFC 7617): user name and password in UTF-8, sent with every request without being asked.
#include <openssl/evp.h>

#include "transport/authentication/authentication.h"

namespace wsman {
namespace {

class Basic : public Authenticator {
 public:
  explicit Basic(Credential credential) {
    Secret plain;
    plain.reserve(credential.user_name.size() + 1 + credential.password.size());
    plain.append(credential.user_name);
    plain.append(":");
    plain.append(credential.password.view());
    encode(plain.view());
    credential.password.wipe();
  }

  void append_authorization(Secret& head) const override {
    if (encoded_.empty()) return;
    head.append("Authorization: Basic ");
    head.append(encoded_.view());
    head.append("\r\n");
  }

  void wipe() override { encoded_.wipe(); }

 private:
  // In pieces of 48 octets, so that what is not yet in locked memory is one small buffer.
  void encode(std::string_view plain) {
    encoded_.reserve((plain.size() + 2) / 3 * 4);
    unsigned char piece[65];
    for (size_t from = 0; from < plain.size(); from += 48) {
      const std::string_view part = plain.substr(from, 48);
      const int size = EVP_EncodeBlock(piece, reinterpret_cast<const unsigned char*>(part.data()),
                                       static_cast<int>(part.size()));
      encoded_.append({reinterpret_cast<const char*>(piece), static_cast<size_t>(size)});
    }
    OPENSSL_cleanse(piece, sizeof piece);
  }

  Secret encoded_;
};

}  // namespace

std::unique_ptr<Authenticator> make_basic(Credential credential) {
  return std::make_unique<Basic>(std::move(credential));
}

}  // namespace wsman
