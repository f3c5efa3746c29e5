// Requests that make something on the server, and whose answers come after their time is up.
#include <doctest/doctest.h>

#include <atomic>
#include <string>

#include "fakes/fake_service.h"
#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// Gives the caller of what makes something the error of a timeout, and answers when `answering`
// is open.
struct Late : FakeService {
  Late() { shells.takes_names = true; }

  Result<HttpResponse> hold(const HttpRequest& request, const Call& asking) {
    bool makes = false;
    for (const char* text : {"transfer/Create<", "shell/Command<", "Enumerate>"})
      makes = makes || request.body.find(text) != std::string::npos;
    if (!makes || asking.overtime == nullptr) return HttpResponse{};
    ++late;
    asking.overtime->begin(make_error(ErrorCode::timed_out, "The time ran out"));
    CHECK(answering.wait());
    return HttpResponse{};
  }

  void hold_back() {
    shells.on_request = pages.on_request = [this](const HttpRequest& request, const Call& asking) {
      return hold(request, asking);
    };
  }

  Gate answering;
  std::atomic<int> late{0};
};

}  // namespace

TEST_SUITE("Request whose answer is late") {
  TEST_CASE_FIXTURE(Late, "A request that times out fails at once, and its late answer is heard") {
    uint64_t id = 0;
    SUBCASE("In a session") { id = session(); }
    SUBCASE("In a session of its own") {}
    const auto place = [&] { return id != 0 ? in(id) : its_own(); };
    const std::string foreign = made_shell(its_own());

    hold_back();
    CHECK(create(place(), call).error().code == ErrorCode::timed_out);
    CHECK(run_in_shell(place(), call, foreign).error().code == ErrorCode::timed_out);
    CHECK(enumerate(place(), call).error().code == ErrorCode::timed_out);
    CHECK(late == 3);
    answering.open();

    CHECK(becomes([&] { return shells.endings().size() == 2 && pages.releases() == 1; }));
    CHECK(shells.shells() == 1);
    CHECK(pages.open() == 0);
    if (id == 0) return;
    CHECK(becomes([&] { return client.list()[0].open_shells == 0; }));
    const session::TeardownReport report = end();
    CHECK(report.graceful);
    CHECK(report.abandoned() == 0);
  }
}

}  // namespace wsman::testing
