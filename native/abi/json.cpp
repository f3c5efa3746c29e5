#include "abi/json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/wsman_codes.h"

namespace wsman {
namespace {

using nlohmann::json;

// Text from outside (a certificate, a fault) may not be UTF-8: what is not becomes U+FFFD.
std::string dump(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

// `document` with what was listened to, if anything was.
std::string dump_with(json document, const TraceLines& trace) {
  if (trace) {
    json& lines = document["trace"] = json::array();
    for (const Trace::Line& line : *trace) {
      const bool debug = line.level == Trace::Level::debug;
      lines.push_back({{"level", debug ? "debug" : "verbose"}, {"text", line.text}});
    }
  }
  return dump(document);
}

json fault_document(const FaultParts& fault) {
  return {{"soapCode", fault.soap_code},
          {"soapSubcode", fault.soap_subcode},
          {"reason", fault.reason},
          {"detail", fault.detail},
          {"machine", fault.machine},
          {"provider", fault.provider},
          {"providerPath", fault.provider_path},
          {"providerMessage", fault.provider_message}};
}

json state_document(const SessionView& view) {
  json document{{"sessionId", view.info.id}, {"state", name_of(view.state)}};
  if (view.state == State::closed) return document;
  document["computerName"] = view.info.computer_name;
  document["connectionUri"] = view.info.endpoint.url();
  document["authentication"] = name_of(view.info.authentication);
  document["userName"] = view.info.user_name;
  document["connections"] = view.connections;
  document["openEnumerations"] = view.open_enumerations;
  document["openShells"] = view.open_shells;
  return document;
}

json identity_document(const Identity& identity) {
  return {{"protocolVersion", identity.protocol_version},
          {"productVendor", identity.product_vendor},
          {"productVersion", identity.product_version}};
}

json report_document(const TeardownReport& report) {
  json steps = json::array();
  for (const TeardownStep& step : report.steps) {
    steps.push_back({{"step", step.step}, {"ms", step.milliseconds}, {"result", step.result}});
  }
  return {
      {"computerName", report.computer_name},
      {"state", name_of(State::closed)},
      {"graceful", report.graceful},
      {"elapsedMs", report.elapsed_ms},
      {"operations", {{"cancelled", report.operations_cancelled}}},
      {"commands",
       {{"terminated", report.commands_terminated}, {"abandoned", report.commands_abandoned}}},
      {"shells", {{"deleted", report.shells_deleted}, {"abandoned", report.shells_abandoned}}},
      {"enumerations",
       {{"released", report.enumerations_released}, {"abandoned", report.enumerations_abandoned}}},
      {"connections", {{"closed", report.connections_closed}}},
      {"secretsWiped", report.secrets_wiped},
      {"steps", steps},
      {"warnings", report.warnings}};
}

}  // namespace

std::string write_error(const Error& error, const TraceLines& trace) {
  json body{{"code", name_of(error.code)},
            {"message", error.message},
            {"wsmanCode", error.wsman_code},
            {"wsmanName", symbolic_name_of(error.wsman_code)},
            {"faultXml", error.fault_xml}};
  if (error.fault) body["fault"] = fault_document(*error.fault);
  return dump_with({{"error", std::move(body)}}, trace);
}

std::string write_connected(const Connected& connected, const TraceLines& trace) {
  json document{{"sessionId", connected.view.info.id},
                {"computerName", connected.view.info.computer_name},
                {"connectionUri", connected.view.info.endpoint.url()},
                {"authentication", name_of(connected.view.info.authentication)},
                {"userName", connected.view.info.user_name},
                {"identify", identity_document(connected.identity)}};
  if (connected.replaced) document["replaced"] = report_document(*connected.replaced);
  return dump_with(std::move(document), trace);
}

std::string write_identity(const Identity& identity, const TraceLines& trace) {
  json document = identity_document(identity);
  document["xml"] = identity.xml;
  return dump_with(std::move(document), trace);
}

std::string write_answered(const TraceLines& trace) { return dump_with(json::object(), trace); }

std::string write_page(uint64_t enumeration_id, const Page& page, const TraceLines& trace) {
  json items = json::array();
  for (const Page::Item& item : page.items) items.push_back({item.offset, item.length});
  return dump_with({{"enumerationId", enumeration_id},
                    {"end", page.end},
                    {"language", page.language},
                    {"items", std::move(items)}},
                   trace);
}

std::string write_released(bool released, const TraceLines& trace) {
  return dump_with({{"released", released}}, trace);
}

std::string write_state(const SessionView& view) { return dump(state_document(view)); }

std::string write_list(const std::vector<SessionView>& views) {
  json sessions = json::array();
  for (const SessionView& view : views) sessions.push_back(state_document(view));
  return dump({{"sessions", sessions}});
}

std::string write_report(const TeardownReport& report) { return dump(report_document(report)); }

std::string write_closed(const std::vector<TeardownReport>& reports) {
  json closed = json::array();
  for (const TeardownReport& report : reports) closed.push_back(report_document(report));
  return dump({{"closed", closed}});
}

}  // namespace wsman
