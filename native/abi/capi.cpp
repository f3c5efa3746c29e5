// The C ABI: arguments unwrapped, one call, the result wrapped. The only extern "C".
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "abi/border.h"
#include "abi/calls.h"
#include "abi/documents/json.h"
#include "abi/entry.h"
#include "wsman/wsman.h"

using wsman::Cancellation;
using wsman::Result;
using wsman::abi::Entry;

namespace {

// Of a call that failed the caller gets no bytes: they may have been there before its document was
// not.
wsman_status settled(wsman_status status, wsman_bytes** bytes) {
  if (status != WSMAN_OK) wsman_bytes_free(std::exchange(*bytes, nullptr));
  return status;
}

}  // namespace

extern "C" {

uint32_t wsman_abi_version(void) { return WSMAN_ABI_VERSION; }

wsman_status wsman_registry_new(char** out, wsman_registry** registry, const char* settings_path) {
  // Set before anything can fail: a caller may look at it whatever the status is.
  if (registry != nullptr) *registry = nullptr;
  std::unique_ptr<wsman_registry> made;
  const wsman_status status =
      wsman::abi::guarded(out, [&](wsman::abi::Listener&) -> Result<std::string> {
        if (registry == nullptr) return wsman::abi::null_argument();
        made = std::make_unique<wsman_registry>(settings_path != nullptr ? settings_path : "");
        return std::string("{}");
      });
  if (status == WSMAN_OK) *registry = made.release();
  return status;
}

void wsman_registry_free(wsman_registry* registry) {
  if (registry == nullptr) return;
  char* document = nullptr;
  // Every number is the caller's, so this call has none: it cannot be stopped. Sessions end while
  // the registry is whole; its members are destroyed after.
  const wsman_status ended = wsman::abi::guarded(&document, [&](wsman::abi::Listener&) {
    Cancellation never;
    return wsman::abi::close_all(*registry, 0, never);
  });
  wsman_string_free(document);
  // Where memory ran out before any was ended.
  if (ended != WSMAN_OK) registry->client.end_all_in_turn(wsman::abi::exit_bound(*registry, 0));
  delete registry;
}

wsman_status wsman_connect(char** out, wsman_registry* registry, uint64_t operation_id,
                           const char* request, const wsman_credentials* credentials) {
  uint64_t session_id = 0;
  const wsman_status status = wsman::abi::enter(
      out, registry, operation_id, {request},
      [&](Entry& entry) { return wsman::abi::connect(entry, session_id, request, credentials); });
  // A session whose number nobody knows would stay.
  if (status != WSMAN_OK && session_id != 0) registry->client.end_untold_session(session_id);
  return status;
}

wsman_status wsman_identify(char** out, wsman_bytes** answer, wsman_registry* registry,
                            uint64_t operation_id, const char* request,
                            const wsman_credentials* credentials) {
  if (answer == nullptr) return wsman::abi::refuse_null(out);
  *answer = nullptr;
  const wsman_status status = wsman::abi::enter(
      out, registry, operation_id, {request},
      [&](Entry& entry) { return wsman::abi::identify(entry, *answer, request, credentials); });
  return settled(status, answer);
}

wsman_status wsman_request(char** out, wsman_bytes** answer, wsman_registry* registry,
                           uint64_t operation_id, const char* request, const wsman_input* input) {
  if (answer == nullptr) return wsman::abi::refuse_null(out);
  *answer = nullptr;
  const wsman_status status =
      wsman::abi::enter(out, registry, operation_id, {request}, [&](Entry& entry) {
        return wsman::abi::perform(entry, *answer, request,
                                   input != nullptr ? *input : wsman_input{});
      });
  return settled(status, answer);
}

wsman_status wsman_enumerate_open(char** out, wsman_bytes** page, wsman_registry* registry,
                                  uint64_t operation_id, const char* request,
                                  const wsman_credentials* credentials) {
  if (page == nullptr) return wsman::abi::refuse_null(out);
  *page = nullptr;
  uint64_t enumeration_id = 0;
  const wsman_status status =
      wsman::abi::enter(out, registry, operation_id, {request}, [&](Entry& entry) {
        return wsman::abi::open_enumeration(entry, enumeration_id, *page, request, credentials);
      });
  if (status != WSMAN_OK && enumeration_id != 0)
    registry->client.end_untold_enumeration(enumeration_id);
  return settled(status, page);
}

wsman_status wsman_enumerate_next(char** out, wsman_bytes** page, wsman_registry* registry,
                                  uint64_t operation_id, uint64_t enumeration_id) {
  if (page == nullptr) return wsman::abi::refuse_null(out);
  *page = nullptr;
  const wsman_status status = wsman::abi::enter(out, registry, operation_id, {}, [&](Entry& entry) {
    return wsman::abi::next_page(entry, *page, enumeration_id);
  });
  return settled(status, page);
}

wsman_status wsman_enumerate_close(char** out, wsman_registry* registry, uint64_t operation_id,
                                   uint64_t enumeration_id, uint32_t timeout_ms) {
  return wsman::abi::enter_within(out, registry, operation_id, timeout_ms, {}, [&](Entry& entry) {
    return wsman::abi::close_enumeration(entry, enumeration_id, timeout_ms);
  });
}

wsman_status wsman_list(char** out, wsman_registry* registry) {
  return wsman::abi::look(out, registry, [](wsman_registry& known) -> Result<std::string> {
    return wsman::abi::write_list(known.client.list());
  });
}

wsman_status wsman_state(char** out, wsman_registry* registry, uint64_t session_id) {
  return wsman::abi::look(
      out, registry, [&](wsman_registry& known) { return wsman::abi::state(known, session_id); });
}

wsman_status wsman_disconnect(char** out, wsman_registry* registry, uint64_t operation_id,
                              const char* computer, uint32_t timeout_ms) {
  return wsman::abi::enter_within(
      out, registry, operation_id, timeout_ms, {computer},
      [&](Entry& entry) { return wsman::abi::disconnect(entry, computer, timeout_ms); });
}

wsman_status wsman_close(char** out, wsman_registry* registry, uint64_t operation_id,
                         const uint64_t* session_ids, size_t session_count, uint32_t timeout_ms) {
  return wsman::abi::enter_within(
      out, registry, operation_id, timeout_ms, {session_ids}, [&](Entry& entry) {
        return wsman::abi::close(entry, {session_ids, session_ids + session_count}, timeout_ms);
      });
}

wsman_status wsman_close_all(char** out, wsman_registry* registry, uint64_t operation_id,
                             uint32_t timeout_ms) {
  const wsman_status status =
      wsman::abi::enter_within(out, registry, operation_id, timeout_ms, {}, [&](Entry& entry) {
        return wsman::abi::close_all(*registry, timeout_ms, entry.cancellation());
      });
  // Where memory ran out before any was ended.
  if (status == WSMAN_E_INTERNAL && registry != nullptr)
    registry->client.end_all_in_turn(wsman::abi::exit_bound(*registry, timeout_ms));
  return status;
}

wsman_status wsman_settings_get(char** out, wsman_registry* registry) {
  return wsman::abi::look(out, registry, wsman::abi::settings);
}

wsman_status wsman_settings_set(char** out, wsman_registry* registry, const char* request) {
  return wsman::abi::look(out, registry, [&](wsman_registry& known) {
    return wsman::abi::change_settings(known, request);
  });
}

void wsman_cancel(wsman_registry* registry, uint64_t operation_id) {
  if (registry == nullptr) return;
  try {
    registry->operations.cancel(operation_id);
  } catch (...) {
    // Only memory can have run out; the call then ends by its deadline.
  }
}

void wsman_string_free(char* document) { std::free(document); }

void wsman_bytes_free(wsman_bytes* bytes) { delete static_cast<wsman::abi::OwnedBytes*>(bytes); }

}  // extern "C"
