// Documents that are longer than what the parser is given at once (xml::feed()).
#ifndef WSMAN_FUZZ_EDGE_H_
#define WSMAN_FUZZ_EDGE_H_

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

namespace wsman::fuzz {

// The same document, so far behind white space that a piece ends in the middle of it; the input
// decides where. Empty if nothing can stand before it. It is in UTF-8.
inline std::string over_an_edge(std::string_view document) {
  constexpr size_t piece = 16384;
  if (document.rfind('<', 0) != 0 || document.rfind("<?xml", 0) == 0) return {};
  const size_t place = std::hash<std::string_view>{}(document) % std::min(piece, document.size());
  return std::string(piece - place, ' ').append(document);
}

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_EDGE_H_
