#include "service.h"

#include <stdlib.h>

#include <stdexcept>
#include <utility>

#include "realm.h"
#include "support/fetch.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

const std::string kIdentify =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
    "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";

}  // namespace

Service& Service::instance() {
  static Service service({});
  return service;
}

Service::Service(const std::vector<std::string>& options) {
  std::string name = (std::filesystem::temp_directory_path() / "wsman-auth-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  std::vector<std::string> command{WSMAN_SERVICE_PROGRAM,
                                   "--address",
                                   "127.0.0.1",
                                   "--user",
                                   kUser,
                                   "--password",
                                   password_of(kUser),
                                   "--ca-directory",
                                   folder_.string(),
                                   "--offer",
                                   "negotiate,kerberos,basic"};
  command.insert(command.end(), options.begin(), options.end());
  child_ = std::make_unique<Child>(command);
  const json ready = json::parse(child_->line());
  http_ = ready.at("http").get<std::uint16_t>();
  https_ = ready.at("https").get<std::uint16_t>();
  control_ = ready.at("control").get<std::uint16_t>();
  ca_file_ = ready.at("caFile").get<std::string>();
}

Service::~Service() {
  (void)stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

json Service::security() const { return json::parse(fetch(control_, "/counts")).at("security"); }

int Service::count(const std::string& what) const {
  return json::parse(fetch(control_, "/counts")).at(what).get<int>();
}

Asked ntlm(bool tls) {
  Asked asked;
  asked.tls = tls;
  asked.user = kNtlmUser;
  asked.password = password_of(kUser);
  return asked;
}

Client::Client(const Asked& asked, Service& service) {
  const std::uint16_t port = asked.port != 0 ? asked.port : service.port(asked.tls);
  options_.endpoint = {asked.tls, asked.host, port, asked.path};
  options_.authentication = asked.kind;
  options_.credential.given = !asked.user.empty();
  options_.credential.user_name = asked.user;
  options_.credential.password.append(asked.password);
  options_.trusted_ca_path = service.ca_file();
  options_.no_encryption = asked.no_encryption;
  options_.spn_port = asked.spn_port;
  options_.timeouts.receive = patience();
  options_.max_body_octets = 4000000;
  AuthenticationPolicy policy;
  policy.trusted_hosts = asked.trusted_hosts;
  policy.allow_unencrypted = asked.no_encryption || asked.allow_unencrypted;
  policy.allow_credssp = !asked.fresh_credentials.empty();
  policy.fresh_credentials = asked.fresh_credentials;
  policy.credssp_minimum_version = asked.credssp_minimum_version;
  auto made = make_http_transport(std::move(options_), policy, system_lookup);
  if (made.ok()) {
    transport_ = std::move(made.value());
  } else {
    made_ = made.error();
  }
}

Result<HttpResponse> Client::identify(bool idempotent) {
  return identify({cancellation_, Clock::now() + patience(), &trace_}, idempotent);
}

Result<HttpResponse> Client::identify(const Call& call, bool idempotent) {
  if (!made_.ok()) return made_.error();
  HttpRequest request{"application/soap+xml;charset=UTF-8", kIdentify};
  request.idempotent = idempotent;
  return transport_->exchange(request, call);
}

Result<HttpResponse> Client::ask(const HttpRequest& request) {
  if (!made_.ok()) return made_.error();
  return transport_->exchange(request, {cancellation_, Clock::now() + patience(), &trace_});
}

std::string Client::said() {
  std::string text;
  for (const Trace::Line& line : trace_.take()) text += line.text + "\n";
  return text;
}

CloseOutcome Client::close() {
  return transport_->close({cancellation_, Clock::now() + patience()});
}

Result<HttpResponse> ask_repeatedly(Client& client) {
  Result<HttpResponse> response = client.identify();
  for (int i = 0; i < 3 && is_identity(response); ++i) response = client.identify();
  return response;
}

}  // namespace wsman::testing
