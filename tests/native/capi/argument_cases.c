/* What a caller can do wrong: NULL, requests that cannot be read, numbers out of range. */
#include <stdio.h>
#include <string.h>

#include "capi/check.h"
#include "capi/fixture.h"

/* Checks that the call was refused with a document, and frees it. */
static void check_refused(wsman_status status, char** document) {
  CHECK(status == WSMAN_E_INVALID_ARGUMENT);
  CHECK_HAS(*document, "\"code\":\"InvalidArgument\"");
  wsman_string_free(*document);
  *document = NULL;
}

static void refuses_null_pointers(fixture* test) {
  begin_case("refuses NULL in the place of what it needs");
  char* out = NULL;
  wsman_registry* registry = test->registry;
  check_refused(wsman_registry_new(&out, NULL, NULL), &out);
  check_refused(wsman_connect(&out, NULL, next_operation(), "{}", NULL), &out);
  check_refused(wsman_connect(&out, registry, next_operation(), NULL, NULL), &out);
  check_refused(wsman_identify(&out, NULL, next_operation(), "{}", NULL), &out);
  check_refused(wsman_identify(&out, registry, next_operation(), NULL, NULL), &out);
  check_refused(wsman_list(&out, NULL), &out);
  check_refused(wsman_state(&out, NULL, 1), &out);
  check_refused(wsman_disconnect(&out, NULL, next_operation(), "a", 0), &out);
  check_refused(wsman_disconnect(&out, registry, next_operation(), NULL, 0), &out);
  check_refused(wsman_close_all(&out, NULL, next_operation(), 0), &out);
}

static void refuses_null_out(fixture* test) {
  begin_case("refuses NULL in the place of out, and touches nothing");
  wsman_registry* registry = NULL;
  CHECK(wsman_registry_new(NULL, &registry, NULL) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(registry == NULL);
  registry = test->registry;
  CHECK(wsman_connect(NULL, registry, next_operation(), "{}", NULL) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(wsman_identify(NULL, registry, next_operation(), "{}", NULL) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(wsman_list(NULL, registry) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(wsman_state(NULL, registry, 1) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(wsman_disconnect(NULL, registry, next_operation(), "a", 0) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(wsman_close_all(NULL, registry, next_operation(), 0) == WSMAN_E_INVALID_ARGUMENT);
}

static void ignores_null_to_free(void) {
  begin_case("ignores NULL where something is freed or cancelled");
  wsman_registry_free(NULL);
  wsman_string_free(NULL);
  wsman_cancel(NULL, 1);
}

static void refuses_bad_requests(fixture* test) {
  static const char* const requests[] = {
      "",
      "not json",
      "[]",
      "{\"computerName\":",
      "{}",
      "{\"computerName\":\"\"}",
      "{\"computerName\":7}",
      "{\"computerName\":\"a\",\"unknown\":1}",
      "{\"computerName\":\"a\",\"port\":65536}",
      "{\"computerName\":\"a\",\"port\":-1}",
      "{\"computerName\":\"a\\r\\nb\"}",
      "{\"computerName\":\"a\\u0000b\"}",
      "{\"computerName\":\"a\xFF\"}",
      "{\"connectionUri\":\"ftp://a/\"}",
      "{\"computerName\":\"a\",\"useSsl\":true,\"options\":{\"noEncryption\":true}}"};
  begin_case("refuses a request that cannot be carried out, and sends nothing");
  const endpoint_counts before = endpoint_ask(&test->endpoint);
  for (size_t i = 0; i < sizeof requests / sizeof requests[0]; ++i) {
    char* out = NULL;
    check_refused(wsman_connect(&out, test->registry, next_operation(), requests[i], NULL), &out);
    check_refused(wsman_identify(&out, test->registry, next_operation(), requests[i], NULL), &out);
  }
  CHECK(endpoint_ask(&test->endpoint).accepted == before.accepted);
}

static void refuses_times_out_of_range(fixture* test) {
  begin_case("refuses a timeout of more than ten minutes, and closes nothing");
  char* out = NULL;
  CHECK(open_session(test, "127.0.0.2") != 0);
  check_refused(wsman_disconnect(&out, test->registry, next_operation(), "127.0.0.2", 600001),
                &out);
  check_refused(wsman_close_all(&out, test->registry, next_operation(), UINT32_MAX), &out);
  CHECK(wsman_disconnect(&out, test->registry, next_operation(), "127.0.0.2", 600000) == WSMAN_OK);
  wsman_string_free(out);
}

void argument_cases(fixture* test) {
  begin_case("has the version of its header");
  CHECK(wsman_abi_version() == WSMAN_ABI_VERSION);
  refuses_null_pointers(test);
  refuses_null_out(test);
  ignores_null_to_free();
  refuses_bad_requests(test);
  refuses_times_out_of_range(test);
}
