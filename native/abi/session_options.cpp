#include "abi/session_options.h"

#include <algorithm>
#include <utility>

#include "base/codes.h"
#include "transport/authentication/trusted_hosts.h"

namespace wsman::abi {
namespace {

EndpointRequest endpoint_request(const ConnectRequest& request) {
  return {request.computer_name, request.port,           request.application_name,
          request.use_ssl,       request.connection_uri, request.host};
}

// Refuses options that would have no effect: a user who asked for clear text must know that there
// is none.
Status check_options(const ConnectRequest& request, const Endpoint& endpoint) {
  if (request.switches.no_encryption && endpoint.tls) {
    return make_error(ErrorCode::invalid_argument, code::kClientUnencryptedHttpOnly,
                      "Encryption can be turned off for http only; over https TLS encrypts",
                      {AdviceKey::leave_out_no_encryption});
  }
  return Done{};
}

bool has_operation_timeout(const ConnectRequest& request) {
  return request.operation_timeout > Milliseconds::zero();
}

// A timeout that the user gives is obeyed, whatever the setting: it is the user's own too, so to
// refuse or to shorten what was asked for would protect nobody.
Milliseconds operation_timeout_for(const ConnectRequest& request, const Settings& settings) {
  return has_operation_timeout(request) ? request.operation_timeout : settings.max_timeout;
}

message::RequestHeaders headers_for(const ConnectRequest& request, const Settings& settings) {
  message::RequestHeaders headers;
  headers.encoding = request.use_utf16 ? xml::TextEncoding::utf16 : xml::TextEncoding::utf8;
  // The unit of MaxEnvelopeSizekb is 1024 bytes, as on Windows.
  headers.max_envelope_bytes = settings.max_envelope_size_kb * 1024;
  headers.operation_timeout = operation_timeout_for(request, settings);
  if (!request.locale.empty()) headers.locale = request.locale;
  if (!request.data_locale.empty()) headers.data_locale = request.data_locale;
  return headers;
}

// A server keeps the envelope of an answer below the MaxEnvelopeSize of the request [DSP0226 6.2].
// The body may be larger by the frame of an encrypted message, and twice as large in UTF-16 from a
// server that counts characters. What is above that is not read, so that no answer fills memory.
size_t max_body_bytes_for(const Settings& settings) {
  return settings.max_envelope_size_kb * 1024 * 2;
}

Timeouts timeouts_for(const ConnectRequest& request, const Settings& settings) {
  Timeouts timeouts;
  timeouts.reach = settings.connect_timeout;
  // The server answers TimedOut itself when the operation timeout ends; the fault needs time to
  // arrive, as NetworkDelayms gives it on Windows.
  timeouts.receive = operation_timeout_for(request, settings) + settings.network_delay;
  if (!has_operation_timeout(request)) timeouts.receive_setting = kMaxTimeoutSetting;
  return timeouts;
}

// A user who allows an operation less time does not wait longer for the end of the session.
Milliseconds teardown_timeout_for(const ConnectRequest& request, const Settings& settings) {
  return has_operation_timeout(request)
             ? std::min(settings.teardown_timeout, request.operation_timeout)
             : settings.teardown_timeout;
}

ClientCertificate certificate_for(const ConnectRequest& request, const Settings& settings,
                                  const CallerSecrets& secrets) {
  // A certificate tells who the user is, so it is shown only where that was asked for.
  if (request.authentication != AuthenticationKind::client_certificate) return {};
  ClientCertificate certificate;
  certificate.chain = request.certificates;
  certificate.private_key.append(secrets.private_key);
  // A certificate of the request comes before that of the settings.
  if (request.certificates.empty()) certificate.file = settings.client_certificate_file;
  return certificate;
}

std::optional<ProxyOptions> proxy_for(const ConnectRequest& request, const CallerSecrets& secrets) {
  // The caller reads the variables of the environment: those that .NET has set are not seen by
  // getenv().
  if (!request.proxy) return std::nullopt;
  ProxyOptions proxy;
  proxy.authentication = request.proxy->authentication;
  proxy.address = request.proxy->address;
  proxy.bypass = request.proxy->bypass;
  proxy.credential.given = request.proxy->user_name.has_value();
  proxy.credential.user_name = request.proxy->user_name.value_or("");
  proxy.credential.password.append(secrets.proxy_password);
  return proxy;
}

}  // namespace

Result<session::SessionOptions> make_session_options(const ConnectRequest& request,
                                                     const Settings& settings,
                                                     const CallerSecrets& secrets) {
  const EndpointDefaults defaults{settings.http_port, settings.https_port, settings.url_prefix};
  Result<Endpoint> endpoint = make_endpoint(endpoint_request(request), defaults);
  if (!endpoint.ok()) return endpoint.error();
  const Status checked = check_options(request, endpoint.value());
  if (!checked.ok()) return checked.error();
  session::SessionOptions options;
  // A ConnectionURI has no name of its own, so its host is the name of the session.
  options.computer_name =
      request.computer_name.empty() ? endpoint.value().called() : request.computer_name;
  options.headers = headers_for(request, settings);
  options.max_batch_items = settings.max_batch_items;
  options.teardown_timeout = teardown_timeout_for(request, settings);
  options.transport.endpoint = std::move(endpoint.value());
  options.transport.authentication = request.authentication;
  // An empty name is not the same as none, which leaves the credential of the system.
  options.transport.credential.given = request.user_name.has_value();
  options.transport.credential.user_name = request.user_name.value_or("");
  options.transport.credential.password.append(secrets.password);
  options.transport.certificate = certificate_for(request, settings, secrets);
  options.transport.proxy = proxy_for(request, secrets);
  options.transport.timeouts = timeouts_for(request, settings);
  // One struct, so that a new switch needs no line here.
  static_cast<TransportSwitches&>(options.transport) = request.switches;
  options.transport.trusted_ca_path = settings.trusted_ca_path;
  options.transport.legacy_tls =
      authentication::is_trusted_host(settings.legacy_tls_hosts, options.transport.endpoint.host);
  options.transport.max_body_bytes = max_body_bytes_for(settings);
  return options;
}

Call test_call(const Call& call, const ConnectRequest& request, const Settings& settings) {
  const bool given = request.timeout > Milliseconds::zero();
  Call bounded = call;
  bounded.deadline = Clock::now() + (given ? request.timeout : settings.test_timeout);
  bounded.setting = given ? nullptr : kTestTimeoutSetting;
  return bounded;
}

}  // namespace wsman::abi
