// Digest (RFC 7616): each request has a hash of the password and of a nonce of the server. Intel
// AMT and openwsman offer it (which refuses every answer since its version 2.6.4); the service of
// Windows does not.
//
// The first request gets the challenge. Each connection has a nonce of its own, because requests on
// several connections could overtake each other and break the order of the count.
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <new>
#include <optional>

#include "base/codes.h"
#include "base/text.h"
#include "transport/authentication/mechanism.h"
#include "transport/tls/openssl.h"

namespace wsman::authentication {
namespace {

constexpr size_t kClientNonceBytes = 16;

struct Algorithm {
  const char* name;  // As challenges have it.
  const EVP_MD* (*hash)();
  bool of_session;  // "-sess": the client's nonce is a part of the secret.
};
constexpr std::array<Algorithm, 4> kAlgorithms = {{{"MD5", EVP_md5, false},
                                                   {"SHA-256", EVP_sha256, false},
                                                   {"MD5-sess", EVP_md5, true},
                                                   {"SHA-256-sess", EVP_sha256, true}}};

const Algorithm* find_algorithm(const std::string& name) {
  for (const Algorithm& algorithm : kAlgorithms) {
    if (equal_without_case(name, algorithm.name)) return &algorithm;
  }
  return nullptr;
}

constexpr std::string_view kHexDigits = "0123456789abcdef";

// Hashes the parts as one text, without a copy of that text, and appends the result in hexadecimal.
class Hash {
 public:
  explicit Hash(const Algorithm& algorithm) : context_(EVP_MD_CTX_new()) {
    ready_ = context_ && EVP_DigestInit_ex(context_.get(), algorithm.hash(), nullptr) == 1;
  }

  Hash& operator<<(std::string_view part) {
    ready_ = ready_ && EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1;
    return *this;
  }

  // False if the library cannot: it may have been told to do without MD5.
  bool append_to(Secret& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (!ready_ || EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) != 1) return false;
    text.reserve(text.size() + 2 * size_t{size});
    for (unsigned i = 0; i < size; ++i) {
      text.append(kHexDigits.substr(bytes[i] >> 4U, 1));
      text.append(kHexDigits.substr(bytes[i] & 0xFU, 1));
    }
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return true;
  }

 private:
  tls::Owned<EVP_MD_CTX, EVP_MD_CTX_free> context_;
  bool ready_ = false;
};

// A quoted-string [RFC 9110 5.6.4]; without the escapes a name could end the parameter.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string new_client_nonce() {
  std::array<unsigned char, kClientNonceBytes> bytes{};
  if (!tls::fill_randomly(bytes.data(), bytes.size())) return {};
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kHexDigits[byte >> 4U];
    text += kHexDigits[byte & 0xFU];
  }
  return text;
}

// The value is a list [RFC 7616 3.3]. Its other entry, "auth-int", covers the body too and is not
// supported here.
bool lists_auth(const std::string& qop) {
  std::string_view rest = qop;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    if (equal_without_case(trimmed(rest.substr(0, comma)), "auth")) return true;
    rest.remove_prefix(std::min(rest.size(), comma + 1));
  }
  return false;
}

std::string value_in(const http::Challenge& challenge, const std::string& name) {
  const std::string* value = challenge.parameter(name);
  return value == nullptr ? std::string() : *value;
}

// The reading of one challenge: the algorithm to use, or a few words why there is none.
struct Reading {
  const Algorithm* algorithm = nullptr;
  std::string refusal;
};

// Without qop there is no nonce of the client and no count [RFC 2069 2.1.2], and whoever hears an
// answer can use it again, as long as the server takes its nonce. Old devices know nothing else.
Reading read_without_qop(const Algorithm& algorithm, bool may_lack_qop) {
  if (!may_lack_qop) {
    return {nullptr, "there is no qop, and an answer without it can be used again by who hears it"};
  }
  // The client's nonce, of which its secret is made, is not sent [RFC 2617 3.2.2].
  if (algorithm.of_session) return {nullptr, std::string(algorithm.name) + " needs a qop"};
  return {&algorithm, ""};
}

Reading read(const http::Challenge& challenge, bool may_lack_qop) {
  const std::string* name = challenge.parameter("algorithm");
  // MD5 is the default [RFC 7616 3.3], and what older firmware has.
  const std::string wanted = name == nullptr ? "MD5" : *name;
  const Algorithm* algorithm = find_algorithm(wanted);
  if (algorithm == nullptr) return {nullptr, "the algorithm is not known: " + wanted};
  if (challenge.parameter("realm") == nullptr) return {nullptr, "there is no realm"};
  if (value_in(challenge, "nonce").empty()) return {nullptr, "there is no nonce"};
  const std::string* qop = challenge.parameter("qop");
  if (qop == nullptr) return read_without_qop(*algorithm, may_lack_qop);
  if (!lists_auth(*qop)) return {nullptr, "qop does not list auth, but " + *qop};
  return {algorithm, ""};
}

// The credential, shared by the contexts of a transport; empty once it is wiped.
struct Owner {
  const TransportOptions& options;
  const std::string user_name;
  Secret password;
  // Nobody hears the answers, or the user allows what they would show.
  bool may_lack_qop;
};

class DigestContext : public SecurityContext {
 public:
  explicit DigestContext(const Owner& owner) : owner_(owner) {}

  bool needs_challenge() const override { return algorithm_ == nullptr; }
  std::string proof() const override { return "Digest"; }

  // Tells a nonce that ran out from a wrong password. A nonce that was accepted before expires
  // sooner or later, whether the server calls it stale or not. A new nonce that is refused means
  // that the password is wrong, and a repetition would bring the account closer to its lockout.
  Result<bool> take_challenges(const std::vector<http::Challenge>& challenges) override {
    std::string refusal;
    const bool is_new_nonce_due = algorithm_ == nullptr || used_ > 1;
    for (const http::Challenge& challenge : challenges) {
      if (!equal_without_case(challenge.scheme, "Digest")) continue;
      Reading reading = read(challenge, owner_.may_lack_qop);
      // The first challenge that can be answered is taken, because servers list them by preference.
      if (reading.algorithm == nullptr) {
        if (refusal.empty()) refusal = std::move(reading.refusal);
        continue;
      }
      const bool stale = equal_without_case(value_in(challenge, "stale"), "true");
      if (begin(challenge, *reading.algorithm)) return is_new_nonce_due || stale;
      if (tls::take_failure().lacked_memory) return out_of_memory();
      if (refusal.empty()) {
        refusal =
            std::string("the OpenSSL of this computer does not offer ") + reading.algorithm->name;
      }
    }
    // No challenge of Digest at all, so the server has other reasons to deny access.
    if (refusal.empty()) return false;
    return failed("the challenge of " + owner_.options.endpoint.display() +
                  " cannot be answered: " + refusal);
  }

  void append_authorization(Secret& head, const http::RequestLine& line) override {
    // The empty first request has no line; after a wipe no request has one.
    if (algorithm_ == nullptr || secret_.empty()) return;
    ++used_;
    Secret hashed_line;
    Secret response;
    const bool made =
        (Hash(*algorithm_) << line.method << ":" << line.target).append_to(hashed_line) &&
        (Hash(*algorithm_) << secret_.view() << ":" << nonce_ << ":" << counted()
                           << hashed_line.view())
            .append_to(response);
    // The challenge was hashed, so it is memory that is lacking; the request must not go without.
    if (!made) throw std::bad_alloc();
    head.append(line.field());
    // Exactly these parameters are quoted; algorithm, qop and nc are not [RFC 7616 3.4].
    head.append("Digest username=" + quoted(owner_.user_name) + ", realm=" + quoted(realm_) +
                ", nonce=" + quoted(nonce_) + ", uri=" + quoted(line.target) +
                ", algorithm=" + algorithm_->name);
    if (has_qop_) head.append(", qop=auth, nc=" + count() + ", cnonce=\"" + client_nonce_ + "\"");
    head.append(opaque_ + ", response=\"");
    head.append(response.view());
    head.append("\"\r\n");
  }

 private:
  // The count starts at 1 and rises with each request, or the server takes it for a replay [RFC
  // 7616 3.4].
  std::string count() const {
    std::array<char, 9> digits{};
    (void)std::snprintf(digits.data(), digits.size(), "%08x", used_);
    return digits.data();
  }
  // The part of the hash between the server's nonce and the request line.
  std::string counted() const {
    return has_qop_ ? count() + ":" + client_nonce_ + ":auth:" : std::string();
  }
  Error failed(const std::string& why) const {
    return make_error(ErrorCode::authentication, code::kSecurityUnmapped,
                      "The authentication Digest failed: " + why,
                      {AdviceKey::use_other_than_digest});
  }

  // Makes the secret for this nonce. [RFC 7616 3.4.2]
  bool begin(const http::Challenge& challenge, const Algorithm& algorithm) {
    realm_ = value_in(challenge, "realm");
    nonce_ = value_in(challenge, "nonce");
    has_qop_ = challenge.parameter("qop") != nullptr;
    const std::string* opaque = challenge.parameter("opaque");
    opaque_ = opaque == nullptr ? std::string() : ", opaque=" + quoted(*opaque);
    client_nonce_ = new_client_nonce();
    used_ = 0;
    // If a hash fails below, no secret of the old nonce may answer for the new one.
    secret_.clear();
    algorithm_ = &algorithm;
    Secret plain;
    const bool made =
        // A nonce that is not random would let a server choose all that is hashed with the
        // password.
        !client_nonce_.empty() &&
        (Hash(algorithm) << owner_.user_name << ":" << realm_ << ":" << owner_.password.view())
            .append_to(plain);
    if (!made) return false;
    if (algorithm.of_session) {
      return (Hash(algorithm) << plain.view() << ":" << nonce_ << ":" << client_nonce_)
          .append_to(secret_);
    }
    secret_ = std::move(plain);
    return true;
  }

  const Owner& owner_;
  const Algorithm* algorithm_ = nullptr;
  std::string realm_;
  std::string nonce_;
  bool has_qop_ = true;
  std::string opaque_;  // ", opaque=…" as it goes back; empty if none came.
  std::string client_nonce_;
  Secret secret_;  // H(A1), which is as good as the password in that realm.
  unsigned used_ = 0;
};

class Digest : public Mechanism {
 public:
  Digest(const TransportOptions& options, Credential credential, const Policy& policy)
      : owner_{options, std::move(credential.user_name), std::move(credential.password),
               options.endpoint.tls || policy.allow_unencrypted} {}

  bool wants_channel_binding() const override { return false; }

  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<DigestContext>(owner_);
  }

  bool wipe() override {
    owner_.password.wipe();
    return true;
  }

 private:
  Owner owner_;
};

}  // namespace

Status check_digest(const TransportOptions& options, const Policy& policy) {
  return check_http_scheme("Digest", "every message", options, policy);
}

std::unique_ptr<Mechanism> make_digest(const TransportOptions& options, Credential credential,
                                       const Policy& policy) {
  return std::make_unique<Digest>(options, std::move(credential), policy);
}

}  // namespace wsman::authentication
