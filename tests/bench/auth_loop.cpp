// One authenticated transport: how long the first request takes with all that comes before it, and
// how many a second follow.
//
// usage: wsman-bench-auth MECHANISM URL CA-FILE USER PASSWORD REQUEST COUNT
//   MECHANISM  none, basic, negotiate, kerberos; "bare-" before it: without encryption
//   USER       - for none: the user's ticket
//   REQUEST    identify, or page: an enumeration of about a megabyte in one answer
// Prints "first MS rate N bytes N", the bytes of one answer.
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>

#include "transport/http_transport.h"

namespace wsman {
namespace {

constexpr std::size_t kMostBytes = 8000000;
constexpr const char* kPageRows = "1200";

const std::string kIdentify =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
    "<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>";

const std::string kPage =
    std::string(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
        "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
        "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Header>"
        "<a:To>http://localhost/wsman</a:To><w:ResourceURI s:mustUnderstand=\"true\">"
        "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Loopback_Row</w:ResourceURI>"
        "<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
        "</a:Address></a:ReplyTo><a:Action s:mustUnderstand=\"true\">"
        "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate</a:Action>"
        "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">4000000</w:MaxEnvelopeSize>"
        "<a:MessageID>uuid:6f6d2ac0-0e1c-4a43-a3d5-3f8c3b1a9a01</a:MessageID></s:Header><s:Body>"
        "<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>") +
    kPageRows + "</w:MaxElements></n:Enumerate></s:Body></s:Envelope>";

std::unique_ptr<Transport> make(char** words) {
  const std::map<std::string, AuthenticationKind> kinds = {
      {"none", AuthenticationKind::none},
      {"basic", AuthenticationKind::basic},
      {"negotiate", AuthenticationKind::negotiate},
      {"kerberos", AuthenticationKind::kerberos}};
  std::string mechanism = words[1];
  TransportOptions options;
  options.no_encryption = mechanism.starts_with("bare-");
  if (options.no_encryption) mechanism.erase(0, 5);
  options.authentication = kinds.at(mechanism);
  Result<Endpoint> endpoint = make_endpoint({"", 0, "", false, words[2]}, {});
  if (!endpoint.ok()) throw std::runtime_error(endpoint.error().message);
  options.endpoint = endpoint.value();
  options.trusted_ca_path = words[3];
  options.credential.given = std::string(words[4]) != "-";
  if (options.credential.given) {
    options.credential.user_name = words[4];
    options.credential.password.append(words[5]);
  }
  options.max_body_bytes = kMostBytes;
  authentication::Policy policy;
  policy.allow_unencrypted = true;
  policy.trusted_hosts = {"*"};
  auto made = make_http_transport(std::move(options), policy, net::system_lookup);
  if (!made.ok()) throw std::runtime_error(made.error().message);
  return std::move(made.value());
}

std::size_t ask(Transport& transport, const std::string& envelope, bool anonymous) {
  Cancellation cancellation;
  HttpRequest request{"application/soap+xml;charset=UTF-8", envelope};
  request.anonymous_identify = anonymous;
  const auto response = transport.exchange(request, {cancellation});
  if (!response.ok()) throw std::runtime_error(response.error().message);
  if (response.value().status != 200) throw std::runtime_error(response.value().body);
  return response.value().body.size();
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void run(char** words) {
  const std::string& envelope = std::string(words[6]) == "page" ? kPage : kIdentify;
  const int count = std::stoi(words[7]);
  // What a process does once is not part of it.
  const bool anonymous = std::string(words[1]) == "none";
  (void)ask(*make(words), envelope, anonymous);
  const auto transport = make(words);
  const Clock::time_point start = Clock::now();
  const std::size_t bytes = ask(*transport, envelope, anonymous);
  const double first = seconds_since(start);
  const Clock::time_point rest = Clock::now();
  for (int i = 0; i < count; ++i) (void)ask(*transport, envelope, anonymous);
  std::printf("first %.2f rate %.1f bytes %zu\n", first * 1000, count / seconds_since(rest), bytes);
}

}  // namespace
}  // namespace wsman

int main(int argc, char** argv) {
  try {
    if (argc != 8) throw std::runtime_error("seven arguments are expected");
    wsman::run(argv);
    return 0;
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "wsman-bench-auth: %s\n", error.what());
    return 1;
  }
}
