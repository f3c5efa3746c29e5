// A client over fake transports, with a server of its own for each name.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_NETWORK_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_NETWORK_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "fakes/fake_transport.h"
#include "fakes/specs.h"
#include "session/client.h"
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

  Result<session::Connected> connect(const std::string& name) {
    return client.connect(spec_for(name), call);
  }

  // With a bound of its own for its end.
  Result<session::Connected> connect(const std::string& name, Milliseconds teardown_timeout) {
    session::SessionOptions options = spec_for(name);
    options.teardown_timeout = teardown_timeout;
    return client.connect(std::move(options), call);
  }

  // The numbers of the sessions with these names.
  std::vector<uint64_t> ids_of(const std::vector<std::string>& wanted) const {
    std::map<std::string, uint64_t> ids;
    for (const session::SessionView& view : client.list())
      ids[view.info.computer_name] = view.info.id;
    std::vector<uint64_t> found;
    found.reserve(wanted.size());
    for (const std::string& name : wanted) found.push_back(ids.at(name));
    return found;
  }

  Result<session::TeardownReport> disconnect(const std::string& name) {
    return client.disconnect(name, Milliseconds::zero(), cancellation);
  }

  std::vector<std::string> names() const {
    std::vector<std::string> listed;
    for (const session::SessionView& view : client.list())
      listed.push_back(view.info.computer_name);
    return listed;
  }

  std::mutex mutex;
  std::map<std::string, std::shared_ptr<FakeServer>> servers;
  session::Client client{[this](TransportOptions options) -> Result<std::unique_ptr<Transport>> {
    return std::unique_ptr<Transport>(
        std::make_unique<FakeTransport>(shared_server(options.endpoint.host)));
  }};
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_NETWORK_H_
