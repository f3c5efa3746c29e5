#include "protocol/operation/body.h"

#include "protocol/operation/shell.h"
#include "protocol/operation/values.h"
#include "protocol/xml/embedded.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

constexpr const char* kDocument = "document for the body";

// Elements are in the namespace that is the resource URI itself, as WMI and the configuration of
// Windows have them.
Result<std::string> body_of(const message::Target& target, const std::string& root,
                            const std::vector<NamedValues>& values) {
  const Status uri = xml::check_text(target.resource_uri, "resource URI");
  if (!uri.ok()) return uri.error();
  xml::XmlWriter writer;
  writer.start("p:" + root);
  writer.declare("p", target.resource_uri);
  const Status written = write_values(writer, "p", values);
  if (!written.ok()) return written.error();
  writer.end();
  return writer.take();
}

}  // namespace

Result<std::string> put_body(const message::Target& target, const std::string& document) {
  Result<std::string> xml = xml::document_xml(document, kDocument);
  if (!xml.ok() || target.fragment.empty()) return xml;
  // A user may give the answer of a Get, which has the wrapper already.
  const xml::Reading reading = xml::read_xml(xml.value());
  if (xml::is_element(xmlDocGetRootElement(reading.document.get()), ns::kWsman, "XmlFragment"))
    return xml;
  xml::XmlWriter writer;
  writer.start("w:XmlFragment");
  writer.declare("w", ns::kWsman);
  writer.raw(xml.value());
  writer.end();
  return writer.take();
}

Result<std::string> create_body(const message::Target& target, const Content& content) {
  if (!content.document.empty()) return xml::document_xml(content.document, kDocument);
  // Shells have a schema of their own, in one namespace for all of them [MS-WSMV 2.2.4].
  if (is_shell(target.resource_uri)) return shell_body(target, content.values);
  // WMI and winrm/config name an instance after the last segment of its URI.
  const std::string root = message::last_segment(target.resource_uri);
  if (!xml::is_xml_name(root)) {
    return xml::invalid_argument("No instance can be made of '" + target.resource_uri +
                                 "': the last part of a resource URI names what is made");
  }
  return body_of(target, root, content.values);
}

Result<std::string> invoke_body(const message::Target& target, const std::string& name,
                                const Content& content) {
  if (!content.document.empty()) return xml::document_xml(content.document, kDocument);
  if (is_shell(target.resource_uri)) return shell_action_body(name, content.values);
  if (!xml::is_xml_name(name))
    return xml::invalid_argument("The action must be a name, or a URI that ends in one");
  // WMI takes the parameters of a method in this element, and the empty element where it has none.
  return body_of(target, name + "_INPUT", content.values);
}

}  // namespace wsman::operation
