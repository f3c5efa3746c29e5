#include "wsman/config_list.h"

#include <algorithm>
#include <utility>

#include "http/message.h"
#include "wsman/config_oddity.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {

ConfigList::ConfigList(ConfigKind kind) : kind_(std::move(kind)) {}

void ConfigList::add(ConfigKeys keys, ConfigItemPtr item) {
  entries_.push_back({std::move(keys), std::move(item)});
}

ConfigKeys ConfigList::keys_of(const Ask& ask) const {
  ConfigKeys keys;
  for (const std::string& name : kind_.keys) {
    const auto found =
        std::find_if(ask.selectors.begin(), ask.selectors.end(),
                     [&name](const Selector& one) { return same_ignoring_case(one.name, name); });
    if (found == ask.selectors.end()) {
      refuse(kInsufficientSelectors, "The selector '" + name + "' is missing.");
    }
    keys.push_back(found->text);
  }
  if (ask.selectors.size() != keys.size()) {
    refuse(kUnexpectedSelectors, "The request has a selector that is no key of the resource.");
  }
  return keys;
}

ConfigList::Entry* ConfigList::find(const ConfigKeys& keys) {
  for (Entry& entry : entries_) {
    if (std::equal(keys.begin(), keys.end(), entry.keys.begin(), same_ignoring_case)) {
      return &entry;
    }
  }
  return nullptr;
}

ConfigList::Entry& ConfigList::at(const Ask& ask) {
  Entry* const found = find(keys_of(ask));
  if (found == nullptr) {
    refuse(kResourceNotFound,
           "The service has no '" + std::string(kind_.root) + "' with these selectors.");
  }
  return *found;
}

std::string ConfigList::reference(const Flavour& flavour, const Entry& entry) const {
  const std::string selector = flavour.tag(Ns::wsman, "Selector");
  std::string set;
  for (std::size_t i = 0; i < kind_.keys.size(); ++i) {
    set += leaf(selector + " Name=\"" + kind_.keys[i] + "\"", entry.keys[i]);
  }
  return leaf(flavour.tag(Ns::addressing, "Address"), kAnonymousRole) +
         wrap(flavour.tag(Ns::addressing, "ReferenceParameters"),
              leaf(flavour.tag(Ns::wsman, "ResourceURI"), kind_.uri) +
                  wrap(flavour.tag(Ns::wsman, "SelectorSet"), set));
}

std::string ConfigList::get(const Ask& ask) { return told(ask, at(ask).item->xml()); }

std::string ConfigList::put(const Ask& ask, const Element& representation) {
  const Entry& entry = at(ask);
  check_root(representation, kind_.root, kind_.name_space);
  entry.item->replace(Taken(ask, representation).element());
  return told(ask, entry.item->xml());
}

std::string ConfigList::create(const Ask& ask, const Element& representation) {
  ConfigKeys keys = keys_of(ask);
  if (find(keys) != nullptr) {
    refuse(kAlreadyExists, "The service has such a '" + std::string(kind_.root) + "' already.");
  }
  check_root(representation, kind_.root, kind_.name_space);
  ConfigItemPtr item = kind_.make(keys, representation);
  entries_.push_back({std::move(keys), std::move(item)});
  return wrap(ask.flavour.tag(Ns::transfer, "ResourceCreated"),
              reference(ask.flavour, entries_.back()));
}

void ConfigList::remove(const Ask& ask) {
  const Entry* const gone = &at(ask);
  gone->item->check_removal();
  entries_.remove_if([gone](const Entry& one) { return &one == gone; });
}

std::unique_ptr<Cursor> ConfigList::enumerate(const Ask& ask, const Query& query) {
  if (query.wql || query.association || query.selectors) {
    refuse(kFilterDialectUnavailable, "The configuration cannot be filtered.");
  }
  std::vector<std::string> items;
  for (const Entry& entry : entries_) {
    const std::string address =
        wrap(ask.flavour.tag(Ns::addressing, "EndpointReference"), reference(ask.flavour, entry));
    items.push_back(item_xml(ask.flavour, query.mode, told(ask, entry.item->xml()), address));
  }
  return list_cursor(std::move(items));
}

void check_root(const Element& representation, std::string_view root, std::string_view name_space) {
  if (!representation) {
    refuse(kInvalidRepresentation, "The request has no representation in its body.");
  }
  // Those tools name the root after the last word of the URI, however that is written.
  if (!same_ignoring_case(representation.name(), root)) {
    refuse(kSchemaValidation,
           "The body is a '" + representation.name() + "' and no '" + std::string(root) + "'.");
  }
  const std::string found = representation.name_space();
  if (!same_ignoring_case(found, name_space) &&
      !same_ignoring_case(found, std::string(name_space) + ".xsd")) {
    refuse(kInvalidXmlNamespace, "The namespace of the body is not that of the resource.");
  }
}

}  // namespace wsman::service
