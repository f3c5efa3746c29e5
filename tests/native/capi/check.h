/* Assertions for a program in C: a failed one is printed and counted, and the test goes on. */
#ifndef WSMAN_TESTS_NATIVE_CAPI_CHECK_H_
#define WSMAN_TESTS_NATIVE_CAPI_CHECK_H_

#include <stddef.h>

#define CHECK(condition) check((condition) != 0, #condition, __FILE__, __LINE__)

/* Checks that `text` holds `part`; prints `text` if it does not. NULL holds nothing. */
#define CHECK_HAS(text, part) check_has((text), (part), __FILE__, __LINE__)

void check(int holds, const char* condition, const char* file, int line);
void check_has(const char* text, const char* part, const char* file, int line);

/* Begins a case: its name completes a sentence that starts with "The C ABI". */
void begin_case(const char* name);

/* Prints the sum and returns what main() returns. */
int finish_checks(void);

#endif /* WSMAN_TESTS_NATIVE_CAPI_CHECK_H_ */
