// Which family of servers the service takes after: prefixes, padding, HTTP status, what it knows.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_FLAVOUR_H
#define WSMAN_TESTS_SERVICE_WSMAN_FLAVOUR_H

#include <optional>
#include <string>
#include <string_view>

namespace wsman::service {

enum class Family { windows, omi, openwsman, amt };

// The namespaces that an envelope declares.
enum class Ns { soap, addressing, transfer, enumeration, wsman, microsoft, binding };

struct Flavour {
  Family family;
  std::string_view name;
  std::string_view soap, addressing, transfer, enumeration, wsman, microsoft, binding;  // Prefixes.
  std::string_view vendor, version;  // What Identify answers.
  bool optimises;                    // Items already in the answer to Enumerate.
  bool padded;                       // White space around text.
  bool typed;                        // xsi:type and cim:Datetime in instances.
  bool microsoft_resources;          // The WMI, config and shell resource URIs.

  std::string_view prefix(Ns ns) const;
  // "w:Items".
  std::string tag(Ns ns, std::string_view local) const;
};

const Flavour& flavour_of(Family family);
std::optional<Family> family_named(std::string_view name);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_FLAVOUR_H
