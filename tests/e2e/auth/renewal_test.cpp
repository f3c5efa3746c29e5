// Tickets that run out while a session lasts.
#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "auth/client.h"
#include "auth/credssp_asking.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

// The realm's configuration, with tickets that live for five seconds: long enough to use one on a
// slow machine.
std::string brief_tickets() {
  const std::string file = realm().at("folder").get<std::string>() + "/brief.conf";
  std::ofstream(file) << "[libdefaults]\nticket_lifetime = 5s\n";
  // The first file that has a value wins.
  return file + ":" + realm().at("krb5Conf").get<std::string>();
}

// A client whose requests wait at the gate of the service while that is shut.
Asked through_gate(AuthenticationKind kind) {
  Asked asked = handing_over("tester@WSMAN.TEST");
  asked.kind = kind;
  asked.path = "/gate/wsman";
  return asked;
}

// Leaves the client without a connection: one whose answer does not come in time is closed.
void disconnect(Client& client, Acceptor& service) {
  service.shut_gate();
  Cancellation never;
  CHECK(becomes([&] {
    CHECK(code(client.identify({never, Clock::now() + kShort})) == ErrorCode::timed_out);
    return client.transport().connections() == 0;
  }));
  service.open_gate();
}

}  // namespace

TEST_SUITE("Renewal of tickets") {
  TEST_CASE("With a password new tickets are got when the first ones have run out") {
    Acceptor service(offering());
    const Variable none("KRB5CCNAME", kNoTickets);
    const Variable brief("KRB5_CONFIG", brief_tickets());
    Client kerberos(through_gate(AuthenticationKind::kerberos), service);
    Client negotiate(through_gate(AuthenticationKind::negotiate), service);
    Client credssp(through_gate(AuthenticationKind::credssp), service);
    const auto ask_all = [&] {
      for (Client* client : {&kerberos, &negotiate, &credssp}) {
        const auto response = client->identify();
        CHECK_MESSAGE(is_identity(response), sentence(response), client->said());
      }
    };
    ask_all();
    REQUIRE(service.security().at("kerberos") == 3);

    // This ticket is got after those, and lives longer.
    command_realm("expired tester later 6s");
    for (Client* client : {&kerberos, &negotiate, &credssp}) disconnect(*client, service);
    ask_all();
    CHECK(service.security().at("kerberos") == 6);
    CHECK(service.security().at("ntlm") == 0);
  }
}

}  // namespace wsman::testing
