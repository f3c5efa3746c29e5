// The beginning of a call into the library: its arguments, unwrapped.
#ifndef WSMAN_ABI_ENTRY_H_
#define WSMAN_ABI_ENTRY_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "abi/border.h"
#include "abi/operation_table.h"
#include "abi/session_options.h"
#include "abi/settings/settings.h"
#include "base/call.h"
#include "session/client.h"
#include "transport/http_transport.h"
#include "wsman/wsman.h"

// The handle of a caller: the client settings, the running calls and the sessions.
struct wsman_registry {
  explicit wsman_registry(std::string settings_path)
      : settings(std::move(settings_path)),
        client([this](wsman::TransportOptions options) { return transport(std::move(options)); }) {}

  wsman::Result<std::unique_ptr<wsman::Transport>> transport(wsman::TransportOptions options) {
    const wsman::Result<wsman::abi::Settings> now = settings.current();
    if (!now.ok()) return now.error();
    // The settings as they are at this moment: a session keeps those that it was opened with.
    return wsman::make_http_transport(std::move(options), now.value(), wsman::net::system_lookup);
  }

  wsman::abi::SettingsFile settings;
  wsman::abi::OperationTable operations;
  wsman::session::Client client;
};

namespace wsman::abi {

constexpr uint32_t kMostTimeout = 600000;

// One call that can be stopped by its number, from beginning to end.
class Entry {
 public:
  Entry(wsman_registry& registry, uint64_t operation_id, Listener& listener)
      : registry_(registry), operation_(registry.operations, operation_id), listener_(listener) {}

  session::Client& client() { return registry_.client; }
  Cancellation& cancellation() { return operation_.cancellation(); }

  // As they are when the call first asks: it goes by one version of them.
  const Result<Settings>& settings() {
    if (!settings_) settings_.emplace(registry_.settings.current());
    return *settings_;
  }

  // Starts the trace that the caller asked for; lines() gives it.
  void listen(std::optional<Trace::Level> level) { listener_.listen(level); }
  TraceLines lines() { return listener_.lines(); }

  // The deadline, the stop signal and the trace that the rooms below obey.
  Call call(Clock::time_point deadline = Clock::time_point::max()) {
    return {operation_.cancellation(), deadline, listener_.trace()};
  }

  // The open session that a request names, or one to be opened with the secrets of the caller.
  Result<session::SessionReference> reference(const ConnectRequest& request,
                                              const wsman_credentials* credentials) {
    // It has its settings, its connection and its secrets already.
    if (request.session_id != 0) return session::SessionReference{request.session_id, std::nullopt};
    const Result<Settings>& now = settings();
    if (!now.ok()) return now.error();
    say(now.value().remarks);
    CallerSecrets secrets;
    if (credentials != nullptr) {
      secrets = {bytes(credentials->password, credentials->password_length),
                 bytes(credentials->private_key, credentials->private_key_length),
                 bytes(credentials->proxy_password, credentials->proxy_password_length)};
    }
    Result<session::SessionOptions> options = make_session_options(request, now.value(), secrets);
    if (!options.ok()) return options.error();
    return session::SessionReference{0, std::move(options.value())};
  }

 private:
  void say(const std::vector<std::string>& remarks) {
    Trace* const trace = listener_.trace();
    if (trace == nullptr) return;
    for (const std::string& remark : remarks) trace->verbose(remark);
  }

  wsman_registry& registry_;
  OperationTable::Operation operation_;
  Listener& listener_;
  std::optional<Result<Settings>> settings_;
};

// Refuses a call that has no place for the bytes that it would give.
inline wsman_status refuse_null(char** out) noexcept {
  return guarded(out, [](Listener&) -> Result<std::string> { return null_argument(); });
}

// Runs `work`, which takes an Entry and returns a Result of the document, unless one of the
// `required` pointers is NULL.
template <typename Work>
wsman_status enter(char** out, wsman_registry* registry, uint64_t operation_id,
                   std::initializer_list<const void*> required, Work work) noexcept {
  return guarded(out, [&](Listener& listener) -> std::invoke_result_t<Work, Entry&> {
    if (registry == nullptr) return null_argument();
    for (const void* pointer : required) {
      if (pointer == nullptr) return null_argument();
    }
    // From here on the call can be stopped by its number.
    Entry entry(*registry, operation_id, listener);
    return work(entry);
  });
}

// The same for a call whose timeout the caller gives.
template <typename Work>
wsman_status enter_within(char** out, wsman_registry* registry, uint64_t operation_id,
                          uint32_t timeout_ms, std::initializer_list<const void*> required,
                          Work work) noexcept {
  return enter(out, registry, operation_id, required, [&](Entry& entry) -> Result<std::string> {
    if (timeout_ms <= kMostTimeout) return work(entry);
    return make_error(ErrorCode::invalid_argument, "A timeout is at most 600000 ms");
  });
}

// The same for a call that never waits, and so needs no number: `work` takes the registry.
template <typename Work>
wsman_status look(char** out, wsman_registry* registry, Work work) noexcept {
  return guarded(out, [&](Listener&) -> Result<std::string> {
    if (registry == nullptr) return null_argument();
    return work(*registry);
  });
}

}  // namespace wsman::abi

#endif  // WSMAN_ABI_ENTRY_H_
