/* clang-format off */
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
 *   {"error":{"code":"<name>","message":"<sentences>",
 *              "advice":[{"key":"TrustHost","arguments":["server01"]},…],
 *              "wsmanCode":<unsigned>,"wsmanName":"<name>","faultXml":"<xml>",
 *              "fault":{"kind":"NoInstance","soapCode":"Sender","soapSubcode":"InvalidSelectors",
 *              "reason":"…","detail":"<uri>","machine":"…","provider":"…","providerPath":"…",
 *              "providerMessage":"…"}},"trace":[…]}
 *   where "code" names the returned status ("NotConnected" for WSMAN_E_NOT_CONNECTED),
 *   "message" is what happened, in whole sentences for a person, "advice" is what that person
 *   may do about it, in the order to show it ([] where nothing is known; the keys are listed
 *   below), "wsmanCode" is the number that Windows reports for the same failure (0 where it has
 *   none), "wsmanName" its symbolic name ("" where none is known) and "faultXml" is the server's
 *   s:Fault, with references in the place of what steers a terminal ("" where it sent none; "fault"
 *   is there only with it). "kind" is what the fault is about: NoResource, NoInstance, NoContext,
 *   Unsupported, ServerFailed, TooLarge or Other. `out` is NULL only when memory ran out.
 * - A request to a server may have the member "trace": "verbose" or "debug". Its result, or error document,
 *   then has "trace":[{"level":"verbose","text":"…"},…]: a line for each exchange with the
 *   server, and with "debug" the envelopes too, secrets masked.
 * - Every function is safe from any thread. A blocking call ends by its deadline, or at most
 *   250 ms after wsman_cancel() of its operation id.
 * - Passwords, and secrets in a body, cross as pointer and length (UTF-8 bytes, no NUL needed),
 *   are copied into wiped memory, and appear in no document.
 * - Sessions are addressed by computer name, compared without case in ASCII, or by the number
 *   that wsman_connect() returned. Numbers are never reused: one that was issued and is no longer
 *   known belongs to a session that is closed.
 * - Times are milliseconds.
 *
 * Keys of "advice", each with the names of its arguments and its meaning. The wording is up to the
 * caller. The list grows; a caller ignores a key that it does not know.
 *
 *   UseTls                         connect over https
 *   UseTlsIfSpoken                 use https if the port speaks TLS
 *   ConnectAgain                   connect again
 *   ConnectWithOtherCredential     connect again, with a credential that the server accepts
 *   CheckSessionName               check the name of the session: it is the one that was given
 *                                  when connecting
 *   CheckComputerName              check the spelling of the computer name, or give the IP address
 *   GiveNameAlone                  give the name of the computer without port, path and scheme, and
 *                                  these where they belong
 *   AddZone                        name the interface behind the address, as in fe80::1%eth0
 *   CheckReachable                 check name and port, that the service listens there, and that
 *                                  no firewall is in between
 *   CheckPort                      check that a WS-Management service listens on that port
 *   CheckService                   check that a WS-Management service listens there
 *   RaiseFileLimit                 raise the limit of open files of this process, or close sessions
 *   LookForBalancer                look for something in between that gives the requests of one
 *                                  connection to several servers
 *   CheckAddress                   check port and path, and that the WS-Management service runs
 *   CheckPortAndPath               check that port and path lead to a WS-Management service
 *   CheckTlsPort                   check that the port speaks TLS 1.2 or later; a plain http port
 *                                  needs none
 *   MatchCiphers                   allow a cipher, a group and a signature that both ends know, in
 *                                  the configuration of the server or of OpenSSL on this computer
 *   CheckOutcome                   the server may have carried out the request, which is not sent
 *                                  again: look
 *   AllowMoreTime                  check that the computer is up and reachable, or allow more time
 *   AllowMoreTimeBySetting(name)   the same, by the client setting, named as for
 *                                  wsman_settings_set()
 *   TryAgain                       try again
 *   TryLater                       try again later
 *   ConnectThere                   connect to the place that the server names, if it is trusted;
 *                                  redirects are not followed
 *   WriteConnectionUri             write the URI like https://server01:5986/wsman
 *   SendLess                       lower MaxEnvelopeSizekb, or send less at once
 *   RaiseEnvelopeSize              raise the client setting MaxEnvelopeSizekb
 *   ReadServerLog                  look at the server's own log
 *   TurnOnSetting(name)            turn on the client setting, named as for wsman_settings_set()
 *   AllowBySetting(name)           the same, where something safer was advised first
 *   CorrectSettingsFile            correct the file, or move it away to use the defaults
 *   ProtectFile(path)              look at what is in the settings, and let nobody but its owner
 *                                  write the file or folder
 *   OwnFile(path)                  look at what is in the settings, and have the file or folder
 *                                  belong to the user
 *   LetOwnerRead(path)             let its owner read the file
 *   AddCredential                  give a user name and a password
 *   AddCredentialIfSilent          add a credential: some services say nothing without one
 *   AddPassword                    give a password
 *   AddUserName                    give a user name
 *   AddCredentialForCredSsp        give a user name and a password: what one is logged on with
 *                                  cannot be handed over
 *   AddCredentialOrName            give a user name and a password, or the computer's name
 *   AddCredentialForTicket         give a user name and a password: the server does not accept the
 *                                  Kerberos ticket
 *   LeaveOutCredential             give no credential
 *   LeaveOutCredentialOrNegotiate  give no credential, or use Negotiate
 *   LeaveOutCharacter              leave the character out
 *   CheckCredential                check the user name and the password
 *   CheckLocalAccount              an account of the server's own has to be in its groups, and may
 *                                  be filtered by LocalAccountTokenFilterPolicy there
 *   UseNegotiateBeyondAscii        use Negotiate if letters outside ASCII are in name or password
 *   CheckOneConnection(mechanism)  look for something in between that gives the steps of the
 *                                  mechanism different connections
 *   CheckUserAndRealm              check the user name, and give its realm
 *   ChooseOtherPassword            use a password without that character
 *   ChangePassword                 change the password
 *   ChangeKerberosPassword         change the password at the KDC
 *   AskAdministrator               ask whoever administers the account
 *   UseAuthentication(name)        use that authentication
 *   MatchAuthentication            use an authentication that the server accepts, with a
 *                                  credential for it
 *   MatchOrTurnOn(name)            use an authentication that the server accepts, or turn this one
 *                                  on there
 *   UseOtherAuthentication         use another authentication, if this one is not set up here
 *   UseOtherThanDigest             use another authentication, or change the server's settings
 *   UseComputerName                give the computer's name
 *   LeaveOutSpnPort                do not ask for the port in the service's name, or use Kerberos
 *                                  or Negotiate
 *   EncryptMessages                do not turn off encryption, or use TLS; the service would have
 *                                  to allow clear text
 *   LeaveOutNoEncryption           do not turn off encryption
 *   TrustHost(entry)               use TLS, or add the entry to the client setting TrustedHosts
 *   VerifyServer                   use TLS, or ask who answers under that name
 *   CompareClocks                  if that is not it, compare the clock of the server with the
 *                                  client's
 *   SetClocks                      set the clocks right
 *   RaiseHeadLimits                raise what the server takes as head of a request: a ticket can
 *                                  be large
 *   LookForTlsProxy                look for a proxy in between that decrypts TLS
 *   LookForOtherCertificate        if that is not it, look for a proxy in between that decrypts TLS
 *   UseTlsIfBound                  if that is not it, use TLS: the server may demand a channel
 *                                  binding
 *   LookForInterceptor             look for somebody in between
 *   GetTicket                      get a Kerberos ticket, or give a user name and a password
 *   RenewTicket                    get a new Kerberos ticket, or give a user name and a password
 *   ConfigureRealm                 give the realm, and name its KDC in the configuration of
 *                                  Kerberos or in DNS
 *   CheckKdc                       check the network, and the KDC in the configuration of Kerberos
 *                                  or in DNS
 *   CheckKdcLater                  check the KDC, and try again later
 *   RegisterServiceName            connect by the name of the service, register it, or ask for the
 *                                  one with the port
 *   CorrectServiceName             have the service's name corrected, or ask for the one with the
 *                                  port
 *   InstallKerberos                install the Kerberos library of the system, or give a user name
 *                                  and a password for NTLM
 *   AllowCredSsp(computer)         allow that the computer is handed a user name and a password
 *   UpdateOrLowerSetting           update the server, or lower the client setting
 *                                  CredSSPMinimumVersion
 *   ConfigureOpenSsl               look at the configuration of OpenSSL on this computer
 *   InstallOpenSsl                 install OpenSSL, 1.1.1 or later
 *   AllowLegacyTls(host)           update the server, or name it in the client setting
 *                                  LegacyTLSHosts, which lowers what TLS protects with it
 *   TrustAuthority                 name the authority in the client setting TrustedCAPath, or
 *                                  leave out its check
 *   TrustIssuer                    name that authority, too, in the client setting TrustedCAPath,
 *                                  or leave out its check
 *   SendIssuer                     have the server send that certificate along with its own, if it
 *                                  is of an authority that another one issued
 *   ConnectByCertifiedName         connect by a name that the certificate has, or leave out the
 *                                  check of names
 *   IssueForAddress                have a certificate issued with the address as an IP address in
 *                                  its alternative names, or leave out the check of names
 *   AddCertificate                 give a client certificate, or name its file in the client
 *                                  setting ClientCertificateFile
 *   AddCertificateOrPort           give a client certificate, or use another port
 *   AddCertificateIfWanted         give a client certificate if the server wants one: it asked for
 *                                  one, or for a handshake to ask in
 *   CheckCertificateFile           check the file in the client setting ClientCertificateFile
 *   CheckClientAuthority           the server must trust the certificate's authority, and it must
 *                                  be meant for clients
 *   ConvertCertificateFile         convert the file to PEM, with the certificate and its key
 *   FillCertificateFile            put the certificate into the file, together with its key
 *   StoreKeyUnencrypted            store the key without a password, in a file that only its owner
 *                                  can read
 *   ImportWithKey                  import the certificate together with its key
 *   UseItsKey                      use the key that the certificate was made for
 *   RenewCertificate               renew the certificate
 *   RenewServerCertificate         have the server's certificate renewed
 *   CheckClock                     compare the clock of this computer
 *   IssueForClients                have a certificate issued whose extended key usage has Client
 *                                  Authentication
 *   IssueForServers                have a certificate issued whose extended key usage has Server
 *                                  Authentication
 *   MapCertificate(computer)       have the certificate mapped to an account there, and
 *                                  certificates accepted
 *   LeaveOutProxy                  give no authentication for a proxy
 *   AddProxyCredential             give a user name and a password for the proxy
 *   MoveProxyCredential            give user name and password of the proxy apart from its address
 *   CheckProxyCredential           check user name, password and authentication that were given
 *                                  for the proxy
 *   CheckProxyRules                check that the proxy may connect to that computer and port
 *   CheckProxy                     the computer named is the proxy
 *   CheckProxyKind                 check that the address is that of an HTTP proxy
 *   WriteProxyAddress              write the address of the proxy like
 *                                  http://proxy.example.com:3128
 *   CheckResource                  check the resource URI and the selectors
 *   CheckResourceUri               check the resource URI
 *   CheckResourceOrUpdate          check the resource URI, and look for an update of the server
 *   CheckRights                    check the rights of the user on that computer
 *   CheckAction                    check the name of the action
 *   CheckActionSupported           check the name of the action, and that the resource supports it
 *   CheckSelectors                 check the selectors
 *   CheckSelectorNames             check the names of the selectors, and that what they name is
 *                                  still there
 *   CheckSelectorValues            check the values of the selectors
 *   GiveAllSelectors               give all selectors that the resource needs
 *   ChooseOtherSelectors           choose other selectors, or change what is there
 *   CheckFragment                  check the fragment; names in it are compared with case
 *   LeaveOutFragment               leave out the fragment, or use XPath
 *   CheckSpelling                  check the spelling, upper and lower case included
 *   GiveAllValues                  give all values as an array
 *   SetInnerElements               set the elements inside, or give the new content as XML
 *   GiveSecretAsElement            give the secret as the value of an element
 *   QuoteValue(character)          put a value that has the character in it in quotes
 *   AskForLess                     ask for less at once
 *   AskForLessOrRaiseLimit         ask for less at once, or raise MaxEnvelopeSizekb
 *   TryLonger                      try again, or with a longer operation timeout
 *   CloseWhatIsOpen                close shells or enumerations, or raise the quota
 *   CloseShells                    close shells, or raise MaxShellsPerUser on that computer
 *   CloseEnumerations              close enumerations, or raise MaxConcurrentOperationsPerUser
 *   WaitForLastPage                wait until the last page of the enumeration is there
 *   EnumerateAgain                 enumerate again
 *   EnumerateSooner                enumerate again; the server keeps a context for a limited time
 *   UpdateServer                   look for an update of the server
 *   AskWithoutElement              ask for less, without that element, or look for an update of
 *                                  the server
 *   EnumerateOtherwise             look for an update of the server, or enumerate in another way
 *   AddFilter                      give a filter, or leave out the dialect
 *   UseKnownDialect                use wql, selector, association, or a URI
 *   UseOtherDialect                use another dialect for the filter
 *   CheckQuery                     check the query and the class that it names
 *   LeaveOutPolymorphism           leave out the polymorphism, or the filter
 *   WriteAssociation               write the filter like
 *                                  {object=Win32_Service?Name=winrm;resultclassname=Win32_Service}
 */
/* clang-format on */
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
#define WSMAN_ABI_VERSION 8u

/** The result of a call. The numbers are part of the ABI: the list only grows at its end. */
typedef enum wsman_status {
  WSMAN_OK = 0,
  WSMAN_E_INTERNAL = 1,         /**< A defect of the library, or memory ran out. */
  WSMAN_E_INVALID_ARGUMENT = 2, /**< The request cannot be carried out as it is written. */
  WSMAN_E_SETTINGS = 3, /**< The client settings file cannot be read or written, or is not obeyed;
                             the message has its path. */
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

/** Bytes that the library hands over; released with wsman_bytes_free(). Not NUL-terminated. */
typedef struct wsman_bytes {
  const char* data;
  size_t length;
} wsman_bytes;

/**
 * A secret in the body of a request: a RunAsPassword, or the password of a certificate mapping. In
 * the request, or in the document that is its body, the placeholder stands in its place; the secret
 * is put there, escaped, when the message is finished.
 */
typedef struct wsman_secret {
  const char* placeholder; /**< 16 to 100 letters, digits and hyphens (ASCII) that occur nowhere
                                else, such as a new GUID; NUL-terminated. */
  const void* bytes;       /**< UTF-8 text that XML 1.0 can hold. */
  size_t length;           /**< In bytes. */
} wsman_secret;

/**
 * The secrets that prove the identity of a caller, each as pointer and length in bytes; NULL with 0
 * where there is none. NULL in the place of the struct means none at all.
 */
typedef struct wsman_credentials {
  const void* password; /**< In UTF-8, of "userName". */
  size_t password_length;
  const void* private_key; /**< PKCS#8 in DER (RFC 5958), of the first of "certificates". */
  size_t private_key_length;
  const void* proxy_password; /**< In UTF-8, of "userName" in "proxy". */
  size_t proxy_password_length;
} wsman_credentials;

/** The inputs of a request beside its document; NULL, with 0 as a number, where there is none. */
typedef struct wsman_input {
  const wsman_credentials* credentials; /**< As for wsman_connect(). */
  const void* body;                     /**< UTF-8 XML, the body in the place of "values". */
  size_t body_length;
  const wsman_secret* secrets; /**< Those whose placeholders stand in "values" or in `body`. */
  size_t secret_count;         /**< 256 at most. */
} wsman_input;

/** All sessions of one process, and the client settings they obey. */
typedef struct wsman_registry wsman_registry;

/** The version that the library was built with. Never fails. */
WSMAN_API uint32_t wsman_abi_version(void);

/**
 * Makes an empty registry.
 *
 * @param[out] out        {} or the error document.
 * @param[out] registry   Receives the registry; release with wsman_registry_free(). NULL on
 *                        failure.
 * @param settings_path   File with the client settings, read at each connect or identify when it
 *                        changed; NULL, or a file that does not exist, means all defaults.
 */
WSMAN_API wsman_status wsman_registry_new(char** out, wsman_registry** registry,
                                          const char* settings_path);

/**
 * Ends all sessions as wsman_close_all() does, within the setting ExitTimeoutms, and frees the
 * registry. No other call may be running or follow. NULL is ignored.
 */
WSMAN_API void wsman_registry_free(wsman_registry* registry);

/**
 * Opens a session: resolves, connects, authenticates, and asks Identify (DSP0226 11), all of it
 * within the client setting ConnectTimeoutms (10000). A session that has the name already is closed
 * once the new one is open; a failure leaves it as it was. The session makes further connections,
 * and one that was lost again, within the same time, up to the end of the authentication.
 *
 * @param[out] out
 *   {"sessionId":7,"computerName":"server01","connectionUri":"https://server01:5986/wsman",
 *    "authentication":"Basic","userName":"admin",
 *    "identify":{"protocolVersion":"…","productVendor":"…","productVersion":"…"},
 *    "replaced":<teardown report, see wsman_disconnect()>}   ("replaced" only if there was one)
 * @param operation_id  Chosen by the caller, never used twice in a process; for wsman_cancel().
 * @param request  An object of these members, all optional but as said:
 *   "computerName"     the session's name; if absent, the host of "connectionUri". Messages have it
 *                      as it is written
 *   "host"             that name, or that host, in ASCII: with A-labels (RFC 5891) for letters that
 *                      are not. It is what is looked up, sent, verified, and compared with the
 *                      client settings, and no IP address; absent: the name as it is written
 *   "port"             1 to 65535; absent or 0: the client setting DefaultPorts
 *   "applicationName"  the path; absent: the client setting URLPrefix
 *   "useSsl"           true for https
 *   "connectionUri"    stands for all of these but a missing port and "host"; an IPv6 address may
 *                      have a zone, behind "%25" or "%"
 *   "authentication"   as PowerShell names it: None, Default, Basic, Negotiate, Kerberos, Digest,
 *                      Credssp, ClientCertificate
 *   "userName"         absent: no credential
 *   "certificates"     with ClientCertificate: base64 of DER (RFC 5280), the client's own first and
 *                      those that issued it after it; absent: the client setting
 *                      ClientCertificateFile
 *   "proxy"            for https only, an object: "authentication" Negotiate, Basic or Digest;
 *                      "userName", absent: none; "address" of the proxy as https_proxy has it,
 *                      absent or "": no proxy; "bypass" hosts reached directly, as in no_proxy
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
 * @param[out] out     {"protocolVersion":"…","productVendor":"…","productVersion":"…"} , with
 *                     "trace" if asked for.
 * @param[out] answer  UTF-8 XML: the IdentifyResponse (DSP0226 11) as a document. NULL on failure.
 */
WSMAN_API wsman_status wsman_identify(char** out, wsman_bytes** answer, wsman_registry* registry,
                                      uint64_t operation_id, const char* request,
                                      const wsman_credentials* credentials);

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
 *    "authentication":"Basic","userName":"admin","connections":1,"openEnumerations":0,
 *    "openShells":0}
 *   "state" is Opened, Closing, Closed, or Broken: the server refused the credential that it had
 *   accepted, twice in a row; every operation then fails with WSMAN_E_ACCESS_DENIED.
 *   "openEnumerations" and "openShells" include what may exist because no answer told. Of a closed
 *   session only "sessionId" and "state" are there.
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
 * Set sends the answer to a Get back, with the values in it; Create and Invoke make the body of the
 * values. Create of a shell and the action Command get a ShellId or a CommandId of the library
 * unless the body has one, by which they can be ended if their answer is lost. If it is, a session
 * of its own ends them before the return, and the message tells what may be left.
 *
 * @param input  May be NULL.
 */
WSMAN_API wsman_status wsman_request(char** out, wsman_bytes** answer, wsman_registry* registry,
                                     uint64_t operation_id, const char* request,
                                     const wsman_input* input);

/**
 * Begins an enumeration (DSP0226 8) and gives its first page.
 *
 * @param[out] out
 *   {"enumerationId":3,"end":false,"language":"en-US","count":20}
 *   "count" is the number of items in `page`. With "end" nothing is left on the server, a session
 *   of its own has ended, and the number of the enumeration is not needed any more.
 * @param[out] page  The answer as it came, in UTF-8: one SOAP envelope.
 * @param request  "connection" or "sessionId", "resourceUri", "selectors", "options",
 *                 "trace" as for wsman_request(), and:
 *   "returnType"    "object", "epr" or "objectandepr"; absent: object
 *   "polymorphism"  "deep", "basePropertiesOnly" or "shallow"; absent: deep
 *   "filter"        text, and "dialect": "wql", "selector", "association" or a URI; absent: wql
 *   "associations"  true for the association instances themselves
 *   The size of the pages adapts to the server.
 */
WSMAN_API wsman_status wsman_enumerate_open(char** out, wsman_bytes** page,
                                            wsman_registry* registry, uint64_t operation_id,
                                            const char* request,
                                            const wsman_credentials* credentials);

/**
 * The next page, as wsman_enumerate_open() gives the first. After a failure, only
 * wsman_enumerate_close() is left to call. One call at a time for an enumeration.
 */
WSMAN_API wsman_status wsman_enumerate_next(char** out, wsman_bytes** page,
                                            wsman_registry* registry, uint64_t operation_id,
                                            uint64_t enumeration_id);

/**
 * Ends an enumeration before its end: stops a wsman_enumerate_next() that runs, hears out the
 * answer that is on its way to it, for half of the time, releases the context on the server, and
 * ends a session of its own. For one that has ended nothing is done.
 * Fails with WSMAN_E_INVALID_ARGUMENT for a number that was never given.
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
 * Closes the session to one computer and forgets it: refuses new work, cancels running operations,
 * ends the objects on the server, closes the connections, wipes the secrets. Whatever the server
 * does, the session is closed when the call returns.
 *
 * @param computer    Name of the session.
 * @param timeout_ms  Bound of the whole call, 1 to 600000; 0 means the client setting
 *                    TeardownTimeoutms (5000), or the operation timeout that the session was
 *                    given if that is shorter.
 * @param[out] out    The teardown report:
 *   {"computerName":"server01","connectionUri":"https://server01:5986/wsman","userName":"admin",
 *    "startTime":"2026-01-31T23:59:59.007Z","state":"Closed","graceful":true,"elapsedMs":12.4,
 *    "operations":{"cancelled":0},"commands":{"terminated":0,"abandoned":0},
 *    "shells":{"deleted":0,"abandoned":0},"enumerations":{"released":0,"abandoned":0},
 *    "connections":{"closed":1},"secretsWiped":true,
 *    "steps":[{"step":"close","startMs":9.2,"ms":3.1,"result":"ok"}],"warnings":["…"]}
 *   "connections" counts those that were open when the call began, and not those that it opened
 *   itself. "abandoned" counts what may be left on the server: what it did not confirm to be gone,
 *   and what it was asked to make without an answer that tells and that cannot be ended by name.
 *   "graceful" is false then, and "warnings" has a sentence for each kind. A step has its start,
 *   since the call began, and its duration: "terminate", "delete" and "release" overlap. Its
 *   "result" is "ok", or a failure in a few words, such as "0 of 1 shell". "startTime" is UTC, in
 *   the form of RFC 3339 with milliseconds; "userName" is "" where none was given.
 * @return WSMAN_OK, WSMAN_E_NOT_CONNECTED (nothing was done), or INVALID_ARGUMENT. Cancelling the
 *         operation skips all steps that are left but the closing of the connections.
 */
WSMAN_API wsman_status wsman_disconnect(char** out, wsman_registry* registry, uint64_t operation_id,
                                        const char* computer, uint32_t timeout_ms);

/**
 * Closes several sessions together, in parallel, each as wsman_disconnect() does. Their names are
 * free from the beginning on.
 *
 * @param session_ids    `session_count` numbers from wsman_connect(); not NULL. One whose session
 * is closed, or is being closed by another call, is passed over.
 * @param timeout_ms     Bound of the whole call, 1 to 600000; 0 means for each session what
 *                       wsman_disconnect() takes, counted from the beginning of the call.
 * @param[out] out       {"closed":[<teardown report>,…]}, in the order of the numbers.
 * @return WSMAN_OK, or INVALID_ARGUMENT for a number that was never issued (nothing was done).
 *         Cancelling the operation works as for wsman_disconnect().
 */
WSMAN_API wsman_status wsman_close(char** out, wsman_registry* registry, uint64_t operation_id,
                                   const uint64_t* session_ids, size_t session_count,
                                   uint32_t timeout_ms);

/**
 * Closes every session, in parallel, within one bound; one after the other where memory runs out,
 * without a report.
 *
 * @param timeout_ms  1 to 600000; 0 means the client setting ExitTimeoutms (2000), as the last call
 *                    of this registry that looked at the settings had it: the file is not read now.
 * @param[out] out    {"closed":[<teardown report>,…]}
 */
WSMAN_API wsman_status wsman_close_all(char** out, wsman_registry* registry, uint64_t operation_id,
                                       uint32_t timeout_ms);

/**
 * The client settings as they are now, read again if the file changed.
 *
 * @param[out] out
 *   {"path":"/home/a/.config/wsman/client.json",
 *    "settings":{"MaxEnvelopeSizekb":"500","MaxTimeoutms":"60000","MaxBatchItems":"32000",
 *     "NetworkDelayms":"5000","URLPrefix":"wsman","AllowUnencrypted":"false",
 *     "Auth":{"Basic":"true","Digest":"true","Kerberos":"true","Negotiate":"true",
 *      "Certificate":"true","CredSSP":"false"},
 *     "DefaultPorts":{"HTTP":"5985","HTTPS":"5986"},"TrustedHosts":"",
 *     "TrustedCAPath":"","ClientCertificateFile":"","LegacyTLSHosts":"",
 *     "AllowFreshCredentials":"","CredSSPMinimumVersion":"5",
 *     "ConnectTimeoutms":"10000","TestTimeoutms":"5000","TeardownTimeoutms":"5000",
 *     "ExitTimeoutms":"2000"}}
 *   "settings" has every setting that this version obeys, in this order, all values text; a
 *   setting that is not in the file has its default. The first three have the names of
 *   winrm/config, those that follow the names of winrm/config/client (MS-WSMV 2.2.4.9), and from
 *   TrustedCAPath on they are our own. MaxTimeoutms is the "operationTimeoutMs" of a session that
 *   is given none, and MaxBatchItems the most items that one page is asked for. "path" is "" where
 *   the registry has no file. "remarks", absent if there are none, has a sentence for each member
 *   of the file that is not obeyed because no setting has that name, in these letters.
 * @return WSMAN_OK, WSMAN_E_INVALID_ARGUMENT, or WSMAN_E_SETTINGS if the file is broken, cannot be
 *         read, or is not obeyed because somebody else than the user or the superuser owns it or
 *         its folder, or may write them.
 */
WSMAN_API wsman_status wsman_settings_get(char** out, wsman_registry* registry);

/**
 * Changes client settings in the file, all of those that are given or none, and gives all of them
 * as wsman_settings_get() does. What is open keeps the settings it was opened with.
 *
 * The file is replaced whole, with mode 0600, under a lock that is waited for at most 5000 ms, so
 * that processes that write at the same time lose nothing; what this version does not know in it is
 * kept, and a symbolic link in its place stays one. The file and its folder (mode 0700) are made if
 * they are missing. On failure, the file is as it was, unless memory ran out when it was written.
 *
 * @param request  {"changes":[…]}, each an object of these members, made in their order:
 *   "name"    "TrustedHosts", "Auth/Basic", "DefaultPorts/HTTP" …; compared without case
 *   "value"   text: true or false, a whole number, or the text itself. Of the settings only
 *             the lists (TrustedHosts, LegacyTLSHosts, AllowFreshCredentials) and the paths
 *             (TrustedCAPath, ClientCertificateFile) can be empty.
 *   "append"  true: the entries of "value" that the list does not have yet, compared without case,
 *             are added to it; an error with a setting that is no list. Absent: false
 *   "remove"  true: the entries that one of "value" matches, where * stands for any text, are taken
 *             out of the list; not together with "append". Absent: false
 * @return WSMAN_OK; WSMAN_E_INVALID_ARGUMENT with what was expected, where Windows has a code for
 *         it with that, and nothing was written; or WSMAN_E_SETTINGS if the file is broken, not
 *         obeyed, cannot be written, or is locked for too long.
 */
WSMAN_API wsman_status wsman_settings_set(char** out, wsman_registry* registry,
                                          const char* request);

/**
 * Ends the call with this operation id. The answer to a request on a resource or of an
 * enumeration is heard out in the background, for at most the setting TeardownTimeoutms, and what
 * it names is ended; so it is after a call that has timed out. Works before the call began (it
 * then ends at once), while it runs, and after it ended (nothing happens). Never blocks.
 */
WSMAN_API void wsman_cancel(wsman_registry* registry, uint64_t operation_id);

/** Frees a document. NULL is ignored. */
WSMAN_API void wsman_string_free(char* document);

/** Frees an answer or a page. NULL is ignored. */
WSMAN_API void wsman_bytes_free(wsman_bytes* bytes);

#ifdef __cplusplus
}
#endif

#endif /* WSMAN_WSMAN_H */
