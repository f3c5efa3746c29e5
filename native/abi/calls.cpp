#include "abi/calls.h"

#include <memory>
#include <utility>

#include "abi/documents/json.h"
#include "abi/documents/requests.h"
#include "abi/documents/settings_json.h"
#include "protocol/xml/encoding.h"

namespace wsman::abi {
namespace {

constexpr size_t kMostSecrets = 256;

// Takes the inputs of a request beside its document. They are copied: the memory is the caller's,
// and the call may go on in the background.
Status take_input(operation::Content& content, const wsman_input& input) {
  // The bytes of a body cross apart from JSON, which would escape and copy them.
  content.document = bytes(input.body, input.body_length);
  // UTF-8 is all that callers give, with or without a mark, whatever the declaration says: a host's
  // text may come from a file in another encoding. All that read the body read the same.
  (void)xml::make_utf8(content.document, "UTF-8");
  // What is left of nothing but a mark or a NUL is not the same as no body.
  if (input.body_length > 0 && content.document.empty())
    return make_error(ErrorCode::invalid_argument, "The body is not well-formed XML");
  if (input.secret_count > kMostSecrets || (input.secrets == nullptr && input.secret_count > 0)) {
    return make_error(ErrorCode::invalid_argument,
                      "A request has at most " + std::to_string(kMostSecrets) + " secrets");
  }
  for (size_t i = 0; i < input.secret_count; ++i) {
    const wsman_secret& secret = input.secrets[i];
    if (secret.placeholder == nullptr || !xml::is_placeholder(secret.placeholder)) {
      return make_error(
          ErrorCode::invalid_argument,
          "The placeholder of a secret must be 16 to 100 letters, digits and hyphens");
    }
    content.secrets.push_back(
        {secret.placeholder, std::make_shared<const Secret>(bytes(secret.bytes, secret.length))});
  }
  return Done{};
}

Result<std::string> written(const Result<Settings>& settings) {
  if (!settings.ok()) return settings.error();
  return write_settings(settings.value());
}

}  // namespace

Result<std::string> connect(Entry& entry, uint64_t& session_id, const char* request,
                            const wsman_credentials* credentials) {
  const Result<ConnectRequest> read = read_connect_request(request);
  if (!read.ok()) return read.error();
  // As soon as it is known, so that a failure of any later step has its trace too.
  entry.listen(read.value().trace);
  Result<session::SessionReference> reference = entry.reference(read.value(), credentials);
  if (!reference.ok()) return reference.error();
  const Result<session::Connected> connected =
      entry.client().connect(std::move(*reference.value().own), entry.call());
  if (!connected.ok()) return connected.error();
  session_id = connected.value().view.info.id;
  return write_connected(connected.value(), entry.lines());
}

Result<std::string> identify(Entry& entry, wsman_bytes*& answer, const char* request,
                             const wsman_credentials* credentials) {
  const Result<ConnectRequest> read = read_identify_request(request);
  if (!read.ok()) return read.error();
  entry.listen(read.value().trace);
  const Result<Settings>& settings = entry.settings();
  if (!settings.ok()) return settings.error();
  // One bound for the whole call, connecting included: Identify is asked to find out whether a
  // computer answers.
  const Call call = test_call(entry.call(), read.value(), settings.value());
  Result<session::SessionReference> reference = entry.reference(read.value(), credentials);
  if (!reference.ok()) return reference.error();
  Result<operation::IdentifyDocument> answered =
      entry.client().identify(std::move(reference.value()), call);
  if (!answered.ok()) return answered.error();
  answer = new OwnedBytes(std::move(answered.value().xml));
  return write_identity(answered.value().identity, entry.lines());
}

Result<Document> perform(Entry& entry, wsman_bytes*& answer, const char* request,
                         const wsman_input& input) {
  Result<ResourceRequest> read = read_operation_request(request);
  if (!read.ok()) return read.error();
  ResourceRequest& asked = read.value();
  entry.listen(asked.trace);
  Result<message::Target> target = take_target(asked);
  if (!target.ok()) return target.error();
  Result<session::SessionReference> reference =
      entry.reference(asked.connection, input.credentials);
  if (!reference.ok()) return reference.error();
  const Status taken = take_input(asked.content, input);
  if (!taken.ok()) return taken.error();
  const session::Operation what{asked.operation, std::move(target.value()), std::move(asked.action),
                                std::move(asked.content)};
  auto owned = std::make_unique<OwnedBytes>();
  Document document;
  const auto get_ready = [&]() -> Status {
    document = copy_of(write_answered(entry.lines()));
    if (!document) return out_of_memory(Outcome::unknown);
    return Done{};
  };
  Result<std::string> answered =
      entry.client().perform(std::move(reference.value()), what, entry.call(), get_ready);
  if (!answered.ok()) return answered.error();
  // Takes no memory: what the answer names is the caller's by now.
  owned->hold(std::move(answered.value()));
  answer = owned.release();
  return document;
}

Result<std::string> open_enumeration(Entry& entry, uint64_t& enumeration_id, wsman_bytes*& page,
                                     const char* request, const wsman_credentials* credentials) {
  Result<ResourceRequest> read = read_enumerate_request(request);
  if (!read.ok()) return read.error();
  entry.listen(read.value().trace);
  Result<message::Target> target = take_target(read.value());
  if (!target.ok()) return target.error();
  Result<session::SessionReference> reference =
      entry.reference(read.value().connection, credentials);
  if (!reference.ok()) return reference.error();
  Result<session::FirstPage> first = entry.client().open_enumeration(
      std::move(reference.value()),
      {std::move(target.value()), std::move(read.value().query), read.value().trace}, entry.call());
  if (!first.ok()) return first.error();
  enumeration_id = first.value().enumeration_id;
  const std::string document =
      write_page(first.value().enumeration_id, first.value().page, entry.lines());
  // After the document, which reads the page: its bytes are moved here, not copied.
  page = new OwnedBytes(std::move(first.value().page.bytes));
  return document;
}

Result<std::string> next_page(Entry& entry, wsman_bytes*& page, uint64_t enumeration_id) {
  const auto enumeration = entry.client().enumeration(enumeration_id);
  if (!enumeration.ok()) return enumeration.error();
  entry.listen(enumeration.value()->trace());
  Result<operation::Page> next = entry.client().next_page(enumeration_id, entry.call());
  if (!next.ok()) return next.error();
  const std::string document = write_page(enumeration_id, next.value(), entry.lines());
  page = new OwnedBytes(std::move(next.value().bytes));
  return document;
}

Result<std::string> close_enumeration(Entry& entry, uint64_t enumeration_id, uint32_t timeout_ms) {
  const auto enumeration = entry.client().enumeration(enumeration_id);
  // An enumeration that is over already is no error here, and has nothing to say.
  if (enumeration.ok()) entry.listen(enumeration.value()->trace());
  const Result<bool> released =
      entry.client().close_enumeration(enumeration_id, Milliseconds(timeout_ms), entry.call());
  if (!released.ok()) return released.error();
  return write_released(released.value(), entry.lines());
}

Result<std::string> disconnect(Entry& entry, const char* computer, uint32_t timeout_ms) {
  const Result<session::TeardownReport> report =
      entry.client().disconnect(computer, Milliseconds(timeout_ms), entry.cancellation());
  if (!report.ok()) return report.error();
  return write_report(report.value());
}

Result<std::string> close(Entry& entry, const std::vector<uint64_t>& session_ids,
                          uint32_t timeout_ms) {
  const Result<std::vector<session::TeardownReport>> reports =
      entry.client().close(session_ids, Milliseconds(timeout_ms), entry.cancellation());
  if (!reports.ok()) return reports.error();
  return write_closed(reports.value());
}

Milliseconds exit_bound(const wsman_registry& registry, uint32_t timeout_ms) noexcept {
  return timeout_ms > 0 ? Milliseconds(timeout_ms) : registry.settings.exit_timeout();
}

Result<std::string> close_all(wsman_registry& registry, uint32_t timeout_ms,
                              Cancellation& cancellation) {
  return write_closed(registry.client.close_all(exit_bound(registry, timeout_ms), cancellation));
}

Result<std::string> state(wsman_registry& registry, uint64_t session_id) {
  const Result<session::SessionView> view = registry.client.state(session_id);
  if (!view.ok()) return view.error();
  return write_state(view.value());
}

Result<std::string> settings(wsman_registry& registry) {
  return written(registry.settings.current());
}

Result<std::string> change_settings(wsman_registry& registry, const char* request) {
  if (request == nullptr) return null_argument();
  const Result<std::vector<SettingChange>> changes = read_setting_changes(request);
  if (!changes.ok()) return changes.error();
  return written(registry.settings.set(changes.value()));
}

}  // namespace wsman::abi
