// Client certificate mappings: which certificate stands for which account.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_CERTMAPPING_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_CERTMAPPING_H

#include "wsman/config_item.h"

namespace wsman::service {

// `knows` judges UserName and Password.
ConfigKind certmapping_kind(KnowsAccount knows);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_CERTMAPPING_H
