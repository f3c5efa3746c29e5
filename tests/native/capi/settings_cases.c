/* The client settings: shown, changed, refused, and obeyed by what follows. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "capi/check.h"
#include "capi/fixture.h"

/* Changes a setting of the registry, and checks the status and a part of the document. */
static void check_set(wsman_registry* registry, const char* request, wsman_status expected,
                      const char* part) {
  char* out = NULL;
  CHECK(wsman_settings_set(&out, registry, request) == expected);
  CHECK_HAS(out, part);
  wsman_string_free(out);
}

static void check_get(wsman_registry* registry, wsman_status expected, const char* part) {
  char* out = NULL;
  CHECK(wsman_settings_get(&out, registry) == expected);
  CHECK_HAS(out, part);
  wsman_string_free(out);
}

static void shows_what_is_in_the_file(const fixture* test) {
  char part[kRequestSize];
  begin_case("shows the client settings, defaults filled in");
  (void)snprintf(part, sizeof part, "{\"path\":\"%s\",\"settings\":{\"NetworkDelayms\":\"5000\",",
                 test->settings_path);
  check_get(test->registry, WSMAN_OK, part);
  (void)snprintf(part, sizeof part, "\"TrustedCAPath\":\"%s\",\"ClientCertificateFile\":\"\",",
                 test->endpoint.ca_file);
  check_get(test->registry, WSMAN_OK, part);
}

static void changes_what_follows(const fixture* test) {
  char request[kRequestSize];
  char* out = NULL;
  struct stat status;
  begin_case("obeys a client setting as soon as it is changed");
  check_set(test->registry, "{\"name\":\"Auth/Basic\",\"value\":\"False\"}", WSMAN_OK,
            "\"Basic\":\"false\"");
  CHECK(stat(test->settings_path, &status) == 0 && (status.st_mode & 0777) == 0600);
  CHECK(connect_to(test, &out, "127.0.0.2") == WSMAN_E_AUTHENTICATION);
  wsman_string_free(out);
  check_set(test->registry, "{\"name\":\"auth/basic\",\"value\":\"true\"}", WSMAN_OK,
            "\"Basic\":\"true\"");
  CHECK(open_session(test, "127.0.0.2") != 0);

  (void)snprintf(request, sizeof request, "{\"name\":\"DefaultPorts/HTTP\",\"value\":\"%d\"}",
                 test->endpoint.http);
  check_set(test->registry, request, WSMAN_OK, "\"HTTP\":");
  CHECK(wsman_connect(&out, test->registry, next_operation(),
                      "{\"computerName\":\"127.0.0.3\",\"authentication\":\"None\"}",
                      NULL) == WSMAN_OK);
  wsman_string_free(out);
  CHECK(wsman_close_all(&out, test->registry, next_operation(), 0) == WSMAN_OK);
  wsman_string_free(out);
  check_set(test->registry, "{\"name\":\"DefaultPorts/HTTP\",\"value\":\"5985\"}", WSMAN_OK,
            "\"HTTP\":\"5985\"");
}

static void adds_trusted_hosts(const fixture* test) {
  begin_case("adds to TrustedHosts what is not there yet");
  check_set(test->registry, "{\"name\":\"TrustedHosts\",\"value\":\"a,b\"}", WSMAN_OK,
            "\"TrustedHosts\":\"a,b\"");
  check_set(test->registry, "{\"name\":\"TrustedHosts\",\"value\":\"B,c\",\"append\":true}",
            WSMAN_OK, "\"TrustedHosts\":\"a,b,c\"");
  check_set(test->registry, "{\"name\":\"TrustedHosts\",\"value\":\"\"}", WSMAN_OK,
            "\"TrustedHosts\":\"\"");
}

static void refuses_bad_settings(const fixture* test) {
  static const char* const requests[] = {
      "",
      "{}",
      "{\"name\":\"URLPrefix\"}",
      "{\"name\":\"URLPrefix\",\"value\":7}",
      "{\"name\":\"URLPrefix\",\"value\":\"a\",\"more\":1}",
      "{\"name\":\"Auth/Digests\",\"value\":\"true\"}",
      "{\"name\":\"URLPrefix\",\"value\":\"/\"}",
      "{\"name\":\"URLPrefix\",\"value\":\"a\",\"append\":true}"};
  char* before = NULL;
  begin_case("refuses a client setting that cannot be, and changes nothing");
  CHECK(wsman_settings_get(&before, test->registry) == WSMAN_OK);
  for (size_t i = 0; i < sizeof requests / sizeof requests[0]; ++i) {
    check_set(test->registry, requests[i], WSMAN_E_INVALID_ARGUMENT, "\"InvalidArgument\"");
  }
  check_set(test->registry, "{\"name\":\"DefaultPorts/HTTP\",\"value\":\"0\"}",
            WSMAN_E_INVALID_ARGUMENT, "\"wsmanName\":\"ERROR_WSMAN_CONFIG_PORT_INVALID\"");
  check_get(test->registry, WSMAN_OK, before);
  wsman_string_free(before);
}

static void needs_what_it_needs(const fixture* test) {
  char* out = NULL;
  wsman_registry* without_file = NULL;
  begin_case("shows defaults without a client settings file, and has nothing to change");
  CHECK(wsman_registry_new(&out, &without_file, NULL) == WSMAN_OK);
  wsman_string_free(out);
  check_get(without_file, WSMAN_OK, "{\"path\":\"\",\"settings\":{\"NetworkDelayms\":\"5000\",");
  check_set(without_file, "{\"name\":\"URLPrefix\",\"value\":\"a\"}", WSMAN_E_SETTINGS,
            "\"code\":\"Settings\"");
  wsman_registry_free(without_file);

  begin_case("refuses NULL where it shows or changes client settings");
  check_get(NULL, WSMAN_E_INVALID_ARGUMENT, "\"InvalidArgument\"");
  check_set(NULL, "{}", WSMAN_E_INVALID_ARGUMENT, "\"InvalidArgument\"");
  check_set(test->registry, NULL, WSMAN_E_INVALID_ARGUMENT, "\"InvalidArgument\"");
  CHECK(wsman_settings_get(NULL, test->registry) == WSMAN_E_INVALID_ARGUMENT);
  CHECK(wsman_settings_set(NULL, test->registry, "{}") == WSMAN_E_INVALID_ARGUMENT);
}

void settings_cases(fixture* test) {
  shows_what_is_in_the_file(test);
  changes_what_follows(test);
  adds_trusted_hosts(test);
  refuses_bad_settings(test);
  needs_what_it_needs(test);
}
