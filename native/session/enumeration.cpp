#include "session/enumeration.h"

#include <algorithm>
#include <utility>

#include "session/giving_back.h"

namespace wsman {
namespace {

constexpr Milliseconds kQuick{1000};  // A page that took longer is large enough.
constexpr uint32_t kGrowth = 4;
constexpr uint32_t kEncodingLimit = 0x80338035;
constexpr uint32_t kMaxEnvelopeExceeded = 0x80338048;

bool is_too_large(const Error& error) {
  if (error.code != ErrorCode::fault) return false;
  return error.wsman_code == kEncodingLimit || error.wsman_code == kMaxEnvelopeExceeded ||
         (error.fault && error.fault->soap_subcode == "EncodingLimit");
}

Error nothing_more(const std::string& why) {
  return {ErrorCode::invalid_argument, "No page can be asked for: " + why + ".", 0, {}};
}

}  // namespace

void PageSize::came(size_t items, size_t octets, Milliseconds took) {
  if (items < next_ || took > kQuick) return;
  const uint64_t fitting = items == 0 ? most_ : uint64_t{max_octets_} * items / octets;
  const uint64_t wanted = std::min<uint64_t>({uint64_t{next_} * kGrowth, fitting, most_});
  next_ = std::max(next_, static_cast<uint32_t>(wanted));
}

bool PageSize::was_too_large() {
  if (next_ == 1) return false;
  next_ = std::max(next_ / kGrowth, 1U);
  most_ = next_;
  return true;
}

// Refuses a second page at a time, and lets close() stop the one that is being fetched.
class Enumeration::Fetch {
 public:
  Fetch(Enumeration& enumeration, const Call& call) : enumeration_(enumeration) {
    const std::lock_guard<std::mutex> lock(enumeration_.mutex_);
    admitted_ = !enumeration_.closed_ && enumeration_.fetching_ == nullptr;
    if (admitted_) enumeration_.fetching_ = &call.cancellation;
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

Enumeration::Enumeration(std::shared_ptr<Session> session, bool owns_session, EnumerationSpec spec)
    : session_(std::move(session)),
      owns_session_(owns_session),
      spec_(std::move(spec)),
      page_size_(session_->info().manner.max_envelope_octets) {}

Result<Page> Enumeration::open(const Call& call) {
  return fetch(
      [&](const OperationContext& context, uint32_t max_elements) {
        return enumerate(context, spec_.target, spec_.query, max_elements, conversation_, call);
      },
      call);
}

Result<Page> Enumeration::next(const Call& call) {
  if (context_.empty()) return nothing_more("the enumeration is at its end");
  return fetch(
      [&](const OperationContext& context, uint32_t max_elements) {
        return pull(context, spec_.target, context_, max_elements, conversation_, call);
      },
      call);
}

Result<Page> Enumeration::fetch(const Ask& ask, const Call& call) {
  const Fetch fetch(*this, call);
  if (!fetch.admitted()) return nothing_more("the enumeration was closed, or another page comes");
  Result<Page> page = ask_until_it_fits(ask, call);
  if (!page.ok() && means_context_gone(page.error())) session_->holdings().remove(holding_);
  return page;
}

Result<Page> Enumeration::ask_until_it_fits(const Ask& ask, const Call& call) {
  for (;;) {
    const Clock::time_point start = Clock::now();
    const auto ask_and_take = [&](const OperationContext& context) {
      Result<Page> page = ask(context, page_size_.next());
      // Inside run(), so that a teardown, which waits for it, finds the context.
      if (page.ok()) take(page.value());
      return page;
    };
    const Leaves leaves = holding_ == 0 ? Leaves::something : Leaves::nothing;
    Result<Page> page = session_->run<Page>(call, ask_and_take, leaves);
    if (page.ok()) {
      const auto took = std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
      page_size_.came(page.value().items.size(), page.value().octets.size(), took);
      return page;
    }
    if (!is_too_large(page.error()) || !page_size_.was_too_large()) return page;
  }
}

void Enumeration::take(const Page& page) {
  context_ = page.context;
  if (holding_ == 0 && !page.end) {
    holding_ = session_->holdings().add({spec_.target, context_, conversation_});
  } else if (page.end) {
    session_->holdings().remove(holding_);
  } else {
    session_->holdings().renew(holding_, context_, conversation_);
  }
}

bool Enumeration::close(const Call& call) {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    closed_ = true;
    if (fetching_ != nullptr) fetching_->stop(StopReason::closed);
    while (fetching_ != nullptr) {
      if (call.left() == Milliseconds::zero()) return false;
      idle_.wait_for(lock, call.until_next_look());
      if (call.cancellation.reason() != StopReason::none) return false;
    }
  }
  return session_
      ->run<Done>(call,
                  [&](const OperationContext& context) {
                    return release_one(session_->holdings(), holding_, context, call);
                  })
      .ok();
}

}  // namespace wsman
