#include "protocol/message/request.h"

#include <array>
#include <cstdio>

#include "protocol/xml/embedded.h"
#include "protocol/xml/names.h"
#include "protocol/xml/uuid.h"
#include "protocol/xml/writer.h"
#include "protocol/xml/xml.h"

namespace wsman::message {
namespace {

// A header that the server must obey or refuse [SOAP 1.2 5.2.3].
void write_obeyed(xml::XmlWriter& writer, const std::string& name, const std::string& value) {
  writer.start(name);
  writer.attribute("s:mustUnderstand", "true");
  writer.text(value);
  writer.end();
}

// A header that the server may ignore: those of Microsoft are unknown to other servers, which would
// answer MustUnderstand.
void write_optional(xml::XmlWriter& writer, const std::string& name, const std::string& value) {
  writer.start(name);
  writer.attribute("s:mustUnderstand", "false");
  writer.text(value);
  writer.end();
}

// A language that is wished for, not demanded: with mustUnderstand="true" a WMI provider that has
// other languages only would refuse the request.
void write_language(xml::XmlWriter& writer, const std::string& name, const std::string& language) {
  writer.start(name);
  writer.attribute("xml:lang", language);
  writer.attribute("s:mustUnderstand", "false");
  writer.end();
}

// a:To, w:ResourceURI, a:ReplyTo and a:Action. The anonymous address asks for the answer over the
// same connection.
void write_addressing(xml::XmlWriter& writer, const Context& context, const Target& target,
                      const Request& request) {
  writer.element("a:To", context.endpoint.url());
  write_obeyed(writer, "w:ResourceURI", target.resource_uri);
  writer.start("a:ReplyTo");
  write_obeyed(writer, "a:Address", uri::kAnonymous);
  writer.end();
  write_obeyed(writer, "a:Action", request.action);
}

void write_manner(xml::XmlWriter& writer, const RequestHeaders& headers,
                  const std::string& message_id, const OperationSequence& sequence) {
  write_obeyed(writer, "w:MaxEnvelopeSize", std::to_string(headers.max_envelope_bytes));
  writer.element("a:MessageID", message_id);
  write_language(writer, "w:Locale", headers.locale);
  write_language(writer, "p:DataLocale", headers.data_locale);
  // Windows ties shells to the p:SessionId of their session.
  if (!headers.session_id.empty()) write_optional(writer, "p:SessionId", headers.session_id);
  write_optional(writer, "p:OperationID", sequence.operation_id);
  write_optional(writer, "p:SequenceId", std::to_string(sequence.sequence));
}

void write_options(xml::XmlWriter& writer, const std::vector<Option>& options) {
  if (options.empty()) return;
  writer.start("w:OptionSet");
  writer.declare("xsi", ns::kXsi);
  writer.attribute("s:mustUnderstand", "true");
  for (const Option& option : options) {
    writer.start("w:Option");
    writer.attribute("Name", option.name);
    // As Microsoft's client does: an option that is silently ignored would give another result than
    // asked for.
    writer.attribute("MustComply", "true");
    if (option.value) {
      writer.text(*option.value);
    } else {
      writer.attribute("xsi:nil", "true");
    }
    writer.end();
  }
  writer.end();
}

void write_fragment(xml::XmlWriter& writer, const Target& target) {
  writer.start("w:FragmentTransfer");
  writer.attribute("s:mustUnderstand", "true");
  // Without a dialect the fragment is XPath 1.0.
  if (!target.fragment_dialect.empty()) writer.attribute("Dialect", target.fragment_dialect);
  writer.text(target.fragment);
  writer.end();
}

// "PT60.000S" [XML Schema 3.2.6].
std::string duration(Milliseconds time) {
  std::array<char, 40> text{};
  (void)std::snprintf(text.data(), text.size(), "PT%lld.%03lldS",
                      static_cast<long long>(time.count() / 1000),
                      static_cast<long long>(time.count() % 1000));
  return text.data();
}

Status check_options(const std::vector<Option>& options) {
  for (const Option& option : options) {
    Status name = xml::check_text(option.name, "name of an option");
    if (!name.ok()) return name;
    Status value =
        xml::check_text(option.value.value_or(""), "value of the option '" + option.name + "'");
    if (!value.ok()) return value;
  }
  return Done{};
}

// Checked before the writer starts: libxml2 would write a control character, and the server would
// refuse the envelope as ill-formed.
Status check(const RequestHeaders& headers, const Target& target, const Request& request) {
  for (const auto& [text, what] :
       {std::pair{&target.resource_uri, "resource URI"}, std::pair{&request.action, "action"},
        std::pair{&target.fragment, "fragment"},
        std::pair{&target.fragment_dialect, "dialect of the fragment"},
        std::pair{&headers.locale, "locale"}, std::pair{&headers.data_locale, "data locale"}}) {
    Status checked = xml::check_text(*text, what);
    if (!checked.ok()) return checked;
  }
  return check_options(target.options);
}

Status write_selector(xml::XmlWriter& writer, const Selector& selector) {
  Status name = xml::check_text(selector.name, "name of a selector");
  if (!name.ok()) return name;
  const std::string what = "value of the selector '" + selector.name + "'";
  writer.start("w:Selector");
  writer.attribute("Name", selector.name);
  if (selector.is_reference) {
    const Result<std::string> reference = xml::reference_xml(selector.value, what);
    if (!reference.ok()) return reference.error();
    writer.raw(reference.value());
  } else {
    Status value = xml::check_text(selector.value, what);
    if (!value.ok()) return value;
    writer.text(selector.value);
  }
  writer.end();
  return Done{};
}

std::string envelope_around(const std::string& headers, const std::string& body) {
  xml::XmlWriter writer;
  writer.start("s:Envelope");
  // The prefixes of the headers; a body declares its own. OMI fails where a default namespace is
  // redefined, so the envelope has none.
  writer.declare("s", ns::kSoap);
  writer.declare("a", ns::kAddressing);
  writer.declare("w", ns::kWsman);
  writer.declare("p", ns::kMicrosoft);
  writer.start("s:Header");
  writer.raw(headers);
  writer.end();
  writer.start("s:Body");
  // The body is XML already; escaping it again would make text of it.
  if (!body.empty()) writer.raw(body);
  writer.end();
  writer.end();
  return writer.take();
}

}  // namespace

Result<std::string> selector_set(const std::vector<Selector>& selectors) {
  xml::XmlWriter writer;
  writer.start("w:SelectorSet");
  writer.declare("w", ns::kWsman);
  for (const Selector& selector : selectors) {
    const Status written = write_selector(writer, selector);
    if (!written.ok()) return written.error();
  }
  writer.end();
  return writer.take();
}

Result<Message> write_message(const Context& context, const Target& target, const Request& request,
                              OperationSequence& sequence) {
  const Status checked = check(context.headers, target, request);
  if (!checked.ok()) return checked.error();
  const Result<std::string> selectors = selector_set(target.selectors);
  if (!selectors.ok()) return selectors.error();
  // Made by the first message; the Pulls and the Release of an enumeration repeat it.
  if (sequence.operation_id.empty()) sequence.operation_id = xml::new_uuid();
  ++sequence.sequence;
  // New for each message: its answer names it in a:RelatesTo, so a late answer to another request
  // is found out.
  const std::string id = xml::new_uuid();

  // No server seen depends on the order; that of Microsoft's client is the one they are tested
  // with.
  xml::XmlWriter headers;
  write_addressing(headers, context, target, request);
  write_manner(headers, context.headers, id, sequence);
  if (!target.selectors.empty()) headers.raw(selectors.value());
  write_options(headers, target.options);
  // Only Get and Put have fragments [DSP0226 7.7].
  if (request.fragment && !target.fragment.empty()) write_fragment(headers, target);
  headers.element("w:OperationTimeout", duration(context.headers.operation_timeout));
  return Message{envelope_around(headers.take(), request.body), id};
}

}  // namespace wsman::message
