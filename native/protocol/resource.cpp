#include "protocol/resource.h"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/errors.h"
#include "protocol/selector_text.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

// Only Microsoft's clients know these; no server does.
constexpr std::array<std::pair<const char*, const char*>, 6> kAliases{{
    {"winrm", "http://schemas.microsoft.com/wbem/wsman/1"},
    {"wsman", "http://schemas.microsoft.com/wbem/wsman/1"},
    {"wmi", "http://schemas.microsoft.com/wbem/wsman/1/wmi"},
    {"wmicimv2", "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2"},
    {"cimv2", "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2"},
    {"shell", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"},
}};

std::string without_alias(const std::string& uri) {
  const size_t end = std::min(uri.find('/'), uri.size());
  const std::string first = uri.substr(0, end);
  for (const auto& [alias, meaning] : kAliases) {
    if (equal_ignoring_case(first, alias)) return meaning + uri.substr(end);
  }
  return uri;
}

// Adds a selector unless it says what one there says already.
Status add(std::vector<Selector>& selectors, Selector selector) {
  const auto same = std::find_if(selectors.begin(), selectors.end(), [&](const Selector& there) {
    return equal_ignoring_case(there.name, selector.name);
  });
  if (same == selectors.end()) {
    selectors.push_back(std::move(selector));
    return Done{};
  }
  if (same->value == selector.value && same->is_reference == selector.is_reference) return Done{};
  return invalid_argument("The selector '" + selector.name +
                          "' is given twice, with different values.");
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
  constexpr PairSyntax syntax{'+', "\"", false};
  const std::string text = stripped(resource_text);
  const size_t mark = text.find('?');
  Target target;
  target.resource_uri = without_alias(text.substr(0, mark));
  if (target.resource_uri.empty()) return invalid_argument("The resource URI is missing.");
  const Status writable = check_text(text, "resource URI");
  if (!writable.ok()) return writable.error();
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

}  // namespace wsman
