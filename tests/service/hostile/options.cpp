#include "hostile/options.h"

#include <boost/asio/ip/address.hpp>
#include <stdexcept>

#include "http/message.h"

namespace wsman::hostile {
namespace {

std::string loopback(const std::string& text) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(text, error);
  if (error || !address.is_loopback()) {
    throw std::invalid_argument("--address takes an address of 127.0.0.0/8 or ::1.");
  }
  return address.to_string();
}

std::uint32_t seconds(const std::string& text) {
  const auto value = service::parse_number(text);
  if (!value) throw std::invalid_argument("--seconds takes a number.");
  return *value;
}

}  // namespace

std::string_view usage() {
  return "usage: wsman-hostile [--address ADDRESS] --ca-directory DIRECTORY [--tls-version 1.2] "
         "[--seconds N]\n";
}

Options parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& name = arguments[i];
    if (i + 1 == arguments.size()) throw std::invalid_argument(name + " takes a value.");
    const std::string& value = arguments[i + 1];
    if (name == "--address") {
      options.address = loopback(value);
    } else if (name == "--ca-directory") {
      options.ca_directory = value;
    } else if (name == "--tls-version" && value == "1.2") {
      options.only_tls_12 = true;
    } else if (name == "--seconds") {
      options.seconds = seconds(value);
    } else {
      throw std::invalid_argument("There is no option '" + name + "'.");
    }
  }
  if (options.ca_directory.empty()) throw std::invalid_argument("--ca-directory is needed.");
  return options;
}

}  // namespace wsman::hostile
