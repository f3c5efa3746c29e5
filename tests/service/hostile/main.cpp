// A server that misbehaves below HTTP and inside TLS, for the tests of the transport.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <stdexcept>

#include "hostile/options.h"
#include "hostile/server.h"
#include "stopper.h"

namespace {

int run(const wsman::hostile::Options& options) {
  // Declared first, destroyed last: sockets and timers belong to it.
  boost::asio::io_context io(1);
  wsman::hostile::Server server(io, options);
  const wsman::service::Stopper stopper(io, std::chrono::seconds(options.seconds));
  std::cout << server.ready_line() << std::endl;
  io.run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // Clients that leave, and a parent that closed standard output, must not kill the server.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run(wsman::hostile::parse_options({argv + 1, argv + argc}));
  } catch (const std::invalid_argument& error) {
    std::cerr << "wsman-hostile: " << error.what() << "\n" << wsman::hostile::usage();
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "wsman-hostile: " << error.what() << "\n";
    return 1;
  }
}
