// The pieces that answers are made of, proper ones and others.
#ifndef WSMAN_HOSTILE_ANSWERS_H
#define WSMAN_HOSTILE_ANSWERS_H

#include <string>

namespace wsman::hostile {

// An IdentifyResponse in its envelope.
std::string identify_envelope();

// A status line and a SOAP content type; the caller adds fields and the empty line.
std::string head(const std::string& status);

// A field with the length of `body`, the empty line, and `body`.
std::string with_length(const std::string& body);

// What a well-behaved server answers.
std::string proper_answer();

// A proper answer with this status line and these fields ("Name: value\r\n…") besides the usual.
std::string answer_with(const std::string& status_line, const std::string& fields);

// One chunk of a chunked body.
std::string chunk(const std::string& bytes, const std::string& extension = "");

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_ANSWERS_H
