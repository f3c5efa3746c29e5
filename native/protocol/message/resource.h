// The target of an operation: a resource, which instance of it, and in which form.
#ifndef WSMAN_PROTOCOL_MESSAGE_RESOURCE_H_
#define WSMAN_PROTOCOL_MESSAGE_RESOURCE_H_

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace wsman::message {

// One w:Selector [DSP0226 5.1.2.2].
struct Selector {
  std::string name;
  std::string value;          // Text, or the XML of an a:EndpointReference.
  bool is_reference = false;  // Which of the two.
};

// One w:Option, always with MustComply [DSP0226 6.4]. No value is xsi:nil.
struct Option {
  std::string name;
  std::optional<std::string> value;
};

// The resource an operation addresses, as it goes into the headers.
struct Target {
  std::string resource_uri;  // In full: aliases are gone.
  std::vector<Selector> selectors;
  std::vector<Option> options;
  std::string fragment;          // w:FragmentTransfer, or empty [DSP0226 7.7].
  std::string fragment_dialect;  // Empty: XPath 1.0.
};

// Parses the text form of Microsoft's tools: "winrm/config/listener?Address=*+Transport=HTTP". The
// aliases winrm, wsman, wmi, wmicimv2, cimv2 and shell become the URIs they stand for. A value may
// be in double quotes; it may then hold "+". Selectors in the text come before `selectors`; a name
// given in both ways must have the same value. Fails with invalid_argument.
Result<Target> make_target(const std::string& resource_text, std::vector<Selector> selectors);

// The part of a URI after its last "/".
std::string last_segment(const std::string& uri);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_RESOURCE_H_
