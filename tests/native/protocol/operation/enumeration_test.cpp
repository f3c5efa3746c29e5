#include "protocol/operation/enumeration.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "protocol/fixture.h"
#include "support/scarce_memory.h"

namespace wsman::testing {
namespace {

const std::string kSpaces =
    " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
    "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"";

// What Windows answers to Enumerate and to Pull, with this inside.
std::string first_page(const std::string& inside) {
  return envelope_with("<n:EnumerateResponse" + kSpaces + ">" + inside + "</n:EnumerateResponse>");
}
std::string next_page(const std::string& inside) {
  return envelope_with("<n:PullResponse" + kSpaces + ">" + inside + "</n:PullResponse>");
}
// The content of a context that is more than a text.
const std::string kMarkup =
    "<q:cookie xmlns:q=\"urn:q\" q:part=\"1\">a&amp;</q:cookie><![CDATA[<b>]]> tail";

std::string with_context(const std::string& context) {
  return "<n:EnumerationContext>" + context + "</n:EnumerationContext>";
}

struct EnumerationFixture : OperationFixture {
  Result<operation::Page> begin(uint32_t max_elements = 20) {
    return operation::enumerate(context(), target, {}, max_elements, sequence, call);
  }
  Result<operation::Page> go_on(const std::string& from = "uuid:1", uint32_t max_elements = 20) {
    return operation::pull(context(), target, from, max_elements, sequence, call);
  }

  message::Target target{"http://x/Class", {{"A", "1"}}, {}, "", ""};
  message::OperationSequence sequence;
};

}  // namespace

TEST_SUITE("Enumerate") {
  TEST_CASE_FIXTURE(EnumerationFixture,
                    "The first page is given as it came, with the number of its items") {
    const std::string items =
        "<w:Items><p:A xmlns:p=\"urn:p\"><p:B a='>'>1</p:B></p:A> <c/>"
        "<!-- no item --><d  x=\"y\" ></d ></w:Items>";
    answer(first_page(with_context(" uuid:24D6 \n") + items));

    const Result<operation::Page> page = begin();

    REQUIRE(page.ok());
    CHECK(contains(page.value().bytes, items));
    CHECK(page.value().count == 3);
    CHECK(page.value().context == "uuid:24D6");
    CHECK(page.value().language == "en-US");
    CHECK_FALSE(page.value().end);
    CHECK_FALSE(server->requests()[0].idempotent);
    CHECK(contains(sent(), ">http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate<"));
    CHECK(contains(sent(), "<w:Selector Name=\"A\">1</w:Selector>"));
    CHECK(contains(sent(), "<w:MaxElements>20</w:MaxElements>"));
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "The first page can be the last, with items or without") {
    answer(first_page(with_context("") + "<w:Items><a/></w:Items><w:EndOfSequence/>"));
    const Result<operation::Page> page = begin();
    REQUIRE(page.ok());
    CHECK(page.value().end);
    CHECK(page.value().count == 1);
    CHECK(page.value().context.empty());

    for (const char* inside : {"<w:EndOfSequence/>", "<w:Items/><w:EndOfSequence/>",
                               "<w:Items></w:Items><n:EndOfSequence></n:EndOfSequence>"}) {
      answer(first_page(inside));
      const Result<operation::Page> empty = begin();
      REQUIRE(empty.ok());
      CHECK(empty.value().end);
      CHECK(empty.value().count == 0);
    }
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "A response with the context alone, as AMT sends it, is accepted") {
    answer(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<a:Envelope xmlns:a= \"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:g=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">\n <a:Header/>\n <a:Body>\n"
        "  <g:EnumerateResponse>\n   <g:EnumerationContext>2E000000-0000</g:EnumerationContext>\n"
        "  </g:EnumerateResponse>\n </a:Body>\n</a:Envelope>\n");

    const Result<operation::Page> page = begin();

    REQUIRE(page.ok());
    CHECK(page.value().context == "2E000000-0000");
    CHECK(page.value().count == 0);
    CHECK(page.value().language.empty());
    CHECK_FALSE(page.value().end);
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "The context that OMI repeats beside EndOfSequence is dropped") {
    answer(first_page(with_context("\n  17\n ") + "<w:Items><a/></w:Items><w:EndOfSequence/>"));

    CHECK(begin().value().context.empty());
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "A context with elements is kept as it came") {
    answer(first_page(with_context(" " + kMarkup + "\n") + "<w:Items/>"));

    CHECK(begin().value().context == kMarkup);
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "Where memory runs out for the answer, the request may have been carried out") {
    size_t allocations = 0;
    do {
      CAPTURE(allocations);
      std::optional<ScarceMemory> scarce;
      server->on_exchange = [&](const HttpRequest&, const Call&) {
        Result<HttpResponse> response = soap_answer(first_page(with_context(kMarkup)));
        scarce.emplace(allocations++);
        return response;
      };

      const auto page = or_out_of_memory([&] { return begin(); }, Outcome::unknown);
      scarce.reset();

      CHECK(page.ok() != ScarceMemory::ran_out());
      if (!page.ok()) CHECK(page.error().outcome == Outcome::unknown);
    } while (ScarceMemory::ran_out());
    CHECK(allocations > 10);
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "A context with elements goes back as it came") {
    answer(next_page("<n:EndOfSequence/>"));

    REQUIRE(go_on(kMarkup).ok());

    CHECK(contains(sent_body(), "<n:EnumerationContext>" + kMarkup + "</n:EnumerationContext>"));
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "A context whose prefixes the envelope declares takes them along") {
    answer(first_page(with_context("<w:part>1</w:part>")));

    CHECK(begin().value().context ==
          "<w:part xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">1</w:part>");
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "A page with elements in its context has one Body") {
    std::string page = first_page(with_context("<a/>"));
    page.insert(page.find("<s:Body>"), "<x:Body xmlns:x='urn:x'/>");
    answer(page);

    CHECK(error_in(begin()).code == ErrorCode::protocol);
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "The markup in a context of text is escaped") {
    answer(first_page(with_context("a&amp;<![CDATA[<b>]]>") + "<w:Items/>"));

    CHECK(begin().value().context == "a&amp;&lt;b&gt;");
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "Items are handed out though neither context nor end comes with them") {
    answer(first_page("<w:Items><a/></w:Items>"));

    const Result<operation::Page> page = begin();

    REQUIRE(page.ok());
    CHECK(page.value().count == 1);
    CHECK(page.value().context.empty());
    CHECK_FALSE(page.value().end);
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "Element names inside the items are not mistaken for those of the page") {
    const std::string item =
        "<i><n:EnumerationContext>x</n:EnumerationContext><w:EndOfSequence/><w:Items><j/>"
        "</w:Items></i>";
    answer(first_page("<w:Items>" + item + "</w:Items>" + with_context("uuid:1")));

    const Result<operation::Page> page = begin();

    REQUIRE(page.ok());
    CHECK(page.value().count == 1);
    CHECK(page.value().context == "uuid:1");
    CHECK_FALSE(page.value().end);
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "A response without a context and without an end is a protocol error") {
    for (const char* inside : {"", "<w:Items/>", "<n:EnumerationContext/>",
                               "<EnumerationContext>1</EnumerationContext>"}) {
      CAPTURE(inside);
      answer(first_page(inside));
      const Error error = error_in(begin());
      CHECK(error.code == ErrorCode::protocol);
      CHECK(error.wsman_code == 0x803380F1);
    }
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "An invalid query is refused before anything is sent") {
    const Result<operation::Page> page =
        operation::enumerate(context(), target,
                             {operation::Query::Returns::object,
                              operation::Query::Polymorphism::deep, "x", "none", false},
                             20, sequence, call);

    CHECK(error_in(page).code == ErrorCode::invalid_argument);
    CHECK(server->requests().empty());
  }
}

TEST_SUITE("Pull") {
  TEST_CASE_FIXTURE(EnumerationFixture, "A Pull gives the next page and the newest context") {
    answer(next_page(with_context("uuid:2") + "<n:Items><a/><b/></n:Items>"));

    const Result<operation::Page> page = go_on("uuid:1", 500);

    REQUIRE(page.ok());
    CHECK(contains(page.value().bytes, "<a/><b/>"));
    CHECK(page.value().count == 2);
    CHECK(page.value().context == "uuid:2");
    CHECK_FALSE(server->requests()[0].idempotent);
    CHECK(contains(sent(), ">http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull<"));
    CHECK(sent_body() ==
          "<n:Pull xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
          "<n:EnumerationContext>uuid:1</n:EnumerationContext><n:MaxElements>500</n:MaxElements>"
          "</n:Pull>");
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "The context is kept if the response does not repeat it") {
    answer(next_page("<n:Items><a/></n:Items>"));

    const Result<operation::Page> page = go_on("a&lt;b&gt;&amp;");

    REQUIRE(page.ok());
    CHECK(page.value().context == "a&lt;b&gt;&amp;");
    CHECK(contains(sent_body(), "<n:EnumerationContext>a&lt;b&gt;&amp;</n:EnumerationContext>"));
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "An EndOfSequence ends the enumeration") {
    answer(next_page("<n:Items><a/></n:Items><n:EndOfSequence/>"));

    const Result<operation::Page> page = go_on();

    REQUIRE(page.ok());
    CHECK(page.value().end);
    CHECK(page.value().context.empty());
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "A Pull belongs to the operation that Enumerate began") {
    answer(first_page(with_context("uuid:1")));
    REQUIRE(begin().ok());
    answer(next_page("<n:Items/>"));
    REQUIRE(go_on().ok());

    CHECK(contains(sent(0), sequence.operation_id));
    CHECK(contains(sent(1), sequence.operation_id));
    CHECK(contains(sent(1), "<p:SequenceId s:mustUnderstand=\"false\">2</p:SequenceId>"));
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "A response with more items than requested is a protocol error") {
    answer(next_page("<n:Items><a/><b/><c/></n:Items>"));
    CHECK(go_on("uuid:1", 3).ok());

    const Error error = error_in(go_on("uuid:1", 2));
    CHECK(error.code == ErrorCode::protocol);
    CHECK(error.wsman_code == 0x80338143);
    CHECK(contains(error.message, "sent 3 items, more than the 2 asked for"));
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "A response without a PullResponse is a protocol error") {
    for (const std::string& body : {first_page("<w:Items/>"), envelope_with("<other/>")}) {
      answer(body);
      const Error error = error_in(go_on());
      CHECK(error.code == ErrorCode::protocol);
      CHECK(error.wsman_code == 0x803380EF);
      CHECK(contains(error.message, "has no PullResponse"));
    }
    answer(envelope_with(""));
    CHECK(error_in(go_on()).code == ErrorCode::protocol);
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "A PullResponse that relates to another message is refused") {
    server->on_exchange = [](const HttpRequest& request, const Call&) {
      return soap_answer(envelope_related_to(
          "\n " + message_id_of(request.body) + " \n",
          "<n:PullResponse" + kSpaces + "><n:Items><a/></n:Items></n:PullResponse>"));
    };
    CHECK(go_on().ok());

    answer(envelope_related_to("uuid:2", "<n:PullResponse" + kSpaces + "/>"));
    CHECK(error_in(go_on()).wsman_code == 0x803380F3);
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "Faults, HTTP errors and invalid responses become errors") {
    answer(fault_with(wsman_fault_detail("2150858779", "It is gone.")), 500);
    CHECK(error_in(go_on()).wsman_code == 0x8033801B);
    answer(fault_with(wsman_fault_detail("2150858779", "It is gone.")), 200);
    CHECK(error_in(go_on()).code == ErrorCode::fault);
    answer(next_page("<n:Items/>"), 503);
    CHECK(error_in(go_on()).code == ErrorCode::http);
    answer("");
    CHECK(error_in(go_on()).wsman_code == 0x803380F5);
    answer(next_page("<n:Items><a></n:Items>"));
    CHECK(error_in(go_on()).wsman_code == 0x80338043);
    answer("<a/>");
    CHECK(error_in(go_on()).wsman_code == 0x803380F4);
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::connection_lost, "Gone.", 0, {}};
    };
    CHECK(error_in(go_on()).code == ErrorCode::connection_lost);
  }

  TEST_CASE_FIXTURE(EnumerationFixture,
                    "A context that XML cannot hold is refused before anything is sent") {
    CHECK(error_in(go_on("\x01")).code == ErrorCode::invalid_argument);
    CHECK(server->requests().empty());
  }
}

TEST_SUITE("Release") {
  TEST_CASE_FIXTURE(EnumerationFixture, "A Release sends the context that is to end") {
    answer(envelope_with(""));

    CHECK(operation::release(context(), target, "uuid:1", sequence, call).ok());
    CHECK(contains(sent(), ">http://schemas.xmlsoap.org/ws/2004/09/enumeration/Release<"));
    CHECK(sent_body() ==
          "<n:Release xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
          "<n:EnumerationContext>uuid:1</n:EnumerationContext></n:Release>");
    CHECK(contains(sent(), "<w:Selector Name=\"A\">1</w:Selector>"));
    CHECK_FALSE(server->requests()[0].idempotent);
  }

  TEST_CASE_FIXTURE(EnumerationFixture, "A fault in the response to Release becomes an error") {
    answer(fault_with(""), 500);

    CHECK(error_in(operation::release(context(), target, "uuid:1", sequence, call)).code ==
          ErrorCode::fault);
  }
}

}  // namespace wsman::testing
