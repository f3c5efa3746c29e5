// Runs the pairs of programs in turn against the loopback service and prints what came out.
//
// usage: wsman-bench SERVICE ABI-PROGRAM CURL-PROGRAM PWSH-DLL MODULE EMPTY-MODULE SCRIPTS [ROUNDS]
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "figures.h"
#include "running.h"
#include "support/scratch_folder.h"

namespace wsman::bench {
namespace {

constexpr const char* kSystemBundle = "/etc/ssl/certs/ca-certificates.crt";
constexpr double kMostKibOfAConnection = 64;

struct Programs {
  std::string service;
  std::string abi;
  std::string curl;
  std::string pwsh;  // pwsh.dll of the PowerShell.
  std::string module;
  std::string empty_module;
  std::string scripts;  // The folder with cycle.ps1 and import.ps1.
};

// One run of a program: what its line says.
struct Figure {
  double rate = 0;  // Operations a second.
  double kib = 0;
};

Figure run(const std::string& command) {
  Figure figure;
  const std::string line = output_of(command);
  if (std::sscanf(line.c_str(), "rate %lf kib %lf", &figure.rate, &figure.kib) != 2) {
    give_up("this printed something else: " + command + "\n" + line);
  }
  return figure;
}

class Bench {
 public:
  Bench(Programs programs, int rounds)
      : programs_(std::move(programs)),
        service_(programs_.service),
        rounds_(rounds),
        bundle_(folder_.file("bundle.pem")) {
    // Both sides trust the system's bundle and the service's authority; ours finds the bundle
    // where every program does.
    append_to_bundle(kSystemBundle);
    append_to_bundle(service_.ca_file());
    setenv("SSL_CERT_FILE", kSystemBundle, 1);
    // Settings are where the cmdlets look for them; the C ABI is given their path.
    std::filesystem::create_directory(folder_.file("wsman"));
    std::ofstream(settings()) << nlohmann::json{{"TrustedCAPath", service_.ca_file()}};
    setenv("XDG_CONFIG_HOME", folder_.path().c_str(), 1);
    setenv("BENCH_USER", kUser, 1);
    setenv("BENCH_PASSWORD", service_.password().c_str(), 1);
  }

  void run_all() const {
    against_curl("identify, kept connection, http", "identify", 20000, "http", 0.8);
    against_curl("identify, kept connection, https verified", "identify", 20000, "https", 0.8);
    against_curl("first connections, https, system bundle", "first", 1000, "https", 10);
    against_curl("10,000 rows of 15 properties, https", "rows", 5, "https", 0.8);
    print_pairs({"Get-WSManInstance, 10,000 rows, warm", "python3-winrm"}, rows(5, false), 1.5);
    print_pairs({"Get-WSManInstance, 10,000 rows, first run", "python3-winrm"}, rows(1, true));
    memory("memory a session of 1,000, http", "http");
    memory("memory a session of 1,000, https verified", "https");
    cmdlets("connect + disconnect, cmdlets, http", "http");
    cmdlets("connect + disconnect, cmdlets, https verified", "https");
    import_time();
  }

 private:
  std::string settings() const { return folder_.file("wsman/client.json"); }

  void append_to_bundle(const std::string& path) const {
    std::ifstream from(path, std::ios::binary);
    std::ofstream(bundle_, std::ios::binary | std::ios::app) << from.rdbuf();
  }

  // Over http Identify is anonymous on every side, because Basic in clear text is refused.
  std::string command(const std::string& program, const char* mode, int count,
                      const std::string& scheme) const {
    const bool tls = scheme == "https";
    return quoted(program) + " " + mode + " " + std::to_string(count) + " " + service_.url(scheme) +
           " " + quoted(bundle_) + " " + quoted(tls ? kUser : "") + " " + quoted(settings());
  }

  std::string script(const char* name, const std::string& arguments) const {
    return "dotnet " + quoted(programs_.pwsh) + " -NoLogo -NoProfile -NonInteractive -File " +
           quoted(programs_.scripts + "/" + name) + " -Module " + quoted(programs_.module) + " " +
           arguments;
  }

  Pairs in_turn(const std::string& ours, const std::string& theirs) const {
    Pairs pairs;
    for (int round = 0; round < rounds_; ++round) {
      pairs.ours.push_back(run(ours).rate);
      pairs.theirs.push_back(run(theirs).rate);
    }
    return pairs;
  }

  void against_curl(const char* what, const char* mode, int count, const std::string& scheme,
                    double goal) const {
    print_pairs({what, "libcurl"},
                in_turn(command(programs_.abi, mode, count, scheme),
                        command(programs_.curl, mode, count, scheme)),
                goal);
  }

  void memory(const char* what, const std::string& scheme) const {
    constexpr int kSessions = 1000;
    std::vector<double> kib;
    kib.reserve(static_cast<size_t>(rounds_));
    for (int round = 0; round < rounds_; ++round) {
      kib.push_back(run(command(programs_.abi, "sessions", kSessions, scheme)).kib / kSessions);
    }
    print_memory(what, kib, kMostKibOfAConnection);
  }

  // The cmdlets in PowerShell against the same core without them.
  void cmdlets(const char* what, const std::string& scheme) const {
    constexpr int kCycles = 1000;
    const std::string arguments =
        "-Url " + service_.url(scheme) + " -Count " + std::to_string(kCycles);
    print_pairs({what, "native"}, in_turn(script("cycle.ps1", arguments),
                                          command(programs_.abi, "cycle", kCycles, scheme)));
  }

  // From the first byte to finished objects, against Debian's client for Python and dicts.
  Pairs rows(int count, bool first) const {
    const std::string url = service_.url("https");
    const std::string ours = "-Url " + url + " -Count " + std::to_string(count);
    const std::string theirs = "/usr/bin/python3 " + quoted(programs_.scripts + "/rows.py") + " " +
                               std::to_string(count) + " " + url + " " + quoted(bundle_);
    return in_turn(script("rows.ps1", ours + (first ? " -First" : "")),
                   theirs + (first ? " first" : ""));
  }

  // A fresh process each time, because an assembly is loaded once; which module comes first
  // changes from one to the next, because the first pays for what both need.
  void import_time() const {
    Pairs milliseconds;
    for (int round = 0; round < 2 * rounds_; ++round) {
      const std::string arguments =
          "-Empty " + quoted(programs_.empty_module) + (round % 2 == 0 ? " -EmptyFirst" : "");
      const std::string line = output_of(script("import.ps1", arguments));
      double ours = 0;
      double empty = 0;
      if (std::sscanf(line.c_str(), "module %lf empty %lf", &ours, &empty) != 2) give_up(line);
      milliseconds.ours.push_back(ours);
      milliseconds.theirs.push_back(empty);
    }
    print_pairs({"import of the module", "empty module", " ms", 1}, milliseconds);
  }

  const Programs programs_;
  const testing::ScratchFolder folder_;
  const BenchService service_;
  const int rounds_;
  const std::string bundle_;
};

int run(int count, char** words) {
  if (count < 8) {
    give_up(
        "usage: wsman-bench SERVICE ABI-PROGRAM CURL-PROGRAM PWSH-DLL MODULE EMPTY-MODULE SCRIPTS "
        "[ROUNDS]");
  }
  const int rounds = count > 8 ? std::atoi(words[8]) : 5;
  if (rounds < 1) give_up("ROUNDS is at least 1");
  Bench({words[1], words[2], words[3], words[4], words[5], words[6], words[7]}, rounds).run_all();
  return 0;
}

}  // namespace
}  // namespace wsman::bench

int main(int count, char** words) {
  return wsman::bench::guarded([&] { return wsman::bench::run(count, words); });
}
