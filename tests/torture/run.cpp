#include "run.h"

#include <fcntl.h>
#include <libxml/xmlerror.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "likeness.h"
#include "support/process.h"

namespace wsman::torture {
namespace {

using nlohmann::json;

// Of a process that has used the library and closed all sessions.
constexpr int kThreads = 1;

std::int64_t abandoned_in(const json& report) {
  return report.at("commands").at("abandoned").get<std::int64_t>() +
         report.at("shells").at("abandoned").get<std::int64_t>() +
         report.at("enumerations").at("abandoned").get<std::int64_t>();
}

// What the reports of a call say may be left.
std::int64_t told_by(const Call& call) {
  if (!call.document.contains("closed")) return abandoned_in(call.document);
  std::int64_t all = 0;
  for (const json& report : call.document.at("closed")) all += abandoned_in(report);
  return all;
}

bool ends_sessions(const Call& call) {
  const std::string_view name = call.name;
  return name == "disconnect" || name == "close_all";
}

// Whether an error tells what happened: that memory ran out, or anything that the system may
// refuse.
bool tells(const Call& call, Kind kind) {
  if (call.document.is_null()) return kind != Kind::call;
  const json& error = call.document.at("error");
  if (kind != Kind::call) return error.at("wsmanName") == "ERROR_OUTOFMEMORY";
  return error.at("message").get<std::string>().find("defect") == std::string::npos;
}

std::string words_of(const Call& call) {
  return std::string(call.name) + ": " +
         (call.document.is_null() ? "no document" : call.document.dump());
}

// What the service has at any time.
const json kService{{"operation", "Get"},
                    {"resourceUri", "wmicimv2/Win32_Service"},
                    {"selectors", {{{"name", "Name"}, {"value", "winrm"}}}}};

void cut_connections() {
  constexpr int kMostFiles = 256;
  for (int file = 0; file < kMostFiles; ++file) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
        peer.ss_family == AF_INET)
      (void)shutdown(file, SHUT_RDWR);
  }
}

// What would stand on the terminal of whoever uses the library. That a thread has no state is told
// before there is anything that could be silenced.
void refuse_words(void* /*context*/, const char* format, ...) {
  if (!std::string_view(format).starts_with("xmlGetGlobalState")) std::abort();
}

void write_settings(const Place& place) { std::ofstream(place.settings) << place.settings_text; }

// The first time in a process OpenSSL asks the system, in a child once more.
void draw_random_bytes() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  (void)RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
}

class Run {
 public:
  Run(const Scenario& scenario, const Plan& plan, const Reference& reference, Report& report)
      : scenario_(scenario), plan_(plan), reference_(reference), report_(report) {}

  void perform(Caller& caller) {
    scenario_.prepare(caller);
    for (const Call& call : caller.calls())
      if (!call.ok()) report_.oddity.write("not prepared: " + words_of(call));
    caller.forget_calls();
    arm(plan_, report_.seen);
    scenario_.perform(caller);
    disarm();
    look_at(caller.calls());
    caller.forget_calls();
  }

  // Ends what is open, and does something that must succeed.
  void look_afterwards(Caller& caller) {
    // Without a registry nothing was begun.
    if (!caller.has_registry()) (void)caller.make_registry();
    if ((is_refused_ || ended_all_) && !caller.list().document.at("sessions").empty())
      report_.oddity.write(ended_all_ ? "a session is open behind the end of all"
                                      : "a session is open whose connect failed");
    look_at_end(caller.close_all());
    // What a verification leaves in the trust store is there then, however far the first one came.
    const bool is_good =
        scenario_.refusal ? is_wanted_refusal(caller.connect()) : is_useful(caller);
    if (!is_good) report_.oddity.write("odd afterwards: " + words_of(caller.calls().back()));
  }

 private:
  static bool is_useful(Caller& caller) {
    return caller.connect().ok() && caller.request(kService).ok() && caller.disconnect().ok();
  }

  void look_at(const std::vector<Call>& calls) {
    for (const Call& call : calls) {
      if (ends_sessions(call)) look_at_end(call);
      ended_all_ = ended_all_ || std::string_view(call.name) == "close_all";
      is_refused_ = is_refused_ || (std::string_view(call.name) == "connect" && !call.ok());
      if (call.ok()) {
        look_at_answer(call);
      } else if (!is_wanted_refusal(call)) {
        note_failure(call);
      }
    }
  }

  bool is_wanted_refusal(const Call& call) const {
    return scenario_.refusal && call.status == scenario_.refusal->status;
  }

  void look_at_end(const Call& call) {
    if (call.ok()) {
      report_.told += told_by(call);
    } else {
      report_.ended = false;
    }
  }

  void look_at_answer(const Call& call) {
    const std::string answer = likeness(call.bytes);
    if (!reference_.is_known) {
      if (!report_.answers.add(answer)) report_.oddity.write("too many answers");
    } else if (!reference_.answers.contains(answer)) {
      report_.oddity.write(std::string(call.name) + " answers " + answer);
    }
    if (scenario_.refusal && std::string_view(call.name) == "connect")
      report_.oddity.write("the server was accepted");
  }

  void note_failure(const Call& call) {
    if (!reference_.is_known) report_.oddity.write("fails by itself: " + words_of(call));
    if (report_.failed) return;
    report_.failed = true;
    report_.told_so = tells(call, plan_.kind);
    report_.first_failure.write(words_of(call));
  }

  const Scenario& scenario_;
  const Plan& plan_;
  const Reference& reference_;
  Report& report_;
  bool is_refused_ = false;  // A connect failed.
  bool ended_all_ = false;   // All sessions were to end, whatever came of it.
};

}  // namespace

void begin_for_ever(const Place& place) {
  write_settings(place);
  (void)OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, nullptr);
  draw_random_bytes();
  std::array<unsigned char, EVP_MAX_MD_SIZE> hashed{};
  for (const EVP_MD* hash : {EVP_md5(), EVP_sha256()})
    (void)EVP_Digest(hashed.data(), 1, hashed.data(), nullptr, hash, nullptr);
  ERR_clear_error();
  try {
    throw std::bad_alloc();
  } catch (const std::bad_alloc&) {
  }
  // Basic and Digest over http use nothing that is begun once.
  if (!place.url.starts_with("https:") && place.authentication != "Negotiate") return;
  Caller caller(place);
  (void)caller.make_registry();
  (void)caller.connect();
  // The next connection resumes the TLS of the first one.
  cut_connections();
  (void)caller.request(kService);
  (void)caller.close_all();
  caller.free_registry();
  // None of them is in a child, which would give it work.
  if (testing::await_threads(kThreads) != kThreads)
    throw std::runtime_error("a thread of the library does not end");
  (void)utimensat(AT_FDCWD, place.authorities.c_str(), nullptr, 0);
}

void run(const Scenario& scenario, const Place& place, const Plan& plan, const Reference& reference,
         Report& report) {
  stand_outside();
  xmlSetGenericErrorFunc(nullptr, refuse_words);
  (void)xmlThrDefSetGenericErrorFunc(nullptr, refuse_words);
  write_settings(place);
  draw_random_bytes();
  Caller caller(place);
  Run one(scenario, plan, reference, report);
  one.perform(caller);
  one.look_afterwards(caller);
  caller.free_registry();
  // libxml2 keeps its last error, and OpenSSL the words of the last ones.
  const Inside library;
  xmlResetLastError();
  OPENSSL_thread_stop();
  report.threads = testing::await_threads(kThreads);
  report.held = held_blocks();
  report.done = true;
  _exit(0);
}

}  // namespace wsman::torture
