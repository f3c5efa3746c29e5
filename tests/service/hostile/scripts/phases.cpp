// Stalls, resets and ends at each phase after a request was read.

#include "hostile/answers.h"
#include "hostile/catalogue.h"

namespace wsman::hostile {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSlowness{250};

std::string half_head() { return "HTTP/1.1 200 OK\r\nContent-Type: applica"; }

std::string half_body() {
  const std::string answer = proper_answer();
  return answer.substr(0, answer.size() - 100);
}

// A head without a length, so that the end of the connection is the end of the body.
std::string endless_answer() { return head("200 OK") + "\r\n" + identify_envelope(); }

// Takes the first request as it should; what comes next is played when the client moves again.
Scripts once_answered(const Script& rest) {
  Script script{send(proper_answer())};
  script.insert(script.end(), rest.begin(), rest.end());
  return {script};
}

std::string refusal() {
  return "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
         "Content-Length: 0\r\n\r\n";
}

}  // namespace

void add_phase_scripts(std::map<std::string, Scripts>& scripts) {
  scripts["proper"] = {{send(proper_answer())}};

  scripts["stall-request"] = {{stall()}};
  scripts["stall-head"] = {{send(half_head()), stall()}};
  scripts["stall-body"] = {{send(half_body()), stall()}};
  scripts["slow-stall-close"] = {{pause(kSlowness), send(proper_answer()), deaf(kDeafness)}};
  scripts["stall-close"] = once_answered({deaf(kDeafness)});

  scripts["reset-request"] = {{reset()}};
  scripts["reset-head"] = {{send(half_head()), reset()}};
  scripts["reset-body"] = {{send(half_body()), reset()}};
  scripts["reset-close"] = once_answered({listen(), reset()});
  scripts["reset-idle"] = once_answered({reset()});

  scripts["end-request"] = {{hang_up()}};
  scripts["end-head"] = {{send(half_head()), hang_up()}};
  scripts["end-body"] = {{send(half_body()), hang_up()}};
  scripts["cut-body"] = {{send(half_body()), cut()}};
  scripts["no-length-end"] = {{send(endless_answer()), hang_up()}};
  scripts["no-length-cut"] = {{send(endless_answer()), cut()}};

  scripts["alert-head"] = {{send(half_head()), alert()}};
  scripts["alert-body"] = {{send(half_body()), alert()}};
  scripts["alert-close"] = once_answered({listen(), alert()});
  scripts["garbage-body"] = {{send(half_body()), send_raw(std::string(2000, '\x5a')), stall()}};
  scripts["garbage-close"] =
      once_answered({listen(), send_raw(std::string(2000, '\x5a')), stall()});
  scripts["flood-close"] = once_answered({listen(), flood("more of the same ")});
  scripts["tickets"] = {{tickets()}};
  scripts["tickets-close"] = once_answered({tickets()});

  scripts["idle-end"] = once_answered({hang_up()});
  scripts["refuse-then-reset"] = {{send(refusal())}, {reset()}};
}

}  // namespace wsman::hostile
