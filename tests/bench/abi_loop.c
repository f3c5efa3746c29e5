/* The product's side of each pair, through the C ABI. */
#include "options.h"
#include "wsman/wsman.h"

static uint64_t last_operation = 0;

/* By their places, because a call and what it fills may be evaluated in any order. */
static void must(wsman_status status, char** document, const char* what) {
  if (status != WSMAN_OK) {
    (void)fprintf(stderr, "%s: %s\n", what, *document != NULL ? *document : "no memory");
    exit(1);
  }
  wsman_string_free(*document);
}

static void must_answer(wsman_status status, char** document, wsman_bytes** answer,
                        const char* what) {
  must(status, document, what);
  wsman_bytes_free(*answer);
}

/* Builds a connect request under the name that makes it a session of its own. */
static void write_request(char* request, size_t size, const struct options* options, long number) {
  const int none = options->user[0] == '\0';
  (void)snprintf(
      request, size,
      "{\"computerName\":\"host%ld\",\"connectionUri\":\"%s\",\"authentication\":\"%s\"%s%s%s}",
      number, options->url, none ? "None" : "Basic", none ? "" : ",\"userName\":\"",
      none ? "" : options->user, none ? "" : "\"");
}

static void open_session(wsman_registry* registry, const struct options* options, long number) {
  char request[1024];
  char* document = NULL;
  write_request(request, sizeof request, options, number);
  const wsman_credentials credentials = {.password = options->password,
                                         .password_length = strlen(options->password)};
  must(wsman_connect(&document, registry, ++last_operation, request, &credentials), &document,
       "connect");
}

static void close_session(wsman_registry* registry, long number) {
  char name[32];
  char* document = NULL;
  (void)snprintf(name, sizeof name, "host%ld", number);
  must(wsman_disconnect(&document, registry, ++last_operation, name, 0), &document, "disconnect");
}

static void identify(wsman_registry* registry) {
  static const char request[] = "{\"sessionId\":1}";
  char* document = NULL;
  wsman_bytes* answer = NULL;
  must_answer(wsman_identify(&document, &answer, registry, ++last_operation, request, NULL),
              &document, &answer, "identify");
}

static void get(wsman_registry* registry) {
  static const char request[] =
      "{\"sessionId\":1,\"operation\":\"Get\",\"resourceUri\":\"wmicimv2/Win32_Service\","
      "\"selectors\":[{\"name\":\"Name\",\"value\":\"WinRM\"}]}";
  char* document = NULL;
  wsman_bytes* answer = NULL;
  must_answer(wsman_request(&document, &answer, registry, ++last_operation, request, NULL),
              &document, &answer, "get");
}

/* Requests over one session that stays open. */
static void run_kept(wsman_registry* registry, const struct options* options,
                     void (*request)(wsman_registry*)) {
  open_session(registry, options, 1);
  for (int i = 0; i < 10; ++i) request(registry);
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) request(registry);
  report(start, options->count, resident_kib());
}

/* Connections to as many computers, one Identify each, all kept. */
static void run_first(wsman_registry* registry, const struct options* options) {
  const long before = resident_kib();
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) open_session(registry, options, i);
  report(start, options->count, resident_kib() - before);
}

static void run_cycle(wsman_registry* registry, const struct options* options) {
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) {
    open_session(registry, options, 1);
    close_session(registry, 1);
  }
  report(start, options->count, resident_kib());
}

/* Memory of sessions that are open, after one that pays for what all share. */
static void run_sessions(wsman_registry* registry, const struct options* options) {
  open_session(registry, options, 0);
  const long before = resident_kib();
  const struct moment start = now();
  for (long i = 1; i <= options->count; ++i) open_session(registry, options, i);
  report(start, options->count, resident_kib() - before);
}

/* The number that follows a name in a document; 0 if it is not there. */
static unsigned long long number_after(const char* document, const char* name) {
  const char* found = document == NULL ? NULL : strstr(document, name);
  return found == NULL ? 0 : strtoull(found + strlen(name), NULL, 10);
}

/* One enumeration from end to end; the number of its items. */
static long enumerate(wsman_registry* registry) {
  static const char request[] = "{\"sessionId\":1,\"resourceUri\":\"wmicimv2/Loopback_Row\"}";
  char* document = NULL;
  wsman_bytes* page = NULL;
  wsman_status status =
      wsman_enumerate_open(&document, &page, registry, ++last_operation, request, NULL);
  const uint64_t id = number_after(document, "\"enumerationId\":");
  long items = 0;
  for (;;) {
    if (status != WSMAN_OK) must(status, &document, "enumerate");
    items += (long)number_after(document, "\"count\":");
    const int end = strstr(document, "\"end\":true") != NULL;
    wsman_string_free(document);
    wsman_bytes_free(page);
    if (end) return items;
    status = wsman_enumerate_next(&document, &page, registry, ++last_operation, id);
  }
}

static void run_rows(wsman_registry* registry, const struct options* options) {
  open_session(registry, options, 1);
  (void)enumerate(registry);
  long items = 0;
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) items += enumerate(registry);
  report(start, items, resident_kib());
}

int main(int count, char** words) {
  const struct options options = read_options(count, words);
  wsman_registry* registry = NULL;
  char* document = NULL;
  must(wsman_registry_new(&document, &registry, options.settings), &document, "registry");
  if (strcmp(options.mode, "identify") == 0) {
    run_kept(registry, &options, identify);
  } else if (strcmp(options.mode, "get") == 0) {
    run_kept(registry, &options, get);
  } else if (strcmp(options.mode, "first") == 0) {
    run_first(registry, &options);
  } else if (strcmp(options.mode, "cycle") == 0) {
    run_cycle(registry, &options);
  } else if (strcmp(options.mode, "sessions") == 0) {
    run_sessions(registry, &options);
  } else if (strcmp(options.mode, "rows") == 0) {
    run_rows(registry, &options);
  } else {
    (void)fprintf(stderr, "no such mode: %s\n", options.mode);
    return 2;
  }
  wsman_registry_free(registry);
  return 0;
}
