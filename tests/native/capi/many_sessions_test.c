/*
 * A thousand sessions in a process that may open 1200 descriptors: a session that is idle holds
 * one. The one argument is the program of the loopback service, which may open more.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "capi/check.h"
#include "capi/fixture.h"

enum { kSessions = 1000, kDescriptors = 1200, kCloseMs = 60000 };

static int open_descriptors(void) {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  if (folder == NULL) return -1;
  while (readdir(folder) != NULL) ++count;
  (void)closedir(folder);
  return count;
}

/* Sets how many descriptors may be open; 0 means as many as the system allows. */
static int limit_descriptors(rlim_t count) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  limit.rlim_cur = count != 0 ? count : limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit);
}

/* The same computer under a name of its own; returns the number of the session, or 0. */
static uint64_t open_named(const fixture* test, int number) {
  char request[kRequestSize];
  char* out = NULL;
  (void)snprintf(request, sizeof request,
                 "{\"computerName\":\"server-%d\",\"connectionUri\":\"https://127.0.0.2:%d/wsman\","
                 "\"authentication\":\"Basic\",\"userName\":\"%s\"}",
                 number, test->endpoint.https, test->endpoint.user);
  const wsman_credentials credentials = right_credentials(test);
  const wsman_status status =
      wsman_connect(&out, test->registry, next_operation(), request, &credentials);
  const char* found = out != NULL ? strstr(out, "\"sessionId\":") : NULL;
  const uint64_t id = found != NULL ? strtoull(found + strlen("\"sessionId\":"), NULL, 10) : 0;
  if (status != WSMAN_OK) (void)printf("  %s\n", out != NULL ? out : "(null)");
  wsman_string_free(out);
  return id;
}

static void check_states(const fixture* test, const uint64_t* ids, const char* state) {
  for (int i = 0; i < kSessions; ++i) {
    char* out = NULL;
    CHECK(wsman_state(&out, test->registry, ids[i]) == WSMAN_OK);
    CHECK_HAS(out, state);
    wsman_string_free(out);
  }
}

static void opens_and_closes(const fixture* test) {
  static uint64_t ids[kSessions];
  char* out = NULL;
  begin_case("holds a thousand sessions with 1200 descriptors");
  const int before = open_descriptors();
  for (int i = 0; i < kSessions; ++i) {
    ids[i] = open_named(test, i);
    CHECK(ids[i] != 0);
    if (ids[i] == 0) break;
  }
  check_states(test, ids, "\"state\":\"Opened\"");
  check_states(test, ids, "\"connections\":1");
  CHECK(endpoint_await(&test->endpoint, kSessions) == kSessions);
  CHECK(open_descriptors() == before + kSessions);

  begin_case("closes a thousand sessions with 1200 descriptors");
  CHECK(wsman_close_all(&out, test->registry, next_operation(), kCloseMs) == WSMAN_OK);
  CHECK_HAS(out, "\"computerName\":\"server-999\"");
  CHECK(out != NULL && strstr(out, "\"graceful\":false") == NULL);
  CHECK(out != NULL && strstr(out, "\"secretsWiped\":false") == NULL);
  wsman_string_free(out);
  check_states(test, ids, "\"state\":\"Closed\"");
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
  CHECK(open_descriptors() == before);
}

int main(int count, char** arguments) {
  static fixture test;
  if (count != 2) {
    (void)fprintf(stderr, "usage: %s <wsman-service>\n", arguments[0]);
    return 2;
  }
  /* The service inherits the larger limit. */
  if (limit_descriptors(0) != 0 || fixture_start(&test, arguments[1]) != 0 ||
      limit_descriptors(kDescriptors) != 0) {
    (void)fprintf(stderr, "The loopback service did not start.\n");
    fixture_stop(&test);
    return 2;
  }
  /* What the process keeps once it has it is there after the first session. */
  CHECK(open_session(&test, "127.0.0.2") != 0);
  char* out = NULL;
  CHECK(wsman_close_all(&out, test.registry, next_operation(), kCloseMs) == WSMAN_OK);
  wsman_string_free(out);
  CHECK(endpoint_await(&test.endpoint, 0) == 0);
  opens_and_closes(&test);
  fixture_stop(&test);
  return finish_checks();
}
