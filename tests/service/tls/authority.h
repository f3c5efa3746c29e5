// The certificate authority of a folder: made once, shared by every service started with it.
#ifndef WSMAN_TESTS_SERVICE_TLS_AUTHORITY_H
#define WSMAN_TESTS_SERVICE_TLS_AUTHORITY_H

#include <filesystem>

#include "tls/certificates.h"

namespace wsman::service {

struct Authority {
  Identity identity;
  std::filesystem::path ca_file;
};

// Reads ca.pem and ca-key.pem of `directory`, or makes them (and the directory) if they are missing
// or do not belong together. Services started at the same time wait for each other on a file lock.
// Throws std::exception.
Authority load_or_make_authority(const std::filesystem::path& directory);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_TLS_AUTHORITY_H
