// The tags of a document, looked at before libxml2 reads it: what that costs, and where elements
// stand.
#ifndef WSMAN_PROTOCOL_XML_SHAPE_H_
#define WSMAN_PROTOCOL_XML_SHAPE_H_

#include <string_view>
#include <vector>

namespace wsman::xml {

// The attributes that one element may have, and the namespace declarations that may be in force at
// one place. Services have a tenth of that.
inline constexpr int kMostAttributes = 500;
inline constexpr int kMostDeclarations = 200;

// The elements of one level, each from its "<" to its end, in the order in which they start.
struct LevelElements {
  int level;  // That of the root is 1.
  std::vector<std::string_view> elements = {};
};

// Whether libxml2 reads `document`, in UTF-8, in a time that grows with its length only. libxml2
// compares each attribute of an element with all the others, and each prefix with all declarations
// in force, so one element of a megabyte could keep it for half a minute, in which it looks at no
// deadline. The look itself is linear. What is not well-formed is left to libxml2, which stops
// there. What `noted` asks for is found on the way, and is right if the document is well-formed.
bool is_affordable(std::string_view document, LevelElements* noted = nullptr);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_SHAPE_H_
