// The headers that connect the messages of one operation.
#ifndef WSMAN_PROTOCOL_MESSAGE_OPERATION_SEQUENCE_H_
#define WSMAN_PROTOCOL_MESSAGE_OPERATION_SEQUENCE_H_

#include <cstdint>
#include <string>

namespace wsman::message {

// p:OperationID and p:SequenceId: the same identifier for an Enumerate, its Pulls and its Release,
// counted from 1.
struct OperationSequence {
  std::string operation_id;  // "uuid:" and a GUID; made on first use.
  uint32_t sequence = 0;
};

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_OPERATION_SEQUENCE_H_
