// One enumeration of a session, page by page, with pages whose size adapts to the server.
#ifndef WSMAN_SESSION_ENUMERATION_H_
#define WSMAN_SESSION_ENUMERATION_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "base/call.h"
#include "base/condition.h"
#include "base/error.h"
#include "protocol/operation/enumeration.h"
#include "session/session.h"

namespace wsman::session {

// The number of items to ask for next. Starts small, so that the first items come at once, and
// grows while pages come quickly and the items fit into an envelope.
class PageSize {
 public:
  // `max_items` is at least 1.
  PageSize(size_t max_envelope_bytes, uint32_t max_items)
      : max_bytes_(max_envelope_bytes), most_(max_items), next_(std::min(kFirst, max_items)) {}

  uint32_t next() const { return next_; }

  // Takes the size of the last page and the time it took.
  void record(size_t items, size_t bytes, Milliseconds took);

  // Reduces the number, because the server could not encode so many. False if it cannot encode one.
  bool was_too_large();

 private:
  static constexpr uint32_t kFirst = 20;

  const size_t max_bytes_;
  uint32_t most_;
  uint32_t next_;
};

struct EnumerationRequest {
  message::Target target;
  operation::Query query;
  std::optional<Trace::Level> trace;  // Of the caller, in every call.
};

// One call at a time asks for pages; close() may come from any thread.
class Enumeration {
 public:
  Enumeration(std::shared_ptr<Session> session, EnumerationRequest request);

  // The first page.
  Result<operation::Page> open(const Call& call);

  // The next page. Fails with invalid_argument at the end, and while another call fetches a page.
  // Fails with timed_out if page after page comes without an item, and with protocol behind a page
  // that nothing can follow.
  Result<operation::Page> next(const Call& call);

  // Refuses further pages: one that nobody took is lost. close() is left to call.
  void end_pages();

  // Stops a page that is being fetched, and releases the context. The answer that is on its way is
  // heard out before, for half of the time there is: it may have a new context. True if the server
  // confirmed that the context is gone. One that could not be released stays with the session.
  bool close(const Call& call);

  const std::shared_ptr<Session>& session() const { return session_; }
  std::optional<Trace::Level> trace() const { return request_.trace; }

 private:
  using Ask = std::function<Result<operation::Page>(const message::Context&, uint32_t)>;

  // One page being fetched, from construction to destruction.
  class Fetch;

  Result<operation::Page> fetch(const Ask& ask, const Call& call);
  Result<operation::Page> ask_until_it_fits(const Ask& ask, const Call& call);
  // Waits before a Pull that follows empty pages. Fails, and releases the context, if no item came
  // for as long as an operation may take.
  Status await_progress(const Call& call);
  Error give_up(const Call& call);
  void take_or_note(const operation::Page& page, bool is_first);
  void take(const operation::Page& page, bool is_first);
  // Notes what may be on the server although no page was read.
  void note_unread(bool is_first);

  const std::shared_ptr<Session> session_;
  const EnumerationRequest request_;
  PageSize page_size_;
  message::OperationSequence sequence_;
  std::string context_;
  uint64_t context_id_ = 0;     // Among the session's server objects; 0: the server keeps nothing.
  bool context_stays_ = false;  // The server has given the same context with two pages.
  bool has_no_way_on_ = false;  // The last page had items, but neither context nor end.
  int empty_pages_ = 0;         // In a row.
  Milliseconds fruitless_{0};   // The time that they took, and the pauses between them.

  std::mutex mutex_;  // Guards the members below.
  Condition idle_;    // Told when no page is being fetched any more.
  const Call* fetching_ = nullptr;
  bool closed_ = false;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_ENUMERATION_H_
