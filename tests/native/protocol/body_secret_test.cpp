#include "protocol/body_secret.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "protocol/encoding.h"
#include "protocol/fixture.h"

namespace wsman::testing {
namespace {

const std::string kPlaceholder = "secret-0f8fad5b-d9cb";

Content with_secret(const std::string& octets) {
  Content content{{text("RunAsPassword", kPlaceholder)}, {}};
  content.secrets.push_back({kPlaceholder, std::make_shared<const Secret>(octets)});
  return content;
}

}  // namespace

TEST_SUITE("body secret") {
  TEST_CASE("stands where its placeholder stood, escaped, each time") {
    std::vector<BodySecret> secrets;
    secrets.push_back({"first-placeholder", std::make_shared<const Secret>("a<b>&\"\t\r\n'")});
    secrets.push_back({"other-placeholder", std::make_shared<const Secret>("\xC3\xBC")});

    const Result<Secret> filled =
        filled_in("<x p=\"first-placeholder\">other-placeholder</x>first-placeholder.", secrets);

    REQUIRE(filled.ok());
    CHECK(filled.value().view() ==
          "<x p=\"a&lt;b&gt;&amp;&quot;&#9;&#13;&#10;'\">\xC3\xBC</x>"
          "a&lt;b&gt;&amp;&quot;&#9;&#13;&#10;'.");
  }

  TEST_CASE("is read back by a parser as it was, in an attribute too") {
    std::vector<BodySecret> secrets;
    secrets.push_back({kPlaceholder, std::make_shared<const Secret>(" a\tb\r\nc \"'<&>]]> ")});

    const Result<Secret> filled = filled_in("<x p='" + kPlaceholder + "'/>", secrets);

    // Apostrophes stay, so a writer must use the other quotes.
    CHECK(read_xml(std::string(filled.value().view())).flaw != XmlFlaw::none);
    const Result<Secret> proper = filled_in("<x p=\"" + kPlaceholder + "\"/>", secrets);
    const Reading reading = read_xml(std::string(proper.value().view()));
    REQUIRE(reading.flaw == XmlFlaw::none);
    xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
    CHECK(attribute_of(root, "p") == "a\tb\r\nc \"'<&>]]>");
  }

  TEST_CASE("may be empty") {
    std::vector<BodySecret> secrets;
    secrets.push_back({kPlaceholder, std::make_shared<const Secret>()});

    CHECK(filled_in("<x>" + kPlaceholder + "</x>", secrets).value().view() == "<x></x>");
  }

  TEST_CASE("is refused where XML cannot hold it, without a word of it") {
    for (const std::string& octets : {std::string("hunter2\0x", 9), std::string("hunter2\x01"),
                                      std::string("hunter2\xC3"), std::string("hunter2\xFF\xFE")}) {
      std::vector<BodySecret> secrets;
      secrets.push_back({kPlaceholder, std::make_shared<const Secret>(octets)});

      const Result<Secret> filled = filled_in("<x>" + kPlaceholder + "</x>", secrets);

      REQUIRE_FALSE(filled.ok());
      CHECK(filled.error().code == ErrorCode::invalid_argument);
      CHECK_FALSE(contains(filled.error().message, "hunter2"));
    }
  }

  TEST_CASE("is refused where its placeholder is not in the body") {
    std::vector<BodySecret> secrets;
    secrets.push_back({kPlaceholder, std::make_shared<const Secret>("x")});

    const Result<Secret> filled = filled_in("<x/>", secrets);

    REQUIRE_FALSE(filled.ok());
    CHECK(contains(filled.error().message, "has no place"));
  }

  TEST_CASE("has a placeholder that XML leaves alone") {
    CHECK(is_placeholder("0f8fad5b-d9cb-469f-a165-70867728950e"));
    CHECK(is_placeholder(std::string(16, 'a')));
    CHECK(is_placeholder(std::string(100, 'Z')));
    CHECK_FALSE(is_placeholder(std::string(15, 'a')));
    CHECK_FALSE(is_placeholder(std::string(101, 'a')));
    CHECK_FALSE(is_placeholder("0f8fad5b<d9cb-469f"));
    CHECK_FALSE(is_placeholder("0f8fad5b d9cb-469f"));
  }

  TEST_CASE("in UTF-16 is what the ordinary conversion makes of it") {
    const std::string octets = "<x>a \xC3\xBC \xE2\x82\xAC \xF0\x9F\x98\x80</x>";

    CHECK(to_utf16(Secret(octets)).view() == to_utf16(octets));
  }

  TEST_CASE_FIXTURE(OperationFixture, "goes out with Create, Put and an action, in wiped memory") {
    answer(envelope_with("<x><RunAsPassword/></x>"));
    const Content content = with_secret("hunter2");

    REQUIRE(create(context(), target_of("urn:y/x"), content, call).ok());
    REQUIRE(set(context(), target_of("urn:y/x"), content, call).ok());
    REQUIRE(invoke(context(), target_of("urn:y/x"), "Act", content, call).ok());

    const auto requests = server->requests();
    REQUIRE(requests.size() == 4);
    for (const size_t i : {0U, 2U, 3U}) {
      CHECK(contains(requests[i].body, "RunAsPassword>hunter2</"));
      CHECK(requests[i].secret_body);
      CHECK_FALSE(contains(requests[i].body, kPlaceholder));
    }
    CHECK_FALSE(requests[1].secret_body);
  }

  TEST_CASE_FIXTURE(OperationFixture, "is in no trace, and nothing is sent if it has no place") {
    answer(envelope_with("<x/>"));
    Trace trace(Trace::Level::debug);
    const Call listening{call.cancellation, call.deadline, &trace};
    Content content = with_secret("hunter2");

    REQUIRE(create(context(), target_of("urn:y/x"), content, listening).ok());
    content.values.clear();
    CHECK_FALSE(create(context(), target_of("urn:y/x"), content, listening).ok());

    CHECK(server->requests().size() == 1);
    for (const Trace::Line& line : trace.take()) CHECK_FALSE(contains(line.text, "hunter2"));
  }
}

}  // namespace wsman::testing
