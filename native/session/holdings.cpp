#include "session/holdings.h"

#include <algorithm>
#include <utility>

#include "protocol/xml.h"

namespace wsman {

uint64_t Holdings::add(OpenEnumeration enumeration) {
  const std::lock_guard<std::mutex> lock(mutex_);
  enumerations_.emplace(++last_id_, std::move(enumeration));
  return last_id_;
}

void Holdings::renew(uint64_t id, const std::string& context, const Conversation& conversation) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  if (found == enumerations_.end()) return;
  found->second.context = context;
  found->second.conversation = conversation;
}

void Holdings::remove(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  enumerations_.erase(id);
}

std::optional<OpenEnumeration> Holdings::take(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto taken = enumerations_.extract(id);
  if (taken.empty()) return std::nullopt;
  return std::move(taken.mapped());
}

void Holdings::put_back(uint64_t id, OpenEnumeration enumeration) {
  const std::lock_guard<std::mutex> lock(mutex_);
  enumerations_.emplace(id, std::move(enumeration));
}

std::vector<uint64_t> Holdings::enumerations() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<uint64_t> ids;
  ids.reserve(enumerations_.size());
  for (const auto& [id, enumeration] : enumerations_) ids.push_back(id);
  return ids;
}

void Holdings::add_shell(OpenShell shell) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (find_shell(shell.shell_id) == nullptr) shells_.push_back(std::move(shell));
}

void Holdings::add_command(const std::string& shell_id, const std::string& command_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  OpenShell* shell = find_shell(shell_id);
  if (shell != nullptr) shell->commands.push_back(command_id);
}

void Holdings::remove_command(const std::string& shell_id, const std::string& command_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  OpenShell* shell = find_shell(shell_id);
  if (shell == nullptr) return;
  std::erase_if(shell->commands, [&](const std::string& command) {
    return equal_ignoring_case(command, command_id);
  });
}

void Holdings::remove_shell(const std::string& shell_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::erase_if(shells_, [&](const OpenShell& shell) {
    return equal_ignoring_case(shell.shell_id, shell_id);
  });
}

std::vector<OpenShell> Holdings::shells() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return shells_;
}

std::optional<OpenShell> Holdings::shell(const std::string& shell_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const OpenShell* found = find_shell(shell_id);
  return found != nullptr ? std::optional<OpenShell>(*found) : std::nullopt;
}

OpenShell* Holdings::find_shell(const std::string& shell_id) {
  const auto found = std::find_if(shells_.begin(), shells_.end(), [&](const OpenShell& shell) {
    return equal_ignoring_case(shell.shell_id, shell_id);
  });
  return found != shells_.end() ? &*found : nullptr;
}

}  // namespace wsman
