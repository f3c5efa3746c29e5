#include "session/enumeration.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <string>
#include <utility>

#include "base/codes.h"
#include "base/wait.h"
#include "session/server_cleanup.h"

namespace wsman::session {
namespace {

constexpr Milliseconds kQuick{1000};  // A page that took longer is large enough.
constexpr uint32_t kGrowth = 4;

// Between pages without items, doubled from page to page. The first is short: a server may be about
// to find what it looks for.
constexpr Milliseconds kFirstPause{20};
constexpr Milliseconds kLongestPause{1000};

// Windows has two codes for a page that it cannot encode; other servers send the subcode alone.
bool is_too_large(const Error& error) {
  // A fault that answers another request tells nothing of this one.
  if (error.code != ErrorCode::fault || error.outcome == Outcome::unknown) return false;
  return error.wsman_code == code::kEncodingLimit ||
         error.wsman_code == code::kMaxEnvelopeExceeded ||
         (error.fault && error.fault->kind == FaultKind::too_large);
}

Error nothing_more(const std::string& why) {
  return make_error(ErrorCode::invalid_argument, "No page can be asked for: " + why);
}

}  // namespace

void PageSize::record(size_t items, size_t bytes, Milliseconds took) {
  // A page that is not full says nothing about larger ones: the server sent what it had.
  if (items < next_ || took > kQuick) return;
  // The items that fit into an envelope, by the average size of the last page.
  const uint64_t fitting = items == 0 ? most_ : uint64_t{max_bytes_} * items / bytes;
  const uint64_t wanted = std::min<uint64_t>({uint64_t{next_} * kGrowth, fitting, most_});
  next_ = std::max(next_, static_cast<uint32_t>(wanted));
}

bool PageSize::was_too_large() {
  if (next_ == 1) return false;
  next_ = std::max(next_ / kGrowth, 1U);
  // For good: a larger page would only fail again.
  most_ = next_;
  return true;
}

// Admits one page at a time, since servers refuse a Pull beside another, and lets close() stop the
// one that is being fetched.
class Enumeration::Fetch {
 public:
  Fetch(Enumeration& enumeration, const Call& call) : enumeration_(enumeration) {
    const std::lock_guard<std::mutex> lock(enumeration_.mutex_);
    admitted_ = !enumeration_.closed_ && enumeration_.fetching_ == nullptr;
    if (admitted_) enumeration_.fetching_ = &call;
  }

  ~Fetch() {
    if (!admitted_) return;
    const std::lock_guard<std::mutex> lock(enumeration_.mutex_);
    enumeration_.fetching_ = nullptr;
    enumeration_.idle_.notify_all();
  }

  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;

  bool admitted() const { return admitted_; }

 private:
  Enumeration& enumeration_;
  bool admitted_ = false;
};

Enumeration::Enumeration(std::shared_ptr<Session> session, EnumerationRequest request)
    : session_(std::move(session)),
      request_(std::move(request)),
      page_size_(session_->info().headers.max_envelope_bytes, session_->info().max_batch_items) {}

Result<operation::Page> Enumeration::open(const Call& call) {
  return fetch(
      [&](const message::Context& context, uint32_t max_elements) {
        return operation::enumerate(context, request_.target, request_.query, max_elements,
                                    sequence_, call);
      },
      call);
}

Result<operation::Page> Enumeration::next(const Call& call) {
  if (has_no_way_on_) return operation::no_way_on(session_->info().endpoint);
  if (context_.empty()) return nothing_more("the enumeration is at its end");
  return fetch(
      [&](const message::Context& context, uint32_t max_elements) {
        return operation::pull(context, request_.target, context_, max_elements, sequence_, call);
      },
      call);
}

Result<operation::Page> Enumeration::fetch(const Ask& ask, const Call& call) {
  const Fetch fetch(*this, call);
  if (!fetch.admitted()) return nothing_more("the enumeration was closed, or another page comes");
  const Status may_go_on = await_progress(call);
  if (!may_go_on.ok()) return may_go_on.error();
  Result<operation::Page> page = ask_until_it_fits(ask, call);
  // A context that the server does not know any more needs no Release.
  if (!page.ok() && means_context_gone(page.error()))
    session_->server_objects().remove(context_id_);
  return page;
}

Status Enumeration::await_progress(const Call& call) {
  // An empty page is usual where a server leaves items out of its answer to Enumerate.
  if (empty_pages_ < 2) return Done{};
  const Milliseconds bound = session_->info().headers.operation_timeout;
  // Without the time of the caller, who may be busy with the items of a page.
  if (fruitless_ >= bound) return give_up(call);
  const int doublings = std::min(empty_pages_ - 2, 6);
  const Milliseconds pause =
      std::min({kFirstPause * (1 << doublings), kLongestPause, bound - fruitless_});
  const Phase phase{"the wait for items of " + session_->info().endpoint.display()};
  const Event never;
  (void)wait_for(never, call.within(pause));
  const WaitResult result = look_at(call);
  if (result != WaitResult::ready) return stopped_error(result, call, phase);
  fruitless_ += pause;
  return Done{};
}

Error Enumeration::give_up(const Call& call) {
  (void)session_->run<Done>(call, [&](const message::Context& context) {
    return release_one(session_->server_objects(), context_id_, context, call);
  });
  context_.clear();
  const SessionInfo& info = session_->info();
  return make_error(ErrorCode::timed_out, code::kOperationTimedOut,
                    info.endpoint.display() + " sent page after page without an item for " +
                        std::to_string(info.headers.operation_timeout.count()) +
                        " ms, and no end; the enumeration was ended",
                    {AdviceKey::enumerate_otherwise});
}

Result<operation::Page> Enumeration::ask_until_it_fits(const Ask& ask, const Call& call) {
  for (;;) {
    const Clock::time_point start = Clock::now();
    const auto ask_and_take = [&](const message::Context& context) {
      ServerObjects& server_objects = session_->server_objects();
      const bool is_first = context_id_ == 0;
      // Before anything is sent: afterwards there may be no memory for it.
      if (is_first) context_id_ = server_objects.add({request_.target, {}, sequence_});
      Result<operation::Page> page =
          or_out_of_memory([&] { return ask(context, page_size_.next()); }, Outcome::unknown);
      // Inside run(): a teardown waits for the operation, so it finds the context in the list.
      if (page.ok()) {
        take_or_note(page.value(), is_first);
      } else if (is_first && page.error().outcome == Outcome::not_done) {
        server_objects.remove(std::exchange(context_id_, 0));
      } else if (page.error().outcome == Outcome::unknown) {
        note_unread(is_first);
      }
      return page;
    };
    Result<operation::Page> page = session_->run<operation::Page>(call, ask_and_take);
    if (page.ok()) {
      const auto took = std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
      page_size_.record(page.value().count, page.value().bytes.size(), took);
      fruitless_ = page.value().count == 0 ? fruitless_ + took : Milliseconds::zero();
      return page;
    }
    // The same page is asked for again with fewer items, until it fits or a single item does not.
    if (!is_too_large(page.error()) || !page_size_.was_too_large()) return page;
  }
}

// The context that could not be kept is as unknown as that of an answer that was not read.
void Enumeration::take_or_note(const operation::Page& page, bool is_first) {
  try {
    take(page, is_first);
  } catch (const std::bad_alloc&) {
    note_unread(is_first);
    throw;
  }
}

void Enumeration::take(const operation::Page& page, bool is_first) {
  empty_pages_ = page.count == 0 ? empty_pages_ + 1 : 0;
  has_no_way_on_ = !page.end && page.context.empty();
  // What it left on the server has no name.
  if (has_no_way_on_) return note_unread(is_first);
  // Of a server that kept the context once it is known that it does.
  context_stays_ = !is_first && page.context == context_;
  // A server may give a new context with each page; only the newest is valid then.
  context_ = page.context;
  if (page.end) {
    session_->server_objects().remove(context_id_);
  } else {
    session_->server_objects().renew(context_id_, context_, sequence_);
  }
}

void Enumeration::note_unread(bool is_first) {
  // Of the first page the context has no name, as it was noted.
  if (!is_first && !context_stays_) session_->server_objects().doubt(context_id_);
}

void Enumeration::end_pages() {
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
}

bool Enumeration::close(const Call& call) {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    closed_ = true;
    if (fetching_ != nullptr) fetching_->stop(StopReason::closed);
    // A Release beside a Pull on the same context makes OMI fail, so the Pull has to return first.
    // What is not released stays with the session.
    const auto is_idle = [this] { return fetching_ == nullptr; };
    if (!idle_.wait(lock, call.within(call.left() / 2), is_idle)) {
      fetching_->cut(StopReason::closed);
      if (!idle_.wait(lock, call, is_idle)) return false;
    }
  }
  return or_out_of_memory([&] {
           return session_->run<Done>(
               call,
               [&](const message::Context& context) {
                 return release_one(session_->server_objects(), context_id_, context, call);
               },
               AnswerComes::of_ending);
         })
      .ok();
}

}  // namespace wsman::session
