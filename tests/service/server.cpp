#include "server.h"

#include <functional>
#include <memory>
#include <utility>

#include "control.h"
#include "json.h"
#include "misbehaviour.h"
#include "net/channel.h"
#include "net/connection.h"
#include "net/listener.h"
#include "tls/authority.h"
#include "tls/certificates.h"
#include "tls/channel_binding.h"

namespace wsman::service {
namespace {

using boost::asio::ip::tcp;

// Fills in what the peer is shown.
using MakeChannel = std::function<std::unique_ptr<Channel>(tcp::socket, Peer&)>;

std::unique_ptr<Channel> make_plain(tcp::socket socket, Peer&) {
  return make_plain_channel(std::move(socket));
}

// TLS as an old controller has it.
void use_old_tls(SSL_CTX* context, const std::string& version) {
  const int only = version == "1.0" ? TLS1_VERSION : TLS1_1_VERSION;
  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_min_proto_version(context, only);
  SSL_CTX_set_max_proto_version(context, only);
}

// Listens on one acceptor and turns what comes in into connections.
void listen(tcp::acceptor acceptor, bool secure, const Router& router, TrafficObserver& observer,
            const MakeChannel& make_channel) {
  const tcp::endpoint local = acceptor.local_endpoint();
  const Entrance entrance{local.address().to_string(), local.port(), secure};
  const auto listener = std::make_shared<Listener>(
      std::move(acceptor), [entrance, make_channel, &router, &observer](tcp::socket socket) {
        const auto peer = std::make_shared<Peer>();
        auto channel = make_channel(std::move(socket), *peer);
        std::make_shared<Connection>(std::move(channel), entrance, router, observer, peer)->start();
      });
  listener->start();
}

}  // namespace

Server::Server(boost::asio::io_context& io, const Options& options)
    : io_(io),
      counts_(options.all_addresses()),
      service_(Authenticator(options.user, options.password),
               Digest(options.digest, options.user, options.password),
               Gatekeeper(options.gss, counts_, [this] { guise_ = 1 - guise_; }), options.service,
               counts_, journal_) {
  add_service(router_, service_);
  add_misbehaviour(router_, options.addresses, gate_);
  add_control(control_router_, counts_, journal_, gate_, [this] { io_.stop(); });

  if (options.dies_unheard) {
    counts_.watch([this] {
      const bool dies = counts_.unheard_answers() > 0;
      if (dies) io_.stop();
      return dies;
    });
  }

  set_up_certificate(options);
  http_port_ = serve(options, false);
  https_port_ = serve(options, true);
  control_port_ = serve_control();
}

void Server::set_up_certificate(const Options& options) {
  const Authority authority = load_or_make_authority(options.ca_directory);
  ca_file_ = authority.ca_file.string();

  std::vector<std::string> names;
  for (const std::string& address : options.addresses) names.push_back("IP:" + address);
  for (const std::string& name : options.names) names.push_back("DNS:" + name);
  names.insert(names.end(), {"IP:127.0.0.1", "IP:::1", "DNS:localhost"});
  for (Guise& guise : guises_) {
    const Identity identity = issue_server_certificate(authority.identity, names);
    use_identity(guise.tls.native_handle(), identity);
    if (!options.tls_version.empty()) use_old_tls(guise.tls.native_handle(), options.tls_version);
    guise.channel_binding = server_end_point(identity.certificate.get());
  }
}

std::uint16_t Server::serve(const Options& options, bool secure) {
  const MakeChannel make_tls = [this](tcp::socket socket, Peer& peer) {
    peer.channel_binding = guises_.at(guise_).channel_binding;
    peer.foreign_binding = guises_.at(1 - guise_).channel_binding;
    return make_tls_channel(std::move(socket), guises_.at(guise_).tls);
  };
  auto acceptors =
      bind_all(io_, options.all_addresses(), secure ? options.https_port : options.http_port);
  const std::uint16_t port = acceptors.front().local_endpoint().port();
  for (tcp::acceptor& acceptor : acceptors) {
    listen(std::move(acceptor), secure, router_, counts_, secure ? make_tls : make_plain);
  }
  return port;
}

std::uint16_t Server::serve_control() {
  auto acceptors = bind_all(io_, {"127.0.0.1"}, 0);
  const std::uint16_t port = acceptors.front().local_endpoint().port();
  listen(std::move(acceptors.front()), false, control_router_, unnoticed_, make_plain);
  return port;
}

std::string Server::ready_line() const {
  JsonObject line;
  line.number("http", http_port_).number("https", https_port_).number("control", control_port_);
  return line.text("caFile", ca_file_).str();
}

}  // namespace wsman::service
