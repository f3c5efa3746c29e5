#include "abi/connect_spec.h"

#include <algorithm>
#include <utility>

namespace wsman {
namespace {

constexpr uint32_t kUnencryptedHttpOnly = 0x803380D7;
constexpr Milliseconds kOperationTimeout{60000};  // What Windows asks for when nothing is given.

EndpointRequest endpoint_request(const ConnectRequest& request) {
  return {request.computer_name, request.port, request.application_name, request.use_ssl,
          request.connection_uri};
}

// Refuses what would otherwise be passed over in silence.
Status check_options(const ConnectRequest& request, const Endpoint& endpoint) {
  if (request.no_encryption && endpoint.tls) {
    return Error{
        ErrorCode::invalid_argument,
        with_code("-NoEncryption is for http only; over https TLS encrypts", kUnencryptedHttpOnly) +
            ". Leave it out.",
        kUnencryptedHttpOnly,
        {}};
  }
  return Done{};
}

Milliseconds operation_timeout_for(const ConnectRequest& request) {
  const bool given = request.operation_timeout > Milliseconds::zero();
  return given ? request.operation_timeout : kOperationTimeout;
}

Manner manner_for(const ConnectRequest& request, const Settings& settings) {
  Manner manner;
  manner.encoding = request.use_utf16 ? TextEncoding::utf16 : TextEncoding::utf8;
  manner.max_envelope_octets = settings.max_envelope_size_kb * 1024;
  manner.operation_timeout = operation_timeout_for(request);
  if (!request.locale.empty()) manner.locale = request.locale;
  if (!request.data_locale.empty()) manner.data_locale = request.data_locale;
  return manner;
}

Timeouts timeouts_for(const ConnectRequest& request, const Settings& settings) {
  Timeouts timeouts;
  timeouts.receive = operation_timeout_for(request) + settings.network_delay;
  return timeouts;
}

Milliseconds teardown_timeout_for(const ConnectRequest& request, const Settings& settings) {
  const bool given = request.operation_timeout > Milliseconds::zero();
  return given ? std::min(settings.teardown_timeout, request.operation_timeout)
               : settings.teardown_timeout;
}

ClientCertificate certificate_for(const ConnectRequest& request, const Settings& settings,
                                  const CallerSecrets& secrets) {
  if (request.authentication != AuthenticationKind::client_certificate) return {};
  ClientCertificate certificate;
  certificate.chain = request.certificates;
  certificate.private_key.append(secrets.private_key);
  if (request.certificates.empty()) certificate.file = settings.client_certificate_file;
  return certificate;
}

std::optional<ProxyOptions> proxy_for(const ConnectRequest& request, const CallerSecrets& secrets) {
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

Result<ConnectSpec> make_connect_spec(const ConnectRequest& request, const Settings& settings,
                                      const CallerSecrets& secrets) {
  const EndpointDefaults defaults{settings.http_port, settings.https_port, settings.url_prefix};
  Result<Endpoint> endpoint = make_endpoint(endpoint_request(request), defaults);
  if (!endpoint.ok()) return endpoint.error();
  const Status checked = check_options(request, endpoint.value());
  if (!checked.ok()) return checked.error();
  ConnectSpec spec;
  spec.computer_name =
      request.computer_name.empty() ? endpoint.value().host : request.computer_name;
  spec.manner = manner_for(request, settings);
  spec.teardown_timeout = teardown_timeout_for(request, settings);
  spec.transport.endpoint = std::move(endpoint.value());
  spec.transport.authentication = request.authentication;
  spec.transport.credential.given = request.user_name.has_value();
  spec.transport.credential.user_name = request.user_name.value_or("");
  spec.transport.credential.password.append(secrets.password);
  spec.transport.certificate = certificate_for(request, settings, secrets);
  spec.transport.proxy = proxy_for(request, secrets);
  spec.transport.timeouts = timeouts_for(request, settings);
  spec.transport.checks = {request.skip_ca_check, request.skip_cn_check,
                           request.skip_revocation_check};
  spec.transport.no_encryption = request.no_encryption;
  spec.transport.spn_port = request.spn_port;
  spec.transport.trusted_ca_path = settings.trusted_ca_path;
  spec.transport.max_body_octets = settings.max_envelope_size_kb * 2 * 1024;
  return spec;
}

Result<Place> make_place(const ConnectRequest& request, const Settings& settings,
                         const CallerSecrets& secrets) {
  if (request.session_id != 0) return Place{request.session_id, std::nullopt};
  Result<ConnectSpec> spec = make_connect_spec(request, settings, secrets);
  if (!spec.ok()) return spec.error();
  return Place{0, std::move(spec.value())};
}

AuthenticationPolicy policy_from(const Settings& settings) {
  AuthenticationPolicy policy;
  policy.allow_unencrypted = settings.allow_unencrypted;
  policy.allow_basic = settings.auth_basic;
  policy.allow_digest = settings.auth_digest;
  policy.allow_kerberos = settings.auth_kerberos;
  policy.allow_negotiate = settings.auth_negotiate;
  policy.allow_certificate = settings.auth_certificate;
  policy.allow_credssp = settings.auth_credssp;
  policy.trusted_hosts = settings.trusted_hosts;
  policy.fresh_credentials = settings.allow_fresh_credentials;
  policy.credssp_minimum_version = settings.credssp_minimum_version;
  return policy;
}

Milliseconds test_timeout_for(const ConnectRequest& request, const Settings& settings) {
  return request.timeout > Milliseconds::zero() ? request.timeout : settings.test_timeout;
}

}  // namespace wsman
