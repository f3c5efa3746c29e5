// Programs that are run to be measured, and the service they are run against.
#ifndef WSMAN_BENCH_RUNNING_H
#define WSMAN_BENCH_RUNNING_H

#include <cstdio>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace wsman::bench {

inline constexpr const char* kUser = "bench";

// Ends the measuring: throws what guarded() catches, so that nothing stays behind.
[[noreturn]] void give_up(const std::string& why);

// Runs a program's work; says on standard error why it was given up. What main() returns.
int guarded(const std::function<int()>& work);

// One word of a command line of the shell.
std::string quoted(const std::string& word);

// Runs a command line to its end and returns what it printed. Gives up if it failed.
std::string output_of(const std::string& command);

// A folder of its own, removed with this object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The loopback service, as long as this object lives: it ends when its standard input does.
class Service {
 public:
  // `folder` holds its certificates and must outlive it.
  Service(const std::string& program, const std::filesystem::path& folder);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // For "http" and "https".
  std::string url(const std::string& scheme) const;
  std::string ca_file() const;

  // Of kUser; made up for this run.
  const std::string& password() const { return password_; }

 private:
  const std::string password_;
  std::FILE* input_ = nullptr;
  nlohmann::json ready_;
};

}  // namespace wsman::bench

#endif  // WSMAN_BENCH_RUNNING_H
