#include "support/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <ctime>
#include <stdexcept>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

// A pipe of which no other child inherits an end.
std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

// Only what may be called between fork() and exec().
[[noreturn]] void become(char* const* words, char* secret_word, const Masked* secret) {
  if (secret_word != nullptr) {
    secret->copy_to(secret_word);
    secret_word[Masked::kSize] = '\0';
  }
  execve(words[0], words, environ);
  _exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const Masked* secret) {
  std::array<char, Masked::kSize + 1> room{};
  char* secret_word = nullptr;
  std::vector<char*> words;
  for (const std::string& word : command) {
    const bool is_secret = secret != nullptr && word == "@";
    if (is_secret) secret_word = room.data();
    words.push_back(is_secret ? secret_word : const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  const std::array<int, 2> to_child = make_pipe();
  const std::array<int, 2> from_child = make_pipe();
  pid_ = fork();
  if (pid_ == 0) {
    (void)dup2(to_child[0], STDIN_FILENO);
    (void)dup2(from_child[1], STDOUT_FILENO);
    become(words.data(), secret_word, secret);
  }
  close(to_child[0]);
  close(from_child[1]);
  input_ = to_child[1];
  output_ = from_child[0];
}

Child::~Child() {
  (void)stop();
  close(output_);
}

std::string Child::line() const {
  std::string text;
  pollfd entry{output_, POLLIN, 0};
  while (poll(&entry, 1, static_cast<int>(kPatience.count())) == 1) {
    char byte = 0;
    if (read(output_, &byte, 1) != 1) break;
    if (byte == '\n') return text;
    text += byte;
  }
  throw std::runtime_error("a program beside the test says nothing: it ended too early, or hangs");
}

void Child::tell(char what) const {
  if (write(input_, &what, 1) != 1) throw std::runtime_error("a program does not listen");
}

void Child::signal(int number) const { (void)::kill(pid_, number); }

void Child::kill() {
  signal(SIGKILL);
  (void)stop();
}

std::chrono::nanoseconds Child::cpu_time() const {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0)
    throw std::runtime_error("a program beside the test has no clock");
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

bool Child::stop() {
  if (pid_ < 0) return true;
  close(input_);
  int status = 0;
  const bool ended = waitpid(pid_, &status, 0) == pid_;
  pid_ = -1;
  return ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace wsman::testing
