// Requests of WS-Management for the tests of the service.
#ifndef WSMAN_TESTS_SERVICE_ASKING_H
#define WSMAN_TESTS_SERVICE_ASKING_H

#include <string>

#include "fixture.h"
#include "wsman/names.h"

namespace wsman::service {

inline const std::string kWmi = std::string(kWmiPrefix) + "root/cimv2/";
inline const std::string kServiceClass = kWmi + "Win32_Service";
inline const std::string kTransfer = std::string(kTransferNamespace) + "/";
inline const std::string kEnumeration = std::string(kEnumerationNamespace) + "/";

struct Question {
  std::string action;
  std::string uri;
  std::string body;       // With the prefixes s, a, w, n, b and xsi.
  std::string selectors;  // The children of the set.
  std::string headers;
  std::string path = "/wsman";
  std::string envelope_size = "512000";

  std::string xml() const {
    std::string text =
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
        " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
        " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
        " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\""
        " xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><s:Header>";
    text += "<a:Action>" + action + "</a:Action><w:ResourceURI>" + uri + "</w:ResourceURI>";
    text += "<a:MessageID>uuid:7</a:MessageID><w:MaxEnvelopeSize>" + envelope_size;
    text += "</w:MaxEnvelopeSize>" + headers;
    if (!selectors.empty()) text += "<w:SelectorSet>" + selectors + "</w:SelectorSet>";
    return text + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
  }
};

struct Asking : Fixture {
  using Fixture::Fixture;

  // The answer, which may be one that came at once only.
  Response reply(const Question& question) {
    recorder->answers.clear();
    ask(question.path, kRight, question.xml());
    return recorder->answers.empty() ? Response{0, "", "", {}, false} : recorder->answers.back();
  }
  std::string body(const Question& question) { return reply(question).body; }

  static std::string selector(const std::string& name, const std::string& value) {
    return "<w:Selector Name=\"" + name + "\">" + value + "</w:Selector>";
  }

  static Question enumerate(const std::string& uri, int most, const std::string& more = "") {
    return {kEnumeration + "Enumerate", uri,
            "<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>" + std::to_string(most) +
                "</w:MaxElements>" + more + "</n:Enumerate>",
            "", ""};
  }
  static Question pull(const std::string& uri, const std::string& context, int most) {
    return {kEnumeration + "Pull", uri,
            "<n:Pull><n:EnumerationContext>" + context + "</n:EnumerationContext><n:MaxElements>" +
                std::to_string(most) + "</n:MaxElements></n:Pull>",
            "", ""};
  }
  static std::string context_of(const std::string& answer) {
    return between(answer, "EnumerationContext>", "</");
  }
  static std::string code_of(const std::string& answer) { return between(answer, "Code=\"", "\""); }
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_ASKING_H
