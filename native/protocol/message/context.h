// The parts that all requests of one session share.
#ifndef WSMAN_PROTOCOL_MESSAGE_CONTEXT_H_
#define WSMAN_PROTOCOL_MESSAGE_CONTEXT_H_

#include <cstddef>
#include <string>

#include "base/call.h"
#include "protocol/xml/encoding.h"
#include "transport/transport.h"

namespace wsman::message {

// The values of the headers that all requests of one session have.
struct RequestHeaders {
  xml::TextEncoding encoding = xml::TextEncoding::utf8;
  size_t max_envelope_bytes = 512000;
  Milliseconds operation_timeout{60000};
  std::string locale = "en-US";
  std::string data_locale = "en-US";
  std::string session_id;  // p:SessionId, "uuid:" and a GUID; constant for a session.
};

// The way to the server, for every operation of a session. Borrowed: the session outlives it.
struct Context {
  Transport& transport;
  const Endpoint& endpoint;
  const RequestHeaders& headers;
  // Each request may be carried out twice, as those of a teardown: what is gone already is as good
  // as ended.
  bool is_repeatable = false;
};

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_CONTEXT_H_
