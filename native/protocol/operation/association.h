// The association filter: the instances linked to one instance, and the links [DSP0227 16.2].
#ifndef WSMAN_PROTOCOL_OPERATION_ASSOCIATION_H_
#define WSMAN_PROTOCOL_OPERATION_ASSOCIATION_H_

#include <string>

#include "base/error.h"
#include "protocol/message/resource.h"

namespace wsman::operation {

// The content of w:Filter for the text form of Microsoft's tools:
// "{object=Win32_Service?Name=winrm;associationclassname=A;resultclassname=C;role=R;resultrole=S;
// includeresultproperty=P}". The object's class is looked for beside the resource unless it is a
// URI or has an alias. `associations` asks for the links themselves. Fails with invalid_argument.
Result<std::string> association_filter(const std::string& text, const message::Target& target,
                                       bool associations);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_ASSOCIATION_H_
