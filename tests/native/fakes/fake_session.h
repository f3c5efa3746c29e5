// A session over a fake transport, and the call that a test makes with it.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_SESSION_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_SESSION_H_

#include <memory>
#include <string>

#include "fakes/fake_transport.h"
#include "session/session.h"
#include "session/teardown.h"
#include "support/bounds.h"

namespace wsman::testing {

struct FakeSession {
  static session::SessionInfo info() {
    session::SessionInfo info;
    info.id = 1;
    info.computer_name = "server01";
    info.endpoint = kServer;
    info.headers.encoding = xml::TextEncoding::utf16;
    return info;
  }

  // An exchange on this thread that lasts as the server wants it.
  Result<HttpResponse> exchange(const Call& exchange_call) {
    return session.run<HttpResponse>(exchange_call, [&](const message::Context& context) {
      return context.transport.exchange({}, exchange_call);
    });
  }

  std::shared_ptr<FakeServer> server = std::make_shared<FakeServer>();
  session::Session session{info(), std::make_unique<FakeTransport>(server)};
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

// What came of a step of a teardown, or "not taken".
inline std::string result_of(const session::TeardownReport& report, const std::string& name) {
  for (const session::TeardownStep& step : report.steps) {
    if (step.step == name) return step.result;
  }
  return "not taken";
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_SESSION_H_
