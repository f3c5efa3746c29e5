// A registry over fake transports, with a server of its own for each name.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_NETWORK_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_NETWORK_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "fakes/fake_transport.h"
#include "fakes/specs.h"
#include "session/registry.h"
#include "support/bounds.h"

namespace wsman::testing {

struct FakeNetwork {
  FakeServer& server(const std::string& host) { return *shared_server(host); }

  std::shared_ptr<FakeServer> shared_server(const std::string& host) {
    const std::lock_guard<std::mutex> lock(mutex);
    std::shared_ptr<FakeServer>& found = servers[host];
    if (!found) found = std::make_shared<FakeServer>();
    return found;
  }

  Result<Connected> connect(const std::string& name) {
    return registry.connect(spec_for(name), call);
  }

  Result<TeardownReport> disconnect(const std::string& name) {
    return registry.disconnect(name, Milliseconds::zero(), cancellation);
  }

  std::vector<std::string> names() const {
    std::vector<std::string> listed;
    for (const SessionView& view : registry.list()) listed.push_back(view.info.computer_name);
    return listed;
  }

  std::mutex mutex;
  std::map<std::string, std::shared_ptr<FakeServer>> servers;
  Registry registry{[this](TransportOptions options) -> Result<std::unique_ptr<Transport>> {
    return std::unique_ptr<Transport>(
        std::make_unique<FakeTransport>(shared_server(options.endpoint.host)));
  }};
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_NETWORK_H_
