// The common part of all functions of the C ABI: any result, error or exception becomes a status
// and a document that the caller owns. The only place that catches everything.
#ifndef WSMAN_ABI_BORDER_H_
#define WSMAN_ABI_BORDER_H_

#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "abi/documents/json.h"
#include "base/error.h"
#include "base/trace.h"
#include "wsman/wsman.h"

namespace wsman::abi {

struct FreeDocument {
  void operator()(char* text) const { std::free(text); }
};

// A document for the caller, from malloc(), since new could throw past the border.
using Document = std::unique_ptr<char, FreeDocument>;

// NULL if memory ran out.
inline Document copy_of(const std::string& text) {
  Document copy(static_cast<char*>(std::malloc(text.size() + 1)));
  if (copy) std::memcpy(copy.get(), text.c_str(), text.size() + 1);
  return copy;
}

inline wsman_status give(char** out, Document document) {
  *out = document.release();
  return *out != nullptr ? WSMAN_OK : WSMAN_E_INTERNAL;
}

inline wsman_status give(char** out, const std::string& document) {
  return give(out, copy_of(document));
}

inline wsman_status fail(char** out, const Error& error, const TraceLines& trace = {}) {
  *out = copy_of(write_error(error, trace)).release();
  return static_cast<wsman_status>(error.code);
}

inline Error null_argument() {
  return make_error(ErrorCode::invalid_argument, "A required pointer is NULL");
}

// The trace of one call, if the caller asked for one.
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

// Tells of the exception that is being handled, with a document if there is memory for one.
inline wsman_status fail_with_exception(char** out) noexcept {
  try {
    try {
      throw;
    } catch (const std::bad_alloc&) {
      return fail(out, out_of_memory());
    } catch (const std::exception& e) {
      return fail(out, make_error(ErrorCode::internal,
                                  std::string("A defect of the library: ") + e.what()));
    }
  } catch (...) {
    return WSMAN_E_INTERNAL;
  }
}

// Runs `work`, which returns a Result of the document, and turns its result, or any exception, into
// a status and a document. One that must not fail any more comes as a Document, others as
// std::string.
template <typename Work>
wsman_status guarded(char** out, Work work) noexcept {
  if (out == nullptr) return WSMAN_E_INVALID_ARGUMENT;
  *out = nullptr;
  try {
    Listener listener;
    auto document = work(listener);
    if (document.ok()) return give(out, std::move(document.value()));
    return fail(out, document.error(), listener.lines());
  } catch (...) {
    return fail_with_exception(out);
  }
}

// A view of bytes of the caller; NULL is empty.
inline std::string_view bytes(const void* data, size_t length) {
  return data == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(data), length);
}

// Bytes that the caller frees with wsman_bytes_free().
struct OwnedBytes : wsman_bytes {
  explicit OwnedBytes(std::string given = {}) : wsman_bytes{} { hold(std::move(given)); }

  void hold(std::string given) {
    bytes = std::move(given);
    data = bytes.data();
    length = bytes.size();
  }

  std::string bytes;
};

}  // namespace wsman::abi

#endif  // WSMAN_ABI_BORDER_H_
