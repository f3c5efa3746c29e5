#include "protocol/operation/filter.h"

#include <algorithm>

#include "base/codes.h"
#include "base/text.h"
#include "protocol/message/request.h"
#include "protocol/message/selector_text.h"
#include "protocol/operation/association.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/writer.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

// The help of Windows gives this URI for the selector filter; servers know that of DSP0226 only.
constexpr const char* kMicrosoftSelectorFilter =
    "http://schemas.microsoft.com/wbem/wsman/1/wsman/SelectorFilter";

// The URI of a dialect that is given by name or URI; "" for an unknown name. A text with ":" is a
// URI: a server may know dialects that are not listed here.
std::string dialect_uri(const std::string& dialect) {
  if (dialect.empty() || equal_without_case(dialect, "wql")) return uri::kWql;
  if (equal_without_case(dialect, "selector") ||
      equal_without_case(dialect, kMicrosoftSelectorFilter))
    return uri::kSelectorFilter;
  if (equal_without_case(dialect, "association")) return uri::kAssociationFilter;
  return dialect.find(':') == std::string::npos ? "" : dialect;
}

Result<std::string> selector_filter(const std::string& text) {
  // As Microsoft's tools write it: Name='v1';State='v2'.
  constexpr message::PairSyntax syntax{';', "'\"", true};
  const Result<std::vector<message::Selector>> pairs =
      message::parse_pairs(message::without_braces(text), syntax, "selector filter");
  if (!pairs.ok()) return pairs.error();
  return message::selector_set(pairs.value());
}

Status check_query(const Query& query, const std::string& dialect) {
  if (query.filter.empty() && !query.dialect.empty())
    return xml::invalid_argument("A dialect needs a filter", {AdviceKey::add_filter});
  if (dialect.empty()) {
    return xml::invalid_argument("The dialect '" + query.dialect + "' is not known",
                                 {AdviceKey::use_known_dialect});
  }
  const bool association = !query.filter.empty() && dialect == uri::kAssociationFilter;
  if (query.associations && !association)
    return xml::invalid_argument("Associations need a filter of the dialect association");
  // The code is that of Windows, which refuses the combination as well.
  if (!query.filter.empty() && dialect == uri::kWql &&
      query.polymorphism != Query::Polymorphism::deep) {
    return make_error(ErrorCode::invalid_argument, code::kPolymorphism,
                      "A WQL query decides itself about subclasses",
                      {AdviceKey::leave_out_polymorphism});
  }
  const Status filter = xml::check_text(query.filter, "filter");
  return filter.ok() ? xml::check_text(query.dialect, "dialect") : filter;
}

// Only modes other than the default are written, so that a server without them can still answer.
void write_modes(xml::XmlWriter& writer, const Query& query) {
  if (query.returns == Query::Returns::epr) writer.element("w:EnumerationMode", "EnumerateEPR");
  if (query.returns == Query::Returns::object_and_epr)
    writer.element("w:EnumerationMode", "EnumerateObjectAndEPR");
  if (query.polymorphism == Query::Polymorphism::base_properties_only)
    writer.element("b:PolymorphismMode", "ExcludeSubClassProperties");
  if (query.polymorphism == Query::Polymorphism::shallow)
    writer.element("b:PolymorphismMode", "None");
}

Status write_filter(xml::XmlWriter& writer, const message::Target& target, const Query& query,
                    const std::string& dialect) {
  // Two dialects are XML, all others a text [DSP0226 8.3].
  writer.start("w:Filter");
  writer.attribute("Dialect", dialect);
  if (dialect == uri::kSelectorFilter || dialect == uri::kAssociationFilter) {
    const Result<std::string> xml =
        dialect == uri::kSelectorFilter
            ? selector_filter(query.filter)
            : association_filter(query.filter, target, query.associations);
    if (!xml.ok()) return xml.error();
    writer.raw(xml.value());
  } else {
    writer.text(query.filter);
  }
  writer.end();
  return Done{};
}

}  // namespace

Result<std::string> enumerate_body(const message::Target& target, const Query& query,
                                   uint32_t max_elements) {
  const std::string dialect = dialect_uri(query.dialect);
  const Status checked = check_query(query, dialect);
  if (!checked.ok()) return checked.error();
  xml::XmlWriter writer;
  writer.start("n:Enumerate");
  writer.declare("n", ns::kEnumeration);
  writer.declare("w", ns::kWsman);
  writer.declare("b", ns::kCimBinding);
  // Items come with the answer to Enumerate, which saves a round trip; AMT ignores it.
  writer.start("w:OptimizeEnumeration");
  writer.end();
  // Without it the server sends one item at a time [DSP0226 8.2.3].
  writer.element("w:MaxElements", std::to_string(std::max(max_elements, 1U)));
  write_modes(writer, query);
  if (!query.filter.empty()) {
    const Status written = write_filter(writer, target, query, dialect);
    if (!written.ok()) return written.error();
  }
  writer.end();
  return writer.take();
}

}  // namespace wsman::operation
