#include "session/operation.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "protocol/operation/shell.h"
#include "protocol/operation/shell_life.h"
#include "protocol/xml/xml.h"
#include "session/server_cleanup.h"

namespace wsman::session {
namespace {

Result<std::string> ask_for(const message::Context& context, const Operation& operation,
                            const Call& call) {
  switch (operation.kind) {
    case Operation::Kind::get:
      return operation::get(context, operation.target, call);
    case Operation::Kind::set:
      return operation::set(context, operation.target, operation.content, call);
    case Operation::Kind::create:
      return operation::create(context, operation.target, operation.content, call);
    case Operation::Kind::invoke:
      return operation::invoke(context, operation.target, operation.action, operation.content,
                               call);
    // Below, because Delete has no answer to give.
    case Operation::Kind::remove:
      break;
  }
  const Status removed = operation::remove(context, operation.target, call);
  if (!removed.ok()) return removed.error();
  return std::string();
}

// The value of the selector ShellId, or "". Selector names are compared without case, as Windows
// does.
std::string shell_id_of(const message::Target& target) {
  for (const message::Selector& selector : target.selectors) {
    if (equal_without_case(selector.name, "ShellId")) return selector.value;
  }
  return {};
}

// Delete and Signal address a shell by this selector alone; the options were those of the
// operation.
message::Target shell_target(const Operation& operation, const std::string& shell_id) {
  message::Target target = operation.target;
  target.selectors = {{"ShellId", shell_id, false}};
  target.options.clear();
  return target;
}

// Notes what the operation made, or may have made: a shell, or a command in one. False if it was
// noted before.
bool note_thing(ServerObjects& server_objects, const Operation& operation, const std::string& name,
                Existence existence) {
  if (operation.kind == Operation::Kind::create)
    return server_objects.add_shell({shell_target(operation, name), name, {}, existence});
  const std::string shell_id = shell_id_of(operation.target);
  return server_objects.add_command(shell_target(operation, shell_id), shell_id, {name, existence});
}

void set_existence(ServerObjects& server_objects, const Operation& operation,
                   const std::string& name, Existence existence) {
  if (operation.kind == Operation::Kind::create)
    return server_objects.set_existence(name, std::nullopt, existence);
  server_objects.set_existence(shell_id_of(operation.target), name, existence);
}

void forget_thing(ServerObjects& server_objects, const Operation& operation,
                  const std::string& name) {
  if (operation.kind == Operation::Kind::create) return server_objects.remove_shell(name);
  server_objects.remove_command(shell_id_of(operation.target), name);
}

// What was asked for under a name that another request has made meanwhile stays.
void forget_pending(ServerObjects& server_objects, const Operation& operation,
                    const std::string& name) {
  if (operation.kind == Operation::Kind::create) return server_objects.remove_pending_shell(name);
  server_objects.remove_pending_command(shell_id_of(operation.target), name);
}

// Notes what the answer to Create or Command names; `name` is what the request named it, under
// which it is noted already: by this request if it `is_new`, else by another one, whose answer
// alone says what became of it.
void note_made(ServerObjects& server_objects, const Operation& operation, const std::string& name,
               const std::string& answer, bool is_new) {
  const bool creates = operation.kind == Operation::Kind::create;
  const std::string answered = creates ? operation::shell_id_in(answer)
                                       : operation::started_command_in(operation.action, answer);
  if (answered.empty()) {
    if (is_new) set_existence(server_objects, operation, name, Existence::uncertain);
    return;
  }
  if (equal_without_case(answered, name)) {
    // Another request of that name that was refused may have forgotten it.
    (void)note_thing(server_objects, operation, name, Existence::certain);
    return;
  }
  server_objects.note_server_names();
  (void)note_thing(server_objects, operation, answered, Existence::certain);
  if (is_new) forget_thing(server_objects, operation, name);
}

// Notes what any other operation has ended: the teardown has nothing left to end.
void note_ended(ServerObjects& server_objects, const Operation& operation) {
  if (!operation::is_shell(operation.target.resource_uri)) return;
  const std::string shell_id = shell_id_of(operation.target);
  // Delete ends the commands of the shell with it.
  if (operation.kind == Operation::Kind::remove) return server_objects.remove_shell(shell_id);
  if (operation.kind != Operation::Kind::invoke) return;
  const std::string ended = operation::terminated_command_in(operation.action, operation.content);
  if (!ended.empty()) server_objects.remove_command(shell_id, ended);
}

// Whether nothing more was awaited of the server, which may still be at it: a teardown or the end
// of its patience cut the wait short, or its time was over.
bool stopped_listening(const Error& error) {
  return error.code == ErrorCode::closed || error.code == ErrorCode::cancelled ||
         error.code == ErrorCode::timed_out;
}

// Performs an operation that makes something on the server, which its request names `name`. That is
// noted before anything is sent: afterwards there may be no memory for it.
Result<std::string> make(ServerObjects& server_objects, const Operation& operation,
                         const std::string& name, const message::Context& context,
                         const Call& call) {
  const bool is_new = note_thing(server_objects, operation, name, Existence::pending);
  Result<std::string> answer =
      or_out_of_memory([&] { return ask_for(context, operation, call); }, Outcome::unknown);
  if (answer.ok()) {
    note_made(server_objects, operation, name, answer.value(), is_new);
  } else if (is_new && answer.error().outcome == Outcome::not_done) {
    forget_pending(server_objects, operation, name);
  } else if (is_new && !stopped_listening(answer.error())) {
    set_existence(server_objects, operation, name, Existence::uncertain);
  }
  return answer;
}

AnswerComes answer_comes(const Operation& operation) {
  const bool receives = operation.kind == Operation::Kind::invoke &&
                        operation::is_shell(operation.target.resource_uri) &&
                        operation::receives_output(operation.action);
  return receives ? AnswerComes::with_output : AnswerComes::when_done;
}

// Performs an operation whose request names what it makes `name`.
Result<std::string> perform(Session& session, const Operation& operation, const std::string& name,
                            const Call& call) {
  // Inside run(): a teardown waits for the operation, so it finds the shell in the list.
  const auto ask_and_note = [&](const message::Context& context) {
    if (leaves_something(operation))
      return make(session.server_objects(), operation, name, context, call);
    Result<std::string> answer = ask_for(context, operation, call);
    if (answer.ok()) note_ended(session.server_objects(), operation);
    return answer;
  };
  return session.run<std::string>(call, ask_and_note, answer_comes(operation));
}

}  // namespace

bool leaves_something(const Operation& operation) {
  if (!operation::is_shell(operation.target.resource_uri)) return false;
  // Only these two make something; all others are about what is there.
  const bool creates = operation.kind == Operation::Kind::create;
  const bool starts =
      operation.kind == Operation::Kind::invoke && operation::starts_command(operation.action);
  return creates || starts;
}

Result<std::string> perform_operation(Session& session, const Operation& operation,
                                      const Call& call) {
  if (!leaves_something(operation)) return perform(session, operation, {}, call);
  Operation named = operation;
  const std::string name = operation.kind == Operation::Kind::create
                               ? operation::name_shell(named.content)
                               : operation::name_command(named.content);
  return perform(session, named, name, call);
}

void leave_to_caller(Session& session, const Operation& operation, const std::string& answer) {
  if (!leaves_something(operation)) return;
  ServerObjects& server_objects = session.server_objects();
  // Whatever names the answer has: such a session holds nothing else.
  if (session.info().for_one_operation) return server_objects.forget_shells();
  if (operation.kind == Operation::Kind::create) return;
  const std::string shell_id = shell_id_of(operation.target);
  const std::optional<OpenShell> shell = server_objects.shell(shell_id);
  if (shell && shell->is_own) return;
  server_objects.remove_command(shell_id, operation::started_command_in(operation.action, answer));
}

void clean_up_after(Session& session, const Operation& operation, const std::string& answer,
                    const Call& call) {
  if (!leaves_something(operation)) return;
  // A session that is closing takes no work; its teardown ends what perform_operation() has noted.
  const auto end = [&](const message::Context& context) {
    ServerObjects& server_objects = session.server_objects();
    if (operation.kind == Operation::Kind::create)
      return end_shell(server_objects, operation::shell_id_in(answer), context, call);
    // The shell itself stays: another call of the user created it.
    return end_command(server_objects, shell_id_of(operation.target),
                       operation::started_command_in(operation.action, answer), context, call);
  };
  (void)session.run<Ending>(call, end, AnswerComes::of_ending);
}

}  // namespace wsman::session
