/* The other side of each pair: the same work with bare libcurl and libxml2. */
#include <curl/curl.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "options.h"

static const char kIdentify[] =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
    "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";

struct answer {
  char octets[65536];
  size_t size;
};

static size_t take(char* data, size_t size, size_t count, void* into) {
  struct answer* answer = into;
  const size_t octets = size * count;
  if (answer->size + octets > sizeof answer->octets) return 0;
  memcpy(answer->octets + answer->size, data, octets);
  answer->size += octets;
  return octets;
}

static void fail(const char* what) {
  (void)fprintf(stderr, "curl: %s\n", what);
  exit(1);
}

static xmlNodePtr child_named(xmlNodePtr parent, const char* name) {
  xmlNodePtr child = parent == NULL ? NULL : xmlFirstElementChild(parent);
  while (child != NULL && strcmp((const char*)child->name, name) != 0)
    child = xmlNextElementSibling(child);
  return child;
}

/* Reads the three values of an IdentifyResponse, as a client has to. */
static void read_answer(const struct answer* answer) {
  xmlDocPtr document = xmlReadMemory(answer->octets, (int)answer->size, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (document == NULL) fail("the answer is no XML");
  xmlNodePtr body = child_named(xmlDocGetRootElement(document), "Body");
  xmlNodePtr response = child_named(body, "IdentifyResponse");
  static const char* const names[] = {"ProtocolVersion", "ProductVendor", "ProductVersion"};
  for (int i = 0; i < 3; ++i) {
    xmlChar* text = xmlNodeGetContent(child_named(response, names[i]));
    if (text == NULL || text[0] == '\0') fail("the answer is no IdentifyResponse");
    xmlFree(text);
  }
  xmlFreeDoc(document);
}

static CURL* make_handle(const struct options* options, struct curl_slist* headers,
                         struct answer* answer) {
  CURL* handle = curl_easy_init();
  if (handle == NULL) fail("no handle");
  curl_easy_setopt(handle, CURLOPT_URL, options->url);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, kIdentify);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, answer);
  curl_easy_setopt(handle, CURLOPT_CAINFO, options->ca_file);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  if (options->user[0] != '\0') {
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(handle, CURLOPT_USERNAME, options->user);
    curl_easy_setopt(handle, CURLOPT_PASSWORD, options->password);
  }
  return handle;
}

static void identify(CURL* handle, struct answer* answer) {
  answer->size = 0;
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) fail(curl_easy_strerror(code));
  read_answer(answer);
}

static void run_identify(const struct options* options, struct curl_slist* headers) {
  static struct answer answer;
  CURL* handle = make_handle(options, headers, &answer);
  for (int i = 0; i < 10; ++i) identify(handle, &answer);
  const double start = now_seconds();
  for (long i = 0; i < options->count; ++i) identify(handle, &answer);
  report(now_seconds() - start, options->count, resident_kib());
  curl_easy_cleanup(handle);
}

/* A handle for each computer, as one that keeps its connection has; all are kept. */
static void run_first(const struct options* options, struct curl_slist* headers) {
  static struct answer answer;
  CURL** handles = calloc((size_t)options->count, sizeof *handles);
  if (handles == NULL) fail("no memory");
  const long before = resident_kib();
  const double start = now_seconds();
  for (long i = 0; i < options->count; ++i) {
    handles[i] = make_handle(options, headers, &answer);
    identify(handles[i], &answer);
  }
  report(now_seconds() - start, options->count, resident_kib() - before);
  for (long i = 0; i < options->count; ++i) curl_easy_cleanup(handles[i]);
  free(handles);
}

int main(int count, char** words) {
  const struct options options = read_options(count, words);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  struct curl_slist* headers =
      curl_slist_append(NULL, "Content-Type: application/soap+xml;charset=UTF-8");
  headers = curl_slist_append(headers, "Expect:");
  if (options.user[0] == '\0')
    headers = curl_slist_append(headers, "WSMANIDENTIFY: unauthenticated");
  if (strcmp(options.mode, "identify") == 0) {
    run_identify(&options, headers);
  } else if (strcmp(options.mode, "first") == 0) {
    run_first(&options, headers);
  } else {
    (void)fprintf(stderr, "no such mode: %s\n", options.mode);
    return 2;
  }
  curl_slist_free_all(headers);
  curl_global_cleanup();
  return 0;
}
