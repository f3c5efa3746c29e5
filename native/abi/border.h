// What every function of the C ABI does alike: it turns whatever happens into a status and a
// document that the caller owns. The only place that catches everything.
#ifndef WSMAN_ABI_BORDER_H_
#define WSMAN_ABI_BORDER_H_

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "abi/json.h"
#include "base/error.h"
#include "base/trace.h"
#include "wsman/wsman.h"

namespace wsman {

inline char* copy_of(const std::string& text) {
  auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy != nullptr) std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

inline wsman_status give(char** out, const std::string& document) {
  *out = copy_of(document);
  return *out != nullptr ? WSMAN_OK : WSMAN_E_INTERNAL;
}

inline wsman_status fail(char** out, const Error& error, const TraceLines& trace = {}) {
  *out = copy_of(write_error(error, trace));
  return static_cast<wsman_status>(error.code);
}

inline Error null_argument() {
  return {ErrorCode::invalid_argument, "A required pointer is NULL.", 0, {}};
}

// What is listened to during one call.
class Listener {
 public:
  void listen(std::optional<Trace::Level> level) {
    if (level) trace_.emplace(*level);
  }

  Trace* trace() { return trace_ ? &*trace_ : nullptr; }

  TraceLines lines() {
    if (!trace_) return std::nullopt;
    return trace_->take();
  }

 private:
  std::optional<Trace> trace_;
};

// Runs `work`, which returns Result<std::string>, and turns whatever happens into a status and a
// document.
template <typename Work>
wsman_status guarded(char** out, Work work) noexcept {
  if (out == nullptr) return WSMAN_E_INVALID_ARGUMENT;
  *out = nullptr;
  try {
    Listener listener;
    const Result<std::string> document = work(listener);
    if (document.ok()) return give(out, document.value());
    return fail(out, document.error(), listener.lines());
  } catch (const std::bad_alloc&) {
    return WSMAN_E_INTERNAL;
  } catch (const std::exception& e) {
    try {
      return fail(
          out, {ErrorCode::internal, std::string("A defect of the library: ") + e.what(), 0, {}});
    } catch (...) {
      return WSMAN_E_INTERNAL;
    }
  } catch (...) {
    return WSMAN_E_INTERNAL;
  }
}

// Borrowed from the caller.
inline std::string_view octets(const void* data, size_t length) {
  return data == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(data), length);
}

// Octets that a caller frees.
struct OwnedOctets : wsman_octets {
  explicit OwnedOctets(std::string given) : wsman_octets{}, octets(std::move(given)) {
    data = octets.data();
    length = octets.size();
  }

  std::string octets;
};

}  // namespace wsman

#endif  // WSMAN_ABI_BORDER_H_
