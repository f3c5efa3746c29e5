#include "protocol/xml/writer.h"

#include "protocol/xml/errors.h"

namespace wsman::xml {
namespace {

const xmlChar* as_xml(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

}  // namespace

XmlWriter::XmlWriter()
    : buffer_(xmlBufferCreate()),
      writer_(buffer_ ? xmlNewTextWriterMemory(buffer_.get(), 0) : nullptr),
      failed_(!writer_) {}

void XmlWriter::start(const std::string& name) {
  note(xmlTextWriterStartElement(writer_.get(), as_xml(name)));
}

void XmlWriter::end() { note(xmlTextWriterEndElement(writer_.get())); }

void XmlWriter::declare(const std::string& prefix, const std::string& uri) {
  attribute("xmlns:" + prefix, uri);
}

void XmlWriter::attribute(const std::string& name, const std::string& value) {
  note(xmlTextWriterWriteAttribute(writer_.get(), as_xml(name), as_xml(value)));
}

void XmlWriter::text(const std::string& value) {
  note(xmlTextWriterWriteString(writer_.get(), as_xml(value)));
}

void XmlWriter::raw(const std::string& xml) {
  note(xmlTextWriterWriteRaw(writer_.get(), as_xml(xml)));
}

void XmlWriter::element(const std::string& name, const std::string& value) {
  start(name);
  text(value);
  end();
}

Result<std::string> XmlWriter::take() {
  // Freeing the writer flushes what it still holds into the buffer.
  writer_.reset();
  if (failed_ || quiet_.lacked_memory()) return out_of_memory();
  return std::string(reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
                     static_cast<size_t>(xmlBufferLength(buffer_.get())));
}

}  // namespace wsman::xml
