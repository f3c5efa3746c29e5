#include "capi/fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "capi/check.h"

static pthread_mutex_t operations_mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t last_operation = 0;

/* Trusts the service's authority, and gives an identify more time than a busy machine needs. */
static int write_settings(const fixture* test) {
  FILE* file = fopen(test->settings_path, "w");
  if (file == NULL) return -1;
  (void)fprintf(file, "{\"TrustedCAPath\":\"%s\",\"TestTimeoutms\":60000}", test->endpoint.ca_file);
  return fclose(file);
}

int fixture_start(fixture* test, const char* program) {
  memset(test, 0, sizeof *test);
  if (endpoint_start(&test->endpoint, program) != 0) return -1;
  (void)snprintf(test->settings_path, sizeof test->settings_path, "%s/client.json",
                 test->endpoint.folder);
  if (write_settings(test) != 0) return -1;
  char* document = NULL;
  const wsman_status status = wsman_registry_new(&document, &test->registry, test->settings_path);
  CHECK(status == WSMAN_OK);
  CHECK_HAS(document, "{}");
  wsman_string_free(document);
  return test->registry != NULL ? 0 : -1;
}

void fixture_stop(fixture* test) {
  wsman_registry_free(test->registry);
  endpoint_stop(&test->endpoint);
}

uint64_t next_operation(void) {
  (void)pthread_mutex_lock(&operations_mutex);
  const uint64_t operation = ++last_operation;
  (void)pthread_mutex_unlock(&operations_mutex);
  return operation;
}

const char* basic_request(const fixture* test, char request[kRequestSize], const char* address,
                          const char* more) {
  (void)snprintf(request, kRequestSize,
                 "{\"computerName\":\"%s\",\"port\":%d,\"useSsl\":true,"
                 "\"authentication\":\"Basic\",\"userName\":\"%s\"%s}",
                 address, test->endpoint.https, test->endpoint.user, more);
  return request;
}

const char* open_request(const fixture* test, char request[kRequestSize], const char* address,
                         const char* application) {
  (void)snprintf(request, kRequestSize,
                 "{\"computerName\":\"%s\",\"port\":%d,\"applicationName\":\"%s\","
                 "\"authentication\":\"None\"}",
                 address, test->endpoint.http, application);
  return request;
}

wsman_credentials right_credentials(const fixture* test) {
  const wsman_credentials credentials = {.password = test->endpoint.password,
                                         .password_length = strlen(test->endpoint.password)};
  return credentials;
}

wsman_status connect_to(const fixture* test, char** out, const char* address) {
  char request[kRequestSize];
  const wsman_credentials credentials = right_credentials(test);
  return wsman_connect(out, test->registry, next_operation(),
                       basic_request(test, request, address, ""), &credentials);
}

uint64_t open_session(const fixture* test, const char* address) {
  char* document = NULL;
  const wsman_status status = connect_to(test, &document, address);
  CHECK(status == WSMAN_OK);
  CHECK_HAS(document, "\"sessionId\":");
  const char* found = document != NULL ? strstr(document, "\"sessionId\":") : NULL;
  const uint64_t id = found != NULL ? strtoull(found + strlen("\"sessionId\":"), NULL, 10) : 0;
  wsman_string_free(document);
  return id;
}

int64_t now_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t bound_ms(int64_t promised_ms) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 4 * promised_ms; /* Sanitizers make everything slower. */
#else
  return promised_ms;
#endif
}
