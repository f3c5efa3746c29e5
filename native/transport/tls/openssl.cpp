#include "transport/tls/openssl.h"

#include <openssl/rand.h>

#include <cstddef>
#include <new>
#include <string>
#include <system_error>

#include "base/text.h"

namespace wsman::tls {
namespace {

constexpr int kMostReasons = 4;

std::string reason_of(unsigned long code) {
  const FailureParts parts = parts_of(code);
  if (parts.library == ERR_LIB_SYS) return std::generic_category().message(parts.reason);
  const char* reason = ERR_reason_error_string(code);
  return reason != nullptr ? reason : "error " + std::to_string(code);
}

}  // namespace

FailureParts parts_of(unsigned long code) {
  if (is_openssl_3()) {
    const int reason = ERR_GET_REASON(code);
    return {ERR_GET_LIB(code), reason, reason == ERR_R_MALLOC_FAILURE};
  }
  // err.h of 1.1.1: eight bits, twelve for a function, twelve.
  constexpr int kLackOfMemory = 1 | 64;
  const int reason = static_cast<int>(code & 0xFFFU);
  return {static_cast<int>(code >> 24U & 0xFFU), reason, reason == kLackOfMemory};
}

Failure take_failure() {
  Failure failure{.lacked_memory = errno == ENOMEM};
  errno = 0;
  while (const unsigned long code = ERR_get_error()) {
    if (failure.code == 0) failure.code = code;
    failure.lacked_memory = failure.lacked_memory || parts_of(code).lacked_memory;
  }
  return failure;
}

bool fill_randomly(unsigned char* bytes, size_t size) {
  const NotedFailures noted;
  if (RAND_bytes(bytes, static_cast<int>(size)) == 1) return true;
  if (take_failure().lacked_memory) throw std::bad_alloc();
  return false;
}

std::string take_reasons() {
  std::string reasons;
  const char* data = nullptr;
  int flags = 0;
  int count = 0;
  // The first entry is the cause, later ones are its effects, and often the same once more.
  while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    std::string one = reason_of(code);
    if ((flags & ERR_TXT_STRING) != 0 && *data != '\0') one += " (" + std::string(data) + ")";
    if (reasons.find(one) != std::string::npos || ++count > kMostReasons) continue;
    reasons += (reasons.empty() ? "" : "; ") + one;
  }
  return reasons.empty() ? "it gave no reason" : for_people(reasons);
}

}  // namespace wsman::tls
