// The cost of reading XML, looked at before libxml2 reads it.
#ifndef WSMAN_PROTOCOL_XML_SHAPE_H_
#define WSMAN_PROTOCOL_XML_SHAPE_H_

#include <string_view>

namespace wsman::xml {

// The attributes that one element may have, and the namespace declarations that may be in force at
// one place. Services have a tenth of that.
inline constexpr int kMostAttributes = 500;
inline constexpr int kMostDeclarations = 200;

// Whether libxml2 reads `document`, in UTF-8, in a time that grows with its length only. libxml2
// compares each attribute of an element with all the others, and each prefix with all declarations
// in force, so one element of a megabyte could keep it for half a minute, in which it looks at no
// deadline. The look itself is linear. What is not well-formed is left to libxml2, which stops
// there.
bool is_affordable(std::string_view document);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_SHAPE_H_
