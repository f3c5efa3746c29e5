#include "wsman/soap_request.h"

#include <libxml/parser.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace wsman::service {
namespace {

// One number and its letter off the front of `text`, in milliseconds.
std::optional<std::uint64_t> take_part(std::string_view& text, bool time) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data() + text.size() || value < 0) return std::nullopt;
  double seconds = 0;
  if (*end == 'D' && !time) seconds = 86400;
  if (*end == 'H' && time) seconds = 3600;
  if (*end == 'M' && time) seconds = 60;
  if (*end == 'S' && time) seconds = 1;
  if (seconds == 0 || value > 1e9) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return static_cast<std::uint64_t>(std::llround(value * seconds * 1000));
}

}  // namespace

SoapRequest::SoapRequest(DocumentPtr document) : document_(std::move(document)) {
  const Element root(xmlDocGetRootElement(document_.get()));
  if (!root.is(kSoapNamespace, "Envelope")) return;
  header_ = root.child(kSoapNamespace, "Header");
  body_ = root.child(kSoapNamespace, "Body");
}

std::optional<SoapRequest> SoapRequest::read(std::string_view xml) {
  if (xml.size() > std::numeric_limits<int>::max()) return std::nullopt;
  DocumentPtr document(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  // [SOAP 1.2 Part 1, 5] A message must not contain a document type declaration.
  if (!document || document->intSubset != nullptr) return std::nullopt;
  SoapRequest request(std::move(document));
  if (!request.body_) return std::nullopt;
  return request;
}

Element SoapRequest::block(std::string_view name_space, std::string_view name) const {
  return header_.child(name_space, name);
}

std::string SoapRequest::header(std::string_view name_space, std::string_view name) const {
  return block(name_space, name).trimmed();
}

std::string SoapRequest::locale() const {
  return block(kWsmanNamespace, "Locale")
      .attribute("http://www.w3.org/XML/1998/namespace", "lang")
      .value_or("");
}

bool SoapRequest::body_is(std::string_view name_space, std::string_view name) const {
  return body().is(name_space, name);
}

std::optional<std::uint64_t> parse_duration(std::string_view text) {
  if (text.size() < 3 || text.front() != 'P') return std::nullopt;
  text.remove_prefix(1);
  std::uint64_t total = 0;
  bool time = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !time) {
      time = true;
      text.remove_prefix(1);
      if (text.empty()) return std::nullopt;
      continue;
    }
    const auto part = take_part(text, time);
    if (!part) return std::nullopt;
    total += *part;
  }
  return total;
}

}  // namespace wsman::service
