#include "abi/documents/json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "abi/documents/code_names.h"
#include "base/text.h"

namespace wsman::abi {
namespace {

using nlohmann::json;

// Text from outside (a certificate, a fault) may not be UTF-8: such bytes become U+FFFD, since an
// exception here would hide the error that is being told.
std::string dump(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Text leaves for a terminal with the messages and the trace, and servers, certificates and KDCs
// have written parts of it. What a program reads (the XML of a fault) crosses as it is.
json shown(const std::vector<std::string>& sentences) {
  json list = json::array();
  for (const std::string& sentence : sentences) list.push_back(for_people(sentence));
  return list;
}

// `document` with the lines of the trace, if there is one.
std::string dump_with(json document, const TraceLines& trace) {
  if (trace) {
    json& lines = document["trace"] = json::array();
    for (const Trace::Line& line : *trace) {
      const bool debug = line.level == Trace::Level::debug;
      lines.push_back({{"level", debug ? "debug" : "verbose"},
                       {"text", debug ? lines_for_people(line.text) : for_people(line.text)}});
    }
  }
  return dump(document);
}

// Keys and arguments only: the words for an advice are the caller's.
json advice_document(const AdviceList& advice) {
  json list = json::array();
  for (const Advice& one : advice) {
    list.push_back({{"key", name_of(one.key)}, {"arguments", shown(one.arguments)}});
  }
  return list;
}

json fault_document(const FaultParts& fault) {
  return {{"kind", name_of(fault.kind)},
          {"soapCode", for_people(fault.soap_code)},
          {"soapSubcode", for_people(fault.soap_subcode)},
          {"reason", for_people(fault.reason)},
          {"detail", for_people(fault.detail)},
          {"machine", for_people(fault.machine)},
          {"provider", for_people(fault.provider)},
          {"providerPath", for_people(fault.provider_path)},
          {"providerMessage", for_people(fault.provider_message)}};
}

json state_document(const session::SessionView& view) {
  json document{{"sessionId", view.info.id}, {"state", name_of(view.state)}};
  // Of a closed session only number and state are promised: it may be forgotten, with all else.
  if (view.state == session::State::closed) return document;
  document["computerName"] = view.info.computer_name;
  document["connectionUri"] = view.info.endpoint.url();
  document["authentication"] = name_of(view.info.authentication);
  document["userName"] = view.info.user_name;
  document["connections"] = view.connections;
  document["openEnumerations"] = view.open_enumerations;
  document["openShells"] = view.open_shells;
  return document;
}

json identity_document(const operation::IdentifyResponse& identity) {
  return {{"protocolVersion", identity.protocol_version},
          {"productVendor", identity.product_vendor},
          {"productVersion", identity.product_version}};
}

json report_document(const session::TeardownReport& report) {
  // Written after the end of the session, so its state is always Closed.
  json steps = json::array();
  for (const session::TeardownStep& step : report.steps) {
    steps.push_back({{"step", step.step},
                     {"startMs", step.start_ms},
                     {"ms", step.milliseconds},
                     {"result", step.result}});
  }
  json document{{"computerName", report.computer_name},
                {"connectionUri", report.connection_uri},
                {"userName", report.user_name},
                {"startTime", utc_text(report.started)},
                {"state", name_of(session::State::closed)},
                {"graceful", report.graceful},
                {"elapsedMs", report.elapsed_ms},
                {"secretsWiped", report.secrets_wiped},
                {"steps", steps},
                {"warnings", shown(report.warnings)}};
  // The table beside the report names group and member, so a new counter needs no line here.
  for (const session::TeardownCounter& counter : session::kTeardownCounters)
    document[counter.group][counter.name] = report.*counter.count;
  return document;
}

}  // namespace

std::string write_error(const Error& error, const TraceLines& trace) {
  json body{{"code", name_of(error.code)},
            {"message", for_people(error.message)},
            {"advice", advice_document(error.advice)},
            {"wsmanCode", error.wsman_code},
            {"wsmanName", symbolic_name_of(error.wsman_code)},
            {"faultXml", error.fault_xml}};
  // Only an error that is a fault of the server has parts.
  if (error.fault) body["fault"] = fault_document(*error.fault);
  return dump_with({{"error", std::move(body)}}, trace);
}

std::string write_connected(const session::Connected& connected, const TraceLines& trace) {
  json document{{"sessionId", connected.view.info.id},
                {"computerName", connected.view.info.computer_name},
                {"connectionUri", connected.view.info.endpoint.url()},
                {"authentication", name_of(connected.view.info.authentication)},
                {"userName", connected.view.info.user_name},
                {"identify", identity_document(connected.identity)}};
  if (connected.replaced) document["replaced"] = report_document(*connected.replaced);
  return dump_with(std::move(document), trace);
}

std::string write_identity(const operation::IdentifyResponse& identity, const TraceLines& trace) {
  json document = identity_document(identity);
  document["xml"] = identity.xml;
  return dump_with(std::move(document), trace);
}

// The answer crosses beside the document, as bytes: JSON would escape and copy it.
std::string write_answered(const TraceLines& trace) { return dump_with(json::object(), trace); }

// Without the context: it stays in the library, under the number of the enumeration.
std::string write_page(uint64_t enumeration_id, const operation::Page& page,
                       const TraceLines& trace) {
  return dump_with({{"enumerationId", enumeration_id},
                    {"end", page.end},
                    {"language", page.language},
                    {"count", page.count}},
                   trace);
}

std::string write_released(bool released, const TraceLines& trace) {
  return dump_with({{"released", released}}, trace);
}

std::string write_state(const session::SessionView& view) { return dump(state_document(view)); }

std::string write_list(const std::vector<session::SessionView>& views) {
  json sessions = json::array();
  for (const session::SessionView& view : views) sessions.push_back(state_document(view));
  return dump({{"sessions", sessions}});
}

std::string write_report(const session::TeardownReport& report) {
  return dump(report_document(report));
}

std::string write_closed(const std::vector<session::TeardownReport>& reports) {
  json closed = json::array();
  for (const session::TeardownReport& report : reports) closed.push_back(report_document(report));
  return dump({{"closed", closed}});
}

}  // namespace wsman::abi
