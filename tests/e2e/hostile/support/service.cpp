#include "support/service.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

// A pipe of which no other child inherits an end.
std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

[[noreturn]] void become(const std::string& folder) {
  const char* program = std::getenv("WSMAN_TEST_HOSTILE");
  if (program == nullptr) program = WSMAN_HOSTILE_PROGRAM;
  execl(program, program, "--ca-directory", folder.c_str(), static_cast<char*>(nullptr));
  _exit(127);
}

// A blocking connection to the control port that gives up after a while.
int connect_to(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval bound{2 * patience().count() / 1000, 0};
  (void)setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return descriptor;
  }
  close(descriptor);
  throw std::runtime_error("the control port does not answer");
}

std::string read_all(int descriptor) {
  std::string octets;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t size = read(descriptor, buffer.data(), buffer.size());
    if (size <= 0) return octets;
    octets.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

Service& Service::instance() {
  static Service service;
  return service;
}

Service::Service() {
  std::string name = (std::filesystem::temp_directory_path() / "wsman-hostile-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  launch();
  read_ready_line();
}

bool Service::stop() {
  if (child_ < 0) return true;
  close(input_);
  int status = 0;
  const bool ended = waitpid(child_, &status, 0) == child_;
  child_ = -1;
  return ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Service::~Service() {
  (void)stop();
  close(output_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Service::launch() {
  const std::array<int, 2> to_child = make_pipe();
  const std::array<int, 2> from_child = make_pipe();
  const std::string folder = folder_.string();
  child_ = fork();
  if (child_ == 0) {
    (void)dup2(to_child[0], STDIN_FILENO);
    (void)dup2(from_child[1], STDOUT_FILENO);
    become(folder);
  }
  close(to_child[0]);
  close(from_child[1]);
  input_ = to_child[1];
  output_ = from_child[0];
}

void Service::read_ready_line() {
  std::string line;
  for (char octet = 0; read(output_, &octet, 1) == 1 && octet != '\n';) line += octet;
  if (line.empty()) throw std::runtime_error("the hostile server did not start");
  const json ready = json::parse(line);
  control_ = ready.at("control").get<std::uint16_t>();
  ca_file_ = ready.at("caFile").get<std::string>();
  ports_ = ready.at("ports").get<std::map<std::string, std::uint16_t>>();
}

Seen Service::seen(const std::string& label) const { return ask("label=" + label); }

Seen Service::await(const std::string& label, const std::string& condition) const {
  return ask("label=" + label + "&" + condition + "&wait=" + std::to_string(patience().count()));
}

Seen Service::ask(const std::string& query) const {
  const int descriptor = connect_to(control_);
  const std::string request =
      "GET /counts?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  const ssize_t sent = send(descriptor, request.data(), request.size(), MSG_NOSIGNAL);
  const std::string answer = read_all(descriptor);
  close(descriptor);
  const std::size_t body = answer.find("\r\n\r\n");
  if (sent < 0 || body == std::string::npos) throw std::runtime_error("no counts");
  const json counts = json::parse(answer.substr(body));
  return {counts.at("accepted"), counts.at("connections"), counts.at("requests"),
          counts.at("written")};
}

std::string Service::new_label() {
  static std::atomic<int> last{0};
  return "label-" + std::to_string(++last);
}

}  // namespace wsman::testing
