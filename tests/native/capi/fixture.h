/* What the cases over the C ABI share: a service, a registry that trusts it, requests to it. */
#ifndef WSMAN_TESTS_NATIVE_CAPI_FIXTURE_H_
#define WSMAN_TESTS_NATIVE_CAPI_FIXTURE_H_

#include <stddef.h>
#include <stdint.h>

#include "capi/endpoint_process.h"
#include "wsman/wsman.h"

enum { kRequestSize = 512 };

typedef struct fixture {
  endpoint_process endpoint;
  wsman_registry* registry;
  char settings_path[128];
} fixture;

/* Returns 0, or -1 if the service did not start. */
int fixture_start(fixture* test, const char* program);

/* Frees the registry and ends the service. */
void fixture_stop(fixture* test);

/* A number that no call had before. Safe from any thread. */
uint64_t next_operation(void);

/* Writes a request for the service at `address` over https with Basic; returns `request`. `more`
 * stands before the end of the object: "" or ",\"name\":value". */
const char* basic_request(const fixture* test, char request[kRequestSize], const char* address,
                          const char* more);

/* The same over http without authentication to `application`. */
const char* open_request(const fixture* test, char request[kRequestSize], const char* address,
                         const char* application);

/* Those of the service's user. */
wsman_credentials right_credentials(const fixture* test);

/* Connects with the right password. The caller frees *out. */
wsman_status connect_to(const fixture* test, char** out, const char* address);

/* Connects and forgets the document; returns the number of the session, or 0. */
uint64_t open_session(const fixture* test, const char* address);

/* Milliseconds of a clock that only goes forward. */
int64_t now_ms(void);

/* What is promised within `promised_ms`, as long as it may take here. */
int64_t bound_ms(int64_t promised_ms);

/* The cases, one file each. */
void argument_cases(fixture* test);
void session_cases(fixture* test);
void failure_cases(fixture* test);
void cancel_cases(fixture* test);
void settings_cases(fixture* test);
void thread_cases(fixture* test);

#endif /* WSMAN_TESTS_NATIVE_CAPI_FIXTURE_H_ */
