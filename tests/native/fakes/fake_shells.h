// A server with shells and commands, for tests without a network.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_SHELLS_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_SHELLS_H_

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "fakes/answers.h"
#include "fakes/fake_transport.h"

namespace wsman::testing {

inline const std::string kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";

// Creates shells, starts commands in them, terminates these and deletes those, and knows what is
// left.
class FakeShells {
 public:
  Result<HttpResponse> answer(const HttpRequest& request, const Call& call) {
    if (request.body.find(":Identify/>") != std::string::npos)
      return soap_answer(identify_answer());
    if (on_request) {
      Result<HttpResponse> instead = on_request(request, call);
      if (!instead.ok() || instead.value().status != 0) return instead;
    }
    HttpResponse answered = carry_out(request);
    return on_answer ? on_answer(request, answered) : answered;
  }

  HttpResponse carry_out(const HttpRequest& request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (has(request, "transfer/Create<")) return create(request.body);
    if (has(request, "transfer/Delete<")) return remove(request.body);
    if (has(request, "shell/Command<")) return command(request.body);
    if (has(request, "shell/Signal<")) return signal(request.body);
    return no_such_thing();
  }

  static bool has(const HttpRequest& request, const char* text) {
    return request.body.find(text) != std::string::npos;
  }

  static HttpResponse no_such_thing() {
    return soap_answer(fault_with(wsman_fault_detail("2150858843", "There is none.")), 500);
  }

  static HttpResponse strange() {
    std::string fault = fault_with(wsman_fault_detail("2150858753", "Something strange."));
    const std::string subcode = "w:InvalidSelectors";
    fault.replace(fault.find(subcode), subcode.size(), "w:InternalError");
    return soap_answer(fault, 500);
  }

  size_t shells() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return shells_.size();
  }

  // Instead of the answer; status 0 leaves it as it is.
  std::function<Result<HttpResponse>(const HttpRequest&, const Call&)> on_request;

  // What becomes of an answer on its way.
  std::function<Result<HttpResponse>(const HttpRequest&, const HttpResponse&)> on_answer;

  // Whether shells and commands get the names that requests give them.
  bool takes_names = false;

  // What ended, in order: "signal C1", "delete S1".
  std::vector<std::string> endings() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return endings_;
  }

 private:
  static std::string between(const std::string& text, const std::string& from, char to) {
    const size_t start = text.find(from);
    if (start == std::string::npos) return {};
    const size_t begin = start + from.size();
    return text.substr(begin, text.find(to, begin) - begin);
  }

  static std::string shell_in(const std::string& body) {
    return between(body, "Name=\"ShellId\">", '<');
  }

  std::string name_for(const std::string& letter, const std::string& wanted) {
    return takes_names && !wanted.empty() ? wanted : letter + std::to_string(++made_);
  }

  HttpResponse create(const std::string& body) {
    const std::string id = name_for("S", between(body, " ShellId=\"", '"'));
    shells_[id] = {};
    return soap_answer(envelope_with(
        "<x:ResourceCreated xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\" "
        "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
        "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><a:Address>urn:x</a:Address>"
        "<a:ReferenceParameters><w:SelectorSet><w:Selector Name=\"ShellId\">" +
        id + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>"));
  }

  HttpResponse command(const std::string& body) {
    const auto shell = shells_.find(shell_in(body));
    if (shell == shells_.end()) return no_such_thing();
    const std::string id = name_for("C", between(body, " CommandId=\"", '"'));
    shell->second.insert(id);
    return soap_answer(
        envelope_with("<rsp:CommandResponse "
                      "xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\">"
                      "<rsp:CommandId>" +
                      id + "</rsp:CommandId></rsp:CommandResponse>"));
  }

  HttpResponse signal(const std::string& body) {
    const auto shell = shells_.find(shell_in(body));
    const std::string id = between(body, "CommandId=\"", '"');
    if (shell == shells_.end() || shell->second.erase(id) == 0) return no_such_thing();
    endings_.push_back("signal " + id);
    return soap_answer(
        envelope_with("<rsp:SignalResponse "
                      "xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"/>"));
  }

  HttpResponse remove(const std::string& body) {
    const std::string id = shell_in(body);
    if (shells_.erase(id) == 0) return no_such_thing();
    endings_.push_back("delete " + id);
    return soap_answer(envelope_with(""));
  }

  std::mutex mutex_;
  int made_ = 0;
  std::map<std::string, std::set<std::string>> shells_;
  std::vector<std::string> endings_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_SHELLS_H_
