// What a caller can do wrong: NULL, requests that cannot be read, numbers out of range.

#include <doctest/doctest.h>

#include "capi/fixture.h"
#include "capi/plain_c.h"

namespace wsman::testing {
namespace {

void check_refused(const Answer& answer) {
  CHECK(answer.status == WSMAN_E_INVALID_ARGUMENT);
  CHECK_MESSAGE(answer.has("\"code\":\"InvalidArgument\""), answer.document);
}

template <typename Call>
void check_refused_call(const Call& call) {
  check_refused(called(call));
}

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE("The library reports the ABI version of its header") {
    CHECK(wsman_abi_version() == WSMAN_ABI_VERSION);
  }

  TEST_CASE("The header can be used from C99") { CHECK(line_that_fails_in_c() == 0); }

  TEST_CASE_FIXTURE(AbiFixture, "NULL is refused for a required argument") {
    check_refused_call([](char** out) { return wsman_registry_new(out, nullptr, nullptr); });
    check_refused_call(
        [](char** out) { return wsman_connect(out, nullptr, next_operation(), "{}", nullptr); });
    check_refused_call([&](char** out) {
      return wsman_connect(out, registry, next_operation(), nullptr, nullptr);
    });
    wsman_bytes* answer = nullptr;
    check_refused_call([&](char** out) {
      return wsman_identify(out, &answer, nullptr, next_operation(), "{}", nullptr);
    });
    check_refused_call([&](char** out) {
      return wsman_identify(out, nullptr, registry, next_operation(), "{}", nullptr);
    });
    check_refused_call([&](char** out) {
      return wsman_identify(out, &answer, registry, next_operation(), nullptr, nullptr);
    });
    CHECK(answer == nullptr);
    check_refused_call([](char** out) { return wsman_list(out, nullptr); });
    check_refused_call([](char** out) { return wsman_state(out, nullptr, 1); });
    check_refused_call(
        [](char** out) { return wsman_disconnect(out, nullptr, next_operation(), "a", 0); });
    check_refused_call(
        [&](char** out) { return wsman_disconnect(out, registry, next_operation(), nullptr, 0); });
    check_refused_call(
        [](char** out) { return wsman_close_all(out, nullptr, next_operation(), 0); });
    check_refused_call(
        [&](char** out) { return wsman_close(out, registry, next_operation(), nullptr, 0, 0); });
  }

  TEST_CASE_FIXTURE(AbiFixture, "NULL is refused for the output argument, and nothing is touched") {
    wsman_registry* none = nullptr;
    const wsman_status refused = WSMAN_E_INVALID_ARGUMENT;
    CHECK(wsman_registry_new(nullptr, &none, nullptr) == refused);
    CHECK(none == nullptr);
    CHECK(wsman_connect(nullptr, registry, next_operation(), "{}", nullptr) == refused);
    wsman_bytes* answer = nullptr;
    CHECK(wsman_identify(nullptr, &answer, registry, next_operation(), "{}", nullptr) == refused);
    CHECK(wsman_list(nullptr, registry) == refused);
    CHECK(wsman_state(nullptr, registry, 1) == refused);
    CHECK(wsman_disconnect(nullptr, registry, next_operation(), "a", 0) == refused);
    CHECK(wsman_close_all(nullptr, registry, next_operation(), 0) == refused);
  }

  TEST_CASE("NULL is ignored by the functions that free or cancel") {
    wsman_registry_free(nullptr);
    wsman_string_free(nullptr);
    wsman_bytes_free(nullptr);
    wsman_cancel(nullptr, 1);
  }

  TEST_CASE_FIXTURE(AbiFixture, "An invalid request is refused without traffic") {
    const int before = service.count("accepted");
    for (const char* request :
         {"", "not json", "[]", R"({"computerName":)", "{}", R"({"computerName":""})",
          R"({"computerName":7})", R"({"computerName":"a","unknown":1})",
          R"({"computerName":"a","port":65536})", R"({"computerName":"a","port":-1})",
          R"({"computerName":"a\r\nb"})", R"({"computerName":"a\u0000b"})",
          "{\"computerName\":\"a\xFF\"}", R"({"connectionUri":"ftp://a/"})",
          R"({"computerName":"a","useSsl":true,)"
          R"("options":{"noEncryption":true}})"}) {
      CAPTURE(request);
      check_refused_call([&](char** out) {
        return wsman_connect(out, registry, next_operation(), request, nullptr);
      });
      wsman_bytes* answer = nullptr;
      check_refused_call([&](char** out) {
        return wsman_identify(out, &answer, registry, next_operation(), request, nullptr);
      });
      CHECK(answer == nullptr);
    }
    CHECK(service.count("accepted") == before);
  }

  TEST_CASE_FIXTURE(AbiFixture,
                    "A timeout of more than ten minutes is refused and no session is closed") {
    CHECK(registry.open_session("127.0.0.2") != 0);
    check_refused(registry.disconnect("127.0.0.2", 600001));
    check_refused(registry.close_all(UINT32_MAX));
    check_refused(registry.close({1}, UINT32_MAX));
    CHECK(registry.disconnect("127.0.0.2", 600000).status == WSMAN_OK);
  }
}

}  // namespace wsman::testing
