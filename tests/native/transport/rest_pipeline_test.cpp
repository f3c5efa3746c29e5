#include "transport/rest_pipeline.h"

#include <doctest/doctest.h>

#include <new>
#include <string>

#include "base/codes.h"
#include "fakes/loopback_connection.h"

namespace wsman::testing {

TEST_SUITE("Pipeline of cpprestsdk") {
  TEST_CASE("Where memory runs out while a request is sent, it may have been carried out") {
    RestPipeline pipeline({true, "server01", 5986, "/wsman"},
                          [](const std::string&, const std::string&, const HttpRequest&,
                             const Call&) -> Result<HttpResponse> { throw std::bad_alloc(); });
    Cancellation cancellation;

    const auto response = pipeline.exchange(kRequest, {cancellation});

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().wsman_code == code::kOutOfMemory);
    CHECK(response.error().outcome == Outcome::unknown);
  }
}

}  // namespace wsman::testing
