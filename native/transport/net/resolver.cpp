#include "transport/net/resolver.h"

#include <netdb.h>

#include <memory>
#include <new>
#include <utility>

#include "base/background.h"
#include "base/codes.h"

namespace wsman::net {
namespace {

constexpr int kMostWorkers = 8;

Background& workers() {
  // Never destroyed (base/background): a lookup that was left behind may end after main().
  static auto* const places = new Background(kMostWorkers);
  return *places;
}

Error cannot_resolve(const std::string& host, const std::string& why) {
  return make_error(ErrorCode::name_resolution, code::kNameNotResolved,
                    "The WinRM client cannot process the request because the server name cannot be "
                    "resolved: \"" +
                        host + "\" (" + why + ")",
                    {AdviceKey::check_computer_name});
}

}  // namespace

LookupResult system_lookup(const std::string& host, uint16_t port) {
  addrinfo hints{};
  // One entry for each address. Without a type getaddrinfo() gives one for each of stream, datagram
  // and raw.
  hints.ai_socktype = SOCK_STREAM;
  // AI_NUMERICHOST keeps a literal from ever reaching a name server. AI_ADDRCONFIG leaves out IPv6
  // addresses on a machine that has none itself, each of which would fail first. It is not for
  // literals: it does not count loopback, so "::1" may have no address where nothing else has IPv6.
  hints.ai_flags = is_address_literal(host) ? AI_NUMERICHOST : AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (code == EAI_MEMORY) throw std::bad_alloc();
  if (code != 0) return {{}, gai_strerror(code)};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, freeaddrinfo);
  LookupResult result;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    Address address;
    address.length = entry->ai_addrlen;
    std::copy_n(reinterpret_cast<const char*>(entry->ai_addr), entry->ai_addrlen,
                reinterpret_cast<char*>(&address.storage));
    result.addresses.push_back(address);
  }
  return result;
}

Result<std::vector<Address>> resolve(const Endpoint& endpoint, const Lookup& lookup,
                                     const Call& call) {
  const std::string& name = endpoint.called();
  // On this thread, because no name server is asked: a literal does not wait behind lookups that
  // hang.
  if (is_address_literal(endpoint.host)) {
    LookupResult literal = system_lookup(endpoint.host, endpoint.port);
    if (literal.addresses.empty()) return cannot_resolve(name, literal.failure);
    return std::move(literal.addresses);
  }
  const Phase phase{"the name resolution of \"" + name + "\""};
  BackgroundAnswer<LookupResult> found = workers().run<LookupResult>(
      [lookup, host = endpoint.host, port = endpoint.port] { return lookup(host, port); }, phase,
      call);
  switch (found.outcome) {
    case BackgroundOutcome::done:
      break;
    // Each of the eight threads is with a lookup that its caller has left. To say so at once tells
    // the user more than a timeout.
    case BackgroundOutcome::crowded:
      return cannot_resolve(name, "earlier lookups are still waiting for the name server");
    case BackgroundOutcome::no_thread:
      return cannot_resolve(name, "no thread could be started");
    case BackgroundOutcome::stopped:
      // Background does not say which of the two it was; the call still does.
      return stopped_error(look_at(call), call, phase);
  }
  if (found.value->addresses.empty()) return cannot_resolve(name, found.value->failure);
  return std::move(found.value->addresses);
}

}  // namespace wsman::net
