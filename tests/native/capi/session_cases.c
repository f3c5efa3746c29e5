/* The life of a session: connect, list, state, disconnect, twice; all at once; with the registry.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "capi/check.h"
#include "capi/fixture.h"

static int open_descriptors(void) {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  if (folder == NULL) return 0;
  while (readdir(folder) != NULL) ++count;
  (void)closedir(folder);
  return count;
}

static void check_list(fixture* test, const char* part) {
  char* out = NULL;
  CHECK(wsman_list(&out, test->registry) == WSMAN_OK);
  CHECK_HAS(out, part);
  wsman_string_free(out);
}

static void check_state(fixture* test, uint64_t id, const char* part) {
  char* out = NULL;
  CHECK(wsman_state(&out, test->registry, id) == WSMAN_OK);
  CHECK_HAS(out, part);
  wsman_string_free(out);
}

static void connects(fixture* test) {
  begin_case("connects, and tells what was found");
  char* out = NULL;
  CHECK(connect_to(test, &out, "127.0.0.2") == WSMAN_OK);
  CHECK_HAS(out, "\"computerName\":\"127.0.0.2\"");
  CHECK_HAS(out, "\"connectionUri\":\"https://127.0.0.2:");
  CHECK_HAS(out, "\"authentication\":\"Basic\"");
  CHECK_HAS(out, "\"userName\":\"tester\"");
  CHECK_HAS(out, "\"productVersion\":\"OS: ");
  CHECK(out != NULL && strstr(out, "OS: 0.0.0") == NULL);
  CHECK(out != NULL && strstr(out, test->endpoint.password) == NULL);
  CHECK(out != NULL && strstr(out, "\"replaced\"") == NULL);
  wsman_string_free(out);
}

static void lives_and_ends(fixture* test) {
  begin_case("lists a session, tells its state, and ends it once");
  char* out = NULL;
  const uint64_t id = open_session(test, "127.0.0.2");
  check_list(test, "\"computerName\":\"127.0.0.2\"");
  check_state(test, id, "\"state\":\"Opened\"");
  check_state(test, id, "\"connections\":1");
  CHECK(endpoint_await(&test->endpoint, 1) == 1);

  CHECK(wsman_disconnect(&out, test->registry, next_operation(), "127.0.0.2", 0) == WSMAN_OK);
  CHECK_HAS(out, "\"computerName\":\"127.0.0.2\"");
  CHECK_HAS(out, "\"state\":\"Closed\"");
  CHECK_HAS(out, "\"graceful\":true");
  CHECK_HAS(out, "\"connections\":{\"closed\":1}");
  CHECK_HAS(out, "\"secretsWiped\":true");
  CHECK_HAS(out, "\"warnings\":[]");
  CHECK(out != NULL && strstr(out, test->endpoint.password) == NULL);
  wsman_string_free(out);

  CHECK(endpoint_await(&test->endpoint, 0) == 0);
  check_list(test, "{\"sessions\":[]}");
  check_state(test, id, "\"state\":\"Closed\"");
  CHECK(wsman_disconnect(&out, test->registry, next_operation(), "127.0.0.2", 0) ==
        WSMAN_E_NOT_CONNECTED);
  CHECK_HAS(out, "\"code\":\"NotConnected\"");
  wsman_string_free(out);
}

static void compares_names_without_case(fixture* test) {
  begin_case("finds a session under its name in any case");
  char request[kRequestSize];
  char* out = NULL;
  (void)snprintf(request, sizeof request,
                 "{\"computerName\":\"Server-One\",\"authentication\":\"None\","
                 "\"connectionUri\":\"http://127.0.0.2:%d/wsman\"}",
                 test->endpoint.http);
  CHECK(wsman_connect(&out, test->registry, next_operation(), request, NULL) == WSMAN_OK);
  CHECK_HAS(out, "\"computerName\":\"Server-One\"");
  CHECK_HAS(out, "OS: 0.0.0 SP: 0.0 Stack: 3.0");
  wsman_string_free(out);
  CHECK(wsman_disconnect(&out, test->registry, next_operation(), "sERVER-oNE", 0) == WSMAN_OK);
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

static void replaces(fixture* test) {
  begin_case("replaces a session that is connected again");
  char* out = NULL;
  const uint64_t before = open_session(test, "127.0.0.2");
  CHECK(connect_to(test, &out, "127.0.0.2") == WSMAN_OK);
  CHECK_HAS(out, "\"replaced\":{");
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 1) == 1);
  check_state(test, before, "\"state\":\"Closed\"");
}

static void closes_all(fixture* test) {
  begin_case("closes all sessions within one bound");
  char* out = NULL;
  for (size_t i = 0; i < ADDRESS_COUNT; ++i) {
    CHECK(open_session(test, endpoint_addresses[i]) != 0);
  }
  CHECK(endpoint_await(&test->endpoint, ADDRESS_COUNT) == ADDRESS_COUNT);
  const int64_t start = now_ms();
  CHECK(wsman_close_all(&out, test->registry, next_operation(), 0) == WSMAN_OK);
  CHECK(now_ms() - start < bound_ms(2000));
  for (size_t i = 0; i < ADDRESS_COUNT; ++i) CHECK_HAS(out, endpoint_addresses[i]);
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
  CHECK(wsman_close_all(&out, test->registry, next_operation(), 1) == WSMAN_OK);
  CHECK_HAS(out, "{\"closed\":[]}");
  wsman_string_free(out);
}

static void identifies(fixture* test) {
  begin_case("identifies without a session, and leaves nothing open");
  char request[kRequestSize];
  char* out = NULL;
  CHECK(wsman_identify(&out, test->registry, next_operation(),
                       open_request(test, request, "127.0.0.3", "wsman"), NULL) == WSMAN_OK);
  CHECK_HAS(out, "\"xml\":\"<");
  CHECK_HAS(out, "IdentifyResponse");
  CHECK_HAS(out, "\"productVendor\":");
  wsman_string_free(out);
  check_list(test, "{\"sessions\":[]}");
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

static void refuses_numbers_never_issued(fixture* test) {
  begin_case("refuses the number of a session that never was");
  char* out = NULL;
  CHECK(wsman_state(&out, test->registry, UINT64_MAX) == WSMAN_E_INVALID_ARGUMENT);
  wsman_string_free(out);
  CHECK(wsman_state(&out, test->registry, 0) == WSMAN_E_INVALID_ARGUMENT);
  wsman_string_free(out);
}

static void ends_with_the_registry(fixture* test) {
  begin_case("ends the sessions of a registry that is freed, and keeps no descriptor");
  char* out = NULL;
  const int before = open_descriptors();
  fixture other = *test;
  CHECK(wsman_registry_new(&out, &other.registry, test->settings_path) == WSMAN_OK);
  wsman_string_free(out);
  for (size_t i = 0; i < ADDRESS_COUNT; ++i) {
    CHECK(open_session(&other, endpoint_addresses[i]) != 0);
  }
  check_list(test, "{\"sessions\":[]}");
  CHECK(endpoint_await(&test->endpoint, ADDRESS_COUNT) == ADDRESS_COUNT);

  wsman_registry_free(other.registry);

  CHECK(endpoint_await(&test->endpoint, 0) == 0);
  CHECK(open_descriptors() == before);
}

void session_cases(fixture* test) {
  connects(test);
  lives_and_ends(test);
  compares_names_without_case(test);
  replaces(test);
  closes_all(test);
  identifies(test);
  refuses_numbers_never_issued(test);
  ends_with_the_registry(test);
}
