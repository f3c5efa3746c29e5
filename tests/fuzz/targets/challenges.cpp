// The challenges of a server, a field a line, and the answer of Digest to them.
#include "transport/http/challenges.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fuzz.h"
#include "transport/authentication/mechanism.h"
#include "transport/http/token.h"

namespace wsman::fuzz {
namespace {

std::vector<std::string> lines_of(std::string_view input) {
  std::vector<std::string> lines;
  std::istringstream text{std::string(input)};
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

void check_challenge(const http::Challenge& challenge) {
  demand(http::is_token(challenge.scheme) && challenge.scheme.size() <= 64, "A scheme is no token");
  demand(challenge.token.find_first_of(" \t,\"") == std::string::npos,
         "A token has a separator in it");
  demand(challenge.parameters.size() <= 16, "A challenge has too many parameters");
  for (const auto& [name, value] : challenge.parameters) {
    demand(http::is_token(name) && name == lower_case(name), "A parameter has no name");
    demand(challenge.parameter(name) != nullptr, "A parameter is not found");
  }
}

bool has_qop(const std::vector<http::Challenge>& challenges) {
  return std::any_of(challenges.begin(), challenges.end(), [](const http::Challenge& challenge) {
    return challenge.parameter("qop") != nullptr;
  });
}

// The field of the answer is one line, with no quotation mark that is not paired.
void check_answer(const std::vector<http::Challenge>& challenges, bool tls) {
  TransportOptions options;
  options.endpoint = kServer;
  options.endpoint.tls = tls;
  Credential credential;
  credential.user_name = "DOMAIN\\user";
  credential.password.append("password");
  const auto digest = authentication::make_digest(options, std::move(credential), {});
  const auto context = digest->begin({});
  const Result<bool> taken = context->take_challenges(challenges);
  Secret head;
  context->append_authorization(head, {"POST", "/wsman"});
  const std::string_view field = head.view();
  demand(taken.ok() || !taken.error().message.empty(), "An error says nothing");
  if (!taken.ok() || !taken.value()) return demand(field.empty(), "Nothing is answered");
  demand(tls || (has_qop(challenges) && field.find(", qop=auth, nc=") != std::string_view::npos),
         "An answer in clear text can be used again by who hears it");
  demand(field.substr(0, field.find('\r') + 2) == field &&
             field.substr(field.size() - 3) == "\"\r\n" && field.find('\n') == field.size() - 1,
         "An answer has a line end in it");
  demand(http::read_challenges({std::string(field.substr(15, field.size() - 17))}).size() == 1,
         "An answer has a second scheme in it");
}

void read_lines(std::string_view input) {
  const auto challenges = http::read_challenges(lines_of(input));
  demand(challenges.size() <= 16, "There are too many challenges");
  for (const http::Challenge& challenge : challenges) check_challenge(challenge);
  // Of a head that was taken no field has a control character.
  const bool in_head = std::none_of(input.begin(), input.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
  });
  if (!in_head) return;
  for (const bool tls : {true, false}) check_answer(challenges, tls);
}

const Target challenges_target{"challenges", read_lines};

}  // namespace
}  // namespace wsman::fuzz
