#include "hostile/server.h"

#include <memory>
#include <utility>

#include "hostile/control.h"
#include "hostile/visit.h"
#include "json.h"
#include "net/channel.h"
#include "net/connection.h"
#include "net/listener.h"

namespace wsman::hostile {

using boost::asio::ip::tcp;

Server::Server(boost::asio::io_context& io, const Options& options)
    : io_(io),
      address_(options.address),
      authority_(endpoint::load_or_make_authority(options.ca_directory)),
      contexts_(authority_.identity),
      full_queue_(io, options.address) {
  ports_["full-queue"] = full_queue_.port();
  serve("plain", {}, make_plain_wire);
  for (auto& [name, context] : contexts_.by_name()) {
    serve(name, {}, [&context = context](tcp::socket socket) {
      return make_tls_wire(std::move(socket), context);
    });
  }
  for (const auto& [name, script] : catalogue_.at_accept()) serve(name, script, make_plain_wire);
  serve_control();
}

void Server::serve(const std::string& name, Script first, const MakeWire& make_wire) {
  tcp::acceptor acceptor = std::move(endpoint::bind_all(io_, {address_}, 0).front());
  ports_[name] = acceptor.local_endpoint().port();
  std::make_shared<endpoint::Listener>(std::move(acceptor), [this, name, first = std::move(first),
                                                             make_wire](tcp::socket socket) {
    std::make_shared<Visit>(make_wire(std::move(socket)), name, catalogue_, tally_)->start(first);
  })->start();
}

void Server::serve_control() {
  add_control(control_, *tally_);
  tcp::acceptor acceptor = std::move(endpoint::bind_all(io_, {"127.0.0.1"}, 0).front());
  control_port_ = acceptor.local_endpoint().port();
  const endpoint::Entrance entrance{"127.0.0.1", control_port_, false};
  std::make_shared<endpoint::Listener>(std::move(acceptor), [this, entrance](tcp::socket socket) {
    std::make_shared<endpoint::Connection>(endpoint::make_plain_channel(std::move(socket)),
                                           entrance, control_, unnoticed_)
        ->start();
  })->start();
}

std::string Server::ready_line() const {
  endpoint::JsonObject ports;
  for (const auto& [name, port] : ports_) ports.number(name, port);
  endpoint::JsonObject line;
  line.number("control", control_port_).text("caFile", authority_.ca_file.string());
  return line.object("ports", ports).str();
}

}  // namespace wsman::hostile
