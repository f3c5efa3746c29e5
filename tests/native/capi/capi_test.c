/*
 * The C ABI from C99, as a foreign caller sees it: only the public header and the shared library,
 * over the loopback service whose program is the one argument. What is left open is asked there.
 */
#include <stdio.h>

#include "capi/check.h"
#include "capi/fixture.h"

int main(int count, char** arguments) {
  static fixture test;
  if (count != 2) {
    (void)fprintf(stderr, "usage: %s <wsman-service>\n", arguments[0]);
    return 2;
  }
  if (fixture_start(&test, arguments[1]) != 0) {
    (void)fprintf(stderr, "The loopback service did not start.\n");
    fixture_stop(&test);
    return 2;
  }
  argument_cases(&test);
  session_cases(&test);
  failure_cases(&test);
  cancel_cases(&test);
  settings_cases(&test);
  thread_cases(&test);

  begin_case("leaves nothing open on the service");
  CHECK(endpoint_await(&test.endpoint, 0) == 0);
  fixture_stop(&test);
  return finish_checks();
}
