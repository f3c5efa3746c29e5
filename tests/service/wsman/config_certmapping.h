// Client certificate mappings: which certificate stands for which account.
#ifndef WSMAN_ENDPOINT_WSMAN_CONFIG_CERTMAPPING_H
#define WSMAN_ENDPOINT_WSMAN_CONFIG_CERTMAPPING_H

#include "wsman/config_item.h"

namespace wsman::endpoint {

// `knows` judges UserName and Password.
ConfigKind certmapping_kind(KnowsAccount knows);

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_CONFIG_CERTMAPPING_H
