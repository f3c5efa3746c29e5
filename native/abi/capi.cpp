// The border: unwrap, call, wrap. The only extern "C".
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "abi/border.h"
#include "abi/connect_spec.h"
#include "abi/json.h"
#include "abi/operation_table.h"
#include "abi/requests.h"
#include "abi/settings.h"
#include "abi/settings_json.h"
#include "session/registry.h"
#include "transport/http_transport.h"
#include "wsman/wsman.h"

using wsman::Call;
using wsman::CallerSecrets;
using wsman::Clock;
using wsman::ConnectRequest;
using wsman::Content;
using wsman::Error;
using wsman::ErrorCode;
using wsman::guarded;
using wsman::Listener;
using wsman::Milliseconds;
using wsman::null_argument;
using wsman::octets;
using wsman::OperationTable;
using wsman::OwnedOctets;
using wsman::Place;
using wsman::ResourceRequest;
using wsman::Result;
using wsman::Settings;
using wsman::Status;
using wsman::Target;

struct wsman_registry {
  explicit wsman_registry(std::string settings_path)
      : settings(std::move(settings_path)), sessions([this](wsman::TransportOptions options) {
          return transport(std::move(options));
        }) {}

  Result<std::unique_ptr<wsman::Transport>> transport(wsman::TransportOptions options) {
    const Result<Settings> now = settings.current();
    if (!now.ok()) return now.error();
    return wsman::make_http_transport(std::move(options), wsman::policy_from(now.value()),
                                      wsman::system_lookup);
  }

  wsman::SettingsFile settings;
  OperationTable operations;
  wsman::Registry sessions;
};

namespace {

constexpr uint32_t kMostTimeout = 600000;
constexpr size_t kMostSecrets = 16;

Error bad_timeout() {
  return {ErrorCode::invalid_argument, "A timeout is at most 600000 ms.", 0, {}};
}

CallerSecrets secrets_of(const wsman_credentials* given) {
  if (given == nullptr) return {};
  return {octets(given->password, given->password_length),
          octets(given->private_key, given->private_key_length),
          octets(given->proxy_password, given->proxy_password_length)};
}

Result<Place> place_of(wsman_registry* registry, const ConnectRequest& request,
                       const wsman_credentials* credentials) {
  const Result<Settings> settings = registry->settings.current();
  if (!settings.ok()) return settings.error();
  return wsman::make_place(request, settings.value(), secrets_of(credentials));
}

Status take_secrets(Content& content, const wsman_secret* secrets, size_t count) {
  if (count > kMostSecrets || (secrets == nullptr && count > 0)) {
    return Error{ErrorCode::invalid_argument, "A request has at most 16 secrets.", 0, {}};
  }
  for (size_t i = 0; i < count; ++i) {
    const wsman_secret& secret = secrets[i];
    if (secret.placeholder == nullptr || !wsman::is_placeholder(secret.placeholder)) {
      return Error{ErrorCode::invalid_argument,
                   "The placeholder of a secret must be 16 to 100 letters, digits and hyphens.",
                   0,
                   {}};
    }
    content.secrets.push_back({secret.placeholder, std::make_shared<const wsman::Secret>(
                                                       octets(secret.octets, secret.length))});
  }
  return wsman::Done{};
}

}  // namespace

extern "C" {

uint32_t wsman_abi_version(void) { return WSMAN_ABI_VERSION; }

wsman_status wsman_registry_new(char** out, wsman_registry** registry, const char* settings_path) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
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
                           const char* request, const wsman_credentials* credentials) {
  return guarded(out, [&](Listener& listener) -> Result<std::string> {
    if (registry == nullptr || request == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    const Result<ConnectRequest> read = wsman::read_connect_request(request);
    if (!read.ok()) return read.error();
    listener.listen(read.value().trace);
    if (read.value().session_id != 0) {
      return Error{ErrorCode::invalid_argument, "\"sessionId\" has no place here.", 0, {}};
    }
    Result<Place> place = place_of(registry, read.value(), credentials);
    if (!place.ok()) return place.error();
    const Call call{operation.cancellation(), Clock::time_point::max(), listener.trace()};
    const Result<wsman::Connected> connected =
        registry->sessions.connect(std::move(*place.value().own), call);
    if (!connected.ok()) return connected.error();
    return wsman::write_connected(connected.value(), listener.lines());
  });
}

wsman_status wsman_identify(char** out, wsman_registry* registry, uint64_t operation_id,
                            const char* request, const wsman_credentials* credentials) {
  return guarded(out, [&](Listener& listener) -> Result<std::string> {
    if (registry == nullptr || request == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    const Result<ConnectRequest> read = wsman::read_connect_request(request);
    if (!read.ok()) return read.error();
    listener.listen(read.value().trace);
    const Result<Settings> settings = registry->settings.current();
    if (!settings.ok()) return settings.error();
    const Milliseconds timeout = wsman::test_timeout_for(read.value(), settings.value());
    Result<Place> place = place_of(registry, read.value(), credentials);
    if (!place.ok()) return place.error();
    const Call call{operation.cancellation(), Clock::now() + timeout, listener.trace()};
    const Result<wsman::Identity> identity =
        registry->sessions.identify(std::move(place.value()), call);
    if (!identity.ok()) return identity.error();
    return wsman::write_identity(identity.value(), listener.lines());
  });
}

wsman_status wsman_request(char** out, wsman_octets** answer, wsman_registry* registry,
                           uint64_t operation_id, const char* request,
                           const wsman_credentials* credentials, const void* input,
                           size_t input_length, const wsman_secret* secrets, size_t secret_count) {
  if (answer != nullptr) *answer = nullptr;
  return guarded(out, [&](Listener& listener) -> Result<std::string> {
    if (registry == nullptr || request == nullptr || answer == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    Result<ResourceRequest> read = wsman::read_operation_request(request);
    if (!read.ok()) return read.error();
    ResourceRequest& asked = read.value();
    listener.listen(asked.trace);
    Result<Target> target = wsman::take_target(asked);
    if (!target.ok()) return target.error();
    Result<Place> place = place_of(registry, asked.connection, credentials);
    if (!place.ok()) return place.error();
    asked.content.document = octets(input, input_length);
    const Status taken = take_secrets(asked.content, secrets, secret_count);
    if (!taken.ok()) return taken.error();
    const wsman::Operation what{asked.operation, std::move(target.value()), std::move(asked.action),
                                std::move(asked.content)};
    const Call call{operation.cancellation(), Clock::time_point::max(), listener.trace()};
    Result<std::string> answered = registry->sessions.perform(std::move(place.value()), what, call);
    if (!answered.ok()) return answered.error();
    *answer = new OwnedOctets(std::move(answered.value()));
    return wsman::write_answered(listener.lines());
  });
}

wsman_status wsman_enumerate_open(char** out, wsman_octets** page, wsman_registry* registry,
                                  uint64_t operation_id, const char* request,
                                  const wsman_credentials* credentials) {
  if (page != nullptr) *page = nullptr;
  return guarded(out, [&](Listener& listener) -> Result<std::string> {
    if (registry == nullptr || request == nullptr || page == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    Result<ResourceRequest> read = wsman::read_enumerate_request(request);
    if (!read.ok()) return read.error();
    listener.listen(read.value().trace);
    Result<Target> target = wsman::take_target(read.value());
    if (!target.ok()) return target.error();
    Result<Place> place = place_of(registry, read.value().connection, credentials);
    if (!place.ok()) return place.error();
    const Call call{operation.cancellation(), Clock::time_point::max(), listener.trace()};
    Result<wsman::FirstPage> first = registry->sessions.open_enumeration(
        std::move(place.value()),
        {std::move(target.value()), std::move(read.value().query), read.value().trace}, call);
    if (!first.ok()) return first.error();
    const std::string document =
        wsman::write_page(first.value().enumeration_id, first.value().page, listener.lines());
    *page = new OwnedOctets(std::move(first.value().page.octets));
    return document;
  });
}

wsman_status wsman_enumerate_next(char** out, wsman_octets** page, wsman_registry* registry,
                                  uint64_t operation_id, uint64_t enumeration_id) {
  if (page != nullptr) *page = nullptr;
  return guarded(out, [&](Listener& listener) -> Result<std::string> {
    if (registry == nullptr || page == nullptr) return null_argument();
    OperationTable::Operation operation(registry->operations, operation_id);
    const auto enumeration = registry->sessions.enumeration(enumeration_id);
    if (!enumeration.ok()) return enumeration.error();
    listener.listen(enumeration.value()->trace());
    const Call call{operation.cancellation(), Clock::time_point::max(), listener.trace()};
    Result<wsman::Page> next = registry->sessions.next_page(enumeration_id, call);
    if (!next.ok()) return next.error();
    const std::string document = wsman::write_page(enumeration_id, next.value(), listener.lines());
    *page = new OwnedOctets(std::move(next.value().octets));
    return document;
  });
}

wsman_status wsman_enumerate_close(char** out, wsman_registry* registry, uint64_t operation_id,
                                   uint64_t enumeration_id, uint32_t timeout_ms) {
  return guarded(out, [&](Listener& listener) -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    if (timeout_ms > kMostTimeout) return bad_timeout();
    OperationTable::Operation operation(registry->operations, operation_id);
    const auto enumeration = registry->sessions.enumeration(enumeration_id);
    if (enumeration.ok()) listener.listen(enumeration.value()->trace());
    const Call call{operation.cancellation(), Clock::time_point::max(), listener.trace()};
    const bool released =
        registry->sessions.close_enumeration(enumeration_id, Milliseconds(timeout_ms), call);
    return wsman::write_released(released, listener.lines());
  });
}

wsman_status wsman_list(char** out, wsman_registry* registry) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    return wsman::write_list(registry->sessions.list());
  });
}

wsman_status wsman_state(char** out, wsman_registry* registry, uint64_t session_id) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    const Result<wsman::SessionView> view = registry->sessions.state(session_id);
    if (!view.ok()) return view.error();
    return wsman::write_state(view.value());
  });
}

wsman_status wsman_disconnect(char** out, wsman_registry* registry, uint64_t operation_id,
                              const char* computer, uint32_t timeout_ms) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr || computer == nullptr) return null_argument();
    if (timeout_ms > kMostTimeout) return bad_timeout();
    OperationTable::Operation operation(registry->operations, operation_id);
    const Result<wsman::TeardownReport> report =
        registry->sessions.disconnect(computer, Milliseconds(timeout_ms), operation.cancellation());
    if (!report.ok()) return report.error();
    return wsman::write_report(report.value());
  });
}

wsman_status wsman_close_all(char** out, wsman_registry* registry, uint64_t operation_id,
                             uint32_t timeout_ms) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    if (timeout_ms > kMostTimeout) return bad_timeout();
    OperationTable::Operation operation(registry->operations, operation_id);
    const Result<Settings> settings = registry->settings.current();
    const Milliseconds otherwise =
        settings.ok() ? settings.value().exit_timeout : Settings{}.exit_timeout;
    const Milliseconds timeout = timeout_ms > 0 ? Milliseconds(timeout_ms) : otherwise;
    return wsman::write_closed(registry->sessions.close_all(timeout, operation.cancellation()));
  });
}

wsman_status wsman_settings_get(char** out, wsman_registry* registry) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    const Result<Settings> settings = registry->settings.current();
    if (!settings.ok()) return settings.error();
    return wsman::write_settings(settings.value());
  });
}

wsman_status wsman_settings_set(char** out, wsman_registry* registry, const char* request) {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr || request == nullptr) return null_argument();
    const Result<wsman::SettingChange> change = wsman::read_setting_change(request);
    if (!change.ok()) return change.error();
    const Result<Settings> settings = registry->settings.set(change.value());
    if (!settings.ok()) return settings.error();
    return wsman::write_settings(settings.value());
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

void wsman_octets_free(wsman_octets* octets) { delete static_cast<OwnedOctets*>(octets); }

}  // extern "C"
