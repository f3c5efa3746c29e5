#include "session/registry.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "protocol/uuid.h"
#include "session/for_each.h"

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
  Result<SessionPointer> opened = open(std::move(spec), false);
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

Result<Identity> Registry::identify(Place place, const Call& call) {
  return visit<Identity>(
      std::move(place), [&](Session& session) { return ask_identity(session, call); }, call);
}

Result<std::string> Registry::perform(Place place, const Operation& operation, const Call& call) {
  return visit<std::string>(
      std::move(place), [&](Session& session) { return carry_out(session, operation, call); },
      call);
}

Result<FirstPage> Registry::open_enumeration(Place place, EnumerationSpec spec, const Call& call) {
  const bool own = place.session_id == 0;
  Result<SessionPointer> session = enter(std::move(place));
  if (!session.ok()) return session.error();
  const auto enumeration = std::make_shared<Enumeration>(session.value(), own, std::move(spec));
  Result<Page> page = enumeration->open(call);
  if (own && (!page.ok() || page.value().end)) {
    (void)end(*session.value(), Milliseconds::zero(), call.cancellation);
  }
  if (!page.ok()) return page.error();
  FirstPage first{0, std::move(page.value())};
  if (first.page.end) return first;
  const std::lock_guard<std::mutex> lock(mutex_);
  first.enumeration_id = ++last_enumeration_;
  enumerations_.emplace(first.enumeration_id, enumeration);
  return first;
}

Result<Registry::EnumerationPointer> Registry::enumeration(uint64_t id) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  if (found != enumerations_.end()) return found->second;
  return Error{ErrorCode::invalid_argument,
               "No enumeration with the number " + std::to_string(id) + " is open.",
               0,
               {}};
}

Result<Page> Registry::next_page(uint64_t enumeration_id, const Call& call) {
  const Result<EnumerationPointer> found = enumeration(enumeration_id);
  if (!found.ok()) return found.error();
  Result<Page> page = found.value()->next(call);
  if (!page.ok() || !page.value().end) return page;
  (void)take_enumeration(enumeration_id);
  if (found.value()->owns_session()) {
    (void)end(found.value()->session(), Milliseconds::zero(), call.cancellation);
  }
  return page;
}

bool Registry::close_enumeration(uint64_t id, Milliseconds timeout, Call call) {
  const EnumerationPointer enumeration = take_enumeration(id);
  if (!enumeration) return true;
  Session& session = enumeration->session();
  const bool given = timeout > Milliseconds::zero();
  call.deadline = Clock::now() + (given ? timeout : session.info().teardown_timeout);
  const bool released = enumeration->close(call);
  if (!enumeration->owns_session()) return released;
  const TeardownReport report = close_session(session, call);
  forget(session.info().id);
  return released || report.enumerations_abandoned == 0;
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
  std::vector<size_t> places(sessions.size());
  std::iota(places.begin(), places.end(), size_t{0});
  const size_t threads_each =
      std::clamp<size_t>(kMostClosingThreads / std::max<size_t>(sessions.size(), 1), 1, kLanes);
  for_each_of(places, kMostClosingThreads / threads_each, [&](size_t place) {
    reports[place] = close_session(*sessions[place], {cancellation, deadline}, threads_each);
    forget(sessions[place]->info().id);
  });
  return reports;
}

Result<Registry::SessionPointer> Registry::open(ConnectSpec spec, bool for_one_operation) {
  SessionInfo info;
  info.for_one_operation = for_one_operation;
  info.computer_name = spec.computer_name;
  info.endpoint = spec.transport.endpoint;
  info.authentication = spec.transport.authentication;
  info.user_name = spec.transport.credential.user_name;
  info.manner = std::move(spec.manner);
  info.manner.session_id = new_uuid();
  info.teardown_timeout = spec.teardown_timeout;
  Result<std::unique_ptr<Transport>> transport = factory_(std::move(spec.transport));
  if (!transport.ok()) return transport.error();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    info.id = ++last_id_;
  }
  return std::make_shared<Session>(std::move(info), std::move(transport.value()));
}

// The session of a place: an open one, or one made for it.
Result<Registry::SessionPointer> Registry::enter(Place place) {
  if (place.session_id == 0) {
    Result<SessionPointer> own = open(std::move(*place.own), true);
    if (!own.ok()) return own;
    const std::lock_guard<std::mutex> lock(mutex_);
    by_id_[own.value()->info().id] = own.value();
    return own;
  }
  Result<SessionPointer> found = find(place.session_id);
  if (found.ok() && !found.value()) return closed_error("");
  return found;
}

template <typename T>
Result<T> Registry::visit(Place place, const std::function<Result<T>(Session&)>& work,
                          const Call& call) {
  const bool own = place.session_id == 0;
  Result<SessionPointer> session = enter(std::move(place));
  if (!session.ok()) return session.error();
  Result<T> result = work(*session.value());
  if (own) (void)end(*session.value(), Milliseconds::zero(), call.cancellation);
  return result;
}

Registry::EnumerationPointer Registry::take_enumeration(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto taken = enumerations_.extract(id);
  return taken.empty() ? nullptr : std::move(taken.mapped());
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
  for (const auto& [id, session] : by_id_) {
    if (session->info().for_one_operation) sessions.push_back(session);
  }
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
