/* Calls that are ended: by wsman_cancel() before, during and after, and by their deadline. */
#include <pthread.h>
#include <stdio.h>

#include "capi/check.h"
#include "capi/fixture.h"

static void check_cancelled(wsman_status status, char* document) {
  CHECK(status == WSMAN_E_CANCELLED);
  CHECK_HAS(document, "\"code\":\"Cancelled\"");
  CHECK_HAS(document, "\"wsmanCode\":995");
  wsman_string_free(document);
}

static void before_it_began(fixture* test) {
  begin_case("ends a call at once that was cancelled before it began");
  char request[kRequestSize];
  char* out = NULL;
  const uint64_t operation = next_operation();
  const endpoint_counts before = endpoint_ask(&test->endpoint);
  wsman_cancel(test->registry, operation);
  const wsman_status status = wsman_connect(
      &out, test->registry, operation, open_request(test, request, "127.0.0.2", "stall"), NULL);
  check_cancelled(status, out);
  CHECK(endpoint_ask(&test->endpoint).requests == before.requests);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

/* Cancels an operation once the service holds its connection. */
typedef struct canceller {
  fixture* test;
  uint64_t operation;
  long reached;
  int64_t cancelled_at;
} canceller;

static void* cancel_when_connected(void* argument) {
  canceller* self = argument;
  self->reached = endpoint_await(&self->test->endpoint, 1);
  self->cancelled_at = now_ms();
  wsman_cancel(self->test->registry, self->operation);
  return NULL;
}

typedef wsman_status (*opening_call)(char**, wsman_registry*, uint64_t, const char*,
                                     const wsman_credentials*);

static void while_it_runs(fixture* test, const char* name, opening_call call) {
  begin_case(name);
  char request[kRequestSize];
  char* out = NULL;
  pthread_t thread;
  canceller cancelling = {test, next_operation(), 0, 0};
  (void)open_request(test, request, "127.0.0.2", "stall");
  CHECK(pthread_create(&thread, NULL, cancel_when_connected, &cancelling) == 0);
  const wsman_status status = call(&out, test->registry, cancelling.operation, request, NULL);
  const int64_t back = now_ms();
  (void)pthread_join(thread, NULL);
  check_cancelled(status, out);
  CHECK(cancelling.reached == 1);
  CHECK(back - cancelling.cancelled_at < bound_ms(250));
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

static void after_it_ended(fixture* test) {
  begin_case("does nothing to a call that has ended");
  char request[kRequestSize];
  char* out = NULL;
  const uint64_t operation = next_operation();
  CHECK(wsman_connect(&out, test->registry, operation,
                      open_request(test, request, "127.0.0.2", "wsman"), NULL) == WSMAN_OK);
  wsman_string_free(out);
  wsman_cancel(test->registry, operation);
  CHECK(endpoint_await(&test->endpoint, 1) == 1);
  CHECK(wsman_disconnect(&out, test->registry, next_operation(), "127.0.0.2", 0) == WSMAN_OK);
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

static void a_disconnect(fixture* test) {
  begin_case("hangs up also when the disconnect itself was cancelled");
  char* out = NULL;
  const uint64_t operation = next_operation();
  CHECK(open_session(test, "127.0.0.2") != 0);
  wsman_cancel(test->registry, operation);
  CHECK(wsman_disconnect(&out, test->registry, operation, "127.0.0.2", 0) == WSMAN_OK);
  CHECK_HAS(out, "\"connections\":{\"closed\":1}");
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

static void by_its_deadline(fixture* test) {
  begin_case("ends an identify at its deadline, and names it");
  char request[kRequestSize];
  char* out = NULL;
  (void)snprintf(request, sizeof request,
                 "{\"computerName\":\"127.0.0.2\",\"port\":%d,\"applicationName\":\"stall\","
                 "\"authentication\":\"None\",\"timeoutMs\":300}",
                 test->endpoint.http);
  const int64_t start = now_ms();
  CHECK(wsman_identify(&out, test->registry, next_operation(), request, NULL) == WSMAN_E_TIMED_OUT);
  CHECK(now_ms() - start >= 300);
  CHECK(now_ms() - start < bound_ms(550));
  CHECK_HAS(out, "the wait for the answer of 127.0.0.2");
  wsman_string_free(out);
  CHECK(endpoint_await(&test->endpoint, 0) == 0);
}

void cancel_cases(fixture* test) {
  before_it_began(test);
  while_it_runs(test, "ends a connect soon after it was cancelled", wsman_connect);
  while_it_runs(test, "ends an identify soon after it was cancelled", wsman_identify);
  after_it_ended(test);
  a_disconnect(test);
  by_its_deadline(test);
}
