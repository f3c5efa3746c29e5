#include "teardown/abi_client.h"

#include <string.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <utility>

namespace wsman::testing {
namespace {

using nlohmann::json;

constexpr const char* kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";

std::uint64_t new_operation() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

// Calls the library and takes over what it gives.
template <typename Call>
Answer called(Call call) {
  char* out = nullptr;
  wsman_bytes* bytes = nullptr;
  Answer answer;
  const Clock::time_point start = Clock::now();
  answer.status = call(&out, &bytes);
  answer.elapsed = since(start);
  if (out != nullptr) answer.document = json::parse(out);
  if (bytes != nullptr) answer.bytes.assign(bytes->data, bytes->length);
  wsman_string_free(out);
  wsman_bytes_free(bytes);
  return answer;
}

// The text between two others.
std::string between(const std::string& text, const std::string& before, char after) {
  const std::size_t start = text.find(before);
  if (start == std::string::npos) throw std::runtime_error("no " + before + " in " + text);
  const std::size_t from = start + before.size();
  return text.substr(from, text.find(after, from) - from);
}

Answer must(Answer answer) {
  if (!answer.ok()) throw std::runtime_error(answer.error());
  return answer;
}

json named(const char* name, const std::string& text) {
  return {{"name", name}, {"values", json::array({{{"text", text}}})}};
}

json in_shell(std::uint64_t session, const std::string& shell, const char* action, json values) {
  return {{"sessionId", session},
          {"operation", "Invoke"},
          {"resourceUri", kShell},
          {"action", action},
          {"selectors", json::array({{{"name", "ShellId"}, {"value", shell}}})},
          {"values", std::move(values)}};
}

}  // namespace

std::string Answer::error() const {
  return ok() || document.is_null() ? "" : document.at("error").at("message").get<std::string>();
}

// Its times are those that only a hanging test reaches.
Client::Client(const MaskedService& service, const json& settings) : service_(service) {
  json content{{"TrustedCAPath", service.ca_file()},
               {"TrustedHosts", "127.0.0.*"},
               {"AllowUnencrypted", true},
               {"TestTimeoutms", kPatience.count()},
               {"TeardownTimeoutms", kPatience.count()},
               {"ExitTimeoutms", kPatience.count()}};
  content.update(settings);
  const std::string file = folder_.write("client.json", content.dump());
  must(called([&](char** out, wsman_bytes**) {
    return wsman_registry_new(out, &registry_, file.c_str());
  }));
}

Client::~Client() { wsman_registry_free(registry_); }

template <typename Call>
Answer Client::with_password(Call call) {
  std::array<char, Masked::kSize> password{};
  service_.password().copy_to(password.data());
  Answer answer = called([&](char** out, wsman_bytes** bytes) {
    return call(out, bytes,
                wsman_credentials{password.data(), password.size(), nullptr, 0, nullptr, 0});
  });
  explicit_bzero(password.data(), password.size());
  return answer;
}

Answer Client::connect(const std::string& name, const std::string& url, const json& options) {
  json document = connection_to(url);
  document["computerName"] = name;
  document["options"] = options;
  const std::string text = document.dump();
  return with_password([&](char** out, wsman_bytes**, const wsman_credentials& credentials) {
    return wsman_connect(out, registry_, new_operation(), text.c_str(), &credentials);
  });
}

std::uint64_t Client::session(const std::string& name, const std::string& url) {
  return must(connect(name, url)).document.at("sessionId").get<std::uint64_t>();
}

std::string Client::create_shell(std::uint64_t session) {
  const Answer answer =
      must(request({{"sessionId", session}, {"operation", "Create"}, {"resourceUri", kShell}}));
  return between(answer.bytes, "Name=\"ShellId\">", '<');
}

std::string Client::start_command(std::uint64_t session, const std::string& shell) {
  const Answer answer =
      must(request(in_shell(session, shell, "Command", json::array({named("Command", "sleep")}))));
  return between(answer.bytes, "CommandId>", '<');
}

std::uint64_t Client::open_enumeration(std::uint64_t session) {
  const Answer answer =
      must(enumerate({{"sessionId", session}, {"resourceUri", "wmicimv2/Loopback_Row"}}));
  return answer.document.at("enumerationId").get<std::uint64_t>();
}

Answer Client::receive(std::uint64_t session, const std::string& shell,
                       const std::string& command) {
  return request(in_shell(session, shell, "Receive", json::array({named("CommandId", command)})));
}

Answer Client::next_page(std::uint64_t enumeration) {
  return called([&](char** out, wsman_bytes** bytes) {
    return wsman_enumerate_next(out, bytes, registry_, new_operation(), enumeration);
  });
}

Answer Client::close_enumeration(std::uint64_t enumeration) {
  return called([&](char** out, wsman_bytes**) {
    return wsman_enumerate_close(out, registry_, new_operation(), enumeration, 0);
  });
}

Answer Client::request(const json& document) {
  const std::string text = document.dump();
  return with_password([&](char** out, wsman_bytes** bytes, const wsman_credentials& credentials) {
    const wsman_input input{&credentials, nullptr, 0, nullptr, 0};
    return wsman_request(out, bytes, registry_, new_operation(), text.c_str(), &input);
  });
}

Answer Client::request_with_secret(const json& document, const std::string& placeholder) {
  const std::string text = document.dump();
  return with_password([&](char** out, wsman_bytes** bytes, const wsman_credentials& credentials) {
    const wsman_secret secret{placeholder.c_str(), credentials.password,
                              credentials.password_length};
    const wsman_input input{&credentials, nullptr, 0, &secret, 1};
    return wsman_request(out, bytes, registry_, new_operation(), text.c_str(), &input);
  });
}

Answer Client::enumerate(const json& document) {
  const std::string text = document.dump();
  return with_password([&](char** out, wsman_bytes** bytes, const wsman_credentials& credentials) {
    return wsman_enumerate_open(out, bytes, registry_, new_operation(), text.c_str(), &credentials);
  });
}

json Client::connection_to(const std::string& url) {
  if (sealed()) {
    return {{"connectionUri", url},
            {"authentication", "Negotiate"},
            {"userName", std::string("WSMAN\\") + kUser}};
  }
  const char* kind = by_digest() ? "Digest" : "Basic";
  return {{"connectionUri", url}, {"authentication", kind}, {"userName", kUser}};
}

Answer Client::list() {
  return called([&](char** out, wsman_bytes**) { return wsman_list(out, registry_); });
}

Answer Client::state(std::uint64_t session) {
  return called([&](char** out, wsman_bytes**) { return wsman_state(out, registry_, session); });
}

Answer Client::disconnect(const std::string& name, Milliseconds budget) {
  return called([&](char** out, wsman_bytes**) {
    return wsman_disconnect(out, registry_, new_operation(), name.c_str(),
                            static_cast<std::uint32_t>(budget.count()));
  });
}

Answer Client::disconnect_cancelled(const std::string& name) {
  const std::uint64_t operation = new_operation();
  wsman_cancel(registry_, operation);
  return called([&](char** out, wsman_bytes**) {
    return wsman_disconnect(out, registry_, operation, name.c_str(), 0);
  });
}

Answer Client::close(const std::vector<std::uint64_t>& sessions, Milliseconds budget) {
  return called([&](char** out, wsman_bytes**) {
    return wsman_close(out, registry_, new_operation(), sessions.data(), sessions.size(),
                       static_cast<std::uint32_t>(budget.count()));
  });
}

Answer Client::close_all(Milliseconds budget) {
  return called([&](char** out, wsman_bytes**) {
    return wsman_close_all(out, registry_, new_operation(),
                           static_cast<std::uint32_t>(budget.count()));
  });
}

}  // namespace wsman::testing
