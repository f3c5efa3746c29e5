#include "wsman/data.h"

#include <libxml/parser.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>

namespace wsman::service {
namespace {

using Document = std::unique_ptr<xmlDoc, void (*)(xmlDoc*)>;

Document read(const std::string& path) {
  Document document(xmlReadFile(path.c_str(), nullptr, XML_PARSE_NONET | XML_PARSE_NOBLANKS),
                    xmlFreeDoc);
  if (document == nullptr) throw std::runtime_error("The file " + path + " cannot be read.");
  return document;
}

}  // namespace

Element data(const char* file) {
  static std::map<std::string, Document> documents;
  auto found = documents.find(file);
  if (found == documents.end()) {
    found = documents.emplace(file, read(std::string(WSMAN_SERVICE_DATA "/") + file)).first;
  }
  return Element(xmlDocGetRootElement(found->second.get()));
}

}  // namespace wsman::service
