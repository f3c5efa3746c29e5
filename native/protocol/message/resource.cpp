#include "protocol/message/resource.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "protocol/message/selector_text.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/xml.h"

namespace wsman::message {
namespace {

// Aliases of resource URIs. Microsoft's clients expand them; no server knows them.
constexpr std::array<std::pair<const char*, const char*>, 6> kAliases{{
    {"winrm", "http://schemas.microsoft.com/wbem/wsman/1"},
    {"wsman", "http://schemas.microsoft.com/wbem/wsman/1"},
    {"wmi", "http://schemas.microsoft.com/wbem/wsman/1/wmi"},
    {"wmicimv2", "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2"},
    {"cimv2", "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2"},
    {"shell", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"},
}};

std::string without_alias(const std::string& uri) {
  // An alias is a whole first segment: "wmiX/…" stays as it is.
  const size_t end = std::min(uri.find('/'), uri.size());
  const std::string first = uri.substr(0, end);
  for (const auto& [alias, meaning] : kAliases) {
    if (equal_without_case(first, alias)) return meaning + uri.substr(end);
  }
  return uri;
}

// Adds a selector unless the same one is there. Names are compared without case, as Windows does;
// two values for one name would let the server choose the instance.
Status add(std::vector<Selector>& selectors, Selector selector) {
  const auto same = std::find_if(selectors.begin(), selectors.end(), [&](const Selector& there) {
    return equal_without_case(there.name, selector.name);
  });
  if (same == selectors.end()) {
    selectors.push_back(std::move(selector));
    return Done{};
  }
  if (same->value == selector.value && same->is_reference == selector.is_reference) return Done{};
  return xml::invalid_argument("The selector '" + selector.name +
                               "' is given twice, with different values");
}

Status add_all(std::vector<Selector>& selectors, std::vector<Selector> further) {
  for (Selector& selector : further) {
    Status added = add(selectors, std::move(selector));
    if (!added.ok()) return added;
  }
  return Done{};
}

}  // namespace

Result<Target> make_target(const std::string& resource_text, std::vector<Selector> selectors) {
  // As in the text form of Microsoft's tools: "+" separates, and white space belongs to a value.
  constexpr PairSyntax syntax{'+', "\"", false};
  const std::string text = xml::stripped(resource_text);
  const size_t mark = text.find('?');
  Target target;
  target.resource_uri = without_alias(text.substr(0, mark));
  if (target.resource_uri.empty()) return xml::invalid_argument("The resource URI is missing");
  const Status writable = xml::check_text(text, "resource URI");
  if (!writable.ok()) return writable.error();
  // A "?" with nothing after it has no selectors.
  if (mark != std::string::npos && mark + 1 < text.size()) {
    Result<std::vector<Selector>> pairs =
        parse_pairs(std::string_view(text).substr(mark + 1), syntax, "resource URI");
    if (!pairs.ok()) return pairs.error();
    const Status added = add_all(target.selectors, std::move(pairs.value()));
    if (!added.ok()) return added.error();
  }
  const Status added = add_all(target.selectors, std::move(selectors));
  if (!added.ok()) return added.error();
  return target;
}

std::string last_segment(const std::string& uri) { return uri.substr(uri.rfind('/') + 1); }

}  // namespace wsman::message
