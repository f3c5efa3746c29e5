// What a request's body is made from: named values, or a document that is sent as it is.
#ifndef WSMAN_PROTOCOL_CONTENT_H_
#define WSMAN_PROTOCOL_CONTENT_H_

#include <string>
#include <vector>

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
};

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_CONTENT_H_
