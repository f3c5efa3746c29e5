// Runs the product and its peers in turn against the loopback service, and prints the rows of a
// Markdown table of what came out.
//
// usage: wsman-bench SERVICE ABI-PROGRAM CURL-PROGRAM GO-PROGRAM PWSH-DLL MODULE EMPTY-MODULE
// SCRIPTS
//          [ROUNDS]
//
// GO-PROGRAM is empty where there is no Go.
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
constexpr double kMostMsOfAnImport = 30;
constexpr double kMostMsOfAFirstConnect = 80;

// Who does one request where the others do this many, to take about as long: Python, and libcurl
// where it reads the bundle for each session.
constexpr int kPythonShare = 20;
constexpr int kBundleShare = 10;

struct Programs {
  std::string service;
  std::string abi;
  std::string curl;
  std::string go;    // Empty if there is no Go.
  std::string pwsh;  // pwsh.dll of the PowerShell.
  std::string module;
  std::string empty_module;
  std::string scripts;  // The folder with the scripts.
};

// A program to measure against, and the goal.
struct Peer {
  std::string name;
  std::string command;
  Goal goal = Goal::none;
  double ratio = 0;
};

// One run of a program: what its line says.
struct Figure {
  double rate = 0;  // Operations a second.
  double cpu = 0;   // Microseconds of CPU time an operation.
  double kib = 0;
};

Figure run(const std::string& command) {
  Figure figure;
  const std::string line = output_of(command);
  if (std::sscanf(line.c_str(), "rate %lf cpu %lf kib %lf", &figure.rate, &figure.cpu,
                  &figure.kib) != 3) {
    give_up("this printed something else: " + command + "\n" + line);
  }
  return figure;
}

void note(Side& side, const Figure& figure) {
  side.figures.push_back(figure.rate);
  side.cpu.push_back(figure.cpu);
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
    // Basic over http, so that a Get without TLS can be measured.
    std::ofstream(settings()) << nlohmann::json{{"TrustedCAPath", service_.ca_file()},
                                                {"AllowUnencrypted", true}};
    setenv("XDG_CONFIG_HOME", folder_.path().c_str(), 1);
    setenv("BENCH_USER", kUser, 1);
    setenv("BENCH_PASSWORD", service_.password().c_str(), 1);
  }

  void run_all() const {
    print_table_head();
    against_all("Identify, kept connection, http", "identify", 5000, "http", 1);
    against_all("Identify, kept connection, https", "identify", 5000, "https", 1);
    against_all("Get, kept connection, http", "get", 5000, "http", 1);
    against_all("Get, kept connection, https", "get", 5000, "https", 1);
    first_sessions();
    against_all("rows of an enumeration, https", "rows", 3, "https", 0.8);
    in_powershell("Get-WSManInstance, rows, warm", "rows", 3, 2);
    in_powershell("Get-WSManInstance, rows, first run", "first-rows", 1, 0);
    memory("memory a session of 1,000, http", "http");
    memory("memory a session of 1,000, https", "https");
    cmdlets("connect + disconnect, cmdlets, http", "http");
    cmdlets("connect + disconnect, cmdlets, https", "https");
    import_time();
  }

 private:
  std::string settings() const { return folder_.file("wsman/client.json"); }

  void append_to_bundle(const std::string& path) const {
    std::ifstream from(path, std::ios::binary);
    std::ofstream(bundle_, std::ios::binary | std::ios::app) << from.rdbuf();
  }

  // Over http Identify is anonymous on every side, as a client asks who is there.
  std::string command(const std::string& program, const std::string& mode, int count,
                      const std::string& scheme) const {
    const bool anonymous = scheme == "http" && mode != "get";
    return program + " " + mode + " " + std::to_string(count) + " " + service_.url(scheme) + " " +
           quoted(bundle_) + " " + quoted(anonymous ? "" : kUser) + " " + quoted(settings());
  }

  std::string script(const char* name, const std::string& arguments) const {
    return "dotnet " + quoted(programs_.pwsh) + " -NoLogo -NoProfile -NonInteractive -File " +
           quoted(programs_.scripts + "/" + name) + " -Module " + quoted(programs_.module) + " " +
           arguments;
  }

  std::string python(const std::string& mode, int count) const {
    return command("/usr/bin/python3 " + quoted(programs_.scripts + "/winrm_loop.py"), mode, count,
                   "https");
  }

  // Every round has each program in turn, so that a machine whose speed drifts slows all.
  void compare(const Wording& wording, const std::string& ours,
               const std::vector<Peer>& peers) const {
    Side product{"", {}, {}};
    std::vector<Side> others;
    others.reserve(peers.size());
    for (const Peer& peer : peers) others.push_back({peer.name, {}, {}});
    for (int round = 0; round < rounds_; ++round) {
      note(product, run(ours));
      for (size_t i = 0; i < peers.size(); ++i) note(others[i], run(peers[i].command));
    }
    for (size_t i = 0; i < peers.size(); ++i)
      print_pair(wording, {product, others[i]}, peers[i].goal, peers[i].ratio);
  }

  // libcurl, and Go if it is there.
  std::vector<Peer> native_peers(const std::string& mode, int count,
                                 const std::string& scheme) const {
    std::vector<Peer> peers{{"libcurl", command(quoted(programs_.curl), mode, count, scheme)}};
    if (!programs_.go.empty())
      peers.push_back({"Go", command(quoted(programs_.go), mode, count, scheme)});
    return peers;
  }

  // Against every peer. The goal is about libcurl, which does the least for a request.
  void against_all(const char* what, const std::string& mode, int count, const std::string& scheme,
                   double goal) const {
    std::vector<Peer> peers = native_peers(mode, count, scheme);
    peers.front().goal = Goal::rate_at_least;
    peers.front().ratio = goal;
    // python3-winrm asks with a credential only, and is measured against Get-WSManInstance in rows.
    if (scheme == "https" && mode != "rows")
      peers.push_back({"python3-winrm", python(mode, count / kPythonShare)});
    compare({what}, command(quoted(programs_.abi), mode, count, scheme), peers);
  }

  // Each verified against the system's bundle, with a connection of its own and nothing to resume,
  // and one Identify. The goal is about Go, which reads the bundle once, as the product does.
  void first_sessions() const {
    constexpr int kSessions = 1000;
    std::vector<Peer> peers = native_peers("first", kSessions, "https");
    peers.front().command =
        command(quoted(programs_.curl), "first", kSessions / kBundleShare, "https");
    peers.back().goal = programs_.go.empty() ? Goal::none : Goal::cpu_at_most;
    peers.back().ratio = 1;
    peers.push_back({"python3-winrm", python("first", kSessions / kPythonShare)});
    compare({"first sessions, https, system's bundle"},
            command(quoted(programs_.abi), "first", kSessions, "https"), peers);
  }

  // From the first byte to finished objects.
  void in_powershell(const char* what, const char* mode, int count, double goal) const {
    const std::string first = std::string(mode) == "first-rows" ? " -First" : "";
    compare({what},
            script("rows.ps1",
                   "-Url " + service_.url("https") + " -Count " + std::to_string(count) + first),
            {{"python3-winrm", python(mode, count), goal > 0 ? Goal::rate_at_least : Goal::none,
              goal}});
  }

  void memory(const char* what, const std::string& scheme) const {
    constexpr int kSessions = 1000;
    std::vector<double> kib;
    kib.reserve(static_cast<size_t>(rounds_));
    for (int round = 0; round < rounds_; ++round) {
      kib.push_back(run(command(quoted(programs_.abi), "sessions", kSessions, scheme)).kib /
                    kSessions);
    }
    print_figures({what, " KiB", 1}, kib, kMostKibOfAConnection);
  }

  // The cmdlets in PowerShell against the same core without them.
  void cmdlets(const char* what, const std::string& scheme) const {
    constexpr int kCycles = 500;
    compare(
        {what},
        script("cycle.ps1", "-Url " + service_.url(scheme) + " -Count " + std::to_string(kCycles)),
        {{"the core alone", command(quoted(programs_.abi), "cycle", kCycles, scheme)}});
  }

  // A fresh process each time, because an assembly is loaded once; which module comes first
  // changes from one to the next, because the first pays for what both need.
  void import_time() const {
    Pair imports{{"", {}, {}}, {"empty module", {}, {}}};
    std::vector<double> above;
    std::vector<double> connects;
    for (int round = 0; round < 2 * rounds_; ++round) {
      const std::string arguments = "-Empty " + quoted(programs_.empty_module) + " -Url " +
                                    service_.url("https") + (round % 2 == 0 ? " -EmptyFirst" : "");
      const std::string line = output_of(script("import.ps1", arguments));
      double ours = 0;
      double empty = 0;
      double connect = 0;
      if (std::sscanf(line.c_str(), "module %lf empty %lf connect %lf", &ours, &empty, &connect) !=
          3) {
        give_up(line);
      }
      imports.ours.figures.push_back(ours);
      imports.theirs.figures.push_back(empty);
      above.push_back(ours - empty);
      connects.push_back(connect);
    }
    print_pair({"import of the module", " ms", 1}, imports);
    print_figures({"import, above an empty module", " ms", 1}, above, kMostMsOfAnImport);
    print_figures({"first Connect-WSMan of a process, https, CPU", " ms", 1}, connects,
                  kMostMsOfAFirstConnect);
  }

  const Programs programs_;
  const testing::ScratchFolder folder_;
  const BenchService service_;
  const int rounds_;
  const std::string bundle_;
};

int run(int count, char** words) {
  if (count < 9) {
    give_up(
        "usage: wsman-bench SERVICE ABI-PROGRAM CURL-PROGRAM GO-PROGRAM PWSH-DLL MODULE "
        "EMPTY-MODULE SCRIPTS [ROUNDS]");
  }
  const int rounds = count > 9 ? std::atoi(words[9]) : 5;
  if (rounds < 1) give_up("ROUNDS is at least 1");
  Bench({words[1], words[2], words[3], words[4], words[5], words[6], words[7], words[8]}, rounds)
      .run_all();
  return 0;
}

}  // namespace
}  // namespace wsman::bench

int main(int count, char** words) {
  return wsman::bench::guarded([&] { return wsman::bench::run(count, words); });
}
