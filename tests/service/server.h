// The service put together: who listens where, and who answers.
#ifndef WSMAN_TESTS_SERVICE_SERVER_H
#define WSMAN_TESTS_SERVICE_SERVER_H

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "counts.h"
#include "gate.h"
#include "http/router.h"
#include "journal.h"
#include "options.h"
#include "wsman/service.h"

namespace wsman::service {

class Server {
 public:
  // Listens when it returns. Throws std::exception if that cannot be done. `io` must be destroyed
  // after the server, and run by one thread.
  Server(boost::asio::io_context& io, const Options& options);

  // {"http":…,"https":…,"control":…,"caFile":"…"}
  std::string ready_line() const;

 private:
  void set_up_certificate(const Options& options);
  std::uint16_t serve(const Options& options, bool secure);
  std::uint16_t serve_control();

  boost::asio::io_context& io_;
  // The certificate that is shown, and one that it may be swapped with.
  struct Guise {
    boost::asio::ssl::context tls{boost::asio::ssl::context::tls_server};
    std::string channel_binding;
  };

  std::array<Guise, 2> guises_;
  std::size_t guise_ = 0;
  Counts counts_;
  Gate gate_;
  Journal journal_;
  Service service_;
  Router router_;
  TrafficObserver unnoticed_;
  Router control_router_;
  std::string ca_file_;
  std::uint16_t http_port_ = 0;
  std::uint16_t https_port_ = 0;
  std::uint16_t control_port_ = 0;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_SERVER_H
