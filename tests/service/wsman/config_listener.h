// Listeners: where the service says it listens. None of them opens a socket.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_LISTENER_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_LISTENER_H

#include <string>

#include "wsman/config_item.h"

namespace wsman::service {

// Ports that are not given come from Service/DefaultPorts of `settings`, which must outlive it.
ConfigKind listener_kind(Setting& settings);

// The listener on every address and 5985 that Windows has from the start. `by_policy`: with
// Source="GPO", so that it can neither be changed nor removed.
ConfigItemPtr default_listener(Setting& settings, bool by_policy);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_LISTENER_H
