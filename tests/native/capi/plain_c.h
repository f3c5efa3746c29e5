/* What the public header is to a program in C. */
#ifndef WSMAN_TESTS_NATIVE_CAPI_PLAIN_C_H_
#define WSMAN_TESTS_NATIVE_CAPI_PLAIN_C_H_

#ifdef __cplusplus
extern "C" {
#endif

/* Uses the C ABI. 0 if all is well, else the line of plain_c.c that is not. */
int line_that_fails_in_c(void);

#ifdef __cplusplus
}
#endif

#endif /* WSMAN_TESTS_NATIVE_CAPI_PLAIN_C_H_ */
