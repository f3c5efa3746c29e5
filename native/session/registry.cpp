#include "session/registry.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

namespace wsman {
namespace {

constexpr size_t kMostClosingThreads = 64;

std::string folded(std::string_view name) {
  std::string key(name);
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return key;
}

Error not_connected(std::string_view computer_name) {
  return {ErrorCode::not_connected,
          "No session is open with \"" + std::string(computer_name) +
              "\". Check the computer name: it is the one given to Connect-WSMan (dir WSMan:\\ "
              "lists them).",
          0,
          {}};
}

bool is_anonymous(const Session& session) {
  return session.info().authentication == AuthenticationKind::none;
}

Result<Identity> ask_identity(Session& session, const Call& call) {
  return session.run<Identity>(call, [&](const OperationContext& context) {
    return identify(context, is_anonymous(session), call);
  });
}

}  // namespace

Result<Connected> Registry::connect(ConnectSpec spec, const Call& call) {
  Result<SessionPointer> opened = open(std::move(spec));
  if (!opened.ok()) return opened.error();
  const SessionPointer& session = opened.value();
  Result<Identity> identity = ask_identity(*session, call);
  if (!identity.ok()) {
    (void)end(*session, Milliseconds::zero(), call.cancellation);
    return identity.error();
  }
  const SessionPointer before = store(session);
  Connected connected{session->view(), std::move(identity.value()), std::nullopt};
  if (before) connected.replaced = end(*before, Milliseconds::zero(), call.cancellation);
  return connected;
}

Result<Identity> Registry::identify(uint64_t id, const Call& call) {
  const Result<SessionPointer> session = find(id);
  if (!session.ok()) return session.error();
  if (!session.value()) return closed_error("");
  return ask_identity(*session.value(), call);
}

Result<Identity> Registry::identify_once(ConnectSpec spec, const Call& call) {
  Result<SessionPointer> opened = open(std::move(spec));
  if (!opened.ok()) return opened.error();
  Result<Identity> identity = ask_identity(*opened.value(), call);
  (void)end(*opened.value(), Milliseconds::zero(), call.cancellation);
  return identity;
}

std::vector<SessionView> Registry::list() const {
  std::vector<SessionPointer> sessions;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& [name, session] : by_name_) sessions.push_back(session);
  }
  std::vector<SessionView> views;
  views.reserve(sessions.size());
  for (const SessionPointer& session : sessions) views.push_back(session->view());
  return views;
}

Result<SessionView> Registry::state(uint64_t id) const {
  const Result<SessionPointer> session = find(id);
  if (!session.ok()) return session.error();
  if (session.value()) return session.value()->view();
  SessionView closed;
  closed.info.id = id;
  return closed;
}

Result<TeardownReport> Registry::disconnect(std::string_view computer_name, Milliseconds timeout,
                                            Cancellation& cancellation) {
  const SessionPointer session = take(computer_name);
  if (!session) return not_connected(computer_name);
  return end(*session, timeout, cancellation);
}

std::vector<TeardownReport> Registry::close_all(Milliseconds timeout, Cancellation& cancellation) {
  const std::vector<SessionPointer> sessions = take_all();
  const Clock::time_point deadline = Clock::now() + timeout;
  std::vector<TeardownReport> reports(sessions.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < sessions.size(); i = next++) {
      reports[i] = close_session(*sessions[i], {cancellation, deadline});
      forget(sessions[i]->info().id);
    }
  };
  std::vector<std::thread> threads;
  const size_t wanted = std::min(sessions.size(), kMostClosingThreads);
  try {
    while (threads.size() + 1 < wanted) threads.emplace_back(work);
  } catch (const std::system_error&) {
    // Fewer threads, then: the caller's own does the rest.
  }
  work();
  for (std::thread& thread : threads) thread.join();
  return reports;
}

Result<Registry::SessionPointer> Registry::open(ConnectSpec spec) {
  SessionInfo info;
  info.computer_name = spec.computer_name;
  info.endpoint = spec.transport.endpoint;
  info.authentication = spec.transport.authentication;
  info.user_name = spec.transport.credential.user_name;
  info.encoding = spec.encoding;
  info.teardown_timeout = spec.teardown_timeout;
  Result<std::unique_ptr<Transport>> transport = factory_(std::move(spec.transport));
  if (!transport.ok()) return transport.error();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    info.id = ++last_id_;
  }
  return std::make_shared<Session>(std::move(info), std::move(transport.value()));
}

// Null for a session that was closed.
Result<Registry::SessionPointer> Registry::find(uint64_t id) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (id == 0 || id > last_id_) {
    return Error{ErrorCode::invalid_argument,
                 "No session ever had the number " + std::to_string(id) + ".",
                 0,
                 {}};
  }
  const auto found = by_id_.find(id);
  return found != by_id_.end() ? found->second : SessionPointer();
}

Registry::SessionPointer Registry::store(const SessionPointer& session) {
  const std::lock_guard<std::mutex> lock(mutex_);
  SessionPointer& place = by_name_[folded(session->info().computer_name)];
  by_id_[session->info().id] = session;
  return std::exchange(place, session);
}

Registry::SessionPointer Registry::take(std::string_view computer_name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = by_name_.find(folded(computer_name));
  if (found == by_name_.end()) return nullptr;
  SessionPointer session = found->second;
  by_name_.erase(found);
  return session;
}

std::vector<Registry::SessionPointer> Registry::take_all() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<SessionPointer> sessions;
  for (const auto& [name, session] : by_name_) sessions.push_back(session);
  by_name_.clear();
  return sessions;
}

TeardownReport Registry::end(Session& session, Milliseconds timeout, Cancellation& cancellation) {
  const bool given = timeout > Milliseconds::zero();
  const Milliseconds bound = given ? timeout : session.info().teardown_timeout;
  TeardownReport report = close_session(session, {cancellation, Clock::now() + bound});
  forget(session.info().id);
  return report;
}

void Registry::forget(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  by_id_.erase(id);
}

}  // namespace wsman
