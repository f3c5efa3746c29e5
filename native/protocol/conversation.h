// What the messages of one operation have in common.
#ifndef WSMAN_PROTOCOL_CONVERSATION_H_
#define WSMAN_PROTOCOL_CONVERSATION_H_

#include <cstdint>
#include <string>

namespace wsman {

// p:OperationID and p:SequenceId: one number for an enumeration, its pulls and its release.
struct Conversation {
  std::string operation_id;  // "uuid:" and a GUID; made on first use.
  uint32_t sequence = 0;
};

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_CONVERSATION_H_
