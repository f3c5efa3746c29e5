// A server of the fake kind, and the room's operations asked over it.
#ifndef WSMAN_TESTS_NATIVE_PROTOCOL_FIXTURE_H_
#define WSMAN_TESTS_NATIVE_PROTOCOL_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "fakes/fake_transport.h"
#include "protocol/operation/operations.h"
#include "protocol/xml/xml.h"
#include "support/bounds.h"

namespace wsman::testing {

inline const std::string kService =
    "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service";

inline const std::string kXsi = "http://www.w3.org/2001/XMLSchema-instance";

// An instance as Windows' WMI answers it: prefixes from the envelope, a nil, an array.
inline std::string service_answer() {
  return "<s:Envelope xml:lang=\"de-DE\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:xsi=\"" +
         kXsi + "\" xmlns:p=\"" + kService +
         "\" xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\"><s:Header/><s:Body>"
         "<p:Win32_Service xsi:type=\"p:Win32_Service_Type\"><p:Name>winrm</p:Name>"
         "<p:Description xsi:nil=\"true\"/><p:Date><cim:Datetime>2013-03-09T02:57:32Z"
         "</cim:Datetime></p:Date><p:Tag>a</p:Tag><p:Other xsi:type=\"cim:cimString\">1</p:Other>"
         "<p:Tag>b</p:Tag><cim:Location>hidden</cim:Location><p:Location>here</p:Location>"
         "</p:Win32_Service></s:Body></s:Envelope>";
}

// A fragment as Windows answers it.
inline std::string fragment_answer(const std::string& content) {
  return envelope_with(
      "<w:XmlFragment xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">" + content +
      "</w:XmlFragment>");
}

// An entry with one text.
inline operation::NamedValues text(const std::string& name, const std::string& value) {
  return {name, {{operation::Value::Kind::text, value}}};
}

struct OperationFixture {
  // The same answer to everything.
  void answer(const std::string& body, int status = 200) {
    server->on_exchange = [=](const HttpRequest&, const Call&) {
      return soap_answer(body, status);
    };
  }

  // One answer after the other; the last one stays.
  void answer_in_turn(const std::vector<std::string>& bodies) {
    auto next = std::make_shared<size_t>(0);
    server->on_exchange = [=](const HttpRequest&, const Call&) {
      const size_t at = std::min(*next, bodies.size() - 1);
      ++*next;
      return soap_answer(bodies[at]);
    };
  }

  message::Context context() { return {transport, kServer, headers}; }

  // The envelope that was sent as the n-th.
  std::string sent(size_t n = 0) {
    const std::vector<SeenRequest> requests = server->requests();
    return n < requests.size() ? requests[n].body : "nothing was sent";
  }

  // The XML between <s:Body> and </s:Body> of it.
  std::string sent_body(size_t n = 0) {
    const std::string envelope = sent(n);
    const size_t start = envelope.find("<s:Body>");
    const size_t end = envelope.rfind("</s:Body>");
    if (start == std::string::npos || end == std::string::npos) return "";
    return envelope.substr(start + 8, end - start - 8);
  }

  message::Target target_of(const std::string& resource) {
    Result<message::Target> target = message::make_target(resource, {});
    return target.ok() ? target.value() : message::Target{};
  }

  std::shared_ptr<FakeServer> server = std::make_shared<FakeServer>();
  FakeTransport transport{server};
  message::RequestHeaders headers;
  Cancellation cancellation;
  Call call{cancellation};
};

template <typename T>
Error error_in(const Result<T>& result) {
  return result.ok() ? Error{ErrorCode::internal, "It did not fail.", 0, {}} : result.error();
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_PROTOCOL_FIXTURE_H_
