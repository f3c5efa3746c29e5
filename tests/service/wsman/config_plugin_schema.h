// What the document of a plugin may be.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_PLUGIN_SCHEMA_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_PLUGIN_SCHEMA_H

#include "wsman/xml.h"

namespace wsman::service {

// Refuses one that Windows would not take. Attributes and elements that are not known are no
// reason. Credentials are not looked at.
void check_plugin(const Element& plugin);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_PLUGIN_SCHEMA_H
