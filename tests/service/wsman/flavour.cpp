#include "wsman/flavour.h"

#include <array>

namespace wsman::service {
namespace {

constexpr std::array<Flavour, 4> kFlavours = {{
    {Family::windows, "windows", "s", "a", "x", "n", "w", "p", "b", "Microsoft Corporation",
     "OS: 10.0.20348 SP: 0.0 Stack: 3.0", true, false, true, true},
    {Family::omi, "omi", "SOAP-ENV", "wsa", "wxf", "wsen", "wsman", "msftwinrm", "wsmb",
     "Open Management Infrastructure", "1.9.1-0", true, true, false, false},
    {Family::openwsman, "openwsman", "s", "wsa", "wxf", "wsen", "wsman", "p", "n2",
     "Openwsman Project", "2.8.1", true, false, false, false},
    {Family::amt, "amt", "a", "b", "h", "g", "c", "m", "f", "Intel(r)", "AMT 16.1.25", false, false,
     false, false},
}};

}  // namespace

std::string_view Flavour::prefix(Ns ns) const {
  switch (ns) {
    case Ns::soap:
      return soap;
    case Ns::addressing:
      return addressing;
    case Ns::transfer:
      return transfer;
    case Ns::enumeration:
      return enumeration;
    case Ns::wsman:
      return wsman;
    case Ns::microsoft:
      return microsoft;
    case Ns::binding:
      return binding;
  }
  return {};
}

std::string Flavour::tag(Ns ns, std::string_view local) const {
  return std::string(prefix(ns)).append(":").append(local);
}

const Flavour& flavour_of(Family family) { return kFlavours.at(static_cast<std::size_t>(family)); }

std::optional<Family> family_named(std::string_view name) {
  for (const Flavour& flavour : kFlavours) {
    if (flavour.name == name) return flavour.family;
  }
  return std::nullopt;
}

}  // namespace wsman::service
