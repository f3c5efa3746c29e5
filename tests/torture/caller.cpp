#include "caller.h"

#include <utility>

#include "failer.h"

namespace wsman::torture {

using nlohmann::json;

Caller::Caller(const Place& place)
    : place_(place),
      credentials_{place_.password.data(), place_.password.size(), nullptr, 0, nullptr, 0} {}

Caller::~Caller() { free_registry(); }

template <typename Work>
Call Caller::called(const char* name, const Work& work) {
  char* out = nullptr;
  wsman_bytes* bytes = nullptr;
  Call call{name, WSMAN_E_INTERNAL, nullptr, ""};
  {
    const Inside library;
    call.status = work(&out, &bytes);
  }
  if (out != nullptr) call.document = json::parse(out);
  if (bytes != nullptr) call.bytes.assign(bytes->data, bytes->length);
  {
    const Inside library;
    wsman_string_free(out);
    wsman_bytes_free(bytes);
  }
  calls_.push_back(call);
  return call;
}

bool Caller::make_registry() {
  return called("registry_new",
                [&](char** out, wsman_bytes**) {
                  return wsman_registry_new(out, &registry_, place_.settings.c_str());
                })
      .ok();
}

void Caller::free_registry() {
  const Inside library;
  wsman_registry_free(std::exchange(registry_, nullptr));
}

json Caller::connection() const {
  json document{{"connectionUri", place_.url},
                {"computerName", "server"},
                {"authentication", place_.authentication}};
  if (!place_.user.empty()) document["userName"] = place_.user;
  return document;
}

Call Caller::connect() {
  const std::string text = connection().dump();
  Call call = called("connect", [&](char** out, wsman_bytes**) {
    return wsman_connect(out, registry_, ++operation_, text.c_str(), &credentials_);
  });
  if (call.ok()) session_ = call.document.at("sessionId");
  return call;
}

Call Caller::identify() {
  const std::string text = connection().dump();
  return called("identify", [&](char** out, wsman_bytes** bytes) {
    return wsman_identify(out, bytes, registry_, ++operation_, text.c_str(), &credentials_);
  });
}

Call Caller::request(json document) {
  document["sessionId"] = session_;
  const std::string text = document.dump();
  return called("request", [&](char** out, wsman_bytes** bytes) {
    return wsman_request(out, bytes, registry_, ++operation_, text.c_str(), nullptr);
  });
}

Call Caller::request_once(json document) {
  document["connection"] = connection();
  const std::string text = document.dump();
  const wsman_input input{&credentials_, nullptr, 0, nullptr, 0};
  return called("request", [&](char** out, wsman_bytes** bytes) {
    return wsman_request(out, bytes, registry_, ++operation_, text.c_str(), &input);
  });
}

Call Caller::enumerate(json document) {
  document["sessionId"] = session_;
  const std::string text = document.dump();
  Call call = called("enumerate_open", [&](char** out, wsman_bytes** bytes) {
    return wsman_enumerate_open(out, bytes, registry_, ++operation_, text.c_str(), nullptr);
  });
  if (call.ok()) enumeration_ = call.document.at("enumerationId");
  return call;
}

Call Caller::next_page() {
  return called("enumerate_next", [&](char** out, wsman_bytes** bytes) {
    return wsman_enumerate_next(out, bytes, registry_, ++operation_, enumeration_);
  });
}

Call Caller::close_enumeration() {
  return called("enumerate_close", [&](char** out, wsman_bytes**) {
    return wsman_enumerate_close(out, registry_, ++operation_, enumeration_, 0);
  });
}

Call Caller::list() {
  return called("list", [&](char** out, wsman_bytes**) { return wsman_list(out, registry_); });
}

Call Caller::state() {
  return called("state",
                [&](char** out, wsman_bytes**) { return wsman_state(out, registry_, session_); });
}

Call Caller::disconnect() {
  return called("disconnect", [&](char** out, wsman_bytes**) {
    return wsman_disconnect(out, registry_, ++operation_, "server", 0);
  });
}

Call Caller::close_all() {
  return called("close_all", [&](char** out, wsman_bytes**) {
    return wsman_close_all(out, registry_, ++operation_, 0);
  });
}

Call Caller::settings() {
  return called("settings_get",
                [&](char** out, wsman_bytes**) { return wsman_settings_get(out, registry_); });
}

Call Caller::change_settings(const json& document) {
  const std::string text = document.dump();
  return called("settings_set", [&](char** out, wsman_bytes**) {
    return wsman_settings_set(out, registry_, text.c_str());
  });
}

}  // namespace wsman::torture
