// The Content-Type field: what a body is, and how its text is encoded [RFC 9110 8.3].
#ifndef WSMAN_TRANSPORT_HTTP_CONTENT_TYPE_H_
#define WSMAN_TRANSPORT_HTTP_CONTENT_TYPE_H_

#include <string>
#include <string_view>

namespace wsman::http {

struct ContentType {
  std::string media_type;  // In lower case.
  std::string charset;     // As the server wrote it, without quotes; empty if it named none.
};

// Reads the value of a field. Text that is no parameter is left out; of two charsets the first
// counts.
ContentType read_content_type(std::string_view field);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_CONTENT_TYPE_H_
