#include "protocol/operation/values.h"

#include "protocol/xml/embedded.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

Status write_value(xml::XmlWriter& writer, const std::string& element, const std::string& name,
                   const Value& value) {
  const std::string what = "value of '" + name + "'";
  writer.start(element);
  // Null is an element with xsi:nil, which WMI tells from an empty text.
  if (value.kind == Value::Kind::nil) {
    writer.declare("xsi", ns::kXsi);
    writer.attribute("xsi:nil", "true");
  } else if (value.kind == Value::Kind::text) {
    Status checked = xml::check_text(value.text, what);
    if (!checked.ok()) return checked;
    writer.text(value.text);
  } else {
    const Result<std::string> xml = xml::content_xml(value.text, what);
    if (!xml.ok()) return xml.error();
    writer.raw(xml.value());
  }
  writer.end();
  return Done{};
}

}  // namespace

Status write_values(xml::XmlWriter& writer, const std::string& prefix,
                    const std::vector<NamedValues>& values) {
  for (const NamedValues& entry : values) {
    // A name is written without escaping, so it must not hold markup. The message quotes it only if
    // it can be shown.
    if (!xml::is_xml_name(entry.name)) {
      return xml::invalid_argument(
          "'" + (xml::is_xml_text(entry.name) ? entry.name : std::string("A key")) +
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
    // For attributes and lists of names, which have no place for XML or null.
    if (value.kind != Value::Kind::text)
      return xml::invalid_argument("The value of '" + entry.name + "' must be text");
    const Status checked = xml::check_text(value.text, "value of '" + entry.name + "'");
    if (!checked.ok()) return checked.error();
    texts.push_back(value.text);
  }
  return texts;
}

}  // namespace wsman::operation
