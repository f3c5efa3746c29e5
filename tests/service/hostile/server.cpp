#include "hostile/server.h"

#include <memory>
#include <utility>

#include "hostile/control.h"
#include "json.h"
#include "net/channel.h"
#include "net/connection.h"
#include "net/listener.h"

namespace wsman::hostile {

using boost::asio::ip::tcp;

Server::Server(boost::asio::io_context& io, const Options& options)
    : io_(io),
      address_(options.address),
      authority_(service::load_or_make_authority(options.ca_directory)),
      contexts_(authority_, options.only_tls_12),
      full_queue_(io, options.address) {
  ports_["full-queue"] = full_queue_.port();
  serve_all();
  serve_control();
}

void Server::serve_all() {
  const auto over_tls = [this](const std::string& name) {
    return [&context = contexts_.by_name().at(name)](tcp::socket socket) {
      return make_tls_stream(std::move(socket), context);
    };
  };
  const auto read_requests = [](Visit& visit) { visit.open({}); };
  serve("plain", make_plain_stream, read_requests);
  for (const auto& entry : contexts_.by_name()) {
    serve(entry.first, over_tls(entry.first), read_requests);
  }
  for (const auto& [name, script] : catalogue_.at_accept()) {
    serve(name, make_plain_stream, [&script = script](Visit& visit) { visit.start(script); });
  }
  for (const auto& [name, script] : catalogue_.after_handshake()) {
    serve(name, over_tls("tls"), [&script = script](Visit& visit) { visit.open(script); });
  }
}

void Server::serve(const std::string& name, const MakeStream& make_stream, const Begin& begin) {
  tcp::acceptor acceptor = std::move(service::bind_all(io_, {address_}, 0).front());
  ports_[name] = acceptor.local_endpoint().port();
  const auto accepted = [this, name, make_stream, begin](tcp::socket socket) {
    begin(*std::make_shared<Visit>(make_stream(std::move(socket)), name, catalogue_, tally_));
  };
  std::make_shared<service::Listener>(std::move(acceptor), accepted)->start();
}

void Server::serve_control() {
  add_control(control_, *tally_);
  tcp::acceptor acceptor = std::move(service::bind_all(io_, {"127.0.0.1"}, 0).front());
  control_port_ = acceptor.local_endpoint().port();
  const service::Entrance entrance{"127.0.0.1", control_port_, false};
  std::make_shared<service::Listener>(std::move(acceptor), [this, entrance](tcp::socket socket) {
    std::make_shared<service::Connection>(service::make_plain_channel(std::move(socket)), entrance,
                                          control_, unnoticed_)
        ->start();
  })->start();
}

std::string Server::ready_line() const {
  service::JsonObject ports;
  for (const auto& [name, port] : ports_) ports.number(name, port);
  service::JsonObject line;
  line.number("control", control_port_)
      .text("caFile", authority_.ca_file.string())
      .text("listFile", contexts_.list_file());
  return line.object("ports", ports).str();
}

}  // namespace wsman::hostile
