// winrm/config and what is below it, as resources.
#ifndef WSMAN_ENDPOINT_WSMAN_CONFIG_RESOURCE_H
#define WSMAN_ENDPOINT_WSMAN_CONFIG_RESOURCE_H

#include <list>
#include <memory>
#include <string>

#include "wsman/config_tree.h"
#include "wsman/resource.h"

namespace wsman::endpoint {

// The containers of the tree. Get and Put.
class ConfigResource final : public Resource {
 public:
  static bool handles(const std::string& uri);

  std::string get(const Ask& ask) override;
  std::string put(const Ask& ask, const Element& representation) override;

 private:
  Setting& container(const Ask& ask);

  Setting settings_ = default_settings();
};

// config/listener. Everything but a custom action.
class ListenerResource final : public Resource {
 public:
  ListenerResource();

  static bool handles(const std::string& uri);

  std::string get(const Ask& ask) override;
  std::string put(const Ask& ask, const Element& representation) override;
  std::string create(const Ask& ask, const Element& representation) override;
  void remove(const Ask& ask) override;
  std::unique_ptr<Cursor> enumerate(const Ask& ask, const Query& query) override;

 private:
  // Null if there is none with these keys. Refuses selectors that are not the two keys.
  Setting* find(const Ask& ask);
  Setting& at(const Ask& ask);

  std::list<Setting> listeners_;
};

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_CONFIG_RESOURCE_H
