// A WS-Management service on loopback addresses, for tests and the demo.

#include <boost/asio/io_context.hpp>
#include <clocale>
#include <csignal>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "options.h"
#include "server.h"
#include "stopper.h"

namespace {

int run(const wsman::service::Options& options) {
  // Declared first, destroyed last: sockets and timers belong to it.
  boost::asio::io_context io(1);
  wsman::service::Server server(io, options);
  const wsman::service::Stopper stopper(io, std::chrono::seconds(options.seconds));
  std::cout << server.ready_line() << std::endl;
  io.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // A parent that closed its end of standard output must not kill the service.
  std::signal(SIGPIPE, SIG_IGN);
  // gss-ntlmssp compares the names of users by the rules of the locale: as ASCII, where it is not
  // set.
  (void)std::setlocale(LC_CTYPE, "C.UTF-8");
  try {
    const auto options = wsman::service::parse_options({argv + 1, argv + argc});
    if (options.help) {
      std::cout << wsman::service::usage();
      return 0;
    }
    return run(options);
  } catch (const std::invalid_argument& error) {
    std::cerr << "wsman-service: " << error.what() << "\n" << wsman::service::usage();
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "wsman-service: " << error.what() << "\n";
    return 1;
  }
}
