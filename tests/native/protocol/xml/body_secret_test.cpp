#include "protocol/xml/body_secret.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "protocol/fixture.h"
#include "protocol/xml/encoding.h"

namespace wsman::testing {
namespace {

const std::string kPlaceholder = "secret-0f8fad5b-d9cb";

operation::Content with_secret(const std::string& bytes) {
  operation::Content content{{text("RunAsPassword", kPlaceholder)}, {}};
  content.secrets.push_back({kPlaceholder, std::make_shared<const Secret>(bytes)});
  return content;
}

}  // namespace

TEST_SUITE("Secret in a body") {
  TEST_CASE("An escaped secret replaces each of its placeholders") {
    std::vector<xml::BodySecret> secrets;
    secrets.push_back({"first-placeholder", std::make_shared<const Secret>("a<b>&\"\t\r\n'")});
    secrets.push_back({"other-placeholder", std::make_shared<const Secret>("\xC3\xBC")});

    const Result<Secret> filled = xml::filled_in(
        "<x p=\"first-placeholder\">other-placeholder</x>first-placeholder.", secrets);

    REQUIRE(filled.ok());
    CHECK(filled.value().view() ==
          "<x p=\"a&lt;b&gt;&amp;&quot;&#9;&#13;&#10;'\">\xC3\xBC</x>"
          "a&lt;b&gt;&amp;&quot;&#9;&#13;&#10;'.");
  }

  TEST_CASE("A parser reads the secret back from an element and from an attribute") {
    std::vector<xml::BodySecret> secrets;
    secrets.push_back({kPlaceholder, std::make_shared<const Secret>(" a\tb\r\nc \"'<&>]]> ")});

    const Result<Secret> filled = xml::filled_in("<x p='" + kPlaceholder + "'/>", secrets);

    // Apostrophes stay, so a writer must use the other quotes.
    CHECK(xml::read_xml(std::string(filled.value().view())).flaw != xml::XmlFlaw::none);
    const Result<Secret> proper = xml::filled_in("<x p=\"" + kPlaceholder + "\"/>", secrets);
    const xml::Reading reading = xml::read_xml(std::string(proper.value().view()));
    REQUIRE(reading.flaw == xml::XmlFlaw::none);
    xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
    CHECK(xml::attribute_of(root, "p") == "a\tb\r\nc \"'<&>]]>");
  }

  TEST_CASE("An empty secret is accepted") {
    std::vector<xml::BodySecret> secrets;
    secrets.push_back({kPlaceholder, std::make_shared<const Secret>()});

    CHECK(xml::filled_in("<x>" + kPlaceholder + "</x>", secrets).value().view() == "<x></x>");
  }

  TEST_CASE("A secret that XML cannot hold is refused without quoting it") {
    for (const std::string& bytes : {std::string("hunter2\0x", 9), std::string("hunter2\x01"),
                                     std::string("hunter2\xC3"), std::string("hunter2\xFF\xFE")}) {
      std::vector<xml::BodySecret> secrets;
      secrets.push_back({kPlaceholder, std::make_shared<const Secret>(bytes)});

      const Result<Secret> filled = xml::filled_in("<x>" + kPlaceholder + "</x>", secrets);

      REQUIRE_FALSE(filled.ok());
      CHECK(filled.error().code == ErrorCode::invalid_argument);
      CHECK_FALSE(contains(filled.error().message, "hunter2"));
    }
  }

  TEST_CASE("A secret whose placeholder is missing from the body is refused") {
    std::vector<xml::BodySecret> secrets;
    secrets.push_back({kPlaceholder, std::make_shared<const Secret>("x")});

    const Result<Secret> filled = xml::filled_in("<x/>", secrets);

    REQUIRE_FALSE(filled.ok());
    CHECK(contains(filled.error().message, "has no place"));
  }

  TEST_CASE("A placeholder has 16 to 100 characters that XML never escapes") {
    CHECK(xml::is_placeholder("0f8fad5b-d9cb-469f-a165-70867728950e"));
    CHECK(xml::is_placeholder(std::string(16, 'a')));
    CHECK(xml::is_placeholder(std::string(100, 'Z')));
    CHECK_FALSE(xml::is_placeholder(std::string(15, 'a')));
    CHECK_FALSE(xml::is_placeholder(std::string(101, 'a')));
    CHECK_FALSE(xml::is_placeholder("0f8fad5b<d9cb-469f"));
    CHECK_FALSE(xml::is_placeholder("0f8fad5b d9cb-469f"));
  }

  TEST_CASE("A secret in a UTF-16 body is converted as the body is") {
    const std::string bytes = "<x>a \xC3\xBC \xE2\x82\xAC \xF0\x9F\x98\x80</x>";

    CHECK(xml::to_utf16(Secret(bytes)).view() == xml::to_utf16(bytes));
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "Create, Put and an action send the secret in memory that is wiped") {
    answer(envelope_with("<x><RunAsPassword/></x>"));
    const operation::Content content = with_secret("hunter2");

    REQUIRE(operation::create(context(), target_of("urn:y/x"), content, call).ok());
    REQUIRE(operation::set(context(), target_of("urn:y/x"), content, call).ok());
    REQUIRE(operation::invoke(context(), target_of("urn:y/x"), "Act", content, call).ok());

    const auto requests = server->requests();
    REQUIRE(requests.size() == 4);
    for (const size_t i : {0U, 2U, 3U}) {
      CHECK(contains(requests[i].body, "RunAsPassword>hunter2</"));
      CHECK(requests[i].secret_body);
      CHECK_FALSE(contains(requests[i].body, kPlaceholder));
    }
    CHECK_FALSE(requests[1].secret_body);
  }

  TEST_CASE_FIXTURE(OperationFixture,
                    "A secret is in no trace, and a body without its placeholder is not sent") {
    answer(envelope_with("<x/>"));
    Trace trace(Trace::Level::debug);
    const Call listening{call.cancellation, call.deadline, &trace};
    operation::Content content = with_secret("hunter2");

    REQUIRE(operation::create(context(), target_of("urn:y/x"), content, listening).ok());
    content.values.clear();
    CHECK_FALSE(operation::create(context(), target_of("urn:y/x"), content, listening).ok());

    CHECK(server->requests().size() == 1);
    for (const Trace::Line& line : trace.take()) CHECK_FALSE(contains(line.text, "hunter2"));
  }
}

}  // namespace wsman::testing
