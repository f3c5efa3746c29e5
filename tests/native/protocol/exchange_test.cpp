#include "protocol/exchange.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "protocol/encoding.h"
#include "protocol/enumeration.h"
#include "protocol/fixture.h"
#include "protocol/mask.h"

namespace wsman::testing {
namespace {

const std::string kMask = "********";

struct ExchangeFixture : OperationFixture {
  explicit ExchangeFixture(Trace::Level level = Trace::Level::verbose) : trace(level) {
    call.trace = &trace;
    answer(envelope_with("<x/>"));
  }

  // What was said so far, level first.
  std::vector<std::string> said() {
    std::vector<std::string> lines;
    for (const Trace::Line& line : trace.take())
      lines.push_back((line.level == Trace::Level::verbose ? "verbose " : "debug ") + line.text);
    return lines;
  }

  Trace trace;
};

struct DebugFixture : ExchangeFixture {
  DebugFixture() : ExchangeFixture(Trace::Level::debug) {}
};

}  // namespace

TEST_SUITE("trace") {
  TEST_CASE_FIXTURE(ExchangeFixture, "has a line for each exchange: what, how much, how long") {
    answer(envelope_with("<x>" + std::string(1000, 'y') + "</x>"));
    REQUIRE(get(context(), target_of("wmicimv2/Win32_Service?Name=winrm"), call).ok());

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 1);
    CHECK(lines[0].rfind("verbose Get " + kService + ": 200, 1,", 0) == 0);
    CHECK(contains(lines[0], " octets sent, 1,"));
    CHECK(contains(lines[0], " received, "));
    CHECK(lines[0].substr(lines[0].size() - 3) == " ms");
    CHECK_FALSE(contains(lines[0], "winrm"));
  }

  TEST_CASE_FIXTURE(ExchangeFixture, "names each operation, and the page of a pull") {
    const Target target = target_of("urn:x/y");
    Conversation conversation;
    (void)identify(context(), true, call);
    (void)set(context(), target, {{}, ""}, call);
    (void)create(context(), target, {}, call);
    (void)remove(context(), target, call);
    (void)invoke(context(), target, "Do", {}, call);
    (void)enumerate(context(), target, {}, 20, conversation, call);
    (void)pull(context(), target, "c", 20, conversation, call);
    (void)release(context(), target, "c", conversation, call);

    const std::vector<std::string> lines = said();

    const std::vector<std::string> subjects{
        "Identify",       "Get urn:x/y",       "Put urn:x/y",       "Create urn:x/y",
        "Delete urn:x/y", "Invoke Do urn:x/y", "Enumerate urn:x/y", "Pull page 2 of urn:x/y",
        "Release urn:x/y"};
    REQUIRE(lines.size() == subjects.size());
    for (size_t i = 0; i < lines.size(); ++i)
      CHECK(lines[i].rfind("verbose " + subjects[i] + ": 200, ", 0) == 0);
  }

  TEST_CASE_FIXTURE(ExchangeFixture, "has failures as well") {
    answer(fault_with(""), 500);
    (void)get(context(), target_of("urn:x"), call);
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::timed_out, "Too slow.", 0, {}};
    };
    (void)get(context(), target_of("urn:x"), call);

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 2);
    CHECK(contains(lines[0], "Get urn:x: 500, "));
    CHECK(contains(lines[1], "Get urn:x: no answer (TimedOut), "));
  }

  TEST_CASE_FIXTURE(DebugFixture, "has the envelopes if they are wanted, secrets masked") {
    answer(envelope_with("<x><Password>hunter1</Password></x>"));
    Target target = target_of("urn:x/y");
    target.selectors = {{"RunAsPassword", "hunter2"}, {"Name", "shown"}};
    target.options = {{"clientSecret", "hunter3"}};
    (void)create(context(), target, {{{"AdminPassword", {{Value::Kind::text, "hunter4"}}}}, ""},
                 call);

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 3);
    CHECK(lines[0].rfind("debug Request Create urn:x/y: <s:Envelope", 0) == 0);
    CHECK(lines[1].rfind("verbose Create urn:x/y: 200", 0) == 0);
    CHECK(lines[2].rfind("debug Answer to Create urn:x/y: <s:Envelope", 0) == 0);
    for (const std::string& line : lines) CHECK_FALSE(contains(line, "hunter"));
    CHECK(contains(lines[0], "<w:Selector Name=\"RunAsPassword\">" + kMask + "<"));
    CHECK(contains(lines[0], "<w:Selector Name=\"Name\">shown<"));
    CHECK(contains(lines[0], "<p:AdminPassword>" + kMask + "<"));
    CHECK(contains(lines[2], "<Password>" + kMask + "<"));
    CHECK(contains(sent(), "hunter2"));
  }

  TEST_CASE_FIXTURE(DebugFixture, "shows UTF-16 as text") {
    manner.encoding = TextEncoding::utf16;
    server->on_exchange = [](const HttpRequest&, const Call&) {
      return soap_answer(to_utf16(envelope_with("<x>\xC3\xBC</x>")));
    };
    REQUIRE(get(context(), target_of("urn:x"), call).ok());

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 3);
    CHECK(contains(lines[0], "<w:ResourceURI"));
    CHECK(contains(lines[2], "<x>\xC3\xBC</x>"));
  }

  TEST_CASE_FIXTURE(DebugFixture, "shows nothing that cannot be read") {
    answer("password=hunter2");
    (void)get(context(), target_of("urn:x"), call);

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 3);
    CHECK(contains(lines[2], "(16 octets that cannot be read as XML)"));
  }
}

TEST_SUITE("mask") {
  TEST_CASE("covers elements and attributes by name, in any case") {
    const std::string shown = masked(
        "<a xmlns:p='urn:p' p:userPASSWORD='s1' other='o1'><p:newSecret>s2<b>s3</b></p:newSecret>"
        "<PSKPassphrase>s4</PSKPassphrase><password/><user>o2</user></a>");

    CHECK(shown == "<a xmlns:p=\"urn:p\" p:userPASSWORD=\"" + kMask +
                       "\" other=\"o1\"><p:newSecret>" + kMask + "</p:newSecret><PSKPassphrase>" +
                       kMask + "</PSKPassphrase><password/><user>o2</user></a>");
  }

  TEST_CASE("covers the arguments of a command from the first that tells") {
    const std::string open =
        "<r:CommandLine xmlns:r=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\">";
    CHECK(masked(open + "<r:Command>tool</r:Command><r:Arguments>-v</r:Arguments>"
                        "<r:Arguments>-Password</r:Arguments><r:Arguments>s</r:Arguments>"
                        "</r:CommandLine>") ==
          open + "<r:Command>tool</r:Command><r:Arguments>-v</r:Arguments><r:Arguments>" + kMask +
              "</r:Arguments><r:Arguments>" + kMask + "</r:Arguments></r:CommandLine>");
  }

  TEST_CASE("covers an environment variable by its name") {
    CHECK(masked("<v Name=\"DB_PASSWORD\">s</v>") == "<v Name=\"DB_PASSWORD\">" + kMask + "</v>");
  }

  TEST_CASE("shows no document that it cannot read") {
    for (const std::string& document : std::vector<std::string>{
             "", "<a>", "<!DOCTYPE a [<!ENTITY e 'secret'>]><a>&e;</a>", "<p:a/>"}) {
      CHECK(masked(document) ==
            "(" + std::to_string(document.size()) + " octets that cannot be read as XML)");
    }
  }
}

}  // namespace wsman::testing
