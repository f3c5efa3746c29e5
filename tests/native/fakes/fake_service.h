// A server with shells and enumerations, and a client that works with it.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_SERVICE_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_SERVICE_H_

#include <optional>
#include <string>
#include <utility>

#include "fakes/fake_network.h"
#include "fakes/fake_pages.h"
#include "fakes/fake_shells.h"
#include "fakes/specs.h"

namespace wsman::testing {

struct FakeService : FakeNetwork {
  FakeService() {
    server("server01").on_exchange = [this](const HttpRequest& request, const Call& asking) {
      const bool shell = request.body.find("windows/shell/cmd<") != std::string::npos;
      return shell ? shells.answer(request, asking) : pages.answer(request, asking);
    };
  }

  Result<std::string> create(session::SessionReference reference, const Call& asking) {
    return client.perform(std::move(reference),
                          {session::Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}},
                          asking);
  }

  Result<std::string> run_in_shell(session::SessionReference reference, const Call& asking,
                                   const std::string& shell_id = "S1") {
    const operation::Content command{{{"Command", {{operation::Value::Kind::text, "ping"}}}}, {}};
    const message::Target shell{kShell, {{"ShellId", shell_id, false}}, {}, {}, {}};
    return client.perform(std::move(reference),
                          {session::Operation::Kind::invoke, shell, "Command", command}, asking);
  }

  Result<session::FirstPage> enumerate(session::SessionReference reference, const Call& asking) {
    return client.open_enumeration(std::move(reference),
                                   {{"urn:rows", {}, {}, {}, {}}, {}, std::nullopt}, asking);
  }

  // The identifier of a shell that its caller goes on with.
  std::string made_shell(session::SessionReference reference) {
    const std::string answer = create(std::move(reference), call).value();
    const std::string before = "Name=\"ShellId\">";
    const size_t start = answer.find(before) + before.size();
    return answer.substr(start, answer.find('<', start) - start);
  }

  session::TeardownReport end() { return disconnect("server01").value(); }

  uint64_t session() { return connect("server01").value().view.info.id; }
  static session::SessionReference in(uint64_t session) { return {session, std::nullopt}; }
  static session::SessionReference its_own() { return {0, spec_for("server01")}; }

  FakeShells shells;
  FakePages pages{1000};
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_SERVICE_H_
