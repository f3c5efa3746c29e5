#include "session/giving_back.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "session/for_each.h"

namespace wsman {
namespace {

bool is_fault(const Error& error, const std::vector<uint32_t>& codes,
              const std::vector<std::string>& subcodes) {
  if (error.code != ErrorCode::fault) return false;
  if (std::find(codes.begin(), codes.end(), error.wsman_code) != codes.end()) return true;
  const std::string subcode = error.fault ? error.fault->soap_subcode : "";
  return std::find(subcodes.begin(), subcodes.end(), subcode) != subcodes.end();
}

// The command or its shell does not exist, or it is terminated already.
bool means_command_gone(const Error& error) {
  return is_fault(error, {0x8033805B, 0x803381CC, 0x3E3}, {"InvalidSelectors"});
}

// There is no such shell, or it is being closed.
bool means_shell_gone(const Error& error) {
  return is_fault(error, {0x8033805B, 0x8033814A}, {"InvalidSelectors", "DestinationUnreachable"});
}

// Hands out what is to be done, and notes what came of it.
class Schedule {
 public:
  struct Task {
    enum class Kind { terminate, remove, release };
    Kind kind = Kind::release;
    size_t shell = 0;
    std::string command;
    uint64_t enumeration = 0;
  };

  explicit Schedule(const Holdings& holdings) : shells_(holdings.shells()) {
    waiting_.resize(shells_.size());
    for (size_t shell = 0; shell < shells_.size(); ++shell) {
      waiting_[shell] = shells_[shell].commands.size();
      for (const std::string& command : shells_[shell].commands)
        ready_.push_back({Task::Kind::terminate, shell, command, 0});
      if (waiting_[shell] == 0) ready_.push_back({Task::Kind::remove, shell, {}, 0});
    }
    for (const uint64_t id : holdings.enumerations())
      ready_.push_back({Task::Kind::release, 0, {}, id});
    tasks_ = ready_.size() + static_cast<size_t>(std::count_if(waiting_.begin(), waiting_.end(),
                                                               [](size_t n) { return n > 0; }));
  }

  size_t tasks() const { return tasks_; }
  const OpenShell& shell(const Task& task) const { return shells_[task.shell]; }
  const GivingBack& result() const { return result_; }

  // The next thing to do; waits while all that is left depends on what others are doing.
  std::optional<Task> next() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || handed_out_ == tasks_; });
    if (ready_.empty()) return std::nullopt;
    Task task = std::move(ready_.front());
    ready_.pop_front();
    ++handed_out_;
    if (handed_out_ == tasks_) changed_.notify_all();
    return task;
  }

  // The answer of a server that accepts the credential no more.
  std::optional<Error> refusal() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return refusal_;
  }

  void came(const Task& task, const Status& status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    note(task, status);
    if (!status.ok() && means_refused(status.error())) refusal_ = status.error();
    if (task.kind == Task::Kind::terminate && --waiting_[task.shell] == 0) {
      // Before the contexts: it is the longer way.
      ready_.push_front({Task::Kind::remove, task.shell, {}, 0});
      changed_.notify_one();
    }
  }

 private:
  void note(const Task& task, const Status& status) {
    GivenBack& kind = task.kind == Task::Kind::terminate ? result_.commands
                      : task.kind == Task::Kind::remove  ? result_.shells
                                                         : result_.enumerations;
    ++(status.ok() ? kind.done : kind.abandoned);
    if (!status.ok() && kind.why.empty()) kind.why = status.error().message;
    kind.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - started_).count();
  }

  const Clock::time_point started_ = Clock::now();
  const std::vector<OpenShell> shells_;
  std::vector<size_t> waiting_;  // Commands of each shell that are not terminated yet.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> ready_;
  size_t tasks_ = 0;
  size_t handed_out_ = 0;
  std::optional<Error> refusal_;
  GivingBack result_;
};

Status carry_out(const Schedule& schedule, const Schedule::Task& task, Holdings& holdings,
                 const OperationContext& context, const Call& call) {
  switch (task.kind) {
    case Schedule::Task::Kind::terminate:
      return end_command(holdings, schedule.shell(task), task.command, context, call);
    case Schedule::Task::Kind::remove:
      return end_shell(holdings, schedule.shell(task).shell_id, context, call);
    case Schedule::Task::Kind::release:
      break;
  }
  return release_one(holdings, task.enumeration, context, call);
}

}  // namespace

bool means_refused(const Error& error) {
  return error.code == ErrorCode::access_denied || error.code == ErrorCode::authentication;
}

bool means_context_gone(const Error& error) {
  // OMI answers DestinationUnreachable to a context it does not know; some have no Release at all.
  return is_fault(error, {0x8033801B, 0x80338007},
                  {"InvalidEnumerationContext", "DestinationUnreachable", "ActionNotSupported"});
}

Status release_one(Holdings& holdings, uint64_t id, const OperationContext& context,
                   const Call& call) {
  std::optional<OpenEnumeration> held = holdings.take(id);
  if (!held) return Done{};
  Status released = release(context, held->target, held->context, held->conversation, call);
  if (released.ok() || means_context_gone(released.error())) return Done{};
  holdings.put_back(id, std::move(*held));
  return released;
}

Status end_command(Holdings& holdings, const OpenShell& shell, const std::string& command,
                   const OperationContext& context, const Call& call) {
  const Content signal{
      {{"Code", {{Value::Kind::text, "terminate"}}}, {"CommandId", {{Value::Kind::text, command}}}},
      {}};
  const Result<std::string> done = invoke(context, shell.target, "Signal", signal, call);
  if (!done.ok() && !means_command_gone(done.error())) return done.error();
  holdings.remove_command(shell.shell_id, command);
  return Done{};
}

Status end_shell(Holdings& holdings, const std::string& shell_id, const OperationContext& context,
                 const Call& call) {
  const std::optional<OpenShell> shell = holdings.shell(shell_id);
  if (!shell) return Done{};
  Status deleted = remove(context, shell->target, call);
  if (!deleted.ok() && !means_shell_gone(deleted.error())) return deleted;
  holdings.remove_shell(shell_id);
  return Done{};
}

GivingBack abandon_all(const Holdings& holdings, const std::string& why) {
  GivingBack given;
  for (const OpenShell& shell : holdings.shells()) {
    ++given.shells.abandoned;
    given.commands.abandoned += static_cast<int>(shell.commands.size());
  }
  given.enumerations.abandoned = static_cast<int>(holdings.enumerations().size());
  for (GivenBack* kind : {&given.commands, &given.shells, &given.enumerations}) kind->why = why;
  return given;
}

GivingBack give_back_all(Holdings& holdings, const OperationContext& context, size_t most_at_once,
                         const Call& call) {
  Schedule schedule(holdings);
  const std::vector<int> workers(std::min(schedule.tasks(), most_at_once));
  for_each_of(workers, most_at_once, [&](int) {
    while (const std::optional<Schedule::Task> task = schedule.next()) {
      const std::optional<Error> refusal = schedule.refusal();
      schedule.came(
          *task, refusal ? Status(*refusal) : carry_out(schedule, *task, holdings, context, call));
    }
  });
  return schedule.result();
}

}  // namespace wsman
