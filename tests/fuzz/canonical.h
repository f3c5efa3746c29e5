// Elements as what they say.
#ifndef WSMAN_FUZZ_CANONICAL_H_
#define WSMAN_FUZZ_CANONICAL_H_

#include <libxml/c14n.h>

#include <algorithm>
#include <string>

#include "protocol/xml/xml.h"

namespace wsman::fuzz {

// The same for all elements that say the same [Exclusive XML Canonicalization].
inline std::string canonical(xmlNodePtr element) {
  const xml::Document alone(xmlNewDoc(nullptr));
  (void)xmlDocSetRootElement(alone.get(), xmlDocCopyNode(element, alone.get(), 1));
  xmlChar* form = nullptr;
  const int length =
      xmlC14NDocDumpMemory(alone.get(), nullptr, XML_C14N_EXCLUSIVE_1_0, nullptr, 1, &form);
  std::string canonical(reinterpret_cast<const char*>(form),
                        static_cast<size_t>(std::max(length, 0)));
  xmlFree(form);
  return canonical;
}

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_CANONICAL_H_
