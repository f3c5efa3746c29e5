// Runs the pairs of programs in turn against the loopback service and prints what came out.
//
// usage: wsman-bench ENDPOINT ABI-PROGRAM CURL-PROGRAM [ROUNDS]
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr const char* kUser = "bench";
constexpr const char* kPassword = "for loopback only";

// One run of a program: what its last line says.
struct Figure {
  double rate = 0;  // Operations a second.
  double kib = 0;
};

struct Programs {
  std::string endpoint;
  std::string abi;
  std::string curl;
};

[[noreturn]] void give_up(const std::string& why) {
  (void)std::fprintf(stderr, "wsman-bench: %s\n", why.c_str());
  std::exit(1);
}

std::string quoted(const std::string& word) { return "'" + word + "'"; }

// The loopback service, as long as this object lives: it ends when its standard input does.
class Service {
 public:
  Service(const std::string& program, const fs::path& folder) {
    const fs::path ready = folder / "ready.json";
    const std::string command = quoted(program) + " --address 127.0.0.2 --user " + kUser +
                                " --password " + quoted(kPassword) + " --ca-directory " +
                                quoted(folder.string()) + " > " + quoted(ready.string());
    input_ = popen(command.c_str(), "w");
    if (input_ == nullptr) give_up("the service cannot be started");
    for (int i = 0; i < 500 && description_.is_null(); ++i) {
      std::ifstream file(ready);
      const std::string line{std::istreambuf_iterator<char>(file),
                             std::istreambuf_iterator<char>()};
      if (!line.empty() && line.back() == '\n') description_ = nlohmann::json::parse(line);
      usleep(10000);
    }
    if (description_.is_null()) give_up("the service did not say that it is ready");
  }
  ~Service() { (void)pclose(input_); }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  std::string url(const std::string& scheme) const {
    return scheme + "://127.0.0.2:" + std::to_string(description_[scheme].get<int>()) + "/wsman";
  }
  std::string ca_file() const { return description_["caFile"].get<std::string>(); }

 private:
  std::FILE* input_ = nullptr;
  nlohmann::json description_;
};

Figure run(const std::string& command) {
  std::FILE* output = popen(command.c_str(), "r");
  Figure figure;
  const int read =
      output != nullptr ? std::fscanf(output, "rate %lf kib %lf", &figure.rate, &figure.kib) : 0;
  if (output == nullptr || pclose(output) != 0 || read != 2) give_up("this failed: " + command);
  return figure;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print_pair(const char* what, const std::vector<Figure>& ours,
                const std::vector<Figure>& theirs, double goal) {
  std::vector<double> our_rates;
  std::vector<double> their_rates;
  std::vector<double> ratios;
  for (size_t i = 0; i < ours.size(); ++i) {
    our_rates.push_back(ours[i].rate);
    their_rates.push_back(theirs[i].rate);
    ratios.push_back(ours[i].rate / theirs[i].rate);
  }
  std::printf("%-44s %9.0f/s  libcurl %9.0f/s  ratio %.2f (%.2f to %.2f)  goal %.1f: %s\n", what,
              median(our_rates), median(their_rates), median(ratios),
              *std::min_element(ratios.begin(), ratios.end()),
              *std::max_element(ratios.begin(), ratios.end()), goal,
              median(ratios) >= goal ? "met" : "missed");
}

std::vector<double> kib_each(const std::vector<Figure>& figures, double count) {
  std::vector<double> each;
  each.reserve(figures.size());
  for (const Figure& figure : figures) each.push_back(figure.kib / count);
  return each;
}

class Bench {
 public:
  Bench(Programs programs, const fs::path& folder, int rounds)
      : programs_(std::move(programs)),
        folder_(folder),
        service_(programs_.endpoint, folder),
        rounds_(rounds) {
    bundle_ = (folder_ / "bundle.pem").string();
    append_file("/etc/ssl/certs/ca-certificates.crt");
    append_file(service_.ca_file());
    std::ofstream(folder_ / "client.json") << nlohmann::json{{"TrustedCAPath", service_.ca_file()}};
  }

  void run_all() {
    pair("identify, kept connection, http", "identify", 5000, "http", 0.8);
    pair("identify, kept connection, https verified", "identify", 5000, "https", 0.8);
    pair("first connections, https, system bundle", "first", 1000, "https", 10);
    single("connect and disconnect, http", "cycle", 2000, "http");
    single("connect and disconnect, https", "cycle", 1000, "https");
    memory("memory a session, http", "http");
    memory("memory a session, https (goal: under 64)", "https");
  }

 private:
  void append_file(const std::string& path) const {
    std::ifstream from(path, std::ios::binary);
    std::ofstream(bundle_, std::ios::binary | std::ios::app) << from.rdbuf();
  }

  // Over http Identify is anonymous on both sides, because Basic in clear text is refused.
  std::string command(const std::string& program, const char* mode, int count,
                      const std::string& scheme) const {
    const bool tls = scheme == "https";
    return quoted(program) + " " + mode + " " + std::to_string(count) + " " + service_.url(scheme) +
           " " + quoted(bundle_) + " " + quoted(tls ? kUser : "") + " " +
           quoted(tls ? kPassword : "") + " " + quoted((folder_ / "client.json").string());
  }

  void pair(const char* what, const char* mode, int count, const std::string& scheme,
            double goal) const {
    std::vector<Figure> ours;
    std::vector<Figure> theirs;
    for (int round = 0; round < rounds_; ++round) {
      ours.push_back(run(command(programs_.abi, mode, count, scheme)));
      theirs.push_back(run(command(programs_.curl, mode, count, scheme)));
    }
    print_pair(what, ours, theirs, goal);
  }

  void single(const char* what, const char* mode, int count, const std::string& scheme) const {
    std::vector<double> rates;
    rates.reserve(static_cast<size_t>(rounds_));
    for (int round = 0; round < rounds_; ++round) {
      rates.push_back(run(command(programs_.abi, mode, count, scheme)).rate);
    }
    std::printf("%-44s %9.0f/s  (%.0f to %.0f)\n", what, median(rates),
                *std::min_element(rates.begin(), rates.end()),
                *std::max_element(rates.begin(), rates.end()));
  }

  void memory(const char* what, const std::string& scheme) const {
    constexpr int kSessions = 1000;
    std::vector<Figure> figures;
    figures.reserve(static_cast<size_t>(rounds_));
    for (int round = 0; round < rounds_; ++round) {
      figures.push_back(run(command(programs_.abi, "sessions", kSessions, scheme)));
    }
    std::printf("%-44s %9.1f KiB at %d sessions\n", what, median(kib_each(figures, kSessions)),
                kSessions);
  }

  const Programs programs_;
  const fs::path folder_;
  const Service service_;
  const int rounds_;
  std::string bundle_;
};

}  // namespace

int main(int count, char** words) {
  if (count < 4) give_up("usage: wsman-bench ENDPOINT ABI-PROGRAM CURL-PROGRAM [ROUNDS]");
  std::string name = (fs::temp_directory_path() / "wsman-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) give_up("no temporary folder");
  // Both sides trust the system's bundle and the service's authority; ours finds the bundle where
  // every program does.
  setenv("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt", 1);
  {
    Bench bench({words[1], words[2], words[3]}, name, count > 4 ? std::atoi(words[4]) : 5);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    bench.run_all();
  }
  fs::remove_all(name);
  return 0;
}
