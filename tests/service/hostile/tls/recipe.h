// Certificates that are wrong in one respect each.
#ifndef WSMAN_HOSTILE_TLS_RECIPE_H
#define WSMAN_HOSTILE_TLS_RECIPE_H

#include <string>

#include "tls/certificates.h"

namespace wsman::hostile {

// What goes into a certificate; the default is a proper one for a loopback server.
struct Recipe {
  std::string common_name = "wsman-hostile";
  std::string names = "IP:127.0.0.1,DNS:localhost";  // Subject alternative names.
  long first_day = -1;                               // From today.
  long last_day = 365;
  std::string purpose = "serverAuth";
  bool is_authority = false;
  bool must_staple = false;
  int rsa_bits = 0;   // 0: ECDSA P-256.
  bool sha1 = false;  // Signed with SHA-1 instead of SHA-256.
};

// Made as `recipe` says and signed by `issuer`, or by itself if that is null. Throws
// std::runtime_error.
service::Identity issue(const Recipe& recipe, const service::Identity* issuer);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_TLS_RECIPE_H
