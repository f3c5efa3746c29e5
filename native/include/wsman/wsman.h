/**
 * @file wsman.h
 * The C ABI of libwsman_native: a WS-Management client (DSP0226, MS-WSMV).
 *
 * Conventions that hold for every function:
 *
 * - Text is UTF-8 and NUL-terminated. A document is JSON. Input is borrowed for the
 *   duration of the call; nothing passed in is kept.
 * - `out` receives a document that the caller owns and releases with wsman_string_free().
 *   It is the result when the call returns WSMAN_OK, and otherwise
 *   {"error":{"code":"<name>","message":"<sentence>","wsmanCode":<unsigned>,"wsmanName":"<name>",
 *              "faultXml":"<xml>","fault":{"soapCode":"Sender","soapSubcode":"InvalidSelectors",
 *              "reason":"…","detail":"<uri>","machine":"…","provider":"…","providerPath":"…",
 *              "providerMessage":"…"}},"trace":[…]}
 *   where "code" names the returned status ("NotConnected" for WSMAN_E_NOT_CONNECTED),
 *   "message" is one or two sentences for a person, "wsmanCode" is the number that Windows
 *   reports for the same failure (0 where it has none), "wsmanName" its symbolic name ("" where
 *   none is known) and "faultXml" is the server's s:Fault ("" where it sent none; "fault" is there
 *   only with it). `out` is NULL only when memory ran out.
 * - A request may have the member "trace": "verbose" or "debug". Its result, or error document,
 *   then has "trace":[{"level":"verbose","text":"…"},…]: a line for each exchange with the
 *   server, and with "debug" the envelopes too, secrets masked.
 * - Every function is safe from any thread. A blocking call ends by its deadline, or at most
 *   250 ms after wsman_cancel() of its operation id.
 * - Passwords, and secrets in a body, cross as pointer and length (UTF-8 octets, no NUL needed),
 * are copied into wiped memory, and appear in no document.
 * - Sessions are addressed by computer name, compared without case in ASCII, or by the number
 *   that wsman_connect() returned. Numbers are never reused: one that was issued and is no longer
 *   known belongs to a session that is closed.
 * - Times are milliseconds.
 */
#ifndef WSMAN_WSMAN_H
#define WSMAN_WSMAN_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define WSMAN_API __attribute__((visibility("default")))
#else
#define WSMAN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The version of this header. A caller compares it with wsman_abi_version() before anything else.
 */
#define WSMAN_ABI_VERSION 4u

/** What a call came to. The numbers are part of the ABI: the list only grows at its end. */
typedef enum wsman_status {
  WSMAN_OK = 0,
  WSMAN_E_INTERNAL = 1,         /**< A defect of the library, or memory ran out. */
  WSMAN_E_INVALID_ARGUMENT = 2, /**< The request cannot be carried out as it is written. */
  WSMAN_E_SETTINGS = 3, /**< The client settings file cannot be read or written; the message has
                             its path. */
  WSMAN_E_NOT_CONNECTED = 4,    /**< No session is open under that name. */
  WSMAN_E_CLOSED = 5,           /**< The session was closed while the call ran. */
  WSMAN_E_CANCELLED = 6,        /**< wsman_cancel() ended the call. */
  WSMAN_E_TIMED_OUT = 7,        /**< A deadline passed; the message names the phase. */
  WSMAN_E_NAME_RESOLUTION = 8,  /**< The computer name has no address. */
  WSMAN_E_CANNOT_CONNECT = 9,   /**< Nothing answers at that address and port. */
  WSMAN_E_CONNECTION_LOST = 10, /**< The connection ended before the answer was whole. */
  WSMAN_E_TLS = 11, /**< The TLS handshake failed for another reason than the certificate. */
  WSMAN_E_CERTIFICATE =
      12, /**< The server's certificate was refused; the message says by which check. */
  WSMAN_E_ACCESS_DENIED = 13,  /**< The server refused the credentials. */
  WSMAN_E_AUTHENTICATION = 14, /**< The authentication asked for cannot be used here, or failed. */
  WSMAN_E_UNENCRYPTED = 15,    /**< Clear-text credentials over http are not allowed. */
  WSMAN_E_HTTP = 16,           /**< An HTTP answer that is not WS-Management. */
  WSMAN_E_PROTOCOL = 17,       /**< An answer that breaks HTTP or SOAP. */
  WSMAN_E_LIMIT = 18,          /**< An answer larger than a limit. */
  WSMAN_E_FAULT = 19           /**< A SOAP fault; "faultXml" holds it. */
} wsman_status;

/** Octets that the library hands over; released with wsman_octets_free(). Not NUL-terminated. */
typedef struct wsman_octets {
  const char* data;
  size_t length;
} wsman_octets;

/**
 * A secret in the body of a request: a RunAsPassword, or the password of a certificate mapping. In
 * the request, or in the document that is its body, the placeholder stands in its place; the secret
 * is put there, escaped, when the message is finished.
 */
typedef struct wsman_secret {
  const char* placeholder; /**< 16 to 100 letters, digits and hyphens (ASCII) that are nowhere else,
                                such as a new GUID; NUL-terminated. */
  const void* octets;      /**< Such as XML 1.0 can hold. */
  size_t length;           /**< In octets. */
} wsman_secret;

/**
 * What proves who a caller is, each as pointer and length in octets; NULL with 0 where there is
 * none. A function that takes NULL in its place is given none.
 */
typedef struct wsman_credentials {
  const void* password; /**< In UTF-8, of "userName". */
  size_t password_length;
  const void* private_key; /**< PKCS#8 in DER (RFC 5958), of the first of "certificates". */
  size_t private_key_length;
  const void* proxy_password; /**< In UTF-8, of "userName" in "proxy". */
  size_t proxy_password_length;
} wsman_credentials;

/** All sessions of one process, and the client settings they obey. */
typedef struct wsman_registry wsman_registry;

/** The version that the library was built with. Never fails. */
WSMAN_API uint32_t wsman_abi_version(void);

/**
 * Makes an empty registry.
 *
 * @param[out] out        {} or the error document.
 * @param[out] registry   Receives the registry; release with wsman_registry_free(). NULL on
 * failure.
 * @param settings_path   File with the client settings, read at each connect or identify when it
 *                        changed; NULL, or a file that does not exist, means all defaults.
 */
WSMAN_API wsman_status wsman_registry_new(char** out, wsman_registry** registry,
                                          const char* settings_path);

/**
 * Ends what is left as wsman_close_all() does, within the setting ExitTimeoutms, and frees the
 * registry. No other call may be running or follow. NULL is ignored.
 */
WSMAN_API void wsman_registry_free(wsman_registry* registry);

/**
 * Opens a session: resolves, connects, authenticates, and asks Identify (DSP0226 11). A session
 * already open under the name is replaced once the new one stands, and then torn down; a failure
 * leaves it as it was.
 *
 * @param[out] out
 *   {"sessionId":7,"computerName":"server01","connectionUri":"https://server01:5986/wsman",
 *    "authentication":"Basic","userName":"admin",
 *    "identify":{"protocolVersion":"…","productVendor":"…","productVersion":"…"},
 *    "replaced":<teardown report, see wsman_disconnect()>}   ("replaced" only if there was one)
 * @param operation_id  Chosen by the caller, never used twice in a process; for wsman_cancel().
 * @param request  An object of these members, all optional but as said:
 *   "computerName"     the session's name; if absent, the host of "connectionUri"
 *   "port"             1 to 65535; absent or 0: the client setting DefaultPorts
 *   "applicationName"  the path; absent: the client setting URLPrefix
 *   "useSsl"           true for https
 *   "connectionUri"    stands for all of these but a missing port
 *   "authentication"   as PowerShell names it: None, Default, Basic, Negotiate, Kerberos, Digest,
 *                      Credssp, ClientCertificate
 *   "userName"         absent: no credential
 *   "certificates"     with ClientCertificate: base64 of DER (RFC 5280), the client's own first and
 *                      those that issued it after it; absent: the client setting
 *                      ClientCertificateFile
 *   "proxy"            for https only, an object: "authentication" Negotiate, Basic or Digest;
 *                      "userName", absent: none; "address" of the proxy as https_proxy has it,
 *                      absent or "": no proxy; "bypass" who is reached without, as no_proxy has it
 *   "options"          an object: "skipCACheck", "skipCNCheck", "skipRevocationCheck",
 *                      "noEncryption", "spnPort" (the port is part of the service's name for
 *                      Kerberos), "useUtf16" (booleans), "operationTimeoutMs"
 *   "locale", "dataLocale"  language tags for texts and data; absent: en-US
 *   "trace"            see above
 * @param credentials      May be NULL.
 * @return WSMAN_OK or any status but NOT_CONNECTED.
 */
WSMAN_API wsman_status wsman_connect(char** out, wsman_registry* registry, uint64_t operation_id,
                                     const char* request, const wsman_credentials* credentials);

/**
 * Asks Identify, over an open session or over one of its own, which ends before the call returns.
 *
 * @param request  As for wsman_connect(), or {"sessionId":7} for an open session; in both forms
 *                 "timeoutMs" bounds the whole call; absent: the client setting TestTimeoutms.
 * @param[out] out {"protocolVersion":"…","productVendor":"…","productVersion":"…",
 *                  "xml":"<wsmid:IdentifyResponse …>…</wsmid:IdentifyResponse>"}
 */
WSMAN_API wsman_status wsman_identify(char** out, wsman_registry* registry, uint64_t operation_id,
                                      const char* request, const wsman_credentials* credentials);

/**
 * The open sessions, sorted by name.
 * @param[out] out {"sessions":[<state document>,…]}, each as wsman_state() gives it.
 */
WSMAN_API wsman_status wsman_list(char** out, wsman_registry* registry);

/**
 * One session as it is now.
 *
 * @param session_id  From wsman_connect(); an unknown number above the last issued one is
 *                    WSMAN_E_INVALID_ARGUMENT.
 * @param[out] out
 *   {"sessionId":7,"computerName":"server01","state":"Opened","connectionUri":"…",
 *    "authentication":"Basic","userName":"admin","connections":1,"openEnumerations":0,"openShells":0}
 *   "state" is Opened, Closing, Closed, or Broken: the server refused the credential that it had
 *   accepted; every operation then fails with WSMAN_E_ACCESS_DENIED. Of a closed session only
 * "sessionId" and "state" are there.
 */
WSMAN_API wsman_status wsman_state(char** out, wsman_registry* registry, uint64_t session_id);

/**
 * One operation on a resource: Get, Set, Create, Delete or Invoke (DSP0226 7 and 9).
 *
 * @param[out] out     {} , with "trace" if asked for.
 * @param[out] answer  UTF-8 XML: the first element of the answer's Body as a document; length 0
 *                     where there is none. NULL on failure.
 * @param request  An object of these members:
 *   "connection"   as for wsman_connect(): a session of its own, which ends before the return; or
 *   "sessionId"    an open session. Exactly one of the two.
 *   "operation"    Get, Set, Create, Delete or Invoke
 *   "resourceUri"  in full or with an alias, "?Key=Value+Key2=Value2" included
 *   "selectors"    [{"name":"Name","value":"x"},{"name":"Ref","epr":"<a:EndpointReference …>"}]
 *   "options"      [{"name":"N","value":"v"},{"name":"M","value":null}]
 *   "fragment", "dialect"  w:FragmentTransfer; Get and Set only
 *   "action"       Invoke: a name, or the URI of an action
 *   "values"       [{"name":"Key","values":[{"text":"v"},{"nil":true},{"xml":"<…/>"}]}]
 *   "trace"        see above
 *
 * Set puts back what Get gave, with the values in it; Create and Invoke make the body of them.
 *
 * @param input           Octets of a document that is the body instead; NULL with length 0: none.
 * @param credentials     As for wsman_connect().
 * @param secrets         Those whose placeholders stand in "values" or in `input`, 16 at most; NULL
 *                        with 0: none.
 */
WSMAN_API wsman_status wsman_request(char** out, wsman_octets** answer, wsman_registry* registry,
                                     uint64_t operation_id, const char* request,
                                     const wsman_credentials* credentials, const void* input,
                                     size_t input_length, const wsman_secret* secrets,
                                     size_t secret_count);

/**
 * Begins an enumeration (DSP0226 8) and gives its first page.
 *
 * @param[out] out
 *   {"enumerationId":3,"end":false,"language":"en-US","items":[[<offset>,<length>],…]}
 *   "items" are the octets of `page` that each item takes, in order. With "end" nothing is left on
 *   the server, a session of its own has ended, and the number is not needed any more.
 * @param[out] page  The answer as it came, in UTF-8: one SOAP envelope.
 * @param request  "connection" or "sessionId", "resourceUri", "selectors", "options",
 *                 "trace" as for wsman_request(), and:
 *   "returnType"    "object", "epr" or "objectandepr"; absent: object
 *   "polymorphism"  "deep", "basePropertiesOnly" or "shallow"; absent: deep
 *   "filter"        text, and "dialect": "wql", "selector", "association" or a URI; absent: wql
 *   "associations"  true for the association instances themselves
 *   The size of the pages adapts to the server.
 */
WSMAN_API wsman_status wsman_enumerate_open(char** out, wsman_octets** page,
                                            wsman_registry* registry, uint64_t operation_id,
                                            const char* request,
                                            const wsman_credentials* credentials);

/**
 * The next page, as wsman_enumerate_open() gives the first. After a failure, only
 * wsman_enumerate_close() is left to call. One call at a time for an enumeration.
 */
WSMAN_API wsman_status wsman_enumerate_next(char** out, wsman_octets** page,
                                            wsman_registry* registry, uint64_t operation_id,
                                            uint64_t enumeration_id);

/**
 * Ends an enumeration before its end: stops a wsman_enumerate_next() that runs, releases the
 * context on the server, and ends a session of its own. One that is over already is no error.
 *
 * @param timeout_ms  Bound of the whole call, 1 to 600000; 0 means what wsman_disconnect() takes.
 *                    An enumeration over an open session that could not be released in time stays
 *                    with that session, which releases it when it ends.
 * @param[out] out {"released":true}, with "trace" if it was asked for when opening. "released" is
 *                 false if the server did not confirm it in time.
 */
WSMAN_API wsman_status wsman_enumerate_close(char** out, wsman_registry* registry,
                                             uint64_t operation_id, uint64_t enumeration_id,
                                             uint32_t timeout_ms);

/**
 * Closes the session to one computer and forgets it: refuses new work, cancels what runs, releases
 * what the server holds, hangs up, wipes secrets. Whatever the server does, the session is closed
 * when the call returns.
 *
 * @param computer    Name of the session.
 * @param timeout_ms  Bound of the whole call, 1 to 600000; 0 means the client setting
 *                    TeardownTimeoutms (5000) or the session's operation timeout if that is
 * shorter.
 * @param[out] out    The teardown report:
 *   {"computerName":"server01","state":"Closed","graceful":true,"elapsedMs":12.4,
 *    "operations":{"cancelled":0},"commands":{"terminated":0,"abandoned":0},
 *    "shells":{"deleted":0,"abandoned":0},"enumerations":{"released":0,"abandoned":0},
 *    "connections":{"closed":1},"secretsWiped":true,
 *    "steps":[{"step":"close","ms":3.1,"result":"ok"}],"warnings":["…"]}
 * @return WSMAN_OK, WSMAN_E_NOT_CONNECTED (nothing was done), or INVALID_ARGUMENT. Cancelling the
 *         operation skips what is left but the hanging up.
 */
WSMAN_API wsman_status wsman_disconnect(char** out, wsman_registry* registry, uint64_t operation_id,
                                        const char* computer, uint32_t timeout_ms);

/**
 * Closes every session, in parallel, within one bound.
 *
 * @param timeout_ms  1 to 600000; 0 means the client setting ExitTimeoutms (2000).
 * @param[out] out    {"closed":[<teardown report>,…]}
 */
WSMAN_API wsman_status wsman_close_all(char** out, wsman_registry* registry, uint64_t operation_id,
                                       uint32_t timeout_ms);

/**
 * The client settings as they are now, read again if the file changed.
 *
 * @param[out] out
 *   {"path":"/home/a/.config/wsman/client.json",
 *    "settings":{"NetworkDelayms":"5000","URLPrefix":"wsman","AllowUnencrypted":"false",
 *     "Auth":{"Basic":"true","Digest":"true","Kerberos":"true","Negotiate":"true",
 *      "Certificate":"true","CredSSP":"false"},
 *     "DefaultPorts":{"HTTP":"5985","HTTPS":"5986"},"TrustedHosts":"","MaxEnvelopeSizekb":"500",
 *     "TrustedCAPath":"","ClientCertificateFile":"","AllowFreshCredentials":"",
 *     "CredSSPMinimumVersion":"5",
 *     "TestTimeoutms":"5000","TeardownTimeoutms":"5000","ExitTimeoutms":"2000"}}
 *   "settings" has every setting that this version obeys, in this order, all values text; a
 *   setting that is not in the file has its default. The names are those of winrm/config/client
 *   (MS-WSMV 2.2.4.9), and from MaxEnvelopeSizekb on that of winrm/config and our own. "path" is ""
 *   where the registry has no file.
 * @return WSMAN_OK, WSMAN_E_INVALID_ARGUMENT, or WSMAN_E_SETTINGS if the file is broken.
 */
WSMAN_API wsman_status wsman_settings_get(char** out, wsman_registry* registry);

/**
 * Changes one client setting in the file and gives all of them, as wsman_settings_get() does. What
 * is open keeps the settings it was opened with.
 *
 * The file is replaced whole, with mode 0600, under a lock that is waited for at most 5000 ms, so
 * that processes that write at the same time lose nothing; what this version does not know in it is
 * kept, and a symbolic link in its place stays one. The file and its folder (mode 0700) are made if
 * they are missing. On failure, the file is as it was.
 *
 * @param request  An object of these members:
 *   "name"    "TrustedHosts", "Auth/Basic", "DefaultPorts/HTTP" …; compared without case
 *   "value"   text: true or false, a whole number, or the text itself. Of the settings only
 *             the lists (TrustedHosts, AllowFreshCredentials) and the paths (TrustedCAPath,
 *             ClientCertificateFile) can be empty.
 *   "append"  true: the entries of "value" that the list does not have yet, compared without case,
 *             are added to it; an error with a setting that is no list. Absent: false
 * @return WSMAN_OK; WSMAN_E_INVALID_ARGUMENT with what was expected, where Windows has a code for
 *         it with that, and nothing was written; or WSMAN_E_SETTINGS if the file is broken, cannot
 *         be written, or is locked for too long.
 */
WSMAN_API wsman_status wsman_settings_set(char** out, wsman_registry* registry,
                                          const char* request);

/**
 * Ends the call that carries this operation id. An answer that alone names what was begun on the
 * server (Create of a shell, Command, Enumerate) is heard behind the call, for at most the setting
 * TeardownTimeoutms, and what it names is given back. Works before the call began (it then ends at
 * once), while it runs, and after it ended (nothing happens). Never blocks.
 */
WSMAN_API void wsman_cancel(wsman_registry* registry, uint64_t operation_id);

/** Frees a document. NULL is ignored. */
WSMAN_API void wsman_string_free(char* document);

/** Frees an answer or a page. NULL is ignored. */
WSMAN_API void wsman_octets_free(wsman_octets* octets);

#ifdef __cplusplus
}
#endif

#endif /* WSMAN_WSMAN_H */
