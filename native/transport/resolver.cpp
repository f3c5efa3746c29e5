#include "transport/resolver.h"

#include <netdb.h>

#include <memory>
#include <optional>
#include <utility>

#include "transport/aside.h"
#include "transport/endpoint.h"

namespace wsman {
namespace {

constexpr int kMostWorkers = 8;
constexpr uint32_t kNameNotResolved = 0x803381B9;

Aside& workers() {
  static auto* const places = new Aside(kMostWorkers);
  return *places;
}

Error cannot_resolve(const std::string& host, const std::string& why) {
  return {ErrorCode::name_resolution,
          with_code("The name \"" + host + "\" cannot be resolved: " + why, kNameNotResolved) +
              ". Check the spelling, or give the IP address.",
          kNameNotResolved,
          {}};
}

}  // namespace

LookupResult system_lookup(const std::string& host, uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = is_address_literal(host) ? AI_NUMERICHOST : AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (code != 0) return {{}, gai_strerror(code)};
  LookupResult result;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    Address address;
    address.length = entry->ai_addrlen;
    std::copy_n(reinterpret_cast<const char*>(entry->ai_addr), entry->ai_addrlen,
                reinterpret_cast<char*>(&address.storage));
    result.addresses.push_back(address);
  }
  freeaddrinfo(list);
  return result;
}

Result<std::vector<Address>> resolve(const std::string& host, uint16_t port, const Lookup& lookup,
                                     const Call& call) {
  if (is_address_literal(host)) {
    LookupResult literal = system_lookup(host, port);
    if (literal.addresses.empty()) return cannot_resolve(host, literal.failure);
    return std::move(literal.addresses);
  }
  const auto result = std::make_shared<LookupResult>();
  std::optional<Error> why;
  const AsideOutcome outcome =
      workers().run([result, lookup, host, port] { *result = lookup(host, port); },
                    {"the name resolution of \"" + host + "\""}, call, why);
  switch (outcome) {
    case AsideOutcome::done:
      break;
    case AsideOutcome::crowded:
      return cannot_resolve(host, "earlier lookups are still waiting for the name server");
    case AsideOutcome::no_thread:
      return cannot_resolve(host, "no thread could be started");
    case AsideOutcome::stopped:
      return *why;
  }
  if (result->addresses.empty()) return cannot_resolve(host, result->failure);
  return std::move(result->addresses);
}

}  // namespace wsman
