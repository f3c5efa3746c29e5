// XML written piece by piece, escaped by libxml2.
#ifndef WSMAN_PROTOCOL_XML_WRITER_H_
#define WSMAN_PROTOCOL_XML_WRITER_H_

#include <libxml/xmlwriter.h>

#include <memory>
#include <string>

#include "protocol/xml/xml.h"

namespace wsman::xml {

// Names are written as given, prefix included; the caller declares the prefixes. Text must be such
// that is_xml_text() holds. The first failure is remembered, and take() then yields no XML: what
// lacks a piece can be well-formed and mean something else.
class XmlWriter {
 public:
  XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  void start(const std::string& name);
  void end();
  void declare(const std::string& prefix, const std::string& uri);
  void attribute(const std::string& name, const std::string& value);
  void text(const std::string& value);

  // XML that is written as it is, without escaping.
  void raw(const std::string& xml);

  // An element with nothing but text.
  void element(const std::string& name, const std::string& value);

  // The XML written so far. No other call may follow. Fails if memory ran out.
  Result<std::string> take();

 private:
  struct Free {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
  };

  void note(int written) { failed_ = failed_ || written < 0; }

  QuietXml quiet_;  // Notes what the functions of libxml2 do not return.
  // Declared first, so that it outlives the writer, which flushes into it when it is freed.
  Buffer buffer_;
  std::unique_ptr<xmlTextWriter, Free> writer_;
  bool failed_ = false;
};

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_WRITER_H_
