// Where OpenSSL comes from: linked to the library, or found when it runs (native/package).
#ifndef WSMAN_TRANSPORT_TLS_OPENSSL_LIBRARY_H_
#define WSMAN_TRANSPORT_TLS_OPENSSL_LIBRARY_H_

#include "base/error.h"

namespace wsman::tls {

// Makes the functions of OpenSSL usable. A failure is not kept: OpenSSL may be installed meanwhile.
// None of them is called before this has succeeded, and begin_openssl() before all others.
Status require_openssl();

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_OPENSSL_LIBRARY_H_
