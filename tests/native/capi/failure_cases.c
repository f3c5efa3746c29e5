/* What goes wrong on the way: each with its status, and with nothing left open. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capi/check.h"
#include "capi/fixture.h"

/* A port of 127.0.0.2 that was free a moment ago. */
static int refused_port(void) {
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = inet_addr("127.0.0.2");
  (void)bind(listener, (const struct sockaddr*)&address, length);
  (void)getsockname(listener, (struct sockaddr*)&address, &length);
  (void)close(listener);
  return ntohs(address.sin_port);
}

/* Checks that connecting fails so, that the document says so, and that nothing is left. */
static void check_fails(fixture* test, const char* request, const char* password,
                        wsman_status expected, const char* part) {
  char* out = NULL;
  const size_t length = password != NULL ? strlen(password) : 0;
  const wsman_credentials credentials = {.password = password, .password_length = length};
  CHECK(wsman_connect(&out, test->registry, next_operation(), request, &credentials) == expected);
  CHECK_HAS(out, part);
  CHECK(out != NULL && (length == 0 || strstr(out, password) == NULL));
  wsman_string_free(out);
  CHECK(wsman_list(&out, test->registry) == WSMAN_OK);
  CHECK_HAS(out, "{\"sessions\":[]}");
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

static void refuses_authentication_without_traffic(fixture* test) {
  // The first two because the computer is an address, the last because the settings do not allow
  // it.
  static const char* const kinds[] = {"Default", "Kerberos", "Credssp"};
  // Because nothing was given that could be proved with.
  static const char* const empty_handed[] = {"Basic", "Digest", "ClientCertificate"};
  char request[kRequestSize];
  begin_case("refuses an authentication that cannot be, without traffic");
  const endpoint_counts before = endpoint_ask(&test->endpoint);
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; ++i) {
    (void)snprintf(request, sizeof request,
                   "{\"computerName\":\"127.0.0.2\",\"port\":%d,\"useSsl\":true,"
                   "\"authentication\":\"%s\"}",
                   test->endpoint.https, kinds[i]);
    check_fails(test, request, NULL, WSMAN_E_AUTHENTICATION, "\"code\":\"Authentication\"");
  }
  for (size_t i = 0; i < sizeof empty_handed / sizeof empty_handed[0]; ++i) {
    (void)snprintf(request, sizeof request,
                   "{\"computerName\":\"127.0.0.2\",\"port\":%d,\"useSsl\":true,"
                   "\"authentication\":\"%s\"}",
                   test->endpoint.https, empty_handed[i]);
    check_fails(test, request, NULL, WSMAN_E_INVALID_ARGUMENT, "\"code\":\"InvalidArgument\"");
  }
  CHECK(endpoint_ask(&test->endpoint).accepted == before.accepted);
}

static void refuses_clear_text_without_traffic(fixture* test) {
  char request[kRequestSize];
  begin_case("refuses Basic over http, without traffic");
  const endpoint_counts before = endpoint_ask(&test->endpoint);
  (void)snprintf(request, sizeof request,
                 "{\"computerName\":\"127.0.0.2\",\"port\":%d,\"authentication\":\"Basic\","
                 "\"userName\":\"tester\"}",
                 test->endpoint.http);
  check_fails(test, request, test->endpoint.password, WSMAN_E_UNENCRYPTED, "0x803380DE");
  CHECK(endpoint_ask(&test->endpoint).accepted == before.accepted);
}

static void tells_where_nobody_listens(fixture* test) {
  char request[kRequestSize];
  begin_case("tells that nobody listens at a port");
  (void)snprintf(request, sizeof request,
                 "{\"computerName\":\"127.0.0.2\",\"port\":%d,\"authentication\":\"None\"}",
                 refused_port());
  check_fails(test, request, NULL, WSMAN_E_CANNOT_CONNECT, "Cannot connect to 127.0.0.2 (port ");
}

static void tells_a_wrong_password(fixture* test) {
  char request[kRequestSize];
  begin_case("tells that a password is wrong, and repeats it nowhere");
  check_fails(test, basic_request(test, request, "127.0.0.2", ""), "something-else",
              WSMAN_E_ACCESS_DENIED, "to the user \\\"tester\\\"");
}

static void keeps_the_old_session(fixture* test) {
  char request[kRequestSize];
  char* out = NULL;
  begin_case("keeps the session that a failed connect would have replaced");
  const uint64_t id = open_session(test, "127.0.0.2");
  const wsman_credentials wrong = {.password = "x", .password_length = 1};
  CHECK(wsman_connect(&out, test->registry, next_operation(),
                      basic_request(test, request, "127.0.0.2", ""),
                      &wrong) == WSMAN_E_ACCESS_DENIED);
  wsman_string_free(out);
  CHECK(wsman_state(&out, test->registry, id) == WSMAN_OK);
  CHECK_HAS(out, "\"state\":\"Opened\"");
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 1) == 1);
  CHECK(wsman_close_all(&out, test->registry, next_operation(), 0) == WSMAN_OK);
  wsman_string_free(out);
}

static void tells_bad_answers(fixture* test) {
  static const struct {
    const char* application;
    wsman_status status;
    const char* part;
  } rows[] = {{"html", WSMAN_E_HTTP, "a web page"},
              {"nowhere", WSMAN_E_HTTP, "HTTP 404"},
              {"status/503", WSMAN_E_HTTP, "HTTP 503"},
              {"redirect", WSMAN_E_HTTP, "Redirects are never followed"},
              {"malformed", WSMAN_E_PROTOCOL, "not well-formed XML"},
              {"doctype", WSMAN_E_PROTOCOL, "DOCTYPE"},
              {"fault", WSMAN_E_FAULT, "\"faultXml\":\"<"},
              {"close", WSMAN_E_CONNECTION_LOST, "before the answer was whole"}};
  char request[kRequestSize];
  begin_case("tells one bad answer from another");
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    check_fails(test, open_request(test, request, "127.0.0.2", rows[i].application), NULL,
                rows[i].status, rows[i].part);
  }
}

static void tells_a_broken_settings_file(fixture* test) {
  char path[128];
  char* out = NULL;
  fixture other = *test;
  begin_case("tells that the settings file is broken, and where it is");
  (void)snprintf(path, sizeof path, "%s/broken.json", test->endpoint.folder);
  FILE* file = fopen(path, "w");
  CHECK(file != NULL);
  if (file == NULL) return;
  (void)fputs("{\"NetworkDelayms\":\"soon\"}", file);
  (void)fclose(file);
  CHECK(wsman_registry_new(&out, &other.registry, path) == WSMAN_OK);
  wsman_string_free(out);
  CHECK(connect_to(&other, &out, "127.0.0.2") == WSMAN_E_SETTINGS);
  CHECK_HAS(out, path);
  CHECK_HAS(out, "NetworkDelayms");
  wsman_string_free(out);
  wsman_registry_free(other.registry);
}

void failure_cases(fixture* test) {
  refuses_authentication_without_traffic(test);
  refuses_clear_text_without_traffic(test);
  tells_where_nobody_listens(test);
  tells_a_wrong_password(test);
  keeps_the_old_session(test);
  tells_bad_answers(test);
  tells_a_broken_settings_file(test);
}
