#include "session/registry.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "protocol/uuid.h"
#include "session/for_each.h"
#include "session/hearing.h"
#include "transport/wait.h"

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

Phase phase_of(const Session& session) {
  return {"the wait for the answer of " + session.info().endpoint.display()};
}

// The answer; nothing if the user stopped the call before it came. What it leaves on the server is
// then given back behind the call, and a session of its own ends with that.
std::optional<Result<std::string>> ask_for(const std::shared_ptr<Session>& session,
                                           const Operation& operation, bool own, const Call& call) {
  if (what_leaves(operation) == Leaves::nothing) return carry_out(*session, operation, call);
  const Hearing<std::string> hearing{
      [session, operation](const Call& asking) { return carry_out(*session, operation, asking); },
      [session, operation, own](const Result<std::string>& answer, const Call& giving_back) {
        if (answer.ok()) give_back(*session, operation, answer.value(), giving_back);
        if (own) (void)close_session(*session, giving_back);
      }};
  return hear_out(hearing, session->info().teardown_timeout, call);
}

// The same for the first page of an enumeration.
std::optional<Result<Page>> ask_for_first(const std::shared_ptr<Enumeration>& enumeration,
                                          const Call& call) {
  const Hearing<Page> hearing{
      [enumeration](const Call& asking) { return enumeration->open(asking); },
      [enumeration](const Result<Page>&, const Call& giving_back) {
        (void)enumeration->close(giving_back);
        if (enumeration->owns_session()) (void)close_session(enumeration->session(), giving_back);
      }};
  return hear_out(hearing, enumeration->session().info().teardown_timeout, call);
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
  const bool own = place.session_id == 0;
  Result<SessionPointer> session = enter(std::move(place));
  if (!session.ok()) return session.error();
  Result<Identity> identity = ask_identity(*session.value(), call);
  if (own) (void)end(*session.value(), Milliseconds::zero(), call.cancellation);
  return identity;
}

Result<std::string> Registry::perform(Place place, const Operation& operation, const Call& call) {
  const bool own = place.session_id == 0;
  Result<SessionPointer> session = enter(std::move(place));
  if (!session.ok()) return session.error();
  const Phase phase = phase_of(*session.value());
  std::optional<Result<std::string>> answer = ask_for(session.value(), operation, own, call);
  if (!answer) return stopped_error(look_at(call), call, phase);
  if (own) (void)end(*session.value(), Milliseconds::zero(), call.cancellation);
  return std::move(*answer);
}

Result<FirstPage> Registry::open_enumeration(Place place, EnumerationSpec spec, const Call& call) {
  const bool own = place.session_id == 0;
  Result<SessionPointer> session = enter(std::move(place));
  if (!session.ok()) return session.error();
  const auto enumeration = std::make_shared<Enumeration>(session.value(), own, std::move(spec));
  const Phase phase = phase_of(*session.value());
  std::optional<Result<Page>> answer = ask_for_first(enumeration, call);
  if (!answer) return stopped_error(look_at(call), call, phase);
  Result<Page>& page = *answer;
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
    std::erase_if(passing_,
                  [](const std::weak_ptr<Session>& passing) { return passing.expired(); });
    passing_.push_back(own.value());
    return own;
  }
  Result<SessionPointer> found = find(place.session_id);
  if (found.ok() && !found.value()) return closed_error("");
  return found;
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
  for (const std::weak_ptr<Session>& passing : passing_) {
    if (SessionPointer session = passing.lock()) sessions.push_back(std::move(session));
  }
  passing_.clear();
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
