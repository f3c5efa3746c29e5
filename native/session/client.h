// The operations of a caller: connecting to computers, working with them, and ending that.
#ifndef WSMAN_SESSION_CLIENT_H_
#define WSMAN_SESSION_CLIENT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "session/enumeration.h"
#include "session/lease.h"
#include "session/operation.h"
#include "session/registry.h"
#include "session/session.h"
#include "session/teardown.h"
#include "transport/transport.h"

namespace wsman::session {

// The target of a session, and how it is reached.
struct SessionOptions {
  std::string computer_name;
  TransportOptions transport;
  message::RequestHeaders headers;
  uint32_t max_batch_items = 32000;  // The most that is asked for in one page.
  Milliseconds teardown_timeout{5000};
};

struct Connected {
  SessionView view;
  operation::IdentifyResponse identity;
  std::optional<TeardownReport> replaced;  // The session that had the name before.
};

// The place of an operation: an open session, or one that is opened for it.
struct SessionReference {
  uint64_t session_id = 0;
  std::optional<SessionOptions> own;  // With session_id 0. It ends before the call returns.
};

struct FirstPage {
  uint64_t enumeration_id = 0;
  operation::Page page;
};

// Safe from any thread. No lock is held while the network is used.
class Client {
 public:
  explicit Client(TransportFactory factory) : factory_(std::move(factory)) {}

  // Opens a session and stores it under its name, after Identify has succeeded. A session that had
  // the name is torn down then; after a failure it stays as it was.
  Result<Connected> connect(SessionOptions options, const Call& call);

  // Identify over a session. Fails with closed if the session is not open any more.
  Result<operation::IdentifyDocument> identify(SessionReference reference, const Call& call);

  // One operation over a session; its text is the answer. Fails as identify() and
  // perform_operation() do. If it was stopped or has timed out, an answer that is on its way is
  // heard out in the background, for as long as a teardown may take, and the objects that it names
  // are ended. Where no answer told whether it was carried out, a
  // session of its own ends what may be left, and the error tells if it could not. `get_ready`
  // makes what the caller needs to take the answer, before the session lets go of what that names;
  // where it fails, or throws std::bad_alloc, the call does, and what was made is ended.
  Result<std::string> perform(SessionReference reference, const Operation& operation,
                              const Call& call, const std::function<Status()>& get_ready = nullptr);

  // Begins an enumeration; stops and failures are handled as in perform(). Unless the first page is
  // the last, the number stays known until close_enumeration(), or until next_page() gave the last
  // page.
  Result<FirstPage> open_enumeration(SessionReference reference, EnumerationRequest request,
                                     const Call& call);

  // The enumeration with that number. Fails with invalid_argument if it is not known any more.
  Result<EnumerationPointer> enumeration(uint64_t id) const { return registry_.enumeration(id); }
  // Stops are handled as in perform(). After a failure close_enumeration() is left to call.
  Result<operation::Page> next_page(uint64_t enumeration_id, const Call& call);

  // Ends an enumeration, within `timeout`, or within the teardown timeout of its session if that is
  // zero. True if the server confirmed that nothing of it is left, or if it had ended before. Fails
  // with invalid_argument for a number that was never issued.
  Result<bool> close_enumeration(uint64_t id, Milliseconds timeout, Call call);

  std::vector<SessionView> list() const;

  // A number that was issued and is no longer known belongs to a closed session. Fails with
  // invalid_argument for one that was never issued.
  Result<SessionView> state(uint64_t id) const;

  // Takes the session out of the registry, then tears it down within `timeout`, or within its
  // teardown timeout if `timeout` is zero. Of several callers exactly one succeeds; the others fail
  // with not_connected.
  Result<TeardownReport> disconnect(std::string_view computer_name, Milliseconds timeout,
                                    Cancellation& cancellation);

  // The same for the sessions with these numbers, in parallel; all timeouts begin with the call. Of
  // more than 128, those for whose end others wait have half of the time that is left. A session
  // that has ended, or that another call ends, is left out. Fails with invalid_argument for a
  // number that was never issued, and ends none then.
  Result<std::vector<TeardownReport>> close(const std::vector<uint64_t>& ids, Milliseconds timeout,
                                            Cancellation& cancellation);

  // Ends every session, in parallel, within `timeout` in all, which is shared as by close().
  std::vector<TeardownReport> close_all(Milliseconds timeout, Cancellation& cancellation);

  // Ends a session or an enumeration whose number could not be told to its caller. Takes no memory,
  // but for what ends the enumeration on the server now rather than with its session.
  void end_untold_session(uint64_t id) noexcept;
  void end_untold_enumeration(uint64_t id) noexcept;

  // Ends every session, one after the other, within `timeout` in all. Takes no memory.
  void end_all_in_turn(Milliseconds timeout) noexcept;

 private:
  // Adds a session to the registry once it works.
  Result<Connected> join(const SessionPointer& session, SessionPointer& before, const Call& call);
  Result<SessionPointer> open(SessionOptions options, bool for_one_operation);
  Result<SessionLease> enter(SessionReference reference, const Call& call);
  TeardownReport end(Session& session, Milliseconds timeout, Cancellation& cancellation) noexcept;
  std::vector<TeardownReport> end_together(const std::vector<SessionPointer>& sessions,
                                           Milliseconds timeout, Cancellation& cancellation);

  const TransportFactory factory_;
  Registry registry_;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_CLIENT_H_
