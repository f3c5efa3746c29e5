#include "session/server_cleanup.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

#include "base/codes.h"
#include "base/parallel.h"
#include "base/wait.h"

namespace wsman::session {
namespace {

bool is_fault(const Error& error, const std::vector<uint32_t>& codes,
              const std::vector<FaultKind>& kinds) {
  // A fault that answers another request tells nothing of this one.
  if (error.code != ErrorCode::fault || error.outcome == Outcome::unknown) return false;
  if (std::find(codes.begin(), codes.end(), error.wsman_code) != codes.end()) return true;
  const FaultKind kind = error.fault ? error.fault->kind : FaultKind::other;
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// The command or its shell does not exist, or the command is terminated already: Windows answers so
// to a Signal that comes after the end.
bool means_command_gone(const Error& error) {
  return is_fault(error,
                  {code::kUnexpectedSelectors, code::kCommandTerminated, code::kOperationAborted},
                  {FaultKind::no_instance});
}

// The shell does not exist, or is being closed: another Delete, its idle timeout or the end of the
// service came first.
bool means_shell_gone(const Error& error) {
  return is_fault(error, {code::kUnexpectedSelectors, code::kShellAlreadyClosed},
                  {FaultKind::no_instance, FaultKind::no_resource});
}

// Whether nothing was sent, because there was no connection to send it on.
bool got_no_connection(const Error& error) {
  switch (error.code) {
    case ErrorCode::name_resolution:
    case ErrorCode::cannot_connect:
    case ErrorCode::connection_lost:
    case ErrorCode::tls:
    case ErrorCode::certificate:
    case ErrorCode::authentication:
    // A name server, a computer or a KDC that is silent.
    case ErrorCode::timed_out:
      return error.outcome == Outcome::not_done;
    default:
      // A server, or what stands before it, that has no place for another connection.
      return error.is_before_request;
  }
}

// Hands out tasks to several threads, and records their results. A shell is deleted after its
// commands were asked to end.
class Schedule {
 public:
  struct Task {
    enum class Kind { terminate, remove, release };
    Kind kind = Kind::release;
    size_t shell = 0;
    std::string command;
    uint64_t enumeration = 0;
    bool is_alone = false;  // No other one may be in progress beside it.
  };

  Schedule(const ServerObjects& server_objects, size_t most_workers)
      : shells_(server_objects.shells()) {
    waiting_.resize(shells_.size());
    // All the memory that the other functions need: what they do not hand out would be waited for.
    removals_.reserve(shells_.size());
    for (size_t shell = 0; shell < shells_.size(); ++shell) {
      // Windows gives the slot of a command back only for a Signal, so each command is terminated
      // before its shell is deleted.
      waiting_[shell] = shells_[shell].commands.size();
      for (const OpenCommand& command : shells_[shell].commands)
        ready_.push_back({Task::Kind::terminate, shell, command.command_id, 0});
      if (waiting_[shell] == 0) ready_.push_back({Task::Kind::remove, shell, {}, 0});
    }
    for (const uint64_t id : server_objects.enumerations())
      ready_.push_back({Task::Kind::release, 0, {}, id});
    // The deletions that wait for commands count from the beginning, or workers would leave too
    // early.
    tasks_ = ready_.size();
    for (size_t shell = 0; shell < shells_.size(); ++shell)
      tasks_ += waiting_[shell] > 0 && shells_[shell].is_own ? 1 : 0;
    most_at_once_ = std::min(tasks_, most_workers);
  }

  // How many threads can have something to do.
  size_t workers() const { return most_at_once_; }
  const OpenShell& shell(const Task& task) const { return shells_[task.shell]; }
  CleanupResult take_result() { return std::move(result_); }

  // The next task; waits while all that is left depends on other threads. Nothing when all are
  // recorded.
  std::optional<Task> next() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] {
      const bool has_some = !ready_.empty() || !removals_.empty();
      return (has_some && in_progress_ < most_at_once_) || recorded_ == tasks_;
    });
    if (recorded_ == tasks_) return std::nullopt;
    ++in_progress_;
    // Before the contexts: a deletion takes the server longer than a Release, and shells cost it
    // more.
    Task task;
    if (!removals_.empty()) {
      task = {Task::Kind::remove, removals_.back(), {}, 0};
      removals_.pop_back();
    } else {
      task = std::move(ready_.front());
      ready_.pop_front();
    }
    task.is_alone = most_at_once_ == 1;
    return task;
  }

  // Takes back a task for which no connection was to be had: it waits for one that others have, and
  // one less may be in progress from then on. False if there is none: it has to be recorded.
  bool take_back(const Task& task) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const size_t others = in_progress_ - 1;
    // Alone, it had the connection that is open, if one is.
    if (task.is_alone || (others == 0 && !has_served_)) return false;
    try {
      task.kind == Task::Kind::remove ? removals_.push_back(task.shell) : ready_.push_back(task);
    } catch (const std::bad_alloc&) {
      return false;
    }
    in_progress_ = others;
    most_at_once_ = std::max<size_t>(most_at_once_ - 1, 1);
    changed_.notify_all();
    return true;
  }

  // Takes the result of a task that began at `began`.
  void record(const Task& task, Clock::time_point began, Result<Ending> ending) {
    const std::lock_guard<std::mutex> lock(mutex_);
    has_served_ = has_served_ || ending.ok() || ending.error().code == ErrorCode::fault;
    count(task, began, std::move(ending));
    if (task.kind == Task::Kind::terminate && --waiting_[task.shell] == 0 &&
        shells_[task.shell].is_own)
      removals_.push_back(task.shell);
    ++recorded_;
    --in_progress_;
    changed_.notify_all();
  }

 private:
  void count(const Task& task, Clock::time_point began, Result<Ending> ending) {
    CleanupCount& kind = task.kind == Task::Kind::terminate ? result_.commands
                         : task.kind == Task::Kind::remove  ? result_.shells
                                                            : result_.enumerations;
    if (kind.tried++ == 0 || began < kind.began) kind.began = began;
    kind.ended = Clock::now();
    if (ending.ok()) {
      kind.done += ending.value() == Ending::ended ? 1 : 0;
      return;
    }
    ++kind.abandoned;
    // The first reason is told; those after it mostly repeat it.
    if (kind.why.empty()) kind.why = std::move(ending.error().message);
  }

  const std::vector<OpenShell> shells_;
  std::vector<size_t> waiting_;  // Commands of each shell that are not terminated yet.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> ready_;
  std::vector<size_t> removals_;  // Shells whose commands have ended.
  size_t tasks_ = 0;
  size_t recorded_ = 0;
  size_t in_progress_ = 0;
  size_t most_at_once_ = 0;
  bool has_served_ = false;  // The server has answered one.
  CleanupResult result_;
};

Result<Ending> perform(const Schedule& schedule, const Schedule::Task& task,
                       ServerObjects& server_objects, const message::Context& context,
                       const Call& call) {
  switch (task.kind) {
    case Schedule::Task::Kind::terminate:
      return end_command(server_objects, schedule.shell(task).shell_id, task.command, context,
                         call);
    case Schedule::Task::Kind::remove:
      return end_shell(server_objects, schedule.shell(task).shell_id, context, call);
    case Schedule::Task::Kind::release:
      break;
  }
  const Status released = release_one(server_objects, task.enumeration, context, call);
  if (!released.ok()) return released.error();
  return Ending::ended;
}

// For what the server may keep, and no request can reach.
Error unreachable(const std::string& why) { return make_error(ErrorCode::fault, why); }

constexpr const char* kUnnamed = "No answer named it";

// The same where nothing was asked: no fault, which would mean that the server has answered.
Error unnamed() { return make_error(ErrorCode::not_connected, kUnnamed); }

// What it means that the server does not know an object.
Result<Ending> ending_of_unknown(const ServerObjects& server_objects, Existence existence) {
  if (existence == Existence::certain) return Ending::ended;
  if (existence == Existence::pending)
    return unreachable("The server had not answered when the session ended");
  if (server_objects.server_names()) return unreachable(kUnnamed);
  return Ending::never_was;
}

}  // namespace

bool means_context_gone(const Error& error) {
  // OMI answers DestinationUnreachable to a context that it does not know.
  return is_fault(error, {code::kInvalidEnumerationContext, code::kEnumerationClosed},
                  {FaultKind::no_context, FaultKind::no_resource});
}

Status release_one(ServerObjects& server_objects, uint64_t id, const message::Context& context,
                   const Call& call) {
  std::optional<OpenEnumeration> held;
  Status released = or_out_of_memory([&]() -> Status {
    held = server_objects.begin_release(id);
    if (!held) return Done{};
    if (held->is_being_released)
      return make_error(ErrorCode::not_connected, "Another call is about to release it");
    if (held->context.empty()) return unnamed();
    Status answered =
        operation::release(context, held->target, held->context, held->sequence, call);
    if (answered.ok() || !means_context_gone(answered.error())) return answered;
    if (!held->may_be_replaced) return Done{};
    return unreachable("An answer that was not read may have renewed its context");
  });
  if (!held || held->is_being_released) return released;
  if (released.ok()) {
    server_objects.remove(id);
  } else {
    // The teardown of the session tries again.
    server_objects.give_up_release(id, std::move(held->sequence));
  }
  return released;
}

Result<Ending> end_command(ServerObjects& server_objects, const std::string& shell_id,
                           const std::string& command_id, const message::Context& context,
                           const Call& call) {
  const std::optional<OpenShell> shell = server_objects.shell(shell_id);
  const std::optional<OpenCommand> command =
      shell ? shell->command(command_id) : std::optional<OpenCommand>();
  // The user ended it meanwhile.
  if (!command) return Ending::ended;
  if (command_id.empty()) return unnamed();
  const operation::Content signal{{{"Code", {{operation::Value::Kind::text, "terminate"}}},
                                   {"CommandId", {{operation::Value::Kind::text, command_id}}}},
                                  {}};
  const Result<std::string> done =
      operation::invoke(context, shell->target, "Signal", signal, call);
  Result<Ending> ending = Ending::ended;
  if (!done.ok()) {
    if (!means_command_gone(done.error())) return done.error();
    ending = ending_of_unknown(server_objects, command->existence);
  }
  // Only now: a command that could not be terminated stays in the list, and is reported.
  if (ending.ok()) server_objects.remove_command(shell_id, command_id);
  return ending;
}

Result<Ending> end_shell(ServerObjects& server_objects, const std::string& shell_id,
                         const message::Context& context, const Call& call) {
  const std::optional<OpenShell> shell = server_objects.shell(shell_id);
  // The user deleted it meanwhile.
  if (!shell) return Ending::ended;
  if (shell_id.empty()) return unnamed();
  const Status deleted = operation::remove(context, shell->target, call);
  Result<Ending> ending = Ending::ended;
  if (!deleted.ok()) {
    if (!means_shell_gone(deleted.error())) return deleted.error();
    ending = ending_of_unknown(server_objects, shell->existence);
  }
  if (ending.ok()) server_objects.remove_shell(shell_id);
  return ending;
}

CleanupResult abandon(const ServerObjects& server_objects, const std::string& why) {
  CleanupResult result;
  const Clock::time_point now = Clock::now();
  const ServerObjects::Counts counts = server_objects.count();
  result.shells.abandoned = counts.shells;
  result.commands.abandoned = counts.commands;
  result.enumerations.abandoned = counts.enumerations;
  for (CleanupCount* kind : {&result.commands, &result.shells, &result.enumerations}) {
    kind->why = why;
    kind->tried = kind->abandoned;
    kind->began = kind->ended = now;
  }
  return result;
}

CleanupResult clean_up(ServerObjects& server_objects, CredentialStanding& standing,
                       const message::Context& context, size_t most_at_once, const Call& call) {
  Schedule schedule(server_objects, most_at_once);
  const Phase phase{"the cleanup on " + context.endpoint.display()};
  const std::vector<int> workers(schedule.workers());
  for_each_of(workers, most_at_once, [&](int) {
    while (const std::optional<Schedule::Task> task = schedule.next()) {
      const Clock::time_point began = Clock::now();
      const auto end_it = [&] { return perform(schedule, *task, server_objects, context, call); };
      Result<Ending> ending = or_out_of_memory([&]() -> Result<Ending> {
        // After a refusal, and when the time is over, the tasks are still taken and recorded, so
        // that each counts as abandoned.
        const WaitResult looked = look_at(call);
        if (looked != WaitResult::ready) return stopped_error(looked, call, phase);
        std::optional<Error> refusal = standing.refusal();
        if (refusal) return std::move(*refusal);
        return standing.ask<Ending>(end_it, call, false);
      });
      // A further connection may not be had while those that are open serve.
      const bool is_back =
          !ending.ok() && got_no_connection(ending.error()) && schedule.take_back(*task);
      if (!is_back) schedule.record(*task, began, std::move(ending));
    }
  });
  return schedule.take_result();
}

}  // namespace wsman::session
