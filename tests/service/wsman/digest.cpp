#include "wsman/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace wsman::service {
namespace {

constexpr std::string_view kRealm = "WSMAN";
constexpr std::string_view kQuotedRealm = R"(the "back\slash" realm)";
constexpr std::string_view kOpaque = "loopback-opaque";
constexpr std::uint32_t kSilentUses = 2;

std::string_view realm_of(DigestQuirk quirk) {
  return quirk == DigestQuirk::quoted_realm ? kQuotedRealm : kRealm;
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 0xFU];
  }
  return text;
}

std::string hash(const std::string& algorithm, const std::string& text) {
  const bool md5 = algorithm.starts_with("MD5");
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, md5 ? EVP_md5() : EVP_sha256(),
                 nullptr) != 1) {
    throw std::runtime_error("The hash " + algorithm + " cannot be made.");
  }
  return hex(bytes.data(), size);
}

std::string new_nonce() {
  std::array<unsigned char, 12> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) throw std::runtime_error("No random bytes.");
  return hex(bytes.data(), bytes.size());
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

// The value at the front of `rest`, quoted or not, which is taken off with the comma behind it.
std::string take_value(std::string_view& rest) {
  std::string value;
  bool in_quotes = false;
  std::size_t at = 0;
  for (; at < rest.size() && (in_quotes || rest[at] != ','); ++at) {
    if (rest[at] == '"') {
      in_quotes = !in_quotes;
    } else {
      if (in_quotes && rest[at] == '\\' && at + 1 < rest.size()) ++at;
      value += rest[at];
    }
  }
  rest.remove_prefix(std::min(rest.size(), at + 1));
  return value;
}

// "Digest a=1, b=\"2\"" -> a and b.
std::map<std::string, std::string> parameters_of(std::string_view line) {
  std::map<std::string, std::string> found;
  std::string_view rest = line.substr(std::string_view("Digest ").size());
  while (!rest.empty()) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::size_t equals = std::min(rest.find('='), rest.size());
    const std::string name(rest.substr(0, equals));
    rest.remove_prefix(std::min(rest.size(), equals + 1));
    found[name] = take_value(rest);
  }
  return found;
}

}  // namespace

std::optional<DigestQuirk> digest_quirk_named(std::string_view name) {
  for (const auto& [known, quirk] : kDigestQuirks) {
    if (known == name) return quirk;
  }
  return std::nullopt;
}

Digest::Digest(DigestOptions options, std::string user, std::string password)
    : options_(std::move(options)), user_(std::move(user)), password_(std::move(password)) {}

bool Digest::is_for(const Request& request) const {
  const std::string line = request.field("Authorization").value_or("");
  return options_.offered && same_ignoring_case(line.substr(0, 7), "Digest ");
}

Digest::Verdict Digest::authenticate(const Request& request, DigestQuirk quirk) {
  const Parameters given = parameters_of(request.field("Authorization").value_or(""));
  if (!is_right(given, request, quirk)) return Verdict::refused;
  if (quirk == DigestQuirk::endless_stale) return Verdict::stale;
  return is_current(given, quirk) ? Verdict::accepted : Verdict::stale;
}

bool Digest::is_right(const Parameters& given, const Request& request, DigestQuirk quirk) const {
  const auto value = [&](const char* name) {
    const auto found = given.find(name);
    return found == given.end() ? std::string() : found->second;
  };
  const std::string algorithm = value("algorithm");
  const bool offered = std::find(options_.algorithms.begin(), options_.algorithms.end(),
                                 algorithm) != options_.algorithms.end();
  const std::string target =
      request.query.empty() ? request.path : request.path + "?" + request.query;
  if (!offered || value("username") != user_ || value("realm") != realm_of(quirk) ||
      value("uri") != target || value("opaque") != kOpaque) {
    return false;
  }
  // What no challenge asked for must not come [RFC 2617 3.2.2].
  const bool has_qop = quirk != DigestQuirk::no_qop;
  if (has_qop ? value("qop") != "auth" || value("nc").size() != 8
              : given.count("qop") + given.count("nc") + given.count("cnonce") > 0) {
    return false;
  }
  std::string secret =
      hash(algorithm, user_ + ":" + std::string(realm_of(quirk)) + ":" + password_);
  if (algorithm.ends_with("-sess")) {
    secret = hash(algorithm, secret + ":" + value("nonce") + ":" + value("cnonce"));
  }
  const std::string counted = has_qop ? value("nc") + ":" + value("cnonce") + ":auth:" : "";
  return value("response") == hash(algorithm, secret + ":" + value("nonce") + ":" + counted +
                                                  hash(algorithm, request.method + ":" + target));
}

bool Digest::is_current(const Parameters& given, DigestQuirk quirk) {
  const auto found = nonces_.find(given.at("nonce"));
  if (found == nonces_.end()) return false;
  const std::uint32_t uses = quirk == DigestQuirk::silent_change ? kSilentUses : options_.uses;
  if (uses != 0 && found->second == uses) return false;
  ++found->second;
  return quirk == DigestQuirk::no_qop || std::stoul(given.at("nc"), nullptr, 16) == found->second;
}

void Digest::challenge(Response& response, bool stale, DigestQuirk quirk) {
  if (!options_.offered) return;
  const std::string nonce = new_nonce();
  nonces_[nonce] = 0;
  std::string common = "realm=" + quoted(realm_of(quirk));
  if (quirk != DigestQuirk::no_nonce) common += ", nonce=\"" + nonce + "\"";
  common += ", opaque=" + quoted(kOpaque);
  if (quirk == DigestQuirk::only_integrity) {
    common += ", qop=\"auth-int\"";
  } else if (quirk != DigestQuirk::no_qop) {
    common += ", qop=\"auth,auth-int\"";
  }
  if (stale && quirk != DigestQuirk::silent_change) common += ", stale=true";
  const auto offer = [&](const std::string& algorithm) {
    response.fields.emplace_back("WWW-Authenticate",
                                 "Digest " + common + ", algorithm=" + algorithm);
  };
  const bool only_unknown = quirk == DigestQuirk::unknown_algorithm;
  if (only_unknown || quirk == DigestQuirk::unknown_first) offer("SHA-3000");
  if (only_unknown) return;
  for (const std::string& algorithm : options_.algorithms) offer(algorithm);
  response.close = quirk == DigestQuirk::closing;
}

}  // namespace wsman::service
