#include "transport/tls/openssl_library.h"

namespace wsman::tls {

// The loader has found it, or this library would not be there.
Status require_openssl() { return Done{}; }

}  // namespace wsman::tls
