// The sessions of one process, by name and by number.
#ifndef WSMAN_SESSION_REGISTRY_H_
#define WSMAN_SESSION_REGISTRY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "session/session.h"
#include "session/teardown.h"
#include "transport/transport.h"

namespace wsman {

// What a user asked to be connected to.
struct ConnectSpec {
  std::string computer_name;
  TransportOptions transport;
  TextEncoding encoding = TextEncoding::utf8;
  Milliseconds teardown_timeout{5000};
};

struct Connected {
  SessionView view;
  Identity identity;
  std::optional<TeardownReport> replaced;  // The session that had the name before.
};

// Safe from any thread. No lock is held while the network is used.
class Registry {
 public:
  explicit Registry(TransportFactory factory) : factory_(std::move(factory)) {}

  // Opens a session and stores it under its name, once Identify has succeeded. A session that had
  // the name is then torn down; a failure leaves it untouched.
  Result<Connected> connect(ConnectSpec spec, const Call& call);

  // Identify over an open session. Fails with closed if it is open no more.
  Result<Identity> identify(uint64_t id, const Call& call);

  // Identify over a session that ends before the call returns.
  Result<Identity> identify_once(ConnectSpec spec, const Call& call);

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

  Result<SessionPointer> open(ConnectSpec spec);
  Result<SessionPointer> find(uint64_t id) const;
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
};

}  // namespace wsman

#endif  // WSMAN_SESSION_REGISTRY_H_
