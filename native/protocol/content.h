// What a request's body is made from: named values, or a document that is sent as it is; and the
// secrets in it.
#ifndef WSMAN_PROTOCOL_CONTENT_H_
#define WSMAN_PROTOCOL_CONTENT_H_

#include <string>
#include <vector>

#include "protocol/body_secret.h"

namespace wsman {

struct Value {
  enum class Kind { text, nil, xml };  // xml: an element, or several, that become the content.
  Kind kind = Kind::text;
  std::string text;
};

// One entry of a -ValueSet. Several values are an array: the element is repeated.
struct NamedValues {
  std::string name;
  std::vector<Value> values;
};

struct Content {
  std::vector<NamedValues> values;
  std::string document;  // UTF-8. Where it is not empty, it is the body and `values` are not used.
  std::vector<BodySecret> secrets = {};  // Their placeholders stand in either of the two.
};

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_CONTENT_H_
