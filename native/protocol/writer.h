// XML written piece by piece, escaped by libxml2.
#ifndef WSMAN_PROTOCOL_WRITER_H_
#define WSMAN_PROTOCOL_WRITER_H_

#include <libxml/xmlwriter.h>

#include <memory>
#include <string>

#include "protocol/xml.h"

namespace wsman {

// Names are written as they are given, prefix included; whoever writes declares its prefixes. Text
// must be such that is_xml_text() holds.
class XmlWriter {
 public:
  XmlWriter();

  void start(const std::string& name);
  void end();
  void declare(const std::string& prefix, const std::string& uri);
  void attribute(const std::string& name, const std::string& value);
  void text(const std::string& value);

  // XML that is put in as it is.
  void raw(const std::string& xml);

  // An element with nothing but text.
  void element(const std::string& name, const std::string& value);

  // What was written. Nothing may follow.
  std::string take();

 private:
  struct Free {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
  };

  Buffer buffer_;
  std::unique_ptr<xmlTextWriter, Free> writer_;
};

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_WRITER_H_
