#include "protocol/filter.h"

#include <algorithm>

#include "protocol/association.h"
#include "protocol/errors.h"
#include "protocol/names.h"
#include "protocol/request.h"
#include "protocol/selector_text.h"
#include "protocol/writer.h"

namespace wsman {
namespace {

// PowerShell's help gives this URI for the selector filter; servers know the one of DMTF.
constexpr const char* kMicrosoftSelectorFilter =
    "http://schemas.microsoft.com/wbem/wsman/1/wsman/SelectorFilter";

// The URI of a dialect given by name or URI; "" for a name that is none.
std::string dialect_uri(const std::string& dialect) {
  if (dialect.empty() || equal_ignoring_case(dialect, "wql")) return uri::kWql;
  if (equal_ignoring_case(dialect, "selector") ||
      equal_ignoring_case(dialect, kMicrosoftSelectorFilter))
    return uri::kSelectorFilter;
  if (equal_ignoring_case(dialect, "association")) return uri::kAssociationFilter;
  return dialect.find(':') == std::string::npos ? "" : dialect;
}

Result<std::string> selector_filter(const std::string& text) {
  constexpr PairSyntax syntax{';', "'\"", true};
  const Result<std::vector<Selector>> pairs = parse_pairs(text, syntax, "selector filter");
  if (!pairs.ok()) return pairs.error();
  return selector_set(pairs.value());
}

Status check_query(const Query& query, const std::string& dialect) {
  if (query.filter.empty() && !query.dialect.empty())
    return invalid_argument("A dialect needs a filter: give -Filter, or leave out -Dialect.");
  if (dialect.empty()) {
    return invalid_argument("The dialect '" + query.dialect +
                            "' is not known. Use wql, selector, association, or a URI.");
  }
  const bool association = !query.filter.empty() && dialect == uri::kAssociationFilter;
  if (query.associations && !association)
    return invalid_argument("Associations need a filter of the dialect association.");
  if (!query.filter.empty() && dialect == uri::kWql &&
      query.polymorphism != Query::Polymorphism::deep) {
    return invalid_argument(
        with_code("A WQL query decides itself about subclasses", code::kPolymorphism) +
            ". Leave out -Shallow and -BasePropertiesOnly, or the filter.",
        code::kPolymorphism);
  }
  const Status filter = check_text(query.filter, "filter");
  return filter.ok() ? check_text(query.dialect, "dialect") : filter;
}

void write_modes(XmlWriter& writer, const Query& query) {
  if (query.returns == Query::Returns::epr) writer.element("w:EnumerationMode", "EnumerateEPR");
  if (query.returns == Query::Returns::object_and_epr)
    writer.element("w:EnumerationMode", "EnumerateObjectAndEPR");
  if (query.polymorphism == Query::Polymorphism::base_properties_only)
    writer.element("b:PolymorphismMode", "ExcludeSubClassProperties");
  if (query.polymorphism == Query::Polymorphism::shallow)
    writer.element("b:PolymorphismMode", "None");
}

Status write_filter(XmlWriter& writer, const Target& target, const Query& query,
                    const std::string& dialect) {
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

Result<std::string> enumerate_body(const Target& target, const Query& query,
                                   uint32_t max_elements) {
  const std::string dialect = dialect_uri(query.dialect);
  const Status checked = check_query(query, dialect);
  if (!checked.ok()) return checked.error();
  XmlWriter writer;
  writer.start("n:Enumerate");
  writer.declare("n", ns::kEnumeration);
  writer.declare("w", ns::kWsman);
  writer.declare("b", ns::kCimBinding);
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

}  // namespace wsman
