#include "transport/http/content_type.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace wsman::testing {
namespace {

struct Row {
  std::string field;
  std::string media_type;
  std::string charset;
};

}  // namespace

TEST_SUITE("Content-Type") {
  TEST_CASE("The media type is lower-cased, and the charset found wherever it stands") {
    const std::vector<Row> rows{
        {"application/soap+xml;charset=UTF-8", "application/soap+xml", "UTF-8"},
        {"Text/XML ; Charset = iso-8859-1", "text/xml", "iso-8859-1"},
        {"application/soap+xml; charset=\"utf-8\"; action=\"urn:x\"", "application/soap+xml",
         "utf-8"},
        {"application/soap+xml; action=\"urn:x;charset=latin1\"; charset=utf-16",
         "application/soap+xml", "utf-16"},
        {"text/xml; charset='utf-8'", "text/xml", "utf-8"},
        {"text/xml; charset=utf-8; charset=latin1", "text/xml", "utf-8"},
        {"text/xml; charset=\"u\\tf-8\"", "text/xml", "utf-8"},
        {"text/xml; charset=\"utf-8", "text/xml", "utf-8"},
        {"text/xml;;charset;charset=;version=1", "text/xml", ""},
        {"text/xml; charset2=utf-8", "text/xml", ""},
        {"text/xml", "text/xml", ""},
        {"", "", ""},
        {";charset=utf-8", "", "utf-8"}};
    for (const Row& row : rows) {
      CAPTURE(row.field);
      const http::ContentType type = http::read_content_type(row.field);
      CHECK(type.media_type == row.media_type);
      CHECK(type.charset == row.charset);
    }
  }
}

}  // namespace wsman::testing
