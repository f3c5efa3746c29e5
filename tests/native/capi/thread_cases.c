/* Many threads at once on one registry. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "capi/check.h"
#include "capi/fixture.h"

enum { kThreads = 8, kRounds = 5 };

typedef struct worker {
  fixture* test;
  int number;
  int succeeded;
  int not_connected;
  int failed;
} worker;

static void count(worker* self, wsman_status status) {
  if (status == WSMAN_OK) {
    ++self->succeeded;
  } else if (status == WSMAN_E_NOT_CONNECTED) {
    ++self->not_connected;
  } else {
    ++self->failed;
  }
}

/* Runs `work` on eight threads and gives the sum of what they counted. */
static worker run_all(fixture* test, void* (*work)(void*)) {
  pthread_t threads[kThreads];
  worker workers[kThreads];
  worker sum = {test, 0, 0, 0, 0};
  for (int i = 0; i < kThreads; ++i) {
    const worker fresh = {test, i, 0, 0, 0};
    workers[i] = fresh;
    CHECK(pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
  }
  for (int i = 0; i < kThreads; ++i) {
    (void)pthread_join(threads[i], NULL);
    sum.succeeded += workers[i].succeeded;
    sum.not_connected += workers[i].not_connected;
    sum.failed += workers[i].failed;
  }
  return sum;
}

static void* disconnect_one(void* argument) {
  worker* self = argument;
  char* out = NULL;
  count(self, wsman_disconnect(&out, self->test->registry, next_operation(), "127.0.0.2", 0));
  wsman_string_free(out);
  return NULL;
}

/* Names differ, the computer is the same. */
static void* connect_and_disconnect(void* argument) {
  worker* self = argument;
  char request[kRequestSize];
  char name[32];
  (void)snprintf(name, sizeof name, "computer-%d", self->number);
  (void)snprintf(request, sizeof request,
                 "{\"computerName\":\"%s\",\"connectionUri\":\"https://%s:%d/wsman\","
                 "\"authentication\":\"Basic\",\"userName\":\"%s\"}",
                 name, endpoint_addresses[self->number % ADDRESS_COUNT], self->test->endpoint.https,
                 self->test->endpoint.user);
  const wsman_credentials credentials = right_credentials(self->test);
  for (int round = 0; round < kRounds; ++round) {
    char* out = NULL;
    count(self, wsman_connect(&out, self->test->registry, next_operation(), request, &credentials));
    wsman_string_free(out);
    count(self, wsman_list(&out, self->test->registry));
    wsman_string_free(out);
    count(self, wsman_disconnect(&out, self->test->registry, next_operation(), name, 0));
    wsman_string_free(out);
  }
  return NULL;
}

/* All on one name, so that connects, replacements and disconnects cross. */
static void* connect_the_same(void* argument) {
  worker* self = argument;
  for (int round = 0; round < kRounds; ++round) {
    char* out = NULL;
    count(self, connect_to(self->test, &out, "127.0.0.3"));
    wsman_string_free(out);
    count(self, wsman_disconnect(&out, self->test->registry, next_operation(), "127.0.0.3", 0));
    wsman_string_free(out);
  }
  return NULL;
}

void thread_cases(fixture* test) {
  begin_case("lets exactly one of eight threads disconnect a computer");
  CHECK(open_session(test, "127.0.0.2") != 0);
  worker sum = run_all(test, disconnect_one);
  CHECK(sum.succeeded == 1);
  CHECK(sum.not_connected == kThreads - 1);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);

  begin_case("serves eight threads with a computer each");
  sum = run_all(test, connect_and_disconnect);
  CHECK(sum.succeeded == 3 * kThreads * kRounds);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);

  begin_case("leaves nothing of a computer that eight threads connect and disconnect");
  sum = run_all(test, connect_the_same);
  CHECK(sum.failed == 0);
  CHECK(sum.succeeded + sum.not_connected == 2 * kThreads * kRounds);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}
