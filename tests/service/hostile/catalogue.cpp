#include "hostile/catalogue.h"

#include <algorithm>

#include "hostile/answers.h"

namespace wsman::hostile {
namespace {

constexpr std::string_view kSecond = "/second";

}  // namespace

Catalogue::Catalogue() {
  add_accept_scripts(at_accept_);
  add_handshake_scripts(after_handshake_);
  add_phase_scripts(by_path_);
  add_head_scripts(by_path_);
  add_body_scripts(by_path_);
}

Script Catalogue::for_request(std::string_view path, std::size_t number) const {
  if (path.starts_with(kSecond)) {
    if (number == 0) return {send(proper_answer())};
    return for_request(path.substr(kSecond.size()), number - 1);
  }
  const auto found = by_path_.find(std::string(path.substr(std::min<std::size_t>(1, path.size()))));
  if (found == by_path_.end()) return {send(head("404 Not Found") + "Content-Length: 0\r\n\r\n")};
  return found->second[std::min(number, found->second.size() - 1)];
}

}  // namespace wsman::hostile
