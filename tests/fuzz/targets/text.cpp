// Text that people type or read: the name of a computer, and what a server wrote.
#include "base/text.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "support/steering.h"
#include "transport/authentication/trusted_hosts.h"
#include "transport/endpoint.h"
#include "transport/tls/openssl.h"
#include "transport/tls/trust_store.h"
#include "transport/tls/verification.h"

namespace wsman::fuzz {
namespace {

// The name that TLS verifies, as it was told.
std::string verified_name(const Endpoint& endpoint) {
  static SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  const tls::Ssl ssl(SSL_new(context));
  const CertificateChecks checks{.skip_revocation = true};
  tls::Verification verification(checks, tls::Trust{});
  if (!verification.begin(ssl.get(), endpoint).ok()) return {};
  const tls::Owned<X509_VERIFY_PARAM, X509_VERIFY_PARAM_free> expected(X509_VERIFY_PARAM_new());
  demand(verification.expect(expected.get()), "No memory for a name");
  const char* name = X509_VERIFY_PARAM_get0_host(expected.get(), 0);
  if (name != nullptr) return name;
  char* const address = X509_VERIFY_PARAM_get1_ip_asc(expected.get());
  std::string text = address == nullptr ? "" : address;
  OPENSSL_free(address);
  return text;
}

std::string without_root_dot(std::string name) {
  if (name.size() > 1 && name.back() == '.') name.pop_back();
  return name;
}

// Of an address only the form may differ, and of an IPv6 one the zone.
void check_verified(const Endpoint& endpoint, std::string_view typed) {
  const std::string verified = verified_name(endpoint);
  if (verified.empty()) return;
  if (!is_address_literal(endpoint.host))
    return demand(verified == without_root_dot(std::string(typed)) && verified.front() != '.',
                  "Another name is verified, or all names below one");
  const std::string address = endpoint.host_for_tls();
  demand(std::string(typed).find(address) != std::string::npos, "Another address is verified");
  demand(address.find(':') != std::string::npos || verified == address, "Another address");
}

void check_name(std::string_view typed) {
  EndpointRequest request;
  request.computer_name = typed;
  request.use_tls = true;
  const auto endpoint = make_endpoint(request, {});
  if (!endpoint.ok()) return;
  const std::string& host = endpoint.value().host;
  demand(host == without_brackets(typed), "Another computer is meant than was typed");
  demand(
      std::none_of(host.begin(), host.end(), [](unsigned char c) { return c <= ' ' || c == 0x7F; }),
      "A name has a control character in it");
  check_verified(endpoint.value(), host);
  demand(authentication::is_trusted_host({endpoint.value().host_in_url()}, host),
         "A computer is not trusted under its own name");
  demand(!authentication::is_trusted_host({"x" + host}, host), "Another name is trusted");
  // The same computer by its URI.
  EndpointRequest by_uri;
  by_uri.connection_uri = endpoint.value().url();
  const auto again = make_endpoint(by_uri, {});
  demand(!again.ok() ||
             equal_without_case(again.value().host_for_tls(), endpoint.value().host_for_tls()),
         "A URI means another computer");
}

// A caller's host in ASCII for a name that has other letters: it is what is verified, whatever the
// name and the URI have around it.
void check_host(std::string_view host) {
  const std::string name = "m\xC3\xBCnchen.example";
  for (const std::string& uri : {std::string(), "https://" + name + ":5986/wsman"}) {
    EndpointRequest request;
    request.computer_name = name;
    request.use_tls = true;
    request.connection_uri = uri;
    request.host = host;
    const auto endpoint = make_endpoint(request, {});
    if (host.empty() || !endpoint.ok()) continue;
    demand(equal_without_case(endpoint.value().host, host), "Another host than was given");
    demand(endpoint.value().called() == name, "The name is not as it was typed");
    check_verified(endpoint.value(), endpoint.value().host);
  }
}

void check_shown(std::string_view text) {
  const std::string shown = for_people(text);
  const std::string lines = lines_for_people(text);
  demand(!testing::steers(shown), "A text steers a terminal");
  demand(!testing::steers(lines, "\n\t"), "Lines steer a terminal");
  demand(for_people(shown) == shown && lines_for_people(lines) == lines, "Shown twice it differs");
  demand(for_people(lines) == shown, "Lines and text are shown otherwise");
}

// A first line of "*a*b" is a pattern for the second.
void check_pattern(std::string_view input) {
  const size_t end = input.find('\n');
  if (end == std::string_view::npos) return;
  const std::string_view pattern = input.substr(0, end);
  const std::string_view text = input.substr(end + 1);
  const bool stars = pattern.find('*') != std::string_view::npos;
  demand(stars || authentication::matches_wildcard(pattern, text) ==
                      (pattern.size() == text.size() && equal_without_case(pattern, text)),
         "A pattern without a star is more than a name");
  demand(authentication::matches_wildcard(std::string(pattern) + "*", pattern),
         "A pattern does not match itself");
}

const Target text_target{"text", [](std::string_view input) {
                           check_name(input);
                           check_host(input);
                           check_shown(input);
                           check_pattern(input);
                         }};

}  // namespace
}  // namespace wsman::fuzz
