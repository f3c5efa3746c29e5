#include "protocol/association.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "protocol/errors.h"
#include "protocol/names.h"
#include "protocol/request.h"
#include "protocol/selector_text.h"
#include "protocol/writer.h"

namespace wsman {
namespace {

constexpr const char* kAssociationAdvice =
    " Write it like {object=Win32_Service?Name=winrm;resultclassname=Win32_Service}.";

// A part of the filter. Those of one kind of answer only are refused with the other.
struct Part {
  const char* name;
  bool with_associations;
};

// In the order of the schema, which some servers insist on.
constexpr std::array<Part, 5> kParts{{{"AssociationClassName", false},
                                      {"Role", true},
                                      {"ResultClassName", true},
                                      {"ResultRole", false},
                                      {"IncludeResultProperty", true}}};

// Splits at each ";" that is not in double quotes: an object's selectors may hold one.
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

// Names and values; only the first "=" of a piece has a meaning.
Result<std::vector<Selector>> read_parts(const std::string& text) {
  std::string inner = stripped(text);
  if (inner.size() >= 2 && inner.front() == '{' && inner.back() == '}')
    inner = inner.substr(1, inner.size() - 2);
  std::vector<Selector> parts;
  for (const std::string& piece : split(inner)) {
    if (stripped(piece).empty()) continue;
    const size_t sign = piece.find('=');
    if (sign == std::string::npos || stripped(piece.substr(0, sign)).empty()) {
      return invalid_argument(
          std::string("The association filter cannot be read: every part must have the form "
                      "name=value.") +
          kAssociationAdvice);
    }
    parts.push_back({stripped(piece.substr(0, sign)), stripped(piece.substr(sign + 1))});
  }
  return parts;
}

std::vector<std::string> take(std::vector<Selector>& parts, const char* name) {
  std::vector<std::string> values;
  const auto rest = std::stable_partition(parts.begin(), parts.end(), [&](const Selector& part) {
    return !equal_ignoring_case(part.name, name);
  });
  for (auto part = rest; part != parts.end(); ++part) values.push_back(part->value);
  parts.erase(rest, parts.end());
  return values;
}

// "Win32_Service?Name=x" beside "…/root/cimv2/*".
Result<Target> object_target(const std::string& object, const Target& target) {
  const std::string uri = object.substr(0, object.find('?'));
  if (uri.find('/') != std::string::npos) return make_target(object, {});
  const std::string& beside = target.resource_uri;
  return make_target(beside.substr(0, beside.rfind('/') + 1) + object, {});
}

Status write_object(XmlWriter& writer, std::vector<Selector>& parts, const Target& target) {
  const std::vector<std::string> objects = take(parts, "object");
  if (objects.size() != 1 || objects.front().empty())
    return invalid_argument(std::string("The association filter needs one object.") +
                            kAssociationAdvice);
  const Result<Target> object = object_target(objects.front(), target);
  if (!object.ok()) return object.error();
  const Result<std::string> selectors = selector_set(object.value().selectors);
  if (!selectors.ok()) return selectors.error();
  writer.start("b:Object");
  writer.element("a:Address", uri::kAnonymous);
  writer.start("a:ReferenceParameters");
  writer.element("w:ResourceURI", object.value().resource_uri);
  if (!object.value().selectors.empty()) writer.raw(selectors.value());
  writer.end();
  writer.end();
  return Done{};
}

// "a,b" are two properties, as are two parts of the name.
void write_texts(XmlWriter& writer, const std::string& name, const std::string& texts) {
  size_t start = 0;
  while (start <= texts.size()) {
    const size_t end = std::min(texts.find(',', start), texts.size());
    writer.element("b:" + name, stripped(std::string_view(texts).substr(start, end - start)));
    start = end + 1;
  }
}

Status write_parts(XmlWriter& writer, std::vector<Selector>& parts, bool associations) {
  for (const Part& part : kParts) {
    const std::vector<std::string> values = take(parts, part.name);
    if (values.empty()) continue;
    if (associations && !part.with_associations) {
      return invalid_argument(std::string("The association filter cannot have ") + part.name +
                              " together with -Associations; resultclassname names the class of "
                              "the associations.");
    }
    for (const std::string& value : values) write_texts(writer, part.name, value);
  }
  if (parts.empty()) return Done{};
  return invalid_argument("The association filter has no part '" + parts.front().name + "'." +
                          kAssociationAdvice);
}

}  // namespace

Result<std::string> association_filter(const std::string& text, const Target& target,
                                       bool associations) {
  const Status writable = check_text(text, "filter");
  if (!writable.ok()) return writable.error();
  Result<std::vector<Selector>> parts = read_parts(text);
  if (!parts.ok()) return parts.error();
  XmlWriter writer;
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

}  // namespace wsman
