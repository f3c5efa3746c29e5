// config/listener, config/service/certmapping and config/plugin as resources: items with keys.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_LIST_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_LIST_H

#include <list>
#include <memory>
#include <string>

#include "wsman/config_item.h"
#include "wsman/resource.h"

namespace wsman::service {

// Everything but a custom action.
class ConfigList final : public Resource {
 public:
  explicit ConfigList(ConfigKind kind);

  // An item that is there from the start.
  void add(ConfigKeys keys, ConfigItemPtr item);

  std::string get(const Ask& ask) override;
  std::string put(const Ask& ask, const Element& representation) override;
  std::string create(const Ask& ask, const Element& representation) override;
  void remove(const Ask& ask) override;
  std::unique_ptr<Cursor> enumerate(const Ask& ask, const Query& query) override;

 private:
  struct Entry {
    ConfigKeys keys;
    ConfigItemPtr item;
  };

  // Refuses selectors that are not the keys.
  ConfigKeys keys_of(const Ask& ask) const;
  // Null if there is none with these keys, which are compared without case.
  Entry* find(const ConfigKeys& keys);
  Entry& at(const Ask& ask);
  std::string reference(const Flavour& flavour, const Entry& entry) const;

  const ConfigKind kind_;
  std::list<Entry> entries_;
};

// Refuses a body that is not an element `root` in that namespace; ".xsd" may follow it, as in what
// Microsoft's tools send.
void check_root(const Element& representation, std::string_view root, std::string_view name_space);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_LIST_H
