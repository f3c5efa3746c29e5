#include "abi/documents/json.h"

#include <utility>

#include "abi/documents/code_names.h"
#include "abi/json_value.h"
#include "base/text.h"

namespace wsman::abi {
namespace {

// Text leaves for a terminal with the messages and the trace, and servers, certificates and KDCs
// have written parts of it. The XML of a fault has been made for people where it was read.
JsonValue shown(const std::vector<std::string>& sentences) {
  JsonValue list = JsonValue::array();
  for (const std::string& sentence : sentences) list.push(for_people(sentence));
  return list;
}

// `document` with the lines of the trace, if there is one.
std::string with_trace(JsonValue document, const TraceLines& trace) {
  if (!trace) return document.document();
  JsonValue lines = JsonValue::array();
  for (const Trace::Line& line : *trace) {
    const bool debug = line.level == Trace::Level::debug;
    lines.push(JsonValue::object()
                   .add("level", debug ? "debug" : "verbose")
                   .add("text", debug ? lines_for_people(line.text) : for_people(line.text)));
  }
  document.add("trace", std::move(lines));
  return document.document();
}

// Keys and arguments only: the words for an advice are the caller's.
JsonValue advice_document(const AdviceList& advice) {
  JsonValue list = JsonValue::array();
  for (const Advice& one : advice) {
    list.push(
        JsonValue::object().add("key", name_of(one.key)).add("arguments", shown(one.arguments)));
  }
  return list;
}

JsonValue fault_document(const FaultParts& fault) {
  return JsonValue::object()
      .add("kind", name_of(fault.kind))
      .add("soapCode", for_people(fault.soap_code))
      .add("soapSubcode", for_people(fault.soap_subcode))
      .add("reason", for_people(fault.reason))
      .add("detail", for_people(fault.detail))
      .add("machine", for_people(fault.machine))
      .add("provider", for_people(fault.provider))
      .add("providerPath", for_people(fault.provider_path))
      .add("providerMessage", for_people(fault.provider_message));
}

JsonValue state_document(const session::SessionView& view) {
  JsonValue document = JsonValue::object();
  document.add("sessionId", view.info.id).add("state", name_of(view.state));
  // Of a closed session only number and state are promised: it may be forgotten, with all else.
  if (view.state == session::State::closed) return document;
  document.add("computerName", view.info.computer_name)
      .add("connectionUri", view.info.endpoint.url())
      .add("authentication", name_of(view.info.authentication))
      .add("userName", view.info.user_name)
      .add("connections", view.connections)
      .add("openEnumerations", view.open_enumerations)
      .add("openShells", view.open_shells);
  return document;
}

JsonValue identity_document(const operation::IdentifyResponse& identity) {
  return JsonValue::object()
      .add("protocolVersion", for_people(identity.protocol_version))
      .add("productVendor", for_people(identity.product_vendor))
      .add("productVersion", for_people(identity.product_version));
}

JsonValue report_document(const session::TeardownReport& report) {
  // Written after the end of the session, so its state is always Closed.
  JsonValue steps = JsonValue::array();
  for (const session::TeardownStep& step : report.steps) {
    steps.push(JsonValue::object()
                   .add("step", step.step)
                   .add("startMs", step.start_ms)
                   .add("ms", step.milliseconds)
                   .add("result", step.result));
  }
  JsonValue document = JsonValue::object();
  document.add("computerName", report.computer_name)
      .add("connectionUri", report.connection_uri)
      .add("userName", report.user_name)
      .add("startTime", utc_text(report.started))
      .add("state", name_of(session::State::closed))
      .add("graceful", report.graceful)
      .add("elapsedMs", report.elapsed_ms)
      .add("secretsWiped", report.secrets_wiped)
      .add("steps", std::move(steps))
      .add("warnings", shown(report.warnings));
  // The table beside the report names group and member, so a new counter needs no line here.
  for (const session::TeardownCounter& counter : session::kTeardownCounters) {
    JsonValue* const known = document.find(counter.group);
    JsonValue& group = known != nullptr ? *known : document.set(counter.group, JsonValue::object());
    group.add(counter.name, report.*counter.count);
  }
  return document;
}

}  // namespace

std::string write_error(const Error& error, const TraceLines& trace) {
  JsonValue body = JsonValue::object();
  body.add("code", name_of(error.code))
      .add("message", for_people(error.message))
      .add("advice", advice_document(error.advice))
      .add("wsmanCode", error.wsman_code)
      .add("wsmanName", symbolic_name_of(error.wsman_code))
      .add("faultXml", error.fault_xml);
  // Only an error that is a fault of the server has parts.
  if (error.fault) body.add("fault", fault_document(*error.fault));
  return with_trace(JsonValue::object().add("error", std::move(body)), trace);
}

std::string write_connected(const session::Connected& connected, const TraceLines& trace) {
  JsonValue document = JsonValue::object();
  document.add("sessionId", connected.view.info.id)
      .add("computerName", connected.view.info.computer_name)
      .add("connectionUri", connected.view.info.endpoint.url())
      .add("authentication", name_of(connected.view.info.authentication))
      .add("userName", connected.view.info.user_name)
      .add("identify", identity_document(connected.identity));
  if (connected.replaced) document.add("replaced", report_document(*connected.replaced));
  return with_trace(std::move(document), trace);
}

std::string write_identity(const operation::IdentifyResponse& identity, const TraceLines& trace) {
  return with_trace(identity_document(identity), trace);
}

// The answer crosses beside the document, as bytes: JSON would escape and copy it.
std::string write_answered(const TraceLines& trace) {
  return with_trace(JsonValue::object(), trace);
}

// Without the context: it stays in the library, under the number of the enumeration.
std::string write_page(uint64_t enumeration_id, const operation::Page& page,
                       const TraceLines& trace) {
  return with_trace(JsonValue::object()
                        .add("enumerationId", enumeration_id)
                        .add("end", page.end)
                        .add("language", for_people(page.language))
                        .add("count", page.count),
                    trace);
}

std::string write_released(bool released, const TraceLines& trace) {
  return with_trace(JsonValue::object().add("released", released), trace);
}

std::string write_state(const session::SessionView& view) {
  return state_document(view).document();
}

std::string write_list(const std::vector<session::SessionView>& views) {
  JsonValue sessions = JsonValue::array();
  for (const session::SessionView& view : views) sessions.push(state_document(view));
  return JsonValue::object().add("sessions", std::move(sessions)).document();
}

std::string write_report(const session::TeardownReport& report) {
  return report_document(report).document();
}

std::string write_closed(const std::vector<session::TeardownReport>& reports) {
  JsonValue closed = JsonValue::array();
  for (const session::TeardownReport& report : reports) closed.push(report_document(report));
  return JsonValue::object().add("closed", std::move(closed)).document();
}

}  // namespace wsman::abi
