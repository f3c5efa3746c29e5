// Connects with a password, works, disconnects, and looks for what is left of the password in all
// memory of this process: nothing, in any of its forms.
//
// The password exists here only with its bits turned, but for moments on the stack of the caller,
// which wipes it; so what is found is the library's.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/masked.h"
#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/derived.h"
#include "teardown/masked_service.h"
#include "teardown/memory.h"

namespace wsman::testing {
namespace {

constexpr unsigned char kMask = Masked::kMask;

Needle utf8_of(const Masked& password) {
  Needle needle{"the password", {}};
  for (std::size_t i = 0; i < Masked::kSize; ++i) {
    needle.bytes.push_back(static_cast<unsigned char>(password.at(i) ^ kMask));
  }
  return needle;
}

Needle utf16_of(const Masked& password) {
  Needle needle{"the password in UTF-16", {}};
  for (std::size_t i = 0; i < Masked::kSize; ++i) {
    needle.bytes.push_back(static_cast<unsigned char>(password.at(i) ^ kMask));
    needle.bytes.push_back(kMask);  // A zero.
  }
  return needle;
}

unsigned char base64_letter(unsigned bits) {
  constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return static_cast<unsigned char>(kLetters[bits & 63]) ^ kMask;
}

// The base64 of the password behind `skipped` of its bytes, in whole groups of three.
Needle base64_of(const Masked& password, std::size_t skipped) {
  Needle needle{"base64 of it from byte " + std::to_string(skipped), {}};
  for (std::size_t i = skipped; i + 3 <= Masked::kSize; i += 3) {
    const unsigned bits = static_cast<unsigned>(password.at(i)) << 16 |
                          static_cast<unsigned>(password.at(i + 1)) << 8 | password.at(i + 2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) {
      needle.bytes.push_back(base64_letter(bits >> shift));
    }
  }
  return needle;
}

// Whatever stands before the password, one of the three is part of what base64 makes of it.
std::vector<Needle> needles_of(const Masked& password) {
  std::vector<Needle> needles{utf8_of(password), utf16_of(password)};
  if (sealed()) {
    needles.push_back(nt_hash_of(password));
    needles.push_back(ntlm_key_of(password));
  }
  if (by_digest()) needles.push_back(digest_secret_of(password));
  for (const std::size_t skipped : {0U, 1U, 2U}) needles.push_back(base64_of(password, skipped));
  return needles;
}

void must(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}

// Nothing may be found, or while a session is open nothing outside of locked pages.
void look(const std::vector<Needle>& needles, const std::string& when, bool connected) {
  const std::vector<Hit> hits = find_in_memory(needles);
  std::printf("%s: %zu places%s\n", when.c_str(), hits.size(), to_string(hits).c_str());
  must(connected || hits.empty(), "a copy is left " + when);
  // What each request is authenticated with, and the message that was sent last.
  must(!connected || (!hits.empty() && hits.size() <= 3), "so many copies are not expected");
  // What is computed otherwise than by the library would never be found.
  const bool has_digest = std::any_of(hits.begin(), hits.end(),
                                      [](const Hit& hit) { return hit.what == kDigestSecret; });
  must(!connected || has_digest == by_digest(),
       "the secret of Digest is found where none is, or not where it is");
  for (const Hit& hit : hits) must(hit.locked, "a copy is not in locked memory " + when);
}

// The password as a value of a body, over the session and over one of its own.
void send_in_body(Client& client, nlohmann::json request) {
  const std::string placeholder = "here-the-password-goes";
  const nlohmann::json value{{{"text", placeholder}}};
  request.update(
      {{"operation", "Create"},
       {"resourceUri", "wmicimv2/Win32_Environment"},
       {"selectors",
        {{{"name", "Name"}, {"value", "secret"}}, {{"name", "UserName"}, {"value", "<SYSTEM>"}}}},
       {"values", {{{"name", "VariableValue"}, {"values", value}}}}});
  const Answer created = client.request_with_secret(request, placeholder);
  must(created.ok(), created.error());
  request.update({{"operation", "Delete"}, {"values", nlohmann::json::array()}});
  const Answer removed = client.request(request);
  must(removed.ok(), removed.error());
}

// A call that is still on its way when a cancelled teardown is over wipes what that had to leave,
// though the number of its enumeration keeps the session in memory.
void end_while_used(Client& client, const std::vector<Needle>& needles, bool tls) {
  const MaskedService& service = MaskedService::instance();
  const std::uint64_t session = client.session("server", service.url(tls, "/pull/stall/wsman"));
  const std::uint64_t enumeration = client.open_enumeration(session);
  const int before = service.count("requests");
  std::thread pull([&] { (void)client.next_page(enumeration); });
  const Clock::time_point deadline = Clock::now() + kPatience;
  while (service.count("requests") == before && Clock::now() < deadline) std::this_thread::yield();
  const Answer ended = client.disconnect_cancelled("server");
  pull.join();
  must(ended.ok(), ended.error());
  look(needles, "after a cancelled end of a session that was in use", false);
  (void)client.close_enumeration(enumeration);
}

void work(Client& client, const std::vector<Needle>& needles, bool tls) {
  const std::string url = MaskedService::instance().url(tls);
  const std::string how = tls ? "over https" : "over http";
  must(!client.connect("server", MaskedService::instance().url(tls, "/status/401")).ok(),
       "connected to a server that refuses");
  look(needles, "after a connect that failed " + how, false);

  const std::uint64_t session = client.session("server", url);
  const std::string shell = client.create_shell(session);
  (void)client.start_command(session, shell);
  (void)client.open_enumeration(session);
  send_in_body(client, {{"sessionId", session}});
  look(needles, "while connected " + how, true);

  must(client.connect("server", url).ok(), "no connection");
  look(needles, "while connected again " + how, true);

  end_while_used(client, needles, tls);
  must(client.connect("server", url).ok(), "no connection");

  const Answer ended = client.disconnect("server");
  must(ended.ok() && ended.document.at("secretsWiped") == true, ended.document.dump());
  look(needles, "after disconnecting " + how, false);

  const nlohmann::json get{{"connection", Client::connection_to(url)},
                           {"operation", "Get"},
                           {"resourceUri", "winrm/config"}};
  const Answer answer = client.request(get);
  must(answer.ok(), answer.error());
  look(needles, "after a session for one operation " + how, false);

  for (const bool utf16 : {false, true}) {
    nlohmann::json connection = Client::connection_to(url);
    connection["options"] = {{"useUtf16", utf16}};
    send_in_body(client, {{"connection", connection}});
    look(needles, "after a secret in a body " + how + (utf16 ? " in UTF-16" : ""), false);
  }
}

void run() {
  if (sealed()) check_ntlm_example();
  const std::vector<Needle> needles = needles_of(MaskedService::instance().password());
  {
    Client client;
    for (const bool tls : {true, false}) work(client, needles, tls);
  }
  look(needles, "after the registry", false);
  must(MaskedService::instance().stop(), "the service did not end in order");
}

}  // namespace
}  // namespace wsman::testing

int main() {
  try {
    wsman::testing::run();
    wsman::testing::await_kept_threads();
    return 0;
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
