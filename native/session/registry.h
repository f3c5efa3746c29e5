// The sessions of one process, by name and by number.
#ifndef WSMAN_SESSION_REGISTRY_H_
#define WSMAN_SESSION_REGISTRY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "session/enumeration.h"
#include "session/operation.h"
#include "session/session.h"
#include "session/teardown.h"
#include "transport/transport.h"

namespace wsman {

// What a user asked to be connected to.
struct ConnectSpec {
  std::string computer_name;
  TransportOptions transport;
  Manner manner;
  Milliseconds teardown_timeout{5000};
};

struct Connected {
  SessionView view;
  Identity identity;
  std::optional<TeardownReport> replaced;  // The session that had the name before.
};

// Where an operation takes place: in an open session, or in one of its own.
struct Place {
  uint64_t session_id = 0;
  std::optional<ConnectSpec> own;  // With session_id 0. It ends before the call returns.
};

struct FirstPage {
  uint64_t enumeration_id = 0;
  Page page;
};

// Safe from any thread. No lock is held while the network is used.
class Registry {
 public:
  using EnumerationPointer = std::shared_ptr<Enumeration>;

  explicit Registry(TransportFactory factory) : factory_(std::move(factory)) {}

  // Opens a session and stores it under its name, once Identify has succeeded. A session that had
  // the name is then torn down; a failure leaves it untouched.
  Result<Connected> connect(ConnectSpec spec, const Call& call);

  // Identify over a session. Fails with closed if it is open no more.
  Result<Identity> identify(Place place, const Call& call);

  // One operation over a session; its text is the answer. Fails as identify() and carry_out() do.
  // One that leaves something on the server, and is stopped, is heard out behind the call, for as
  // long as a teardown may take, and what its answer names is given back.
  Result<std::string> perform(Place place, const Operation& operation, const Call& call);

  // Begins an enumeration; a stop is as for perform(). Unless the first page is the last, the
  // number stays known until close_enumeration(), or until next_page() gave the last.
  Result<FirstPage> open_enumeration(Place place, EnumerationSpec spec, const Call& call);

  // The enumeration with that number. Fails with invalid_argument if it is known no more.
  Result<EnumerationPointer> enumeration(uint64_t id) const;
  Result<Page> next_page(uint64_t enumeration_id, const Call& call);

  // Ends an enumeration, within `timeout` or what its session allows if that is zero. True if the
  // server confirmed that nothing of it is left. One that is over already is fine.
  bool close_enumeration(uint64_t id, Milliseconds timeout, Call call);

  std::vector<SessionView> list() const;

  // A number that was issued and is no longer known belongs to a closed session. Fails with
  // invalid_argument for one that was never issued.
  Result<SessionView> state(uint64_t id) const;

  // Takes the session out, then tears it down within `timeout`, or within what the session itself
  // allows if `timeout` is zero. Of several callers exactly one succeeds; the others fail with
  // not_connected.
  Result<TeardownReport> disconnect(std::string_view computer_name, Milliseconds timeout,
                                    Cancellation& cancellation);

  // Ends every session, in parallel, within `timeout` in all.
  std::vector<TeardownReport> close_all(Milliseconds timeout, Cancellation& cancellation);

 private:
  using SessionPointer = std::shared_ptr<Session>;

  Result<SessionPointer> open(ConnectSpec spec, bool for_one_operation);
  Result<SessionPointer> find(uint64_t id) const;
  Result<SessionPointer> enter(Place place);
  EnumerationPointer take_enumeration(uint64_t id);
  SessionPointer store(const SessionPointer& session);
  SessionPointer take(std::string_view computer_name);
  std::vector<SessionPointer> take_all();
  TeardownReport end(Session& session, Milliseconds timeout, Cancellation& cancellation);
  void forget(uint64_t id);

  const TransportFactory factory_;
  mutable std::mutex mutex_;
  uint64_t last_id_ = 0;
  std::map<std::string, SessionPointer> by_name_;  // What is connected; keys are folded names.
  std::map<uint64_t, SessionPointer> by_id_;       // The same, and what is just being closed.
  // Those of one operation: each belongs to the call, or to what the call left behind.
  std::vector<std::weak_ptr<Session>> passing_;
  uint64_t last_enumeration_ = 0;
  std::map<uint64_t, EnumerationPointer> enumerations_;
};

}  // namespace wsman

#endif  // WSMAN_SESSION_REGISTRY_H_
