/* The loopback service as a child process: started, asked for its counts, ended with the test. */
#ifndef WSMAN_TESTS_NATIVE_CAPI_ENDPOINT_PROCESS_H_
#define WSMAN_TESTS_NATIVE_CAPI_ENDPOINT_PROCESS_H_

#include <sys/types.h>

/* Where the service listens; it is a computer of its own on each address. */
#define ADDRESS_COUNT 3
extern const char* const endpoint_addresses[ADDRESS_COUNT];

typedef struct endpoint_process {
  pid_t pid;
  int input; /* The service ends when this is closed. */
  int http;
  int https;
  int control;
  char folder[64];
  char ca_file[256];
  char user[32];
  char password[32]; /* Made up for this run. */
} endpoint_process;

/* What clients hold open and have done, from /counts. */
typedef struct endpoint_counts {
  long connections;
  long accepted;
  long requests;
} endpoint_counts;

/* Returns 0 and fills `endpoint` once the service is ready, -1 if it does not become so. */
int endpoint_start(endpoint_process* endpoint, const char* program);

/* Ends the service and removes its folder. */
void endpoint_stop(endpoint_process* endpoint);

endpoint_counts endpoint_ask(const endpoint_process* endpoint);

/* Waits until so many connections are open, or two seconds; returns how many are. */
long endpoint_await(const endpoint_process* endpoint, long connections);

#endif /* WSMAN_TESTS_NATIVE_CAPI_ENDPOINT_PROCESS_H_ */
