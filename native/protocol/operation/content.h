// The content of a request: named values, or a document that is sent as it is; and the secrets in
// it.
#ifndef WSMAN_PROTOCOL_OPERATION_CONTENT_H_
#define WSMAN_PROTOCOL_OPERATION_CONTENT_H_

#include <string>
#include <vector>

#include "protocol/xml/body_secret.h"

namespace wsman::operation {

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
  std::vector<xml::BodySecret> secrets = {};  // Their placeholders stand in either of the two.
};

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_CONTENT_H_
