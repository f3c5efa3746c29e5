// A command of a shell: a few words that it understands, and what it has to say.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_COMMAND_H
#define WSMAN_TESTS_SERVICE_WSMAN_COMMAND_H

#include <functional>
#include <memory>
#include <string>

namespace wsman::service {

// "echo TEXT" says the text, "cat" what it is sent until the end, "exit N" ends with that code,
// "sleep" never ends, and everything else is not known.
class Command {
 public:
  explicit Command(const std::string& line);

  // Bytes for its standard input.
  void input(const std::string& bytes, bool end);
  void terminate();

  bool done() const { return done_; }
  bool has_news() const { return done_ || !output_.empty() || !error_.empty(); }

  // The streams and the state as the children of an rsp:ReceiveResponse; what was said is gone.
  std::string news(const std::string& id);

  // Called once, at the next news. It must not call back.
  void when_news(std::function<void()> waiting);

 private:
  void tell();

  std::string output_;
  std::string error_;
  bool cat_ = false;
  bool done_ = false;
  int exit_code_ = 0;
  std::function<void()> waiting_;
};

// Base64, as streams are sent.
std::string encode_base64(const std::string& bytes);
std::string decode_base64(std::string text);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_COMMAND_H
