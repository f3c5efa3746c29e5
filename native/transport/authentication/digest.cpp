// Digest (RFC 7616): a hash of the password and of what the server chose, with every request. What
// Intel AMT and openwsman speak; the service of Windows does not.
//
// The server has to be asked first. Each connection has a nonce of its own, because requests that
// overtake each other on several connections would break the order of its count.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "transport/authentication/authentication.h"
#include "transport/codes.h"
#include "transport/http_text.h"

namespace wsman {
namespace {

constexpr size_t kClientNonceOctets = 16;

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

// Hashes the parts as if they were one text, without putting them together anywhere, and appends
// the result in hexadecimal.
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
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    if (!ready_ || EVP_DigestFinal_ex(context_.get(), octets.data(), &size) != 1) return false;
    text.reserve(text.size() + 2 * size_t{size});
    for (unsigned i = 0; i < size; ++i) {
      text.append(kHexDigits.substr(octets[i] >> 4U, 1));
      text.append(kHexDigits.substr(octets[i] & 0xFU, 1));
    }
    OPENSSL_cleanse(octets.data(), octets.size());
    return true;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
  bool ready_ = false;
};

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string new_client_nonce() {
  std::array<unsigned char, kClientNonceOctets> octets{};
  if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1) return {};
  std::string text;
  for (const unsigned char octet : octets) {
    text += kHexDigits[octet >> 4U];
    text += kHexDigits[octet & 0xFU];
  }
  return text;
}

bool lists_auth(const std::string& qop) {
  std::string_view rest = qop;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    if (equal_without_case(trimmed(rest.substr(0, comma)), "auth")) return true;
    rest.remove_prefix(std::min(rest.size(), comma + 1));
  }
  return false;
}

std::string value_in(const Challenge& challenge, const std::string& name) {
  const std::string* value = challenge.parameter(name);
  return value == nullptr ? std::string() : *value;
}

// What one challenge comes to: the algorithm to use, or a few words why it cannot be used.
struct Reading {
  const Algorithm* algorithm = nullptr;
  std::string refusal;
};

Reading read(const Challenge& challenge) {
  const std::string* name = challenge.parameter("algorithm");
  const std::string wanted = name == nullptr ? "MD5" : *name;
  const Algorithm* algorithm = find_algorithm(wanted);
  if (algorithm == nullptr) return {nullptr, "the algorithm is not known: " + wanted};
  if (challenge.parameter("realm") == nullptr) return {nullptr, "there is no realm"};
  if (value_in(challenge, "nonce").empty()) return {nullptr, "there is no nonce"};
  const std::string* qop = challenge.parameter("qop");
  if (qop == nullptr) {
    return {nullptr, "there is no qop, and an answer without it can be used again by who hears it"};
  }
  if (!lists_auth(*qop)) return {nullptr, "qop does not list auth, but " + *qop};
  return {algorithm, ""};
}

// The credential, shared by the contexts of a transport; empty once it is wiped.
struct Owner {
  const TransportOptions& options;
  const std::string user_name;
  Secret password;
};

class DigestContext : public SecurityContext {
 public:
  explicit DigestContext(const Owner& owner) : owner_(owner) {}

  bool needs_challenge() const override { return algorithm_ == nullptr; }
  std::string proof() const override { return "Digest"; }

  // A nonce that was accepted before runs out sooner or later, whether the server calls it stale
  // or not. One that is new and refused says that the password is wrong.
  Result<bool> take_challenges(const std::vector<Challenge>& challenges) override {
    std::string refusal;
    for (const Challenge& challenge : challenges) {
      if (!equal_without_case(challenge.scheme, "Digest")) continue;
      Reading reading = read(challenge);
      if (reading.algorithm == nullptr) {
        if (refusal.empty()) refusal = std::move(reading.refusal);
        continue;
      }
      const bool stale = equal_without_case(value_in(challenge, "stale"), "true");
      const bool may_repeat = algorithm_ == nullptr || stale || used_ > 1;
      return begin(challenge, *reading.algorithm) ? Result<bool>(may_repeat) : unable();
    }
    if (refusal.empty()) return false;
    return failed("the challenge of " + owner_.options.endpoint.display() +
                  " cannot be answered: " + refusal);
  }

  void append_authorization(Secret& head, const RequestLine& line) override {
    if (algorithm_ == nullptr || secret_.empty()) return;
    std::array<char, 9> count{};
    (void)std::snprintf(count.data(), count.size(), "%08x", ++used_);
    Secret hashed_line;
    Secret response;
    const bool made =
        (Hash(*algorithm_) << line.method << ":" << line.target).append_to(hashed_line) &&
        (Hash(*algorithm_) << secret_.view() << ":" << nonce_ << ":" << count.data() << ":"
                           << client_nonce_ << ":auth:" << hashed_line.view())
            .append_to(response);
    if (!made) return;
    head.append(line.field());
    head.append("Digest username=" + quoted(owner_.user_name) + ", realm=" + quoted(realm_) +
                ", nonce=" + quoted(nonce_) + ", uri=" + quoted(line.target) +
                ", algorithm=" + algorithm_->name + ", qop=auth, nc=" + count.data() +
                ", cnonce=\"" + client_nonce_ + "\"" + opaque_ + ", response=\"");
    head.append(response.view());
    head.append("\"\r\n");
  }

 private:
  Error failed(const std::string& why) const {
    return {ErrorCode::authentication,
            with_code("The authentication Digest failed: " + why, kSecurityUnmapped) +
                ". Use another -Authentication, or change the server's settings.",
            kSecurityUnmapped,
            {}};
  }
  Error unable() const {
    return failed("the OpenSSL of this computer does not offer the hash that the server wants");
  }

  // Makes the secret for this nonce. [RFC 7616 3.4.2]
  bool begin(const Challenge& challenge, const Algorithm& algorithm) {
    realm_ = value_in(challenge, "realm");
    nonce_ = value_in(challenge, "nonce");
    const std::string* opaque = challenge.parameter("opaque");
    opaque_ = opaque == nullptr ? std::string() : ", opaque=" + quoted(*opaque);
    client_nonce_ = new_client_nonce();
    used_ = 0;
    secret_.clear();
    algorithm_ = &algorithm;
    Secret plain;
    const bool made =
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
  std::string opaque_;  // ", opaque=…" as it goes back; empty if none came.
  std::string client_nonce_;
  Secret secret_;  // H(A1), which is as good as the password in that realm.
  unsigned used_ = 0;
};

class Digest : public Mechanism {
 public:
  Digest(const TransportOptions& options, Credential credential)
      : owner_{options, std::move(credential.user_name), std::move(credential.password)} {}

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

std::unique_ptr<Mechanism> make_digest(const TransportOptions& options, Credential credential) {
  return std::make_unique<Digest>(options, std::move(credential));
}

}  // namespace wsman
