#include "protocol/operation/filter.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/fixture.h"

namespace wsman::testing {
namespace {

using Returns = operation::Query::Returns;
using Polymorphism = operation::Query::Polymorphism;

const std::string kCimv2 = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/";
const std::string kAssociation =
    "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter";

Result<std::string> body(const operation::Query& query) {
  return operation::enumerate_body({kCimv2 + "*", {}, {}, "", ""}, query, 20);
}

std::string text_of_body(const operation::Query& query) {
  const Result<std::string> written = body(query);
  if (!written.ok()) return written.error().message;
  return xml::read_xml(written.value()).flaw == xml::XmlFlaw::none ? written.value() : "no XML";
}

operation::Query with_modes(Returns returns, Polymorphism polymorphism) {
  return {returns, polymorphism, "", "", false};
}

operation::Query filtered(const std::string& filter, const std::string& dialect,
                          bool associations = false) {
  return {Returns::object, Polymorphism::deep, filter, dialect, associations};
}

}  // namespace

TEST_SUITE("Enumerate body") {
  TEST_CASE("The body asks for optimized enumeration and a number of items") {
    CHECK(text_of_body({}) ==
          "<n:Enumerate xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
          "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
          "xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd\">"
          "<w:OptimizeEnumeration/><w:MaxElements>20</w:MaxElements></n:Enumerate>");
    CHECK(contains(operation::enumerate_body({"urn:x", {}, {}, "", ""}, {}, 0).value(),
                   "<w:MaxElements>1</w:MaxElements>"));
  }

  TEST_CASE("The body has the enumeration mode and the polymorphism mode") {
    CHECK(contains(text_of_body(with_modes(Returns::epr, Polymorphism::deep)),
                   "<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>"));
    CHECK(contains(text_of_body(with_modes(Returns::object_and_epr, Polymorphism::deep)),
                   "<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>"));
    CHECK(contains(text_of_body(with_modes(Returns::object, Polymorphism::base_properties_only)),
                   "<b:PolymorphismMode>ExcludeSubClassProperties</b:PolymorphismMode>"));
    CHECK(contains(text_of_body(with_modes(Returns::object, Polymorphism::shallow)),
                   "<b:PolymorphismMode>None</b:PolymorphismMode>"));
  }
}

TEST_SUITE("Filter") {
  TEST_CASE("The default dialect of a filter is WQL") {
    for (const char* dialect :
         {"", "wql", "WQL", "http://schemas.microsoft.com/wbem/wsman/1/WQL"}) {
      CAPTURE(dialect);
      CHECK(contains(text_of_body(filtered("select * from X where a < 'b&c'", dialect)),
                     "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">"
                     "select * from X where a &lt; 'b&amp;c'</w:Filter>"));
    }
  }

  TEST_CASE("A filter in another dialect is sent as it is") {
    CHECK(contains(text_of_body(filtered("//a", "http://www.w3.org/TR/1999/REC-xpath-19991116")),
                   "<w:Filter Dialect=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">//a<"));
  }

  TEST_CASE("A selector filter becomes a selector set") {
    const std::string wanted =
        "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\">"
        "<w:SelectorSet xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">"
        "<w:Selector Name=\"State\">a;b</w:Selector><w:Selector Name=\"Mode\">it's</w:Selector>"
        "</w:SelectorSet></w:Filter>";
    for (const std::string& text :
         std::vector<std::string>{"State='a;b';Mode=it's", " State = \"a;b\" ; Mode='it''s' ;",
                                  "{State='a;b';Mode=it's}", " {State=\"a;b\"; Mode=\"it's\";} "}) {
      CAPTURE(text);
      CHECK(contains(text_of_body(filtered(text, "selector")), wanted));
      CHECK(contains(
          text_of_body(filtered(text, "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter")),
          wanted));
      CHECK(contains(text_of_body(filtered(
                         text, "http://schemas.microsoft.com/wbem/wsman/1/wsman/SelectorFilter")),
                     wanted));
    }
  }

  TEST_CASE("An invalid selector filter is refused") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"State", "every part must have the form Name=value"},
             {"='a'", "a name is missing"},
             {"State='a", "a quoted value does not end"},
             {"State='a'b", "something follows the end"},
             {"State=a;;Mode=b", "every part must have"}}) {
      const auto& text = row.first;
      const auto& part = row.second;
      CAPTURE(text);
      const Error error = error_in(body(filtered(text, "selector")));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, "The selector filter cannot be read: " + part));
    }
  }

  TEST_CASE("A dialect that does not fit the filter is refused") {
    CHECK(contains(text_of_body(filtered("", "wql")), "A dialect needs a filter"));
    CHECK(contains(text_of_body(filtered("x", "wqll")), "The dialect 'wqll' is not known"));
    CHECK(contains(text_of_body(filtered("x", "", true)), "Associations need a filter"));
    CHECK(contains(text_of_body(filtered("", "", true)), "Associations need a filter"));
    CHECK(contains(text_of_body(filtered("a\x01", "wql")), "The filter has a character"));
  }

  TEST_CASE("A WQL filter with a polymorphism mode is refused") {
    for (const Polymorphism mode : {Polymorphism::shallow, Polymorphism::base_properties_only}) {
      const Error error = error_in(body({Returns::object, mode, "select * from X", "", false}));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(error.wsman_code == 0x80338137);
    }
    CHECK(body({Returns::object, Polymorphism::shallow, "A=b", "selector", false}).ok());
  }
}

TEST_SUITE("Association filter") {
  TEST_CASE("An association filter asks for the instances associated with an object") {
    CHECK(contains(
        text_of_body(filtered("{object=Win32_Service?Name=winrm+X=\"a;b\";"
                              "resultrole=R;AssociationClassName=Win32_DependentService;role=Q;"
                              "resultclassname=C;includeresultproperty=a, b;"
                              "includeresultproperty=c}",
                              "association")),
        "<w:Filter Dialect=\"" + kAssociation +
            "\"><b:AssociatedInstances xmlns:b=\"http://schemas.dmtf.org/wbem/wsman/1/"
            "cimbinding.xsd\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
            "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><b:Object><a:Address>"
            "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>"
            "<a:ReferenceParameters><w:ResourceURI>" +
            kCimv2 +
            "Win32_Service</w:ResourceURI><w:SelectorSet "
            "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">"
            "<w:Selector Name=\"Name\">winrm</w:Selector><w:Selector Name=\"X\">a;b</w:Selector>"
            "</w:SelectorSet></a:ReferenceParameters></b:Object>"
            "<b:AssociationClassName>Win32_DependentService</b:AssociationClassName>"
            "<b:Role>Q</b:Role><b:ResultClassName>C</b:ResultClassName>"
            "<b:ResultRole>R</b:ResultRole><b:IncludeResultProperty>a</b:IncludeResultProperty>"
            "<b:IncludeResultProperty>b</b:IncludeResultProperty>"
            "<b:IncludeResultProperty>c</b:IncludeResultProperty></b:AssociatedInstances>"));
  }

  TEST_CASE("An association filter can ask for the association instances themselves") {
    const std::string written =
        text_of_body(filtered("object=Win32_Service?Name=winrm;role=R", kAssociation, true));
    CHECK(contains(written, "<b:AssociationInstances "));
    CHECK(contains(written, "<b:Role>R</b:Role></b:AssociationInstances>"));
  }

  TEST_CASE("The object of an association filter is an alias or a URI") {
    CHECK(contains(text_of_body(filtered("{object=cimv2/CIM_X?A=1}", "association")),
                   "<w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_X<"));
    CHECK(contains(text_of_body(filtered("{object=http://x/Y}", "association")),
                   "<w:ResourceURI>http://x/Y</w:ResourceURI></a:ReferenceParameters>"));
  }

  TEST_CASE("An invalid association filter is refused") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"{}", "needs one object"},
             {"{role=x}", "needs one object"},
             {"{object=}", "needs one object"},
             {"{object=A;object=B}", "needs one object"},
             {"{object}", "the form name=value"},
             {"{object=A;=x}", "the form name=value"},
             {"{object=A;colour=x}", "has no part 'colour'"},
             {"{object=A?x}", "the form Name=value"},
             {"{object=A\x01}", "The filter has a character"}}) {
      const auto& text = row.first;
      const auto& part = row.second;
      CAPTURE(text);
      const Error error = error_in(body(filtered(text, "association")));
      CHECK(error.code == ErrorCode::invalid_argument);
      CHECK(contains(error.message, part));
    }
    for (const char* part : {"associationclassname", "resultrole"}) {
      const Error error =
          error_in(body(filtered(std::string("{object=A;") + part + "=x}", "association", true)));
      CHECK(contains(error.message, "where the associations themselves are asked for"));
    }
  }
}

}  // namespace wsman::testing
