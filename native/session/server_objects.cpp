#include "session/server_objects.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "protocol/xml/xml.h"

namespace wsman::session {

std::optional<OpenCommand> OpenShell::command(const std::string& command_id) const {
  const auto found =
      std::find_if(commands.begin(), commands.end(), [&](const OpenCommand& command) {
        return equal_without_case(command.command_id, command_id);
      });
  return found != commands.end() ? std::optional<OpenCommand>(*found) : std::nullopt;
}

uint64_t ServerObjects::add(OpenEnumeration enumeration) {
  const std::lock_guard<std::mutex> lock(mutex_);
  enumerations_.emplace(++last_id_, std::move(enumeration));
  return last_id_;
}

void ServerObjects::renew(uint64_t id, std::string context, message::OperationSequence sequence) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  // Another caller has released it; the context must not come back.
  if (found == enumerations_.end()) return;
  found->second.context = std::move(context);
  found->second.sequence = std::move(sequence);
}

void ServerObjects::doubt(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  if (found != enumerations_.end()) found->second.may_be_replaced = true;
}

void ServerObjects::remove(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  enumerations_.erase(id);
}

std::optional<OpenEnumeration> ServerObjects::begin_release(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  if (found == enumerations_.end()) return std::nullopt;
  std::optional<OpenEnumeration> before(found->second);
  // Behind the copy, for which there may be no memory.
  found->second.is_being_released = true;
  return before;
}

void ServerObjects::give_up_release(uint64_t id, message::OperationSequence sequence) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  if (found == enumerations_.end()) return;
  found->second.is_being_released = false;
  found->second.sequence = std::move(sequence);
}

std::vector<uint64_t> ServerObjects::enumerations() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<uint64_t> ids;
  ids.reserve(enumerations_.size());
  for (const auto& [id, enumeration] : enumerations_) ids.push_back(id);
  return ids;
}

void ServerObjects::note_server_names() {
  const std::lock_guard<std::mutex> lock(mutex_);
  server_names_ = true;
}

bool ServerObjects::server_names() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return server_names_;
}

bool ServerObjects::add_shell(OpenShell shell) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Those without a name are different ones.
  OpenShell* known = shell.shell_id.empty() ? nullptr : find_shell(shell.shell_id);
  if (known == nullptr) {
    shells_.push_back(std::move(shell));
    return true;
  }
  // Asked for again under the same name, and answered now.
  if (shell.existence == Existence::certain) known->existence = Existence::certain;
  return false;
}

bool ServerObjects::add_command(const message::Target& target, const std::string& shell_id,
                                OpenCommand command) {
  const std::lock_guard<std::mutex> lock(mutex_);
  OpenShell* const shell = find_shell(shell_id);
  if (shell == nullptr) {
    OpenShell others{target, shell_id, {}, Existence::certain, false};
    others.commands.push_back(std::move(command));
    shells_.push_back(std::move(others));
    return true;
  }
  OpenCommand* const known = find_command(*shell, command.command_id);
  // Those without a name are different ones.
  if (command.command_id.empty() || known == nullptr) {
    shell->commands.push_back(std::move(command));
    return true;
  }
  // Asked for again under the same name, and answered now.
  if (command.existence == Existence::certain) known->existence = Existence::certain;
  return false;
}

void ServerObjects::set_existence(const std::string& shell_id,
                                  const std::optional<std::string>& command_id,
                                  Existence existence) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // What is not pending any more has been answered.
  if (!command_id) {
    if (OpenShell* const shell = find_pending_shell(shell_id)) shell->existence = existence;
    return;
  }
  OpenShell* const shell = find_shell(shell_id);
  if (shell == nullptr) return;
  if (OpenCommand* const command = find_pending_command(*shell, *command_id))
    command->existence = existence;
}

void ServerObjects::remove_command(const std::string& shell_id, const std::string& command_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  remove_command_locked(shell_id, command_id, false);
}

void ServerObjects::remove_pending_command(const std::string& shell_id,
                                           const std::string& command_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  remove_command_locked(shell_id, command_id, true);
}

void ServerObjects::remove_command_locked(const std::string& shell_id,
                                          const std::string& command_id, bool only_pending) {
  OpenShell* shell = find_shell(shell_id);
  if (shell == nullptr) return;
  const OpenCommand* const command =
      only_pending ? find_pending_command(*shell, command_id) : find_command(*shell, command_id);
  if (command == nullptr) return;
  shell->commands.erase(shell->commands.begin() + (command - shell->commands.data()));
  // Nothing is left to be ended in a shell of somebody else.
  std::erase_if(shells_,
                [](const OpenShell& known) { return !known.is_own && known.commands.empty(); });
}

void ServerObjects::remove_shell(const std::string& shell_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  remove_shell_locked(shell_id, false);
}

void ServerObjects::remove_pending_shell(const std::string& shell_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  remove_shell_locked(shell_id, true);
}

void ServerObjects::remove_shell_locked(const std::string& shell_id, bool only_pending) {
  // One alone: those without a name are different ones.
  const OpenShell* const known = only_pending ? find_pending_shell(shell_id) : find_shell(shell_id);
  if (known == nullptr) return;
  shells_.erase(shells_.begin() + (known - shells_.data()));
}

void ServerObjects::forget_shells() {
  const std::lock_guard<std::mutex> lock(mutex_);
  shells_.clear();
}

std::vector<OpenShell> ServerObjects::shells() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return shells_;
}

ServerObjects::Counts ServerObjects::count() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  Counts counts;
  for (const OpenShell& shell : shells_) {
    counts.shells += shell.is_own ? 1 : 0;
    counts.commands += static_cast<int>(shell.commands.size());
  }
  counts.enumerations = static_cast<int>(enumerations_.size());
  return counts;
}

std::optional<OpenShell> ServerObjects::shell(const std::string& shell_id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const OpenShell* found = find_shell(shell_id);
  return found != nullptr ? std::optional<OpenShell>(*found) : std::nullopt;
}

OpenShell* ServerObjects::find_shell(const std::string& shell_id) {
  const auto found = std::find_if(shells_.begin(), shells_.end(), [&](const OpenShell& shell) {
    return equal_without_case(shell.shell_id, shell_id);
  });
  return found != shells_.end() ? &*found : nullptr;
}

OpenCommand* ServerObjects::find_command(OpenShell& shell, const std::string& command_id) {
  const auto found =
      std::find_if(shell.commands.begin(), shell.commands.end(), [&](const OpenCommand& command) {
        return equal_without_case(command.command_id, command_id);
      });
  return found != shell.commands.end() ? &*found : nullptr;
}

OpenShell* ServerObjects::find_pending_shell(const std::string& shell_id) {
  const auto found = std::find_if(shells_.begin(), shells_.end(), [&](const OpenShell& shell) {
    return shell.existence == Existence::pending && equal_without_case(shell.shell_id, shell_id);
  });
  return found != shells_.end() ? &*found : nullptr;
}

OpenCommand* ServerObjects::find_pending_command(OpenShell& shell, const std::string& command_id) {
  const auto found =
      std::find_if(shell.commands.begin(), shell.commands.end(), [&](const OpenCommand& command) {
        return command.existence == Existence::pending &&
               equal_without_case(command.command_id, command_id);
      });
  return found != shell.commands.end() ? &*found : nullptr;
}

}  // namespace wsman::session
