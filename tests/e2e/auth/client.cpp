#include "auth/client.h"

#include <atomic>
#include <thread>
#include <utility>

#include "auth/realm.h"

namespace wsman::testing {
namespace {

const std::string kIdentify =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
    "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";

// What is asked for, after what everybody gets.
std::vector<std::string> with(const std::vector<std::string>& options) {
  std::vector<std::string> all{
      "--address",  "127.0.0.1",        "--user",  kUser,
      "--password", password_of(kUser), "--offer", "negotiate,kerberos,basic"};
  all.insert(all.end(), options.begin(), options.end());
  return all;
}

}  // namespace

Acceptor& Acceptor::instance() {
  static Acceptor service;
  return service;
}

Acceptor::Acceptor(const std::vector<std::string>& options) : Service(with(options)) {}

Asked ntlm(bool tls) {
  Asked asked;
  asked.tls = tls;
  asked.user = kNtlmUser;
  asked.password = password_of(kUser);
  return asked;
}

Client::Client(const Asked& asked, Acceptor& service) {
  const std::uint16_t port = asked.port != 0 ? asked.port : service.port(asked.tls);
  options_.endpoint = {asked.tls, asked.host, port, asked.path};
  options_.authentication = asked.kind;
  options_.credential.given = !asked.user.empty();
  options_.credential.user_name = asked.user;
  options_.credential.password.append(asked.password);
  options_.trusted_ca_path = service.ca_file();
  options_.no_encryption = asked.no_encryption;
  options_.spn_port = asked.spn_port;
  options_.timeouts.receive = kPatience;
  options_.timeouts.reach = asked.reach;
  options_.max_body_bytes = 4000000;
  authentication::Policy policy;
  policy.trusted_hosts = asked.trusted_hosts;
  policy.allow_unencrypted = asked.no_encryption || asked.allow_unencrypted;
  policy.allow_credssp = !asked.fresh_credentials.empty();
  policy.fresh_credentials = asked.fresh_credentials;
  policy.credssp_minimum_version = asked.credssp_minimum_version;
  auto made = make_http_transport(std::move(options_), policy, net::system_lookup);
  if (made.ok()) {
    transport_ = std::move(made.value());
  } else {
    made_ = made.error();
  }
}

Result<HttpResponse> Client::identify(bool idempotent) {
  return identify({cancellation_, Clock::now() + kPatience, &trace_}, idempotent);
}

Result<HttpResponse> Client::identify(const Call& call, bool idempotent) {
  if (!made_.ok()) return made_.error();
  HttpRequest request{"application/soap+xml;charset=UTF-8", kIdentify};
  request.idempotent = idempotent;
  return transport_->exchange(request, call);
}

Result<HttpResponse> Client::ask(const HttpRequest& request) {
  if (!made_.ok()) return made_.error();
  return transport_->exchange(request, {cancellation_, Clock::now() + kPatience, &trace_});
}

std::string Client::said() {
  std::string text;
  for (const Trace::Line& line : trace_.take()) text += line.text + "\n";
  return text;
}

CloseOutcome Client::close() {
  return transport_->close({cancellation_, Clock::now() + kPatience});
}

Result<HttpResponse> ask_repeatedly(Client& client) {
  Result<HttpResponse> response = client.identify();
  for (int i = 0; i < 3 && is_identity(response); ++i) response = client.identify();
  return response;
}

int identified_at_once(Client& client, int each) {
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < each; ++n) answered += is_identity(client.identify()) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return answered.load();
}

}  // namespace wsman::testing
