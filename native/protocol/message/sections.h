// The sections of an envelope, for all who read one.
#ifndef WSMAN_PROTOCOL_MESSAGE_SECTIONS_H_
#define WSMAN_PROTOCOL_MESSAGE_SECTIONS_H_

#include <string_view>

namespace wsman::message {

// An envelope has one Header at most, and one Body [SOAP 1.2 5.1]. With two, one reader would take
// the first and another the last, so both refuse it, and whatever the namespaces are, because a
// reader may go by the name alone.
class Sections {
 public:
  // Takes the local name of a child of the envelope. False if there is a second one of a section.
  bool take(std::string_view local_name) {
    if (local_name == "Header") return ++headers_ == 1;
    if (local_name == "Body") return ++bodies_ == 1;
    return true;
  }

 private:
  int headers_ = 0;
  int bodies_ = 0;
};

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_SECTIONS_H_
