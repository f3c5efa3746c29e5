// Secrets in the body of a request: they are put in last, into memory that is wiped.
//
// The code that makes a body works on ordinary strings, and libxml2 on memory of its own; neither
// is wiped. A placeholder therefore stands for the secret until the envelope is finished.
#ifndef WSMAN_PROTOCOL_XML_BODY_SECRET_H_
#define WSMAN_PROTOCOL_XML_BODY_SECRET_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/secret.h"

namespace wsman::xml {

struct BodySecret {
  std::string placeholder;  // Letters, digits and hyphens, so that XML does not change it.
  // UTF-8, not escaped; never null. Shared by copies of the struct.
  std::shared_ptr<const Secret> bytes;
};

// Whether a text can be a placeholder: too long to occur by chance, in characters that XML keeps.
bool is_placeholder(std::string_view text);

// `envelope`, in UTF-8, with each placeholder replaced by its secret, escaped so that it can be an
// attribute's value as well as an element's text. Fails with invalid_argument if XML cannot hold a
// secret, or if a placeholder is not there.
Result<Secret> filled_in(const std::string& envelope, const std::vector<BodySecret>& secrets);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_BODY_SECRET_H_
