// The border: unwrap, call, wrap. The only extern "C", and the only place that catches everything.
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "abi/connect_spec.h"
#include "abi/json.h"
#include "abi/operation_table.h"
#include "abi/settings.h"
#include "session/registry.h"
#include "transport/http_transport.h"
#include "wsman/wsman.h"

using wsman::Call;
using wsman::Clock;
using wsman::ConnectRequest;
using wsman::ConnectSpec;
using wsman::Error;
using wsman::ErrorCode;
using wsman::Milliseconds;
using wsman::OperationTable;
using wsman::Result;
using wsman::Settings;

struct wsman_registry {
  explicit wsman_registry(std::string settings_path)
      : settings(std::move(settings_path)), sessions([this](wsman::TransportOptions options) {
          return transport(std::move(options));
        }) {}

  Result<std::unique_ptr<wsman::Transport>> transport(wsman::TransportOptions options) {
    const Result<Settings> now = settings.current();
    if (!now.ok()) return now.error();
    return wsman::make_http_transport(
        std::move(options),
        {now.value().allow_unencrypted, now.value().auth_basic, now.value().path},
        wsman::system_lookup);
  }

  wsman::SettingsFile settings;
  OperationTable operations;
  wsman::Registry sessions;
};

namespace {

constexpr uint32_t kMostTimeout = 600000;

char* copy_of(const std::string& text) {
  auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy != nullptr) std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

wsman_status give(char** out, const std::string& document) {
  *out = copy_of(document);
  return *out != nullptr ? WSMAN_OK : WSMAN_E_INTERNAL;
}

wsman_status fail(char** out, const Error& error) {
  *out = copy_of(wsman::write_error(error));
  return static_cast<wsman_status>(error.code);
}

Error null_argument() {
  return {ErrorCode::invalid_argument, "A required pointer is NULL.", 0, {}};
}

// Runs `work`, which returns Result<std::string>, and turns whatever happens into a status and a
// document.
template <typename Work>
wsman_status guarded(char** out, Work work) noexcept {
  if (out == nullptr) return WSMAN_E_INVALID_ARGUMENT;
  *out = nullptr;
  try {
    const Result<std::string> document = work();
    return document.ok() ? give(out, document.value()) : fail(out, document.error());
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

std::string_view octets(const void* data, size_t length) {
  return data == nullptr ? std::string_view()
                         : std::string_view(static_cast<const char*>(data), length);
}

struct Prepared {
  uint64_t session_id;  // 0: a session of its own.
  ConnectSpec spec;     // Only with session_id 0.
  Milliseconds timeout;
};

Result<Prepared> prepare(wsman_registry* registry, const char* request, std::string_view password) {
  Result<ConnectRequest> read = wsman::read_connect_request(request);
  if (!read.ok()) return read.error();
  const Result<Settings> settings = registry->settings.current();
  if (!settings.ok()) return settings.error();
  const bool given = read.value().timeout > Milliseconds::zero();
  const Milliseconds timeout = given ? read.value().timeout : settings.value().test_timeout;
  const uint64_t session_id = read.value().session_id;
  if (session_id != 0) return Prepared{session_id, {}, timeout};
  Result<ConnectSpec> spec = wsman::make_connect_spec(read.value(), settings.value(), password);
  if (!spec.ok()) return spec.error();
  return Prepared{0, std::move(spec.value()), timeout};
}

}  // namespace

extern "C" {

uint32_t wsman_abi_version(void) { return WSMAN_ABI_VERSION; }

wsman_status wsman_registry_new(char** out, wsman_registry** registry, const char* settings_path) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    *registry = nullptr;
    *registry = new wsman_registry(settings_path != nullptr ? settings_path : "");
    return std::string("{}");
  });
}

void wsman_registry_free(wsman_registry* registry) {
  if (registry == nullptr) return;
  char* document = nullptr;
  (void)wsman_close_all(&document, registry, 0, 0);
  wsman_string_free(document);
  delete registry;
}

wsman_status wsman_connect(char** out, wsman_registry* registry, uint64_t operation_id,
                           const char* request, const void* password, size_t password_length) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr || request == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    Result<Prepared> prepared = prepare(registry, request, octets(password, password_length));
    if (!prepared.ok()) return prepared.error();
    if (prepared.value().session_id != 0) {
      return Error{ErrorCode::invalid_argument, "\"sessionId\" has no place here.", 0, {}};
    }
    const Result<wsman::Connected> connected =
        registry->sessions.connect(std::move(prepared.value().spec), {operation.cancellation()});
    if (!connected.ok()) return connected.error();
    return wsman::write_connected(connected.value());
  });
}

wsman_status wsman_identify(char** out, wsman_registry* registry, uint64_t operation_id,
                            const char* request, const void* password, size_t password_length) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr || request == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    Result<Prepared> prepared = prepare(registry, request, octets(password, password_length));
    if (!prepared.ok()) return prepared.error();
    const Call call{operation.cancellation(), Clock::now() + prepared.value().timeout};
    const uint64_t session_id = prepared.value().session_id;
    const Result<wsman::Identity> identity =
        session_id != 0 ? registry->sessions.identify(session_id, call)
                        : registry->sessions.identify_once(std::move(prepared.value().spec), call);
    if (!identity.ok()) return identity.error();
    return wsman::write_identity(identity.value());
  });
}

wsman_status wsman_list(char** out, wsman_registry* registry) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    return wsman::write_list(registry->sessions.list());
  });
}

wsman_status wsman_state(char** out, wsman_registry* registry, uint64_t session_id) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    const Result<wsman::SessionView> view = registry->sessions.state(session_id);
    if (!view.ok()) return view.error();
    return wsman::write_state(view.value());
  });
}

wsman_status wsman_disconnect(char** out, wsman_registry* registry, uint64_t operation_id,
                              const char* computer, uint32_t timeout_ms) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr || computer == nullptr) return null_argument();
    if (timeout_ms > kMostTimeout)
      return Error{ErrorCode::invalid_argument, "A timeout is at most 600000 ms.", 0, {}};
    OperationTable::Operation operation(registry->operations, operation_id);
    const Result<wsman::TeardownReport> report =
        registry->sessions.disconnect(computer, Milliseconds(timeout_ms), operation.cancellation());
    if (!report.ok()) return report.error();
    return wsman::write_report(report.value());
  });
}

wsman_status wsman_close_all(char** out, wsman_registry* registry, uint64_t operation_id,
                             uint32_t timeout_ms) {
  return guarded(out, [&]() -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    if (timeout_ms > kMostTimeout)
      return Error{ErrorCode::invalid_argument, "A timeout is at most 600000 ms.", 0, {}};
    OperationTable::Operation operation(registry->operations, operation_id);
    const Result<Settings> settings = registry->settings.current();
    const Milliseconds otherwise =
        settings.ok() ? settings.value().exit_timeout : Settings{}.exit_timeout;
    const Milliseconds timeout = timeout_ms > 0 ? Milliseconds(timeout_ms) : otherwise;
    return wsman::write_closed(registry->sessions.close_all(timeout, operation.cancellation()));
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

}  // extern "C"
