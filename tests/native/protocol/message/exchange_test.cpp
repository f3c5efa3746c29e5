#include "protocol/message/exchange.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "protocol/fixture.h"
#include "protocol/operation/enumeration.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/mask.h"

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

TEST_SUITE("Trace") {
  TEST_CASE_FIXTURE(ExchangeFixture,
                    "Each exchange is traced in one line with its sizes and its duration") {
    answer(envelope_with("<x>" + std::string(1000, 'y') + "</x>"));
    REQUIRE(operation::get(context(), target_of("wmicimv2/Win32_Service?Name=winrm"), call).ok());

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 1);
    CHECK(lines[0].rfind("verbose Get " + kService + ": 200, 1,", 0) == 0);
    CHECK(contains(lines[0], " bytes sent, 1,"));
    CHECK(contains(lines[0], " received, "));
    CHECK(lines[0].substr(lines[0].size() - 3) == " ms");
    CHECK_FALSE(contains(lines[0], "winrm"));
  }

  TEST_CASE_FIXTURE(ExchangeFixture,
                    "The trace names each operation and the page number of a Pull") {
    const message::Target target = target_of("urn:x/y");
    message::OperationSequence sequence;
    (void)operation::identify(context(), true, call);
    (void)operation::set(context(), target, {{}, ""}, call);
    (void)operation::create(context(), target, {}, call);
    (void)operation::remove(context(), target, call);
    (void)operation::invoke(context(), target, "Do", {}, call);
    (void)operation::enumerate(context(), target, {}, 20, sequence, call);
    (void)operation::pull(context(), target, "c", 20, sequence, call);
    (void)operation::release(context(), target, "c", sequence, call);

    const std::vector<std::string> lines = said();

    const std::vector<std::string> subjects{
        "Identify",       "Get urn:x/y",       "Put urn:x/y",       "Create urn:x/y",
        "Delete urn:x/y", "Invoke Do urn:x/y", "Enumerate urn:x/y", "Pull page 2 of urn:x/y",
        "Release urn:x/y"};
    REQUIRE(lines.size() == subjects.size());
    for (size_t i = 0; i < lines.size(); ++i)
      CHECK(lines[i].rfind("verbose " + subjects[i] + ": 200, ", 0) == 0);
  }

  TEST_CASE_FIXTURE(ExchangeFixture, "Failed exchanges are traced as well") {
    answer(fault_with(""), 500);
    (void)operation::get(context(), target_of("urn:x"), call);
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::timed_out, "Too slow.", 0, {}};
    };
    (void)operation::get(context(), target_of("urn:x"), call);

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 2);
    CHECK(contains(lines[0], "Get urn:x: 500, "));
    CHECK(contains(lines[1], "Get urn:x: no answer (TimedOut), "));
  }

  TEST_CASE_FIXTURE(DebugFixture, "The debug trace has the envelopes with their secrets masked") {
    answer(envelope_with("<x><Password>hunter1</Password></x>"));
    message::Target target = target_of("urn:x/y");
    target.selectors = {{"RunAsPassword", "hunter2"}, {"Name", "shown"}};
    target.options = {{"clientSecret", "hunter3"}};
    (void)operation::create(context(), target,
                            {{{"AdminPassword", {{operation::Value::Kind::text, "hunter4"}}}}, ""},
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

  TEST_CASE_FIXTURE(DebugFixture, "A UTF-16 envelope is traced as text") {
    headers.encoding = xml::TextEncoding::utf16;
    server->on_exchange = [](const HttpRequest&, const Call&) {
      return soap_answer(xml::to_utf16(envelope_with("<x>\xC3\xBC</x>")));
    };
    REQUIRE(operation::get(context(), target_of("urn:x"), call).ok());

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 3);
    CHECK(contains(lines[0], "<w:ResourceURI"));
    CHECK(contains(lines[2], "<x>\xC3\xBC</x>"));
  }

  TEST_CASE_FIXTURE(DebugFixture, "A response that is not XML is traced by its size alone") {
    answer("password=hunter2");
    (void)operation::get(context(), target_of("urn:x"), call);

    const std::vector<std::string> lines = said();

    REQUIRE(lines.size() == 3);
    CHECK(contains(lines[2], "(16 bytes that cannot be read as XML)"));
  }
}

TEST_SUITE("Mask") {
  TEST_CASE("Elements and attributes with a secret name are masked in any case") {
    const std::string shown = xml::masked(
        "<a xmlns:p='urn:p' p:userPASSWORD='s1' other='o1'><p:newSecret>s2<b>s3</b></p:newSecret>"
        "<PSKPassphrase>s4</PSKPassphrase><password/><user>o2</user></a>");

    CHECK(shown == "<a xmlns:p=\"urn:p\" p:userPASSWORD=\"" + kMask +
                       "\" other=\"o1\"><p:newSecret>" + kMask + "</p:newSecret><PSKPassphrase>" +
                       kMask + "</PSKPassphrase><password/><user>o2</user></a>");
  }

  TEST_CASE("Command arguments are masked from the first that names a secret") {
    const std::string open =
        "<r:CommandLine xmlns:r=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\">";
    CHECK(xml::masked(open + "<r:Command>tool</r:Command><r:Arguments>-v</r:Arguments>"
                             "<r:Arguments>-Password</r:Arguments><r:Arguments>s</r:Arguments>"
                             "</r:CommandLine>") ==
          open + "<r:Command>tool</r:Command><r:Arguments>-v</r:Arguments><r:Arguments>" + kMask +
              "</r:Arguments><r:Arguments>" + kMask + "</r:Arguments></r:CommandLine>");
  }

  TEST_CASE("An environment variable with a secret name is masked") {
    CHECK(xml::masked("<v Name=\"DB_PASSWORD\">s</v>") ==
          "<v Name=\"DB_PASSWORD\">" + kMask + "</v>");
  }

  TEST_CASE("What an element with a secret name says in attributes is masked") {
    CHECK(xml::masked("<Param Name=\"DbPassword\" Value=\"s\"/>") ==
          "<Param Name=\"DbPassword\" Value=\"" + kMask + "\"/>");
    CHECK(xml::masked("<Param Value=\"s\" name=\"secret\">t</Param>") ==
          "<Param Value=\"" + kMask + "\" name=\"secret\">" + kMask + "</Param>");
    CHECK(xml::masked("<add key=\"password\" value=\"s\"/>") ==
          "<add key=\"password\" value=\"" + kMask + "\"/>");
    CHECK(xml::masked("<clientSecret key=\"s\"/>") == "<clientSecret key=\"" + kMask + "\"/>");
    CHECK(xml::masked("<Password Value=\"s\"/>") == "<Password Value=\"" + kMask + "\"/>");
    const std::string nil =
        "<Password xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
    CHECK(xml::masked(nil) == nil);
    CHECK(xml::masked("<Param Name=\"Db\" Value=\"shown\"/>") ==
          "<Param Name=\"Db\" Value=\"shown\"/>");
  }

  TEST_CASE("A document that cannot be parsed is shown by its size alone") {
    for (const std::string& document : std::vector<std::string>{
             "", "<a>", "<!DOCTYPE a [<!ENTITY e 'secret'>]><a>&e;</a>", "<p:a/>"}) {
      CHECK(xml::masked(document) ==
            "(" + std::to_string(document.size()) + " bytes that cannot be read as XML)");
    }
  }
}

}  // namespace wsman::testing
