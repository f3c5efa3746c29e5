// A mechanism that proves nothing: its tokens count, and its seals do no more than show a change.
#ifndef WSMAN_TESTS_NATIVE_FAKES_FAKE_MECHANISM_H_
#define WSMAN_TESTS_NATIVE_FAKES_FAKE_MECHANISM_H_

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "transport/authentication/mechanism.h"
#include "transport/http/base64.h"

namespace wsman::testing {

// What is said of sealed messages, and of what is within them.
inline const std::string kSpnegoProtocol = "application/HTTP-SPNEGO-session-encrypted";
inline const std::string kSealedType = "application/soap+xml;charset=UTF-8";

inline std::string base64(std::string_view plain) {
  Secret text;
  http::append_base64(text, plain);
  return std::string(text.view());
}

// What a test lays down, and sees afterwards.
struct FakePlan {
  int tokens = 2;  // Until the context is established: "token 1", "token 2" …
  bool seals = false;
  size_t padding = 0;  // Bytes behind each token.
  int fallbacks = 0;   // How often there is another way.
  bool takes_empty_answer = false;
  // What came to be.
  int begun = 0;
  std::string last_answer;
  std::string binding;
};

// Message and number, reversed: "2<egassem". The number is the same for what comes back.
inline http::Sealed fake_seal(int number, std::string_view plain) {
  std::string cipher(plain);
  std::reverse(cipher.begin(), cipher.end());
  return {"sign" + std::to_string(number), cipher};
}

class FakeContext : public authentication::SecurityContext, private http::Sealer {
 public:
  explicit FakeContext(FakePlan& plan) : plan_(plan) {}

  std::string scheme() const override { return "Negotiate"; }
  bool has_token() const override { return has_token_; }
  bool is_first_token() const override { return made_ == 1; }
  bool is_established() const override { return made_ >= plan_.tokens; }
  bool takes_empty_answer() const override { return plan_.takes_empty_answer; }
  std::string proof() const override { return "Fake"; }
  http::Sealer* sealer() override { return plan_.seals ? this : nullptr; }

  void append_authorization(Secret& head, const http::RequestLine& /*line*/) override {
    if (!has_token_) return;
    head.append("Authorization: Negotiate " +
                base64("token " + std::to_string(made_) + std::string(plan_.padding, ' ')) +
                "\r\n");
    has_token_ = false;
  }

  Status step(std::string_view answer, const Call& /*call*/) override {
    plan_.last_answer = answer;
    if (answer == "no memory") throw std::bad_alloc();
    if (answer == "garbage") {
      return Error{ErrorCode::authentication, "The token is garbage.", 0, {}};
    }
    has_token_ = made_ < plan_.tokens;
    if (has_token_) ++made_;
    return Done{};
  }

  bool fall_back() override {
    if (plan_.fallbacks == 0) return false;
    --plan_.fallbacks;
    made_ = 0;
    return true;
  }

 private:
  std::string protocol() const override { return kSpnegoProtocol; }
  Result<http::Sealed> seal(std::string_view plain) override { return fake_seal(++sent_, plain); }
  Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) override {
    const std::string_view signature = bytes.substr(0, signature_bytes);
    if (signature != "sign" + std::to_string(++heard_)) {
      return Error{ErrorCode::protocol, "its signature is wrong", 0, {}};
    }
    std::string plain(bytes.substr(signature_bytes));
    std::reverse(plain.begin(), plain.end());
    return plain;
  }

  FakePlan& plan_;
  int made_ = 0;
  int sent_ = 0;
  int heard_ = 0;
  bool has_token_ = false;
};

class FakeMechanism : public authentication::Mechanism {
 public:
  explicit FakeMechanism(FakePlan& plan) : plan_(plan) {}

  bool wants_channel_binding() const override { return true; }

  std::unique_ptr<authentication::SecurityContext> begin(std::string channel_binding) override {
    ++plan_.begun;
    plan_.binding = std::move(channel_binding);
    return std::make_unique<FakeContext>(plan_);
  }

  bool wipe() override { return true; }

 private:
  FakePlan& plan_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_FAKE_MECHANISM_H_
