// SOAP 1.2 envelopes: requests written, and answers read, faults turned into errors.
//
// Documents are read without network, entities or DTD, at most 256 levels deep; elements are found
// by namespace and local name, never by prefix.
#ifndef WSMAN_PROTOCOL_MESSAGE_ENVELOPE_H_
#define WSMAN_PROTOCOL_MESSAGE_ENVELOPE_H_

#include <libxml/tree.h>

#include <memory>
#include <string>

#include "base/error.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"
#include "transport/transport.h"

namespace wsman::message {

// The HTTP request for an envelope given in UTF-8.
HttpRequest to_http(const std::string& envelope, xml::TextEncoding encoding);

// An answer that is a well-formed envelope without a fault.
class Envelope {
 public:
  explicit Envelope(xml::Document document) : document_(std::move(document)) {}

  // The first element in the Body, or null.
  xmlNodePtr body_child() const;

  // The xml:lang of the envelope, or "".
  std::string language() const;

  // The a:RelatesTo of the Header without white space around it, or "".
  std::string relates_to() const;

 private:
  xmlNodePtr section(std::string_view local_name) const;

  // Shared, so that a copy of the envelope stays valid without the original.
  std::shared_ptr<xmlDoc> document_;
};

// Whether an answer with this a:RelatesTo is the answer to another message. One without the header
// counts for ours, because some servers send none.
bool is_of_another(const std::string& relates_to, const std::string& message_id);

// What is known of an answer before it is read.
struct Expected {
  const Endpoint& endpoint;          // Who answers.
  std::string message_id = {};       // Of the message that it answers; empty if that has none.
  std::string_view language = "en";  // The one that was asked for.
  const Call* call = nullptr;        // With which the reading ends, if there is one.
};

// Reads an answer: a SOAP body first, whatever the status, then the status. Fails with fault (the
// s:Fault is in fault_xml), http or protocol. A fault of another message does not tell what came of
// this one. Any other answer is not checked for that here.
Result<Envelope> read_answer(const HttpResponse& response, const Expected& expected);

// Whether the media type of the answer is one under which services send SOAP.
bool may_be_soap(const HttpResponse& response);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_ENVELOPE_H_
