#include "wsman/command.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "wsman/fault.h"
#include "wsman/names.h"
#include "wsman/xml.h"

namespace wsman::service {
namespace {

// What Windows says of a process that was ended from outside.
constexpr int kTerminated = static_cast<int>(0xC000013AU);
constexpr int kUnknownCommand = 1;

std::string stream(const char* name, const std::string& id, const std::string& bytes, bool end) {
  if (bytes.empty() && !end) return {};
  std::string tag = "rsp:Stream Name=\"" + std::string(name) + "\" CommandId=\"" + id + "\"";
  if (end) tag += " End=\"true\"";
  return leaf(tag, encode_base64(bytes));
}

}  // namespace

Command::Command(const std::string& line) {
  const std::string word = line.substr(0, line.find(' '));
  const std::string rest = line.size() > word.size() ? line.substr(word.size() + 1) : "";
  cat_ = word == "cat";
  if (cat_ || word == "sleep") return;
  done_ = true;
  if (word == "echo") {
    output_ = rest + "\r\n";
  } else if (word == "exit") {
    exit_code_ = std::atoi(rest.c_str());
  } else {
    error_ = "'" + word + "' is not recognized as a command.\r\n";
    exit_code_ = kUnknownCommand;
  }
}

void Command::input(const std::string& bytes, bool end) {
  if (done_) return;
  if (cat_) {
    output_ += bytes;
    done_ = end;
  }
  if (has_news()) tell();
}

void Command::terminate() {
  if (done_) return;
  done_ = true;
  exit_code_ = kTerminated;
  tell();
}

std::string Command::news(const std::string& id) {
  std::string xml = stream("stdout", id, std::exchange(output_, {}), done_);
  xml += stream("stderr", id, std::exchange(error_, {}), done_);
  const std::string state =
      std::string(kShellUri) + "/CommandState/" + (done_ ? "Done" : "Running");
  const std::string tag = "rsp:CommandState CommandId=\"" + id + "\" State=\"" + state + "\"";
  return xml + wrap(tag, done_ ? leaf("rsp:ExitCode", std::to_string(exit_code_)) : "");
}

void Command::when_news(std::function<void()> waiting) { waiting_ = std::move(waiting); }

void Command::tell() {
  if (const auto waiting = std::exchange(waiting_, nullptr)) waiting();
}

std::string encode_base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string decode_base64(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0 || text.size() % 4 != 0) refuse(kInvalidRepresentation, "A stream is no base64.");
  const auto padding = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
  bytes.resize(static_cast<std::size_t>(size) - std::min<std::size_t>(padding, 2));
  return bytes;
}

}  // namespace wsman::service
