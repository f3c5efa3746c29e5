#include "protocol/operation/association.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"
#include "protocol/message/request.h"
#include "protocol/message/selector_text.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/writer.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

// A part of the filter, and whether it may stand in b:AssociationInstances too. DSP0227 gives that
// element fewer parts than b:AssociatedInstances.
struct Part {
  const char* name;
  bool with_associations;
};

// In the order of the schema, which some servers demand.
constexpr std::array<Part, 5> kParts{{{"AssociationClassName", false},
                                      {"Role", true},
                                      {"ResultClassName", true},
                                      {"ResultRole", false},
                                      {"IncludeResultProperty", true}}};

// Splits at each ";" outside of double quotes: a selector of the object may have one in its value.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> pieces(1);
  bool quoted = false;
  for (const char c : text) {
    quoted = quoted != (c == '"');
    if (c == ';' && !quoted) {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  return pieces;
}

// Reads names and values. Only the first "=" of a part has a meaning, since the object has
// selectors with "=" of its own.
Result<std::vector<message::Selector>> read_parts(const std::string& text) {
  std::vector<message::Selector> parts;
  for (const std::string& piece : split(message::without_braces(text))) {
    if (xml::stripped(piece).empty()) continue;
    const size_t sign = piece.find('=');
    if (sign == std::string::npos || xml::stripped(piece.substr(0, sign)).empty()) {
      return xml::invalid_argument(
          "The association filter cannot be read: every part must have the form name=value",
          {AdviceKey::write_association});
    }
    parts.push_back({xml::stripped(piece.substr(0, sign)), xml::stripped(piece.substr(sign + 1))});
  }
  return parts;
}

// Removes the parts of one name and gives their values. The parts that are left at the end are
// unknown, and are refused.
std::vector<std::string> take(std::vector<message::Selector>& parts, const char* name) {
  std::vector<std::string> values;
  const auto rest = std::stable_partition(
      parts.begin(), parts.end(),
      [&](const message::Selector& part) { return !equal_without_case(part.name, name); });
  for (auto part = rest; part != parts.end(); ++part) values.push_back(part->value);
  parts.erase(rest, parts.end());
  return values;
}

// The target of the object. A class without a path is one of the namespace of the resource, as in
// Microsoft's tools: "Win32_Service?Name=x" with "…/root/cimv2/*".
Result<message::Target> object_target(const std::string& object, const message::Target& target) {
  const std::string uri = object.substr(0, object.find('?'));
  if (uri.find('/') != std::string::npos) return message::make_target(object, {});
  const std::string& beside = target.resource_uri;
  return message::make_target(beside.substr(0, beside.rfind('/') + 1) + object, {});
}

Status write_object(xml::XmlWriter& writer, std::vector<message::Selector>& parts,
                    const message::Target& target) {
  const std::vector<std::string> objects = take(parts, "object");
  // Links are those of one instance, so exactly one object has to be named.
  if (objects.size() != 1 || objects.front().empty())
    return xml::invalid_argument("The association filter needs one object",
                                 {AdviceKey::write_association});
  const Result<message::Target> object = object_target(objects.front(), target);
  if (!object.ok()) return object.error();
  const Result<std::string> selectors = message::selector_set(object.value().selectors);
  if (!selectors.ok()) return selectors.error();
  // b:Object is itself the reference: address and parameters have no a:EndpointReference around
  // them.
  writer.start("b:Object");
  writer.element("a:Address", uri::kAnonymous);
  writer.start("a:ReferenceParameters");
  writer.element("w:ResourceURI", object.value().resource_uri);
  if (!object.value().selectors.empty()) writer.raw(selectors.value());
  writer.end();
  writer.end();
  return Done{};
}

// Writes one element for each text. "a,b" are two properties, like two parts of that name.
void write_texts(xml::XmlWriter& writer, const std::string& name, const std::string& texts) {
  size_t start = 0;
  while (start <= texts.size()) {
    const size_t end = std::min(texts.find(',', start), texts.size());
    writer.element("b:" + name, xml::stripped(std::string_view(texts).substr(start, end - start)));
    start = end + 1;
  }
}

Status write_parts(xml::XmlWriter& writer, std::vector<message::Selector>& parts,
                   bool associations) {
  for (const Part& part : kParts) {
    const std::vector<std::string> values = take(parts, part.name);
    if (values.empty()) continue;
    if (associations && !part.with_associations) {
      return xml::invalid_argument(
          std::string("The association filter cannot have ") + part.name +
          " where the associations themselves are asked for; resultclassname names their class");
    }
    for (const std::string& value : values) write_texts(writer, part.name, value);
  }
  // A misspelled part that is ignored would give more instances than asked for.
  if (parts.empty()) return Done{};
  return xml::invalid_argument("The association filter has no part '" + parts.front().name + "'",
                               {AdviceKey::write_association});
}

}  // namespace

Result<std::string> association_filter(const std::string& text, const message::Target& target,
                                       bool associations) {
  const Status writable = xml::check_text(text, "filter");
  if (!writable.ok()) return writable.error();
  Result<std::vector<message::Selector>> parts = read_parts(text);
  if (!parts.ok()) return parts.error();
  xml::XmlWriter writer;
  writer.start(associations ? "b:AssociationInstances" : "b:AssociatedInstances");
  writer.declare("b", ns::kCimBinding);
  writer.declare("a", ns::kAddressing);
  writer.declare("w", ns::kWsman);
  const Status object = write_object(writer, parts.value(), target);
  if (!object.ok()) return object.error();
  const Status rest = write_parts(writer, parts.value(), associations);
  if (!rest.ok()) return rest.error();
  writer.end();
  return writer.take();
}

}  // namespace wsman::operation
