#include "transport/resolver.h"

#include <netdb.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "transport/endpoint.h"
#include "transport/lanes.h"
#include "transport/wait.h"

namespace wsman {
namespace {

constexpr int kMostWorkers = 8;
constexpr uint32_t kNameNotResolved = 0x803381B9;

std::atomic<int> left_behind{0};

// Never destroyed: workers that were left behind may come back while the process exits.
Lanes& workers() {
  static auto* const lanes = new Lanes(kMostWorkers);
  return *lanes;
}

// What caller and worker share; whoever leaves last frees it.
struct Work {
  std::mutex mutex;
  Cancellation done;  // Becomes readable when the result is there.
  LookupResult result;
  bool finished = false;
  bool abandoned = false;
};

// Runs on a worker's thread; `place` is given back when it ends.
void look_up(const std::shared_ptr<Work>& work, const Lookup& lookup, const std::string& host,
             uint16_t port, [[maybe_unused]] const Lanes::Use& place) {
  LookupResult result = lookup(host, port);
  const std::lock_guard<std::mutex> lock(work->mutex);
  if (work->abandoned) --left_behind;
  work->result = std::move(result);
  work->finished = true;
  work->done.stop(StopReason::cancelled);
}

// Leaves the worker to itself, unless it has finished meanwhile.
void abandon(Work& work) {
  const std::lock_guard<std::mutex> lock(work.mutex);
  if (work.finished || work.abandoned) return;
  work.abandoned = true;
  ++left_behind;
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
  if (left_behind.load() >= kMostWorkers) {
    return cannot_resolve(host, "earlier lookups are still waiting for the name server");
  }
  const Phase phase{"the name resolution of \"" + host + "\""};
  Result<Lanes::Use> place = workers().take(phase, call);
  if (!place.ok()) return place.error();
  const auto work = std::make_shared<Work>();
  try {
    std::thread(look_up, work, lookup, host, port, std::move(place.value())).detach();
  } catch (const std::system_error&) {
    return cannot_resolve(host, "no thread could be started");
  }
  const WaitResult waited = wait_for(work->done.descriptor(), WaitFor::readable, call);
  if (waited != WaitResult::ready) {
    abandon(*work);
    return stopped_error(waited, call, phase);
  }
  const std::lock_guard<std::mutex> lock(work->mutex);
  if (work->result.addresses.empty()) return cannot_resolve(host, work->result.failure);
  return std::move(work->result.addresses);
}

}  // namespace wsman
