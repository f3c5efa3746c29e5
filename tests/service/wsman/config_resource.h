// winrm/config and the containers below it, as a resource.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_RESOURCE_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_RESOURCE_H

#include <string>

#include "wsman/config_tree.h"
#include "wsman/resource.h"

namespace wsman::service {

// Get and Put; Restore of the root.
class ConfigResource final : public Resource {
 public:
  // `settings` must outlive it. What they are now is what Restore goes back to.
  explicit ConfigResource(Setting& settings) : settings_(settings), initial_(settings) {}

  std::string get(const Ask& ask) override;
  std::string put(const Ask& ask, const Element& representation) override;
  std::string invoke(const Ask& ask, const std::string& method, const Element& input) override;

 private:
  Setting& container(const Ask& ask);

  Setting& settings_;
  const Setting initial_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_RESOURCE_H
