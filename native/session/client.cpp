#include "session/client.h"

#include <algorithm>
#include <memory>
#include <new>
#include <numeric>

#include "base/background.h"
#include "base/parallel.h"
#include "base/wait.h"
#include "protocol/xml/uuid.h"

namespace wsman::session {
namespace {

// Of all sessions together, when all end at once: a process has a limited number of threads. A
// thousand sessions with two requests each then wait 16 times for their servers; with more threads
// the time of the processors is what they wait for.
constexpr size_t kMostClosingThreads = 128;

Error not_connected(std::string_view computer_name) {
  return make_error(ErrorCode::not_connected,
                    "No session is open with \"" + std::string(computer_name) + "\"",
                    {AdviceKey::check_session_name});
}

// Without an authentication Identify is sent with the header WSMANIDENTIFY, which Windows answers
// without a credential [DSP0226 11.1].
bool is_anonymous(const Session& session) {
  return session.info().authentication == AuthenticationKind::none;
}

Result<operation::IdentifyResponse> ask_identity(Session& session, const Call& call) {
  return session.run<operation::IdentifyResponse>(call, [&](const message::Context& context) {
    return operation::identify(context, is_anonymous(session), call);
  });
}

// The bound of a teardown: what the caller allows, or else what the session does.
Milliseconds bound_of(const Session& session, Milliseconds timeout) {
  return timeout > Milliseconds::zero() ? timeout : session.info().teardown_timeout;
}

// The result of a request for its caller.
template <typename T>
struct Asked {
  Result<T> result;
  bool goes_on = false;  // The answer is still awaited in the background, which ends the session.
};

// Makes a request. A caller who is stopped, or whose request has timed out, gets an error at once,
// and an answer that is on its way is heard out behind the call. Without a free thread the request
// runs on that of the caller, and ends with it.
template <typename T>
Asked<T> ask_in_background(const BackgroundWork<Result<T>>& request, const Session& session,
                           const Call& call) {
  const Phase phase{"the wait for the answer of " + session.info().endpoint.display()};
  // A call that was stopped before sends nothing; its work fails at once as stopped.
  if (look_at(call) != WaitResult::ready) return {request.work(call)};
  BackgroundAnswer<Result<T>> answer = run_in_background(request, call);
  if (answer.outcome == BackgroundOutcome::no_thread) return {request.work(call)};
  if (answer.value) return {std::move(*answer.value)};
  if (answer.late) return {std::move(*answer.late), true};
  Error stopped = stopped_error(look_at(call), call, phase);
  // The request is on its way, and the server may be at it.
  stopped.outcome = Outcome::unknown;
  return {std::move(stopped), true};
}

// Ends what an answer names that its caller does not get. For lack of memory it stays with the
// session.
void end_made(Session& session, const Operation& operation, const std::string& answer,
              const Call& call) {
  (void)or_out_of_memory([&]() -> Status {
    clean_up_after(session, operation, answer, call);
    return Done{};
  });
}

void end_all_of(Session& session, const Operation& operation, const std::string& answer) {
  Cancellation of_its_own;
  const Call cleanup{of_its_own, Clock::now() + session.info().teardown_timeout};
  end_made(session, operation, answer, cleanup);
  (void)end_transient(session, cleanup);
}

// Ends what an answer names that came together with a stop, and the session of the operation: in
// the background, as for an answer that comes late, or here for lack of a thread or of memory.
void end_unwanted(SessionLease& lease, const Operation& operation, const std::string& answer) {
  const SessionPointer session = lease.session();
  bool is_given = false;
  try {
    is_given =
        do_elsewhere([session, operation, answer] { end_all_of(*session, operation, answer); });
  } catch (const std::bad_alloc&) {
    // Nothing was given.
  }
  if (!is_given) end_all_of(*session, operation, answer);
  lease.hand_over();
}

// The objects that a late answer names are ended in the background, and so is a session of one
// operation.
Asked<std::string> ask_for(const SessionPointer& session, const Operation& operation,
                           const Call& call) {
  // The work can outlive the call and its caller.
  const auto asked = std::make_shared<const Operation>(operation);
  const BackgroundWork<Result<std::string>> request{
      [session, asked](const Call& asking) { return perform_operation(*session, *asked, asking); },
      [session, asked](const std::optional<Result<std::string>>& answer, const Call& cleanup) {
        if (answer && answer->ok()) end_made(*session, *asked, answer->value(), cleanup);
        (void)end_transient(*session, cleanup);
      },
      session->info().teardown_timeout};
  return ask_in_background(request, *session, call);
}

// The same for the first page of an enumeration, whose context only the answer names.
Asked<operation::Page> ask_for_first_page(const EnumerationPointer& enumeration, const Call& call) {
  const BackgroundWork<Result<operation::Page>> request{
      [enumeration](const Call& asking) { return enumeration->open(asking); },
      // close() releases the context of a late page; after a failure it has nothing to release.
      [enumeration](const std::optional<Result<operation::Page>>&, const Call& cleanup) {
        (void)enumeration->close(cleanup);
        (void)end_transient(*enumeration->session(), cleanup);
      },
      enumeration->session()->info().teardown_timeout};
  return ask_in_background(request, *enumeration->session(), call);
}

// The same for a further page. What the server keeps stays with the enumeration until that is
// closed.
Asked<operation::Page> ask_for_next_page(const EnumerationPointer& enumeration, const Call& call) {
  const BackgroundWork<Result<operation::Page>> request{
      [enumeration](const Call& asking) { return enumeration->next(asking); }, nullptr,
      enumeration->session()->info().teardown_timeout};
  return ask_in_background(request, *enumeration->session(), call);
}

// Ends the session of a request that failed, if it is its own, and gives the error, which tells
// what may be left.
Error failed(SessionLease& lease, Error error) {
  const std::optional<TeardownReport> report = lease.end();
  if (!report || report->abandoned() == 0) return error;
  for (const std::string& warning : report->warnings) error.message += " " + warning;
  return error;
}

}  // namespace

Result<Connected> Client::connect(SessionOptions options, const Call& call) {
  // The first answer included: a server that takes the connection and says nothing is not reached.
  const Call bounded = reaching(call, options.transport.timeouts);
  Result<SessionPointer> opened = open(std::move(options), false);
  if (!opened.ok()) return opened.error();
  const SessionPointer& session = opened.value();
  SessionPointer before;
  Result<Connected> connected = or_out_of_memory([&] { return join(session, before, bounded); });
  // The session was never added to the registry, so nobody else would end it.
  if (!connected.ok()) (void)end(*session, Milliseconds::zero(), call.cancellation);
  if (before) connected.value().replaced = end(*before, Milliseconds::zero(), call.cancellation);
  return connected;
}

Result<Connected> Client::join(const SessionPointer& session, SessionPointer& before,
                               const Call& call) {
  Result<operation::IdentifyResponse> identity = ask_identity(*session, call);
  if (!identity.ok()) return identity.error();
  Connected connected{session->view(), std::move(identity.value()), std::nullopt};
  // Added once it works and before the old one ends: at every moment the name has a session that is
  // open. Last, because there may be no memory for what else there is to do.
  before = registry_.add(session);
  return connected;
}

Result<operation::IdentifyDocument> Client::identify(SessionReference reference, const Call& call) {
  const Result<SessionLease> lease = enter(std::move(reference), call);
  if (!lease.ok()) return lease.error();
  Session& session = *lease.value().session();
  return session.run<operation::IdentifyDocument>(call, [&](const message::Context& context) {
    return operation::identify_document(context, is_anonymous(session), call);
  });
}

Result<std::string> Client::perform(SessionReference reference, const Operation& operation,
                                    const Call& call, const std::function<Status()>& get_ready) {
  Result<SessionLease> lease = enter(std::move(reference), call);
  if (!lease.ok()) return lease.error();
  const SessionPointer session = lease.value().session();
  Asked<std::string> asked = ask_for(session, operation, call);
  if (asked.goes_on) {
    lease.value().hand_over();
    return std::move(asked.result);
  }
  if (!asked.result.ok()) return failed(lease.value(), std::move(asked.result.error()));
  Status ready = Done{};
  if (get_ready) ready = or_out_of_memory(get_ready, Outcome::unknown);
  // The answer and a stop came together. Whoever was stopped takes no answer, so what it names is
  // ended as if it came a moment later.
  const bool is_unwanted =
      leaves_something(operation) && call.cancellation.reason() != StopReason::none;
  if (ready.ok() && is_unwanted) {
    end_unwanted(lease.value(), operation, asked.result.value());
    Error stopped = stopped_error(call.cancellation.reason(),
                                  Phase{"the answer of " + session->info().endpoint.display()});
    stopped.outcome = Outcome::unknown;
    return stopped;
  }
  if (!ready.ok()) {
    end_made(*session, operation, asked.result.value(),
             {call.cancellation, Clock::now() + session->info().teardown_timeout});
    return failed(lease.value(), std::move(ready.error()));
  }
  leave_to_caller(*session, operation, asked.result.value());
  return std::move(asked.result);
}

Result<FirstPage> Client::open_enumeration(SessionReference reference, EnumerationRequest request,
                                           const Call& call) {
  Result<SessionLease> lease = enter(std::move(reference), call);
  if (!lease.ok()) return lease.error();
  const auto enumeration =
      std::make_shared<Enumeration>(lease.value().session(), std::move(request));
  Asked<operation::Page> asked = ask_for_first_page(enumeration, call);
  if (asked.goes_on) {
    lease.value().hand_over();
    return asked.result.error();
  }
  if (!asked.result.ok()) return failed(lease.value(), std::move(asked.result.error()));
  FirstPage first{0, std::move(asked.result.value())};
  if (first.page.end) {
    // Nothing is left on the server, and the lease ends a session of one operation now. Whoever
    // closes each enumeration closes this one, too.
    first.enumeration_id = registry_.next_enumeration_id();
    return first;
  }
  const Status added = or_out_of_memory(
      [&]() -> Status {
        first.enumeration_id = registry_.add(enumeration);
        return Done{};
      },
      Outcome::unknown);
  if (!added.ok()) {
    // Its caller could neither go on with it nor end it.
    (void)enumeration->close(
        {call.cancellation, Clock::now() + enumeration->session()->info().teardown_timeout});
    return failed(lease.value(), added.error());
  }
  // The session now lives as long as its enumeration.
  lease.value().hand_over();
  return first;
}

Result<operation::Page> Client::next_page(uint64_t enumeration_id, const Call& call) {
  const Result<EnumerationPointer> found = registry_.enumeration(enumeration_id);
  if (!found.ok()) return found.error();
  Asked<operation::Page> asked = ask_for_next_page(found.value(), call);
  // A page that comes later is nobody's.
  if (asked.goes_on) found.value()->end_pages();
  Result<operation::Page> page = std::move(asked.result);
  if (!page.ok() || !page.value().end) return page;
  (void)registry_.take_enumeration(enumeration_id);
  // The last page was read: a session of one operation ends with this lease.
  const SessionLease last(found.value()->session(), call.cancellation);
  return page;
}

Result<bool> Client::close_enumeration(uint64_t id, Milliseconds timeout, Call call) {
  // Taken out first, so that of several callers exactly one ends it.
  const Result<EnumerationPointer> taken = registry_.take_enumeration(id);
  if (!taken.ok()) return taken.error();
  const EnumerationPointer& enumeration = taken.value();
  if (!enumeration) return true;
  Session& session = *enumeration->session();
  call.deadline = Clock::now() + bound_of(session, timeout);
  const bool released = enumeration->close(call);
  const std::optional<TeardownReport> report = end_transient(session, call);
  // A Release that failed is tried again by the end of a session of one operation, which another
  // call may have begun. What could not be released is still among its objects then.
  return released || (report && session.state() == State::closed &&
                      session.server_objects().enumerations().empty());
}

std::vector<SessionView> Client::list() const {
  std::vector<SessionView> views;
  for (const SessionPointer& session : registry_.sessions()) views.push_back(session->view());
  return views;
}

Result<SessionView> Client::state(uint64_t id) const {
  const Result<SessionPointer> session = registry_.find(id);
  if (!session.ok()) return session.error();
  // A number that was issued and is not known belongs to a closed session.
  if (session.value()) return session.value()->view();
  SessionView closed;
  closed.info.id = id;
  return closed;
}

Result<TeardownReport> Client::disconnect(std::string_view computer_name, Milliseconds timeout,
                                          Cancellation& cancellation) {
  // Removed from the map before the teardown: no call can find the session by a name that is
  // closing.
  const SessionPointer session = registry_.take(computer_name);
  if (!session) return not_connected(computer_name);
  return end(*session, timeout, cancellation);
}

Result<std::vector<TeardownReport>> Client::close(const std::vector<uint64_t>& ids,
                                                  Milliseconds timeout,
                                                  Cancellation& cancellation) {
  const Result<std::vector<SessionPointer>> sessions = registry_.take(ids);
  if (!sessions.ok()) return sessions.error();
  return end_together(sessions.value(), timeout, cancellation);
}

std::vector<TeardownReport> Client::close_all(Milliseconds timeout, Cancellation& cancellation) {
  // Taken out before they end; a connect that runs meanwhile adds a session of its own, which
  // stays.
  try {
    Registry::TakenSessions sessions = registry_.take_all();
    const size_t taken = sessions.taken.size();
    // Who ends all wants none to be left, as before the end of the process. The others' reports are
    // the others'.
    sessions.taken.insert(sessions.taken.end(), sessions.of_others.begin(),
                          sessions.of_others.end());
    std::vector<TeardownReport> reports = end_together(sessions.taken, timeout, cancellation);
    reports.resize(taken);
    return reports;
  } catch (const std::bad_alloc&) {
    end_all_in_turn(timeout);
    throw;
  }
}

void Client::end_untold_session(uint64_t id) noexcept {
  Cancellation never;
  const SessionPointer session = registry_.take_one(id);
  if (session) (void)end(*session, Milliseconds::zero(), never);
}

void Client::end_untold_enumeration(uint64_t id) noexcept {
  Cancellation never;
  (void)or_out_of_memory([&] { return close_enumeration(id, Milliseconds::zero(), {never}); });
}

void Client::end_all_in_turn(Milliseconds timeout) noexcept {
  Cancellation never;
  const Call call{never, Clock::now() + timeout};
  while (const SessionPointer session = registry_.take_one(0))
    // Nothing would mean its own bound.
    (void)end(*session, std::max(call.left(), Milliseconds(1)), never);
}

std::vector<TeardownReport> Client::end_together(const std::vector<SessionPointer>& sessions,
                                                 Milliseconds timeout, Cancellation& cancellation) {
  // All deadlines begin here: sessions that all use up their time take it once together.
  const Clock::time_point start = Clock::now();
  std::vector<TeardownReport> reports;
  std::vector<size_t> indexes;
  try {
    reports.resize(sessions.size());
    indexes.resize(sessions.size());
  } catch (const std::bad_alloc&) {
    for (const SessionPointer& session : sessions) (void)end(*session, timeout, cancellation);
    throw;
  }
  std::iota(indexes.begin(), indexes.end(), size_t{0});
  // Few sessions use all their connections for cleanup, many get a thread each.
  const size_t threads_each = std::clamp<size_t>(
      kMostClosingThreads / std::max<size_t>(sessions.size(), 1), 1, kMostConnections);
  const size_t threads = kMostClosingThreads / threads_each;
  for_each_of(indexes, threads, [&](size_t index) {
    const Call call{cancellation, start + bound_of(*sessions[index], timeout)};
    // Where others wait for a thread, half of the time that is left is theirs: a server that is
    // gone takes all that it gets. One that answers needs no more, if there is time for all.
    const bool others_wait = sessions.size() - index > threads;
    const Call bounded = others_wait ? call.within(call.left() / 2) : call;
    reports[index] = close_session(*sessions[index], bounded, threads_each);
    // Another caller may be at its end for longer than this one waits.
    if (sessions[index]->state() == State::closed) registry_.forget(sessions[index]->info().id);
  });
  return reports;
}

Result<SessionPointer> Client::open(SessionOptions options, bool for_one_operation) {
  SessionInfo info;
  info.for_one_operation = for_one_operation;
  info.computer_name = options.computer_name;
  info.endpoint = options.transport.endpoint;
  info.authentication = options.transport.authentication;
  info.user_name = options.transport.credential.user_name;
  info.headers = std::move(options.headers);
  // p:SessionId stays the same as long as the session lives.
  info.headers.session_id = xml::new_uuid();
  info.max_batch_items = options.max_batch_items;
  info.teardown_timeout = options.teardown_timeout;
  Result<std::unique_ptr<Transport>> transport = factory_(std::move(options.transport));
  if (!transport.ok()) return transport.error();
  // After what can fail, so that a failure uses up no number.
  info.id = registry_.next_session_id();
  return std::make_shared<Session>(std::move(info), std::move(transport.value()));
}

// The session of a reference: an open one, or one that is opened for the call.
Result<SessionLease> Client::enter(SessionReference reference, const Call& call) {
  if (reference.session_id == 0) {
    const Result<SessionPointer> own = open(std::move(*reference.own), true);
    if (!own.ok()) return own.error();
    // Known from the beginning, so that the end of the process finds it.
    registry_.add_transient(own.value());
    return SessionLease(own.value(), call.cancellation);
  }
  const Result<SessionPointer> found = registry_.find(reference.session_id);
  if (!found.ok()) return found.error();
  if (!found.value()) return closed_error("");
  return SessionLease(found.value(), call.cancellation);
}

TeardownReport Client::end(Session& session, Milliseconds timeout,
                           Cancellation& cancellation) noexcept {
  const Clock::time_point deadline = Clock::now() + bound_of(session, timeout);
  // Forgotten only afterwards: while it closes, its number answers Closing.
  TeardownReport report = close_session(session, {cancellation, deadline});
  // Another caller may be at its end for longer than this one waits.
  if (session.state() == State::closed) registry_.forget(session.info().id);
  return report;
}

}  // namespace wsman::session
