// A BIO that goes with its scope.
#ifndef WSMAN_TRANSPORT_BIO_H_
#define WSMAN_TRANSPORT_BIO_H_

#include <openssl/bio.h>

#include <memory>

namespace wsman {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_BIO_H_
