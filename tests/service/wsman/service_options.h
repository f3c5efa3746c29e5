// How the service shall be, apart from where it listens.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_SERVICE_OPTIONS_H
#define WSMAN_TESTS_SERVICE_WSMAN_SERVICE_OPTIONS_H

#include <cstdint>
#include <string>
#include <vector>

#include "wsman/flavour.h"

namespace wsman::service {

struct ServiceOptions {
  Family family = Family::windows;
  std::uint32_t rows = 10000;           // Instances of Loopback_Row.
  std::uint32_t max_shells = 30;        // Open at a time.
  std::uint32_t max_operations = 1500;  // Contexts and commands at a time.
  std::uint32_t max_batch = 32000;      // Items of a page.
  std::uint32_t max_envelope_kb = 500;  // A larger MaxEnvelopeSize is taken for this.
  std::uint32_t context_seconds = 240;  // How long a context lives between two pulls.
  bool new_context = false;             // Each page has another context.
  std::uint32_t plugins = 0;            // Beside those that Windows has.
  // Settings that a policy decides: "Client/TrustedHosts=*", or "Listener" for the one there is.
  std::vector<std::string> policies;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_SERVICE_OPTIONS_H
