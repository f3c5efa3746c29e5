// Handles and buffers of GSSAPI, released by their owner.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_HANDLES_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_HANDLES_H_

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret_memory.h"
#include "transport/authentication/gss/gssapi.h"

namespace wsman::gss {

// Bytes for GSSAPI to read. The interface takes them without const, and changes none.
inline Buffer borrowed(std::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}

// Bytes that GSSAPI made. They are wiped before they are released, because a token can be derived
// from a password and a message is confidential.
class OwnBuffer {
 public:
  explicit OwnBuffer(const Library& library) : library_(library) {}
  ~OwnBuffer() {
    if (buffer_.value != nullptr) wipe_bytes(buffer_.value, buffer_.length);
    uint32_t minor = 0;
    library_.release_buffer(&minor, &buffer_);
  }
  OwnBuffer(const OwnBuffer&) = delete;
  OwnBuffer& operator=(const OwnBuffer&) = delete;

  Buffer* out() { return &buffer_; }
  std::string_view view() const {
    return {static_cast<const char*>(buffer_.value), buffer_.length};
  }

 private:
  const Library& library_;
  Buffer buffer_;
};

// A message that is sealed in place, between a header and a padding that GSSAPI makes.
class OwnPieces {
 public:
  static constexpr int kCount = 3;

  // `data` outlives it.
  OwnPieces(const Library& library, std::string_view data) : library_(library) {
    pieces_[0].type = kIovHeader | kIovAllocate;
    pieces_[1].type = kIovData;
    pieces_[1].buffer = borrowed(data);
    pieces_[2].type = kIovPadding | kIovAllocate;
  }
  ~OwnPieces() {
    uint32_t minor = 0;
    library_.release_iov_buffer(&minor, pieces_.data(), kCount);
  }
  OwnPieces(const OwnPieces&) = delete;
  OwnPieces& operator=(const OwnPieces&) = delete;

  IovBuffer* out() { return pieces_.data(); }
  std::string header() const { return bytes(pieces_[0]); }
  std::string data() const { return bytes(pieces_[1]); }
  std::string padding() const { return bytes(pieces_[2]); }

 private:
  static std::string bytes(const IovBuffer& piece) {
    return {static_cast<const char*>(piece.buffer.value), piece.buffer.length};
  }

  const Library& library_;
  std::array<IovBuffer, kCount> pieces_{};
};

// A name or a credential. `release` is the member of Library that releases it.
template <typename Handle, uint32_t (*Library::*release)(uint32_t*, Handle*)>
class Own {
 public:
  explicit Own(const Library& library) : library_(&library) {}
  ~Own() { reset(); }
  Own(const Own&) = delete;
  Own& operator=(const Own&) = delete;
  Own(Own&& other) noexcept
      : library_(other.library_), handle_(std::exchange(other.handle_, nullptr)) {}
  Own& operator=(Own&&) = delete;

  Handle get() const { return handle_; }
  Handle* out() { return &handle_; }

  void reset() {
    uint32_t minor = 0;
    if (handle_ != nullptr) (library_->*release)(&minor, &handle_);
    handle_ = nullptr;
  }

 private:
  const Library* library_;
  Handle handle_ = nullptr;
};

using OwnedName = Own<NameHandle, &Library::release_name>;
using OwnedCredential = Own<CredentialHandle, &Library::release_cred>;

// A context, which is released by a function with another signature.
class OwnedContext {
 public:
  explicit OwnedContext(const Library& library) : library_(&library) {}
  ~OwnedContext() { reset(); }
  OwnedContext(const OwnedContext&) = delete;
  OwnedContext& operator=(const OwnedContext&) = delete;

  ContextHandle get() const { return handle_; }
  ContextHandle* out() { return &handle_; }

  void reset() {
    uint32_t minor = 0;
    if (handle_ != nullptr) library_->delete_sec_context(&minor, &handle_, nullptr);
    handle_ = nullptr;
  }

 private:
  const Library* library_;
  ContextHandle handle_ = nullptr;
};

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_HANDLES_H_
