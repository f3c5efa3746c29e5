// Enumerate, Pull and Release, with filters, modes and what can go wrong between two pages.
#include <doctest/doctest.h>

#include <string>

#include "asking.h"
#include "wsman/wql.h"

namespace wsman::service {
namespace {

const std::string kRow = kWmi + "Loopback_Row";

std::string wql(const std::string& query) {
  return "<w:Filter Dialect=\"" + std::string(kWqlDialect) + "\">" + query + "</w:Filter>";
}

int rows(const std::string& answer) { return count(answer, "<p:Loopback_Row "); }

// Enumerates and pulls once by that path; gives both answers.
struct TwoPages {
  TwoPages(Asking& asking, const std::string& path, int most = 5) {
    Question question = Asking::enumerate(kRow, most);
    question.path = path;
    first = asking.body(question);
    question = Asking::pull(kRow, Asking::context_of(first), most);
    question.path = path;
    second = asking.reply(question).body;
  }

  std::string first;
  std::string second;
};

ServiceOptions with_rows(std::uint32_t rows) {
  ServiceOptions options;
  options.rows = rows;
  return options;
}

}  // namespace

TEST_SUITE("Enumerations of the service") {
  TEST_CASE_FIXTURE(Asking, "An enumeration is released once") {
    const std::string context = context_of(body(enumerate(kRow, 2)));
    Question release = pull(kRow, context, 1);
    release.action = kEnumeration + "Release";

    CHECK(reply(release).status == 200);
    CHECK(contains(counts.to_json(), R"("contexts":0,"shells":0,"commands":0,"released":1)"));
    CHECK(code_of(body(release)) == "2150858779");
  }

  TEST_CASE("An enumeration without a Pull expires") {
    ServiceOptions options;
    options.context_seconds = 0;
    Asking asking(options);
    asking.body(Asking::enumerate(kRow, 2));
    CHECK(asking.counts.open("contexts") == 1);

    asking.io.run();
    CHECK(asking.counts.open("contexts") == 0);
  }

  TEST_CASE_FIXTURE(Asking, "A page is filled up to MaxEnvelopeSize and no further") {
    Question question = enumerate(kRow, 32000);
    question.envelope_size = "20000";
    const std::string answer = body(question);

    CHECK(answer.size() <= 20000);
    CHECK(answer.size() > 15000);
    // A Pull must not change it.
    CHECK(code_of(body(pull(kRow, context_of(answer), 5))) == "2150859181");
  }

  TEST_CASE("Enumerations have a quota, and pages have a maximum size") {
    ServiceOptions options;
    options.max_operations = 1;
    options.max_batch = 3;
    Asking asking(options);
    CHECK(rows(asking.body(Asking::enumerate(kRow, 100))) == 3);
    CHECK(contains(asking.body(Asking::enumerate(kRow, 1)), "HRESULT 0x803381a6"));
  }

  TEST_CASE_FIXTURE(Asking, "A WQL filter is obeyed, and an unsupported one is a fault") {
    const std::string any = kWmi + "*";
    const std::string answer =
        body(enumerate(any, 50,
                       wql("select Name from Win32_Service where State = 'running' and "
                           "Name like 'S%'")));
    CHECK(contains(answer, "\"><Name>spooler</Name></w:XmlFragment>"));
    CHECK(count(answer, "<Name>") == 2);
    CHECK(code_of(body(enumerate(any, 50, wql("select from where")))) == "2150858778");
    CHECK(code_of(body(enumerate(any, 50, wql("select * from Nothing")))) == "2150858778");
    CHECK(code_of(body(enumerate(any, 50))) == "2150858778");
    CHECK(code_of(body(enumerate(kServiceClass, 50, wql("select * from Win32_Service")))) ==
          "2150859003");
    CHECK(code_of(body(enumerate(any, 50, "<w:Filter Dialect=\"urn:d\"/>"))) == "2150858777");
  }

  TEST_CASE_FIXTURE(Asking, "The second page goes wrong as the path says") {
    CHECK(code_of(TwoPages(*this, "/pull/fault-after/1/wsman").second) == "1359");
    CHECK(code_of(TwoPages(*this, "/pull/expired/wsman").second) == "2150858779");
    CHECK(rows(TwoPages(*this, "/pull/extra/wsman").second) == 6);
    CHECK(rows(TwoPages(*this, "/pull/empty-pages/wsman").second) == 0);
    CHECK(context_of(TwoPages(*this, "/pull/silent-context/wsman").second).empty());
    CHECK(TwoPages(*this, "/pull/stall/wsman").second.empty());
    const TwoPages changing(*this, "/pull/new-context/wsman");
    CHECK_FALSE(context_of(changing.second).empty());
    CHECK(context_of(changing.first) != context_of(changing.second));
    CHECK(code_of(TwoPages(*this, "/encoding-limit/4/wsman").first) == "2150858805");
    CHECK(rows(TwoPages(*this, "/encoding-limit/5/wsman").first) == 5);
  }

  TEST_CASE("An endless enumeration begins again at its end") {
    Asking asking(with_rows(3));
    const TwoPages pages(asking, "/pull/endless/wsman");
    CHECK(rows(pages.first) == 5);
    CHECK(contains(pages.second, "<p:Index>2</p:Index>"));
  }

  TEST_CASE_FIXTURE(Asking,
                    "OMI repeats the context beside EndOfSequence, with white space around it") {
    const std::string uri = std::string(kCimSchemaPrefix) + "Win32_OperatingSystem";
    Question question = enumerate(uri, 5);
    question.path = "/flavour/omi/wsman";
    question.selectors = selector("__cimnamespace", "root/cimv2");
    const std::string answer = body(question);
    CHECK(contains(answer, "<wsman:EndOfSequence/>"));
    CHECK(contains(context_of(answer), "\n"));
  }
}

TEST_SUITE("WQL") {
  TEST_CASE("Quoted text with escapes is read, and text after the end is refused") {
    const auto query =
        parse_wql("SELECT a,b FROM C WHERE x = 'it\\'s' AND y <> \"1\" and z is null");
    REQUIRE(query);
    CHECK(query->names == std::vector<std::string>{"a", "b"});
    REQUIRE(query->conditions.size() == 3);
    CHECK(query->conditions[0].value == "it's");
    CHECK(query->conditions[2].operation == "is");
    CHECK_FALSE(parse_wql("select * from C order"));
    CHECK_FALSE(parse_wql("select * from C where x = 'open"));
  }
}

}  // namespace wsman::service
