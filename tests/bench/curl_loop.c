/* The other side of each pair: the same work with bare libcurl and libxml2. */
#include <curl/curl.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>

#include "options.h"

static const char kIdentify[] =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:wsmid=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
    "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>";

/* Where it goes, the class, the action, a number for the message, further headers, the body. */
static const char kMessage[] =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
    "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
    "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
    "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Header><a:To>%s</a:To>"
    "<w:ResourceURI s:mustUnderstand=\"true\">http://schemas.microsoft.com/wbem/wsman/1/wmi/root/"
    "cimv2/%s</w:ResourceURI><a:ReplyTo><a:Address>"
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>"
    "<a:Action s:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/2004/09/%s"
    "</a:Action><w:MaxEnvelopeSize s:mustUnderstand=\"true\">512000</w:MaxEnvelopeSize>"
    "<a:MessageID>uuid:%016lX-%08lX</a:MessageID>%s</s:Header><s:Body>%s</s:Body></s:Envelope>";

static const char kWinRm[] =
    "<w:SelectorSet><w:Selector Name=\"Name\">WinRM</w:Selector></w:SelectorSet>";

static const char kEnumerate[] =
    "<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements></n:Enumerate>";

static const char kPull[] =
    "<n:Pull><n:EnumerationContext>%s</n:EnumerationContext><n:MaxElements>32000</n:MaxElements>"
    "</n:Pull>";

struct answer {
  char bytes[2 << 20];
  size_t size;
};

static size_t take(char* data, size_t size, size_t count, void* into) {
  struct answer* answer = into;
  const size_t bytes = size * count;
  if (answer->size + bytes > sizeof answer->bytes) return 0;
  memcpy(answer->bytes + answer->size, data, bytes);
  answer->size += bytes;
  return bytes;
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

/* Parses an answer, and gives its Body. */
static xmlNodePtr body_of(const struct answer* answer, xmlDocPtr* document) {
  *document = xmlReadMemory(answer->bytes, (int)answer->size, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (*document == NULL) fail("the answer is no XML");
  return child_named(xmlDocGetRootElement(*document), "Body");
}

/* Reads the three values of an IdentifyResponse, as a client has to. */
static void read_identity(const struct answer* answer) {
  xmlDocPtr document = NULL;
  xmlNodePtr response = child_named(body_of(answer, &document), "IdentifyResponse");
  static const char* const names[] = {"ProtocolVersion", "ProductVendor", "ProductVersion"};
  for (int i = 0; i < 3; ++i) {
    xmlChar* text = xmlNodeGetContent(child_named(response, names[i]));
    if (text == NULL || text[0] == '\0') fail("the answer is no IdentifyResponse");
    xmlFree(text);
  }
  xmlFreeDoc(document);
}

/* Reads each property of an instance. */
static void read_instance(const struct answer* answer) {
  xmlDocPtr document = NULL;
  xmlNodePtr instance = child_named(body_of(answer, &document), "Win32_Service");
  xmlNodePtr property = instance == NULL ? NULL : xmlFirstElementChild(instance);
  if (property == NULL) fail("the answer is no instance");
  for (; property != NULL; property = xmlNextElementSibling(property))
    xmlFree(xmlNodeGetContent(property));
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

static void perform(CURL* handle, struct answer* answer) {
  answer->size = 0;
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) fail(curl_easy_strerror(code));
}

/* Sends a message about a class; it is numbered. */
static void ask(CURL* handle, struct answer* answer, const struct options* options,
                const char* class_name, const char* action, const char* headers, const char* body) {
  static unsigned long messages = 0;
  char message[4096];
  ++messages;
  (void)snprintf(message, sizeof message, kMessage, options->url, class_name, action, messages,
                 messages, headers, body);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, message);
  perform(handle, answer);
}

static void identify(CURL* handle, struct answer* answer, const struct options* options) {
  (void)options;
  perform(handle, answer);
  read_identity(answer);
}

static void get(CURL* handle, struct answer* answer, const struct options* options) {
  ask(handle, answer, options, "Win32_Service", "transfer/Get", kWinRm, "");
  read_instance(answer);
}

/* Requests over one connection that stays open. */
static void run_kept(const struct options* options, struct curl_slist* headers,
                     void (*request)(CURL*, struct answer*, const struct options*)) {
  static struct answer answer;
  CURL* handle = make_handle(options, headers, &answer);
  for (int i = 0; i < 10; ++i) request(handle, &answer, options);
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) request(handle, &answer, options);
  report(start, options->count, resident_kib());
  curl_easy_cleanup(handle);
}

/* What one page of an enumeration came to. */
struct page {
  char context[256];
  long items;
};

/* Reads a page with the text reader, node by node, as a client without a tree has to. */
static struct page read_page(const struct answer* answer) {
  struct page page = {{0}, 0};
  xmlTextReaderPtr reader = xmlReaderForMemory(answer->bytes, (int)answer->size, NULL, NULL,
                                               XML_PARSE_NONET | XML_PARSE_NOERROR);
  if (reader == NULL) fail("no reader");
  int items_depth = -1;
  int in_context = 0;
  int more = xmlTextReaderRead(reader);
  for (; more == 1; more = xmlTextReaderRead(reader)) {
    const int type = xmlTextReaderNodeType(reader);
    const int depth = xmlTextReaderDepth(reader);
    if (type == XML_READER_TYPE_ELEMENT) {
      const char* name = (const char*)xmlTextReaderConstLocalName(reader);
      if (depth == items_depth + 1 && items_depth >= 0) ++page.items;
      if (items_depth < 0 && strcmp(name, "Items") == 0) items_depth = depth;
      in_context = strcmp(name, "EnumerationContext") == 0;
    } else if (type == XML_READER_TYPE_TEXT && in_context) {
      (void)snprintf(page.context, sizeof page.context, "%s",
                     (const char*)xmlTextReaderConstValue(reader));
    } else if (type == XML_READER_TYPE_END_ELEMENT && depth == items_depth) {
      items_depth = -1;
    }
  }
  xmlFreeTextReader(reader);
  if (more != 0) fail("the page is no XML");
  return page;
}

static struct page ask_for_page(CURL* handle, struct answer* answer, const struct options* options,
                                const char* action, const char* body) {
  ask(handle, answer, options, "Loopback_Row", action, "", body);
  return read_page(answer);
}

static long enumerate(CURL* handle, struct answer* answer, const struct options* options) {
  struct page page = ask_for_page(handle, answer, options, "enumeration/Enumerate", kEnumerate);
  long items = page.items;
  while (page.context[0] != '\0') {
    char body[1024];
    (void)snprintf(body, sizeof body, kPull, page.context);
    page = ask_for_page(handle, answer, options, "enumeration/Pull", body);
    items += page.items;
  }
  return items;
}

static void run_rows(const struct options* options, struct curl_slist* headers) {
  static struct answer answer;
  CURL* handle = make_handle(options, headers, &answer);
  (void)enumerate(handle, &answer, options);
  long items = 0;
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) items += enumerate(handle, &answer, options);
  report(start, items, resident_kib());
  curl_easy_cleanup(handle);
}

/* A handle for each computer, as one that keeps its connection has; all are kept. */
static void run_first(const struct options* options, struct curl_slist* headers) {
  static struct answer answer;
  CURL** handles = calloc((size_t)options->count, sizeof *handles);
  if (handles == NULL) fail("no memory");
  const long before = resident_kib();
  const struct moment start = now();
  for (long i = 0; i < options->count; ++i) {
    handles[i] = make_handle(options, headers, &answer);
    identify(handles[i], &answer, options);
  }
  report(start, options->count, resident_kib() - before);
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
    run_kept(&options, headers, identify);
  } else if (strcmp(options.mode, "get") == 0) {
    run_kept(&options, headers, get);
  } else if (strcmp(options.mode, "first") == 0) {
    run_first(&options, headers);
  } else if (strcmp(options.mode, "rows") == 0) {
    run_rows(&options, headers);
  } else {
    (void)fprintf(stderr, "no such mode: %s\n", options.mode);
    return 2;
  }
  curl_slist_free_all(headers);
  curl_global_cleanup();
  return 0;
}
