// One enumeration of a session, page by page, with pages whose size adapts to the server.
#ifndef WSMAN_SESSION_ENUMERATION_H_
#define WSMAN_SESSION_ENUMERATION_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "base/call.h"
#include "base/error.h"
#include "protocol/enumeration.h"
#include "session/session.h"

namespace wsman {

// How many items to ask for next. Starts small, so that the first ones come at once, and grows
// while pages come quickly and the items fit into an envelope.
class PageSize {
 public:
  explicit PageSize(size_t max_envelope_octets) : max_octets_(max_envelope_octets) {}

  uint32_t next() const { return next_; }

  // What the last page was.
  void came(size_t items, size_t octets, Milliseconds took);

  // The server could not encode that many. False if it cannot encode a single one.
  bool was_too_large();

 private:
  const size_t max_octets_;
  uint32_t next_ = 20;
  uint32_t most_ = 32000;  // What Windows takes at most.
};

struct EnumerationSpec {
  Target target;
  Query query;
  std::optional<Trace::Level> trace;  // What the caller listens to, in every call.
};

// One call at a time asks for pages; close() may come from any thread.
class Enumeration {
 public:
  // `owns_session`: the session was opened for this and ends with it.
  Enumeration(std::shared_ptr<Session> session, bool owns_session, EnumerationSpec spec);

  // The first page.
  Result<Page> open(const Call& call);

  // The page after. Fails with invalid_argument at the end, and while another call asks.
  Result<Page> next(const Call& call);

  // Stops a page that is being fetched, and releases the context. True if the server confirmed
  // that it is gone. What could not be released stays with the session.
  bool close(const Call& call);

  Session& session() const { return *session_; }
  bool owns_session() const { return owns_session_; }
  std::optional<Trace::Level> trace() const { return spec_.trace; }

 private:
  using Ask = std::function<Result<Page>(const OperationContext&, uint32_t)>;

  // One page being fetched, from construction to destruction.
  class Fetch;

  Result<Page> fetch(const Ask& ask, const Call& call);
  Result<Page> ask_until_it_fits(const Ask& ask, const Call& call);
  void take(const Page& page);

  const std::shared_ptr<Session> session_;
  const bool owns_session_;
  const EnumerationSpec spec_;
  PageSize page_size_;
  Conversation conversation_;
  std::string context_;
  uint64_t holding_ = 0;  // In the session's holdings; 0: nothing is held.

  std::mutex mutex_;  // Guards what follows.
  std::condition_variable idle_;
  Cancellation* fetching_ = nullptr;
  bool closed_ = false;
};

}  // namespace wsman

#endif  // WSMAN_SESSION_ENUMERATION_H_
