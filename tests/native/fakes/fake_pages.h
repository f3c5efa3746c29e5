// A server with pages of an enumeration, for tests without a network.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_PAGES_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_PAGES_H_

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "fakes/answers.h"
#include "fakes/fake_transport.h"

namespace wsman::testing {

// Answers Enumerate and Pull with `rows` items in all, as many a page as it is asked for, and knows
// which contexts are open. The context is another one after each page.
class FakePages {
 public:
  explicit FakePages(int rows) : rows_(rows) {}

  Result<HttpResponse> answer(const HttpRequest& request, const Call& call) {
    const std::string body = request.body;
    if (body.find(":Identify/>") != std::string::npos) return soap_answer(identify_answer());
    if (on_request) {
      Result<HttpResponse> instead = on_request(request, call);
      if (!instead.ok() || instead.value().status != 0) return instead;
    }
    Result<HttpResponse> answered = carry_out(body);
    return on_answer ? on_answer(request, answered.value()) : answered;
  }

  Result<HttpResponse> carry_out(const std::string& body) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (body.find("Release>") != std::string::npos) return release(body);
    if (body.find("Pull>") != std::string::npos) return pull(body);
    asked.push_back(number_in(body));
    return page("EnumerateResponse", 0, asked.back());
  }

  size_t open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return open_.size();
  }

  size_t releases() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return released.size();
  }

  // Instead of the answer; status 0 leaves it as it is.
  std::function<Result<HttpResponse>(const HttpRequest&, const Call&)> on_request;
  // What becomes of an answer on its way.
  std::function<Result<HttpResponse>(const HttpRequest&, const HttpResponse&)> on_answer;
  std::vector<int> asked;             // MaxElements of each request.
  std::vector<std::string> released;  // Contexts, in order.

 private:
  static std::string between(const std::string& text, const std::string& from, char to) {
    const size_t start = text.find(from);
    if (start == std::string::npos) return {};
    const size_t begin = start + from.size();
    return text.substr(begin, text.find(to, begin) - begin);
  }

  static int number_in(const std::string& body) {
    const std::string text = between(body, "MaxElements>", '<');
    return text.empty() ? 1 : std::stoi(text);
  }

  static HttpResponse no_such_context() {
    return soap_answer(
        fault_with(wsman_fault_detail("2150858779", "The enumeration context is not valid.")), 500);
  }

  Result<HttpResponse> release(const std::string& body) {
    const std::string context = between(body, "EnumerationContext>", '<');
    if (open_.erase(context) == 0) return no_such_context();
    released.push_back(context);
    return soap_answer(envelope_with(""));
  }

  Result<HttpResponse> pull(const std::string& body) {
    asked.push_back(number_in(body));
    const auto found = open_.find(between(body, "EnumerationContext>", '<'));
    if (found == open_.end()) return no_such_context();
    const int from = found->second;
    open_.erase(found);
    return page("PullResponse", from, asked.back());
  }

  Result<HttpResponse> page(const std::string& name, int from, int count) {
    const int to = std::min(from + count, rows_);
    std::string items;
    for (int i = from; i < to; ++i) items += "<r>" + std::to_string(i) + "</r>";
    std::string context;
    if (to < rows_) {
      context = "uuid:" + std::to_string(++contexts_);
      open_[context] = to;
    }
    const std::string end = to < rows_ ? "" : "<w:EndOfSequence/>";
    return soap_answer(envelope_with(
        "<n:" + name +
        " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
        "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><n:EnumerationContext>" +
        context + "</n:EnumerationContext><w:Items>" + items + "</w:Items>" + end + "</n:" + name +
        ">"));
  }

  const int rows_;
  std::mutex mutex_;
  int contexts_ = 0;
  std::map<std::string, int> open_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_PAGES_H_
