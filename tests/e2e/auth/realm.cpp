#include "auth/realm.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace wsman::testing {
namespace {

std::string variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) throw std::runtime_error(name + " is not set: use within_realm.py");
  return value;
}

}  // namespace

const nlohmann::json& realm() {
  static const nlohmann::json about = nlohmann::json::parse(variable("WSMAN_TEST_REALM"));
  return about;
}

std::string password_of(const std::string& user) { return realm().at("users").at(user); }

nlohmann::json command_realm(const std::string& command) {
  int to = -1;
  int from = -1;
  std::istringstream(variable("WSMAN_TEST_REALM_PIPES")) >> to >> from;
  const std::string line = command + "\n";
  if (write(to, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw std::runtime_error("the realm does not listen");
  }
  std::string text;
  for (char byte = 0; read(from, &byte, 1) == 1 && byte != '\n';) text += byte;
  nlohmann::json answer = nlohmann::json::parse(text);
  if (answer.contains("error")) throw std::runtime_error(answer.at("error"));
  return answer;
}

Variable::Variable(std::string name, const std::string& value)
    : name_(std::move(name)), old_(variable(name_)) {
  (void)setenv(name_.c_str(), value.c_str(), 1);
}

Variable::~Variable() { (void)setenv(name_.c_str(), old_.c_str(), 1); }

}  // namespace wsman::testing
