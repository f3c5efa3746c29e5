#include "running.h"

#include <array>
#include <cstdio>
#include <exception>
#include <stdexcept>

namespace wsman::bench {

void give_up(const std::string& why) { throw std::runtime_error(why); }

int guarded(const std::function<int()>& work) {
  // A line is seen when it is there, and before what is said about it on standard error.
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  try {
    return work();
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "wsman-bench: %s\n", error.what());
    return 1;
  }
}

std::string quoted(const std::string& word) { return "'" + word + "'"; }

std::string output_of(const std::string& command) {
  std::FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) give_up("this cannot be started: " + command);
  std::string text;
  std::array<char, 4096> part{};
  for (size_t size = 1; size > 0;) {
    size = std::fread(part.data(), 1, part.size(), output);
    text.append(part.data(), size);
  }
  if (pclose(output) != 0) give_up("this failed: " + command);
  return text;
}

}  // namespace wsman::bench
