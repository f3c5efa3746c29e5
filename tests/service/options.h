// The command line.
#ifndef WSMAN_TESTS_SERVICE_OPTIONS_H
#define WSMAN_TESTS_SERVICE_OPTIONS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gss/gss_options.h"
#include "wsman/digest.h"
#include "wsman/service_options.h"

namespace wsman::service {

struct Options {
  std::vector<std::string> addresses;            // Listened on and named in the certificate.
  std::vector<std::string> outside_certificate;  // Listened on only.
  std::vector<std::string> names;                // Named in the certificate as well.
  std::uint16_t http_port = 0;                   // 0: the system picks.
  std::uint16_t https_port = 0;
  std::string user;
  std::string password;
  std::string ca_directory;
  std::string tls_version;      // The only one, "1.0" or "1.1"; empty: 1.2 and later.
  bool dies_unheard = false;    // It ends when a client has ended a connection before its answer.
  std::uint32_t seconds = 600;  // The program ends by itself after that long.
  ServiceOptions service;
  GssOptions gss;
  DigestOptions digest;
  bool help = false;

  std::vector<std::string> all_addresses() const;
};

std::string_view usage();

// Throws std::invalid_argument with a sentence that names the option; never with the password.
Options parse_options(const std::vector<std::string>& arguments);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_OPTIONS_H
