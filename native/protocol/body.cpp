#include "protocol/body.h"

#include "protocol/embedded.h"
#include "protocol/errors.h"
#include "protocol/names.h"
#include "protocol/shell.h"

namespace wsman {
namespace {

constexpr const char* kDocument = "document for the body";

Status write_value(XmlWriter& writer, const std::string& element, const std::string& name,
                   const Value& value) {
  const std::string what = "value of '" + name + "'";
  writer.start(element);
  if (value.kind == Value::Kind::nil) {
    writer.declare("xsi", ns::kXsi);
    writer.attribute("xsi:nil", "true");
  } else if (value.kind == Value::Kind::text) {
    Status checked = check_text(value.text, what);
    if (!checked.ok()) return checked;
    writer.text(value.text);
  } else {
    const Result<std::string> xml = content_xml(value.text, what);
    if (!xml.ok()) return xml.error();
    writer.raw(xml.value());
  }
  writer.end();
  return Done{};
}

Result<std::string> body_of(const Target& target, const std::string& root,
                            const std::vector<NamedValues>& values) {
  const Status uri = check_text(target.resource_uri, "resource URI");
  if (!uri.ok()) return uri.error();
  XmlWriter writer;
  writer.start("p:" + root);
  writer.declare("p", target.resource_uri);
  const Status written = write_values(writer, "p", values);
  if (!written.ok()) return written.error();
  writer.end();
  return writer.take();
}

}  // namespace

Status write_values(XmlWriter& writer, const std::string& prefix,
                    const std::vector<NamedValues>& values) {
  for (const NamedValues& entry : values) {
    if (!is_xml_name(entry.name)) {
      return invalid_argument(
          "'" + (is_xml_text(entry.name) ? entry.name : std::string("A key")) +
          "' in the values cannot be the name of an XML element; use letters, digits, _, - and .");
    }
    for (const Value& value : entry.values) {
      Status written = write_value(writer, prefix + ":" + entry.name, entry.name, value);
      if (!written.ok()) return written;
    }
  }
  return Done{};
}

Result<std::vector<std::string>> texts_of(const NamedValues& entry) {
  std::vector<std::string> texts;
  for (const Value& value : entry.values) {
    if (value.kind != Value::Kind::text)
      return invalid_argument("The value of '" + entry.name + "' must be text.");
    const Status checked = check_text(value.text, "value of '" + entry.name + "'");
    if (!checked.ok()) return checked.error();
    texts.push_back(value.text);
  }
  return texts;
}

Result<std::string> put_body(const Target& target, const std::string& document) {
  Result<std::string> xml = document_xml(document, kDocument);
  if (!xml.ok() || target.fragment.empty()) return xml;
  const Reading reading = read_xml(xml.value());
  if (is_element(xmlDocGetRootElement(reading.document.get()), ns::kWsman, "XmlFragment"))
    return xml;
  XmlWriter writer;
  writer.start("w:XmlFragment");
  writer.declare("w", ns::kWsman);
  writer.raw(xml.value());
  writer.end();
  return writer.take();
}

Result<std::string> create_body(const Target& target, const Content& content) {
  if (!content.document.empty()) return document_xml(content.document, kDocument);
  if (is_shell(target.resource_uri)) return shell_body(target, content.values);
  const std::string root = last_segment(target.resource_uri);
  if (!is_xml_name(root)) {
    return invalid_argument("No instance can be made of '" + target.resource_uri +
                            "': the last part of a resource URI names what is made.");
  }
  return body_of(target, root, content.values);
}

Result<std::string> invoke_body(const Target& target, const std::string& name,
                                const Content& content) {
  if (!content.document.empty()) return document_xml(content.document, kDocument);
  if (is_shell(target.resource_uri)) return shell_action_body(name, content.values);
  if (!is_xml_name(name))
    return invalid_argument("The action must be a name, or a URI that ends in one.");
  return body_of(target, name + "_INPUT", content.values);
}

std::string last_segment(const std::string& uri) { return uri.substr(uri.rfind('/') + 1); }

}  // namespace wsman
