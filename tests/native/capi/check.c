#include "capi/check.h"

#include <stdio.h>
#include <string.h>

static int cases = 0;
static int checks = 0;
static int failures = 0;
static const char* current_case = "";

static void fail(const char* what, const char* file, int line) {
  ++failures;
  (void)printf("%s:%d: The C ABI %s: failed: %s\n", file, line, current_case, what);
  (void)fflush(stdout);
}

void check(int holds, const char* condition, const char* file, int line) {
  ++checks;
  if (!holds) fail(condition, file, line);
}

void check_has(const char* text, const char* part, const char* file, int line) {
  ++checks;
  if (text != NULL && strstr(text, part) != NULL) return;
  fail(part, file, line);
  (void)printf("  in: %s\n", text != NULL ? text : "(null)");
}

void begin_case(const char* name) {
  ++cases;
  current_case = name;
}

int finish_checks(void) {
  (void)printf("%d cases, %d checks, %d failed\n", cases, checks, failures);
  return failures == 0 ? 0 : 1;
}
