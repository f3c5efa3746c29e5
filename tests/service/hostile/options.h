// The command line.
#ifndef WSMAN_HOSTILE_OPTIONS_H
#define WSMAN_HOSTILE_OPTIONS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wsman::hostile {

struct Options {
  std::string address = "127.0.0.1";
  std::string ca_directory;
  bool only_tls_12 = false;     // Nothing newer.
  std::uint32_t seconds = 600;  // The program ends by itself after that long.
};

std::string_view usage();

// Throws std::invalid_argument with a sentence that names the option.
Options parse_options(const std::vector<std::string>& arguments);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_OPTIONS_H
