#include "wsman/config_resource.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::endpoint {
namespace {

constexpr std::string_view kListenerUri =
    "http://schemas.microsoft.com/wbem/wsman/1/config/listener";

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The root declares cfg as the URI of the resource, in lower case.
std::string document(const Setting& setting, const std::string& uri) {
  std::string xml = settings_xml(setting);
  std::string declaration = " xmlns:cfg=\"" + escape_xml(lower(uri)) + "\" xmlns:xsi=\"";
  declaration.append(kInstanceNamespace).append("\"");
  return xml.insert(std::string("<cfg:").size() + setting.name.size(), declaration);
}

void check_root(const Ask& ask, const Setting& setting, const Element& root) {
  if (!root) refuse(kInvalidRepresentation, "The request has no representation in its body.");
  if (root.name() != setting.name) {
    refuse(kSchemaValidation, "The body is a '" + root.name() + "' and no '" + setting.name + "'.");
  }
  // Microsoft's own tools append ".xsd".
  const std::string uri = lower(ask.uri);
  const std::string name_space = lower(root.name_space());
  if (name_space != uri && name_space != uri + ".xsd") {
    refuse(kInvalidXmlNamespace, "The namespace of the body is not that of the resource.");
  }
}

std::string key(const Ask& ask, std::string_view name) {
  for (const Selector& one : ask.selectors) {
    if (same_ignoring_case(one.name, name)) return one.text;
  }
  refuse(kInsufficientSelectors, "The selector '" + std::string(name) + "' is missing.");
}

std::string listener_reference(const Flavour& flavour, Setting& listener) {
  const std::string selector = flavour.tag(Ns::wsman, "Selector");
  std::string set;
  for (const char* name : {"Address", "Transport"}) {
    set += leaf(selector + " Name=\"" + name + "\"", listener.child(name)->text);
  }
  return leaf(flavour.tag(Ns::addressing, "Address"), kAnonymousRole) +
         wrap(flavour.tag(Ns::addressing, "ReferenceParameters"),
              leaf(flavour.tag(Ns::wsman, "ResourceURI"), kListenerUri) +
                  wrap(flavour.tag(Ns::wsman, "SelectorSet"), set));
}

}  // namespace

bool ConfigResource::handles(const std::string& uri) {
  const std::string known = lower(uri);
  return known == kConfigUri || known.starts_with(std::string(kConfigUri) + "/");
}

Setting& ConfigResource::container(const Ask& ask) {
  if (!ask.selectors.empty()) {
    refuse(kUnexpectedSelectors, "The configuration has no selectors.");
  }
  const std::size_t prefix = std::min(kConfigUri.size() + 1, ask.uri.size());
  Setting* const found = settings_.container(std::string_view(ask.uri).substr(prefix));
  if (found == nullptr) {
    refuse(kInvalidResourceUri, "There is no resource '" + ask.uri + "'.");
  }
  return *found;
}

std::string ConfigResource::get(const Ask& ask) { return document(container(ask), ask.uri); }

std::string ConfigResource::put(const Ask& ask, const Element& representation) {
  Setting& setting = container(ask);
  check_root(ask, setting, representation);
  apply_settings(setting, representation);
  return document(setting, ask.uri);
}

ListenerResource::ListenerResource() { listeners_.push_back(default_listener("HTTP", "5985")); }

bool ListenerResource::handles(const std::string& uri) { return lower(uri) == kListenerUri; }

Setting* ListenerResource::find(const Ask& ask) {
  const std::string address = key(ask, "Address");
  const std::string transport = key(ask, "Transport");
  if (ask.selectors.size() != 2) {
    refuse(kUnexpectedSelectors, "A listener has the selectors Address and Transport only.");
  }
  for (Setting& one : listeners_) {
    if (same_ignoring_case(one.child("Address")->text, address) &&
        same_ignoring_case(one.child("Transport")->text, transport)) {
      return &one;
    }
  }
  return nullptr;
}

Setting& ListenerResource::at(const Ask& ask) {
  Setting* const found = find(ask);
  if (found == nullptr) refuse(kResourceNotFound, "There is no such listener.");
  return *found;
}

std::string ListenerResource::get(const Ask& ask) {
  return document(at(ask), std::string(kListenerUri));
}

std::string ListenerResource::put(const Ask& ask, const Element& representation) {
  Setting& listener = at(ask);
  check_root(ask, listener, representation);
  apply_settings(listener, representation);
  return document(listener, std::string(kListenerUri));
}

std::string ListenerResource::create(const Ask& ask, const Element& representation) {
  if (find(ask) != nullptr) refuse(kAlreadyExists, "There is such a listener already.");
  std::string transport = key(ask, "Transport");
  if (!same_ignoring_case(transport, "HTTP") && !same_ignoring_case(transport, "HTTPS")) {
    refuse(kInvalidSelectorValue, "'" + transport + "' is no transport.");
  }
  transport = same_ignoring_case(transport, "HTTP") ? "HTTP" : "HTTPS";
  Setting listener = default_listener(transport, transport == "HTTP" ? "5985" : "5986");
  listener.child("Address")->text = key(ask, "Address");
  check_root(ask, listener, representation);
  apply_settings(listener, representation);
  listeners_.push_back(std::move(listener));
  return wrap(ask.flavour.tag(Ns::transfer, "ResourceCreated"),
              listener_reference(ask.flavour, listeners_.back()));
}

void ListenerResource::remove(const Ask& ask) {
  const Setting* const gone = &at(ask);
  listeners_.remove_if([gone](const Setting& one) { return &one == gone; });
}

std::unique_ptr<Cursor> ListenerResource::enumerate(const Ask& ask, const Query& query) {
  if (query.wql || query.association || query.selectors) {
    refuse(kFilterDialectUnavailable, "Listeners cannot be filtered.");
  }
  std::vector<std::string> items;
  for (Setting& one : listeners_) {
    const std::string reference = wrap(ask.flavour.tag(Ns::addressing, "EndpointReference"),
                                       listener_reference(ask.flavour, one));
    items.push_back(
        item_xml(ask.flavour, query.mode, document(one, std::string(kListenerUri)), reference));
  }
  return list_cursor(std::move(items));
}

}  // namespace wsman::endpoint
