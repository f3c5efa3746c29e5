// The TLS inside CredSSP between our client and a server in memory.
#ifndef WSMAN_TESTS_NATIVE_FAKES_CREDSSP_TLS_PAIR_H_
#define WSMAN_TESTS_NATIVE_FAKES_CREDSSP_TLS_PAIR_H_

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "fakes/tls_far_end.h"
#include "transport/authentication/credssp/tls.h"

namespace wsman::testing {

// A client and a server that have shaken hands.
struct CredsspTlsPair {
  explicit CredsspTlsPair(int version = TLS1_3_VERSION, const char* cipher = nullptr)
      : far(version, cipher), near(std::move(credssp::Tls::open().value())) {
    REQUIRE(near);
    std::string theirs;
    while (!near->is_shaken()) {
      std::string ours;
      REQUIRE(near->shake_hands(theirs, ours).ok());
      REQUIRE(rounds < 4);
      if (ours.empty()) break;
      ++rounds;
      theirs = far.shake_hands(ours);
    }
    REQUIRE(near->is_shaken());
    // The tickets of TLS 1.3 carry nothing.
    const auto nothing = near->unseal(version == TLS1_3_VERSION ? theirs : "");
    REQUIRE(nothing.ok());
    CHECK(nothing.value().empty());
  }

  TlsFarEnd far;
  std::unique_ptr<credssp::Tls> near;
  int rounds = 0;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_CREDSSP_TLS_PAIR_H_
