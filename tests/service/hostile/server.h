// All the ports, put together.
#ifndef WSMAN_HOSTILE_SERVER_H
#define WSMAN_HOSTILE_SERVER_H

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "hostile/catalogue.h"
#include "hostile/full_queue.h"
#include "hostile/options.h"
#include "hostile/stream.h"
#include "hostile/tally.h"
#include "hostile/tls/contexts.h"
#include "hostile/visit.h"
#include "http/router.h"
#include "net/traffic.h"
#include "tls/authority.h"

namespace wsman::hostile {

// Listens from its construction on. Throws std::exception.
class Server {
 public:
  Server(boost::asio::io_context& io, const Options& options);
  ~Server() { tally_->forget_watchers(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // {"control":N,"caFile":"…","listFile":"…","ports":{"plain":N,"tls":N,"<scenario>":N,…}}
  std::string ready_line() const;

 private:
  using MakeStream = std::function<std::unique_ptr<Stream>(boost::asio::ip::tcp::socket)>;

  using Begin = std::function<void(Visit&)>;

  void serve(const std::string& name, const MakeStream& make_stream, const Begin& begin);
  void serve_all();
  void serve_control();

  boost::asio::io_context& io_;
  const std::string address_;
  const Catalogue catalogue_;
  const service::Authority authority_;
  Contexts contexts_;
  // Connections that are still open when the program ends outlive the server.
  const std::shared_ptr<Tally> tally_ = std::make_shared<Tally>();
  service::Router control_;
  service::TrafficObserver unnoticed_;
  FullQueue full_queue_;
  std::map<std::string, std::uint16_t> ports_;
  std::uint16_t control_port_ = 0;
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_SERVER_H
