// Fragment-level access: a part of a representation, read and changed by its path.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_FRAGMENT_H
#define WSMAN_TESTS_SERVICE_WSMAN_FRAGMENT_H

#include <optional>
#include <string>

#include "wsman/resource.h"

namespace wsman::service {

// The path that the request's w:FragmentTransfer names; nothing without one. Refuses another
// dialect than XPath 1.0.
std::optional<std::string> fragment_path(const Ask& ask);

// w:XmlFragment with what `path` selects in `body`, a representation as XML: "Name",
// "/Class/Name", "Name[2]", "Name/text()". Refuses a path that selects nothing.
std::string read_fragment(const Ask& ask, const std::string& body, const std::string& path);

// `body` with what `path` selects replaced by what is in `fragment`, a w:XmlFragment. The result is
// an envelope of that body alone.
std::string change_fragment(const Ask& ask, const std::string& body, const std::string& path,
                            const Element& fragment);

// The header block that an answer repeats.
std::string fragment_header(const Ask& ask);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_FRAGMENT_H
