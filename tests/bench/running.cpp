#include "running.h"

#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>

namespace wsman::bench {

namespace fs = std::filesystem;

namespace {

std::string made_up() {
  std::random_device device;
  return std::to_string(device()) + "-" + std::to_string(device());
}

}  // namespace

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

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "wsman-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) give_up("no temporary folder");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

// Its ready line comes through a named pipe: opening one waits for the writer, and reading for the
// line or for the writer's end.
Service::Service(const std::string& program, const fs::path& folder) : password_(made_up()) {
  const fs::path pipe = folder / "ready";
  if (mkfifo(pipe.c_str(), 0600) != 0) give_up("no pipe for the service");
  const std::string command = "exec " + quoted(program) + " --address 127.0.0.2 --user " + kUser +
                              " --password " + quoted(password_) + " --seconds 3600" +
                              " --ca-directory " + quoted(folder.string()) + " > " +
                              quoted(pipe.string());
  input_ = popen(command.c_str(), "w");
  if (input_ == nullptr) give_up("the service cannot be started");
  std::ifstream output(pipe);
  std::string line;
  if (!std::getline(output, line)) {
    (void)pclose(input_);
    give_up("the service did not start: " + program);
  }
  ready_ = nlohmann::json::parse(line);
}

Service::~Service() { (void)pclose(input_); }

std::string Service::url(const std::string& scheme) const {
  return scheme + "://127.0.0.2:" + std::to_string(ready_.at(scheme).get<int>()) + "/wsman";
}

std::string Service::ca_file() const { return ready_.at("caFile").get<std::string>(); }

}  // namespace wsman::bench
