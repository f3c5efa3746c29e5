#include "protocol/request.h"

#include <array>
#include <cstdio>

#include "protocol/embedded.h"
#include "protocol/uuid.h"
#include "protocol/writer.h"

namespace wsman {
namespace {

// A header that the server must obey or refuse [SOAP 1.2 5.2.3].
void write_obeyed(XmlWriter& writer, const std::string& name, const std::string& value) {
  writer.start(name);
  writer.attribute("s:mustUnderstand", "true");
  writer.text(value);
  writer.end();
}

// A header that the server may pass over.
void write_optional(XmlWriter& writer, const std::string& name, const std::string& value) {
  writer.start(name);
  writer.attribute("s:mustUnderstand", "false");
  writer.text(value);
  writer.end();
}

// With mustUnderstand="true" a WMI provider that has other languages only would refuse.
void write_language(XmlWriter& writer, const std::string& name, const std::string& language) {
  writer.start(name);
  writer.attribute("xml:lang", language);
  writer.attribute("s:mustUnderstand", "false");
  writer.end();
}

void write_addressing(XmlWriter& writer, const OperationContext& context, const Target& target,
                      const Request& request) {
  writer.element("a:To", context.endpoint.url());
  write_obeyed(writer, "w:ResourceURI", target.resource_uri);
  writer.start("a:ReplyTo");
  write_obeyed(writer, "a:Address", uri::kAnonymous);
  writer.end();
  write_obeyed(writer, "a:Action", request.action);
}

void write_manner(XmlWriter& writer, const Manner& manner, const std::string& message_id,
                  const Conversation& conversation) {
  write_obeyed(writer, "w:MaxEnvelopeSize", std::to_string(manner.max_envelope_octets));
  writer.element("a:MessageID", message_id);
  write_language(writer, "w:Locale", manner.locale);
  write_language(writer, "p:DataLocale", manner.data_locale);
  if (!manner.session_id.empty()) write_optional(writer, "p:SessionId", manner.session_id);
  write_optional(writer, "p:OperationID", conversation.operation_id);
  write_optional(writer, "p:SequenceId", std::to_string(conversation.sequence));
}

void write_options(XmlWriter& writer, const std::vector<Option>& options) {
  if (options.empty()) return;
  writer.start("w:OptionSet");
  writer.declare("xsi", ns::kXsi);
  writer.attribute("s:mustUnderstand", "true");
  for (const Option& option : options) {
    writer.start("w:Option");
    writer.attribute("Name", option.name);
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

void write_fragment(XmlWriter& writer, const Target& target) {
  writer.start("w:FragmentTransfer");
  writer.attribute("s:mustUnderstand", "true");
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
    Status name = check_text(option.name, "name of an option");
    if (!name.ok()) return name;
    Status value =
        check_text(option.value.value_or(""), "value of the option '" + option.name + "'");
    if (!value.ok()) return value;
  }
  return Done{};
}

Status check(const Manner& manner, const Target& target, const Request& request) {
  for (const auto& [text, what] :
       {std::pair{&target.resource_uri, "resource URI"}, std::pair{&request.action, "action"},
        std::pair{&target.fragment, "fragment"},
        std::pair{&target.fragment_dialect, "dialect of the fragment"},
        std::pair{&manner.locale, "locale"}, std::pair{&manner.data_locale, "data locale"}}) {
    Status checked = check_text(*text, what);
    if (!checked.ok()) return checked;
  }
  return check_options(target.options);
}

Status write_selector(XmlWriter& writer, const Selector& selector) {
  Status name = check_text(selector.name, "name of a selector");
  if (!name.ok()) return name;
  const std::string what = "value of the selector '" + selector.name + "'";
  writer.start("w:Selector");
  writer.attribute("Name", selector.name);
  if (selector.is_reference) {
    const Result<std::string> reference = reference_xml(selector.value, what);
    if (!reference.ok()) return reference.error();
    writer.raw(reference.value());
  } else {
    Status value = check_text(selector.value, what);
    if (!value.ok()) return value;
    writer.text(selector.value);
  }
  writer.end();
  return Done{};
}

std::string envelope_around(const std::string& headers, const std::string& body) {
  XmlWriter writer;
  writer.start("s:Envelope");
  writer.declare("s", ns::kSoap);
  writer.declare("a", ns::kAddressing);
  writer.declare("w", ns::kWsman);
  writer.declare("p", ns::kMicrosoft);
  writer.start("s:Header");
  writer.raw(headers);
  writer.end();
  writer.start("s:Body");
  if (!body.empty()) writer.raw(body);
  writer.end();
  writer.end();
  return writer.take();
}

}  // namespace

Result<std::string> selector_set(const std::vector<Selector>& selectors) {
  XmlWriter writer;
  writer.start("w:SelectorSet");
  writer.declare("w", ns::kWsman);
  for (const Selector& selector : selectors) {
    const Status written = write_selector(writer, selector);
    if (!written.ok()) return written.error();
  }
  writer.end();
  return writer.take();
}

Result<Message> write_message(const OperationContext& context, const Target& target,
                              const Request& request, Conversation& conversation) {
  const Status checked = check(context.manner, target, request);
  if (!checked.ok()) return checked.error();
  const Result<std::string> selectors = selector_set(target.selectors);
  if (!selectors.ok()) return selectors.error();
  if (conversation.operation_id.empty()) conversation.operation_id = new_uuid();
  ++conversation.sequence;
  const std::string id = new_uuid();

  XmlWriter headers;
  write_addressing(headers, context, target, request);
  write_manner(headers, context.manner, id, conversation);
  if (!target.selectors.empty()) headers.raw(selectors.value());
  write_options(headers, target.options);
  if (request.fragment && !target.fragment.empty()) write_fragment(headers, target);
  headers.element("w:OperationTimeout", duration(context.manner.operation_timeout));
  return Message{envelope_around(headers.take(), request.body), id};
}

}  // namespace wsman
