#include "session/operation.h"

#include <algorithm>
#include <utility>

#include "protocol/shell.h"
#include "protocol/shell_life.h"
#include "protocol/xml.h"
#include "session/giving_back.h"

namespace wsman {
namespace {

Result<std::string> ask_for(const OperationContext& context, const Operation& operation,
                            const Call& call) {
  switch (operation.kind) {
    case Operation::Kind::get:
      return get(context, operation.target, call);
    case Operation::Kind::set:
      return set(context, operation.target, operation.content, call);
    case Operation::Kind::create:
      return create(context, operation.target, operation.content, call);
    case Operation::Kind::invoke:
      return invoke(context, operation.target, operation.action, operation.content, call);
    case Operation::Kind::remove:
      break;
  }
  const Status removed = remove(context, operation.target, call);
  if (!removed.ok()) return removed.error();
  return std::string();
}

// The value of the selector ShellId, or "".
std::string shell_id_of(const Target& target) {
  for (const Selector& selector : target.selectors) {
    if (equal_ignoring_case(selector.name, "ShellId")) return selector.value;
  }
  return {};
}

void note_created(Holdings& holdings, const Operation& operation, const std::string& answer) {
  const std::string shell_id = shell_id_in(answer);
  if (shell_id.empty()) return;
  Target target = operation.target;
  target.selectors = {{"ShellId", shell_id, false}};
  target.options.clear();
  holdings.add_shell({std::move(target), shell_id, {}});
}

void note_invoked(Holdings& holdings, const Operation& operation, const std::string& answer) {
  const std::string shell_id = shell_id_of(operation.target);
  const std::string started = started_command_in(operation.action, answer);
  if (!started.empty()) holdings.add_command(shell_id, started);
  const std::string ended = terminated_command_in(operation.action, operation.content);
  if (!ended.empty()) holdings.remove_command(shell_id, ended);
}

void note(Holdings& holdings, const Operation& operation, const std::string& answer) {
  if (!is_shell(operation.target.resource_uri)) return;
  switch (operation.kind) {
    case Operation::Kind::create:
      return note_created(holdings, operation, answer);
    case Operation::Kind::invoke:
      return note_invoked(holdings, operation, answer);
    case Operation::Kind::remove:
      return holdings.remove_shell(shell_id_of(operation.target));
    case Operation::Kind::get:
    case Operation::Kind::set:
      return;
  }
}

}  // namespace

Leaves what_leaves(const Operation& operation) {
  if (!is_shell(operation.target.resource_uri)) return Leaves::nothing;
  const bool creates = operation.kind == Operation::Kind::create;
  const bool starts = operation.kind == Operation::Kind::invoke && starts_command(operation.action);
  return creates || starts ? Leaves::something : Leaves::nothing;
}

Result<std::string> carry_out(Session& session, const Operation& operation, const Call& call) {
  const auto ask_and_note = [&](const OperationContext& context) {
    Result<std::string> answer = ask_for(context, operation, call);
    // Inside run(), so that a teardown, which waits for it, finds the shell.
    const bool lasts = !session.info().for_one_operation;
    if (answer.ok() && lasts) note(session.holdings(), operation, answer.value());
    return answer;
  };
  return session.run<std::string>(call, ask_and_note, what_leaves(operation));
}

void give_back(Session& session, const Operation& operation, const std::string& answer,
               const Call& call) {
  (void)session.run<Done>(call, [&](const OperationContext& context) -> Status {
    if (operation.kind == Operation::Kind::create) {
      // One of a session for one operation is not held yet.
      note_created(session.holdings(), operation, answer);
      return end_shell(session.holdings(), shell_id_in(answer), context, call);
    }
    const OpenShell shell{operation.target, shell_id_of(operation.target), {}};
    return end_command(session.holdings(), shell, started_command_in(operation.action, answer),
                       context, call);
  });
}

}  // namespace wsman
