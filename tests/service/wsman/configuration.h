// The configuration of the service: which of its resources a URI leads to, and what is in them.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIGURATION_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIGURATION_H

#include <chrono>
#include <string>

#include "wsman/config_list.h"
#include "wsman/config_resource.h"
#include "wsman/service_options.h"

namespace wsman::service {

class Configuration {
 public:
  // `knows` judges the accounts that mappings and plugins run as. Throws std::invalid_argument for
  // a policy about a setting that is not there.
  Configuration(const ServiceOptions& options, const KnowsAccount& knows);

  // URIs are compared without case.
  static bool handles(const std::string& uri);

  // For a URI that is handled.
  Resource& resource_of(const std::string& uri);

  // Winrs/IdleTimeout: how long a shell lives that does not say it itself.
  std::chrono::milliseconds shell_idle_timeout() const;

 private:
  Setting settings_;
  ConfigResource containers_;
  ConfigList listeners_;
  ConfigList mappings_;
  ConfigList plugins_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIGURATION_H
