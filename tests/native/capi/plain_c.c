/* Compiled as C99, so that the public header stays C. */
#include "capi/plain_c.h"

#include <stddef.h>
#include <string.h>

#include "wsman/wsman.h"

/* Whether a call came to that status and its document holds that text. The document is freed. */
static int came_to(wsman_status status, char* document, wsman_status expected, const char* part) {
  const int holds = status == expected && document != NULL && strstr(document, part) != NULL;
  wsman_string_free(document);
  return holds;
}

static int line_that_fails_with(wsman_registry* registry) {
  const wsman_credentials credentials = {.password = "word", .password_length = strlen("word")};
  const wsman_secret secret = {"placeholder", "word", strlen("word")};
  const wsman_input input = {.credentials = &credentials, .secrets = &secret, .secret_count = 1};
  wsman_bytes* answer = NULL;
  char* out = NULL;
  wsman_status status = wsman_list(&out, registry);
  if (!came_to(status, out, WSMAN_OK, "{\"sessions\":[]}")) return __LINE__;
  status = wsman_connect(&out, registry, 1, "{}", &credentials);
  if (!came_to(status, out, WSMAN_E_INVALID_ARGUMENT, "InvalidArgument")) return __LINE__;
  status = wsman_request(&out, &answer, registry, 2, "{}", &input);
  if (!came_to(status, out, WSMAN_E_INVALID_ARGUMENT, "InvalidArgument")) return __LINE__;
  wsman_bytes_free(answer);
  wsman_cancel(registry, UINT64_MAX);
  return 0;
}

int line_that_fails_in_c(void) {
  wsman_registry* registry = NULL;
  char* out = NULL;
  if (wsman_abi_version() != WSMAN_ABI_VERSION) return __LINE__;
  const wsman_status status = wsman_registry_new(&out, &registry, NULL);
  if (!came_to(status, out, WSMAN_OK, "{}")) return __LINE__;
  const int line = line_that_fails_with(registry);
  wsman_registry_free(registry);
  return line;
}
