#include "protocol/writer.h"

namespace wsman {
namespace {

const xmlChar* as_xml(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}

}  // namespace

XmlWriter::XmlWriter()
    : buffer_(xmlBufferCreate()), writer_(xmlNewTextWriterMemory(buffer_.get(), 0)) {}

void XmlWriter::start(const std::string& name) {
  (void)xmlTextWriterStartElement(writer_.get(), as_xml(name));
}

void XmlWriter::end() { (void)xmlTextWriterEndElement(writer_.get()); }

void XmlWriter::declare(const std::string& prefix, const std::string& uri) {
  attribute("xmlns:" + prefix, uri);
}

void XmlWriter::attribute(const std::string& name, const std::string& value) {
  (void)xmlTextWriterWriteAttribute(writer_.get(), as_xml(name), as_xml(value));
}

void XmlWriter::text(const std::string& value) {
  (void)xmlTextWriterWriteString(writer_.get(), as_xml(value));
}

void XmlWriter::raw(const std::string& xml) {
  (void)xmlTextWriterWriteRaw(writer_.get(), as_xml(xml));
}

void XmlWriter::element(const std::string& name, const std::string& value) {
  start(name);
  text(value);
  end();
}

std::string XmlWriter::take() {
  writer_.reset();
  return reinterpret_cast<const char*>(xmlBufferContent(buffer_.get()));
}

}  // namespace wsman
