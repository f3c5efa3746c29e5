// Documents of the configuration that say the same as Windows' and look unlike them: another
// prefix, the reverse order, indented, with a comment, and in the root and in every element that
// holds elements an attribute Loopback="kept" and a child <Loopback>kept</Loopback> that nobody
// knows.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_ODDITY_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_ODDITY_H

#include <libxml/tree.h>

#include <memory>
#include <string>

#include "wsman/resource.h"
#include "wsman/xml.h"

namespace wsman::service {

// `xml`, made odd if the request came by the path for that.
std::string told(const Ask& ask, const std::string& xml);

// What came in as the model understands it. Refuses an odd document that has lost something of
// what was told, because a client must keep what it does not know.
class Taken {
 public:
  Taken(const Ask& ask, const Element& representation);

  const Element& element() const { return element_; }

 private:
  std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> copy_;
  Element element_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_ODDITY_H
