// Faults in the shapes of the servers that send them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "protocol/fixture.h"
#include "protocol/message/envelope.h"
#include "protocol/message/fault.h"
#include "protocol/message/fault_codes.h"
#include "protocol/xml/names.h"
#include "support/advice.h"

namespace wsman::testing {
namespace {

Error shaped_fault(const std::string& envelope) {
  const Result<message::Envelope> read =
      message::read_answer(soap_answer(envelope, 500), {kServer});
  return error_in(read);
}

// A fault with these prefixes for its names.
std::string plain_fault(const std::string& code, const std::string& subcode,
                        const std::string& detail = {}) {
  return "<x:Envelope xmlns:x='http://www.w3.org/2003/05/soap-envelope' "
         "xmlns:q='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' "
         "xmlns:wsa='http://schemas.xmlsoap.org/ws/2004/08/addressing' "
         "xmlns:e='http://schemas.xmlsoap.org/ws/2004/09/enumeration'><x:Body><x:Fault><x:Code>"
         "<x:Value>\n  " +
         code + "\n </x:Value><x:Subcode><x:Value>\n " + subcode +
         " </x:Value></x:Subcode></x:Code><x:Reason><x:Text xml:lang='en'>\n  Why.\n</x:Text>"
         "</x:Reason>" +
         detail + "</x:Fault></x:Body></x:Envelope>";
}

// The instance that Windows sends for a quota, with this beside its MessageID.
std::string wmi_error(const std::string& code) {
  return "<s:Detail><p:MSFT_WmiError "
         "xmlns:p='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError'>"
         "<p:CIMStatusCode>27</p:CIMStatusCode><p:Message>Too many shells. </p:Message>"
         "<p:MessageID>HRESULT 0x803381a5</p:MessageID>" +
         code + "</p:MSFT_WmiError></s:Detail>";
}

// `core` inside the same elements again and again.
std::string wrapped(const std::string& core, const std::string& open, const std::string& close,
                    int times) {
  std::string text = core;
  for (int i = 0; i < times; ++i) text.insert(0, open).append(close);
  return text;
}

std::string fault_detail(const std::string& name) {
  return "<x:Detail><q:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/" + name +
         "</q:FaultDetail></x:Detail>";
}

}  // namespace

TEST_SUITE("Fault of Windows") {
  TEST_CASE("A WSManFault is read with all its parts") {
    const Error error = shaped_fault(fault_with(
        "<s:Detail xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><w:FaultDetail>"
        "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InsufficientSelectors"
        "</w:FaultDetail><f:WSManFault "
        "xmlns:f='http://schemas.microsoft.com/wbem/wsman/1/wsmanfault' Code='2150858842' "
        "Machine='srv.example'><f:Message><f:ProviderFault provider='Config provider' "
        "path='%systemroot%\\system32\\WsmSvc.dll'>A key\r\n is missing. </f:ProviderFault>"
        "</f:Message></f:WSManFault></s:Detail>"));

    CHECK(error.wsman_code == 0x8033805A);
    CHECK(contains(error.message, "(0x8033805A): A key is missing."));
    CHECK(advice_of(error) == "GiveAllSelectors");
    REQUIRE(error.fault);
    CHECK(error.fault->soap_code == "Sender");
    CHECK(error.fault->soap_subcode == "InvalidSelectors");
    CHECK(error.fault->reason == "The reason.");
    CHECK(error.fault->detail ==
          "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InsufficientSelectors");
    CHECK(error.fault->machine == "srv.example");
    CHECK(error.fault->provider == "Config provider");
    CHECK(error.fault->provider_path == "%systemroot%\\system32\\WsmSvc.dll");
    CHECK(error.fault->provider_message == "A key is missing.");
  }

  TEST_CASE("A provider fault adds its message, but not its extended error") {
    const Error error = shaped_fault(fault_with(wsman_fault_detail(
        "2150858778",
        "Outer. <f:ProviderFault provider='WMI Provider ' path='x.dll'><f:WSManFault "
        "Code='2150858779' Machine='inner'><f:Message>No such class. </f:Message></f:WSManFault>"
        "<f:ExtendedError><Operation>ExecQuery</Operation></f:ExtendedError></f:ProviderFault>")));

    CHECK(error.wsman_code == 0x8033801A);
    CHECK(contains(error.message, ": Outer. No such class."));
    CHECK(advice_of(error) == "CheckQuery");
    CHECK_FALSE(contains(error.message, "ExecQuery"));
    CHECK(error.fault->provider == "WMI Provider");
    CHECK(error.fault->provider_message == "No such class.");
    CHECK(error.fault->machine == "server01");
  }

  TEST_CASE("The code of a provider fault is used if the WSManFault has none") {
    const Error error = shaped_fault(fault_with(wsman_fault_detail(
        "",
        "<f:ProviderFault><f:WSManFault Code='5'><f:Message>No.</f:Message></f:WSManFault>"
        "</f:ProviderFault>")));

    CHECK(error.wsman_code == 5);
    CHECK(contains(error.message, "(0x00000005): No."));
    CHECK(advice_of(error) == "CheckRights");
  }

  TEST_CASE("The code and the message of an MSFT_WmiError are read") {
    for (const std::string& code :
         {std::string("<p:error_Code>2150859173</p:error_Code>"), std::string()}) {
      CAPTURE(code);
      const Error error = shaped_fault(fault_with(wmi_error(code)));
      CHECK(error.wsman_code == 0x803381A5);
      CHECK(contains(error.message, "(0x803381A5): Too many shells."));
      CHECK(advice_of(error) == "CloseShells");
      CHECK(error.fault->provider_message == "Too many shells.");
    }
  }

  TEST_CASE("A fault without any details has empty members") {
    const Error error = shaped_fault(envelope_with("<s:Fault><s:Detail/></s:Fault>"));

    REQUIRE(error.fault);
    CHECK(error.wsman_code == 0);
    CHECK(error.fault->soap_code.empty());
    CHECK(error.fault->provider.empty());
    CHECK(error.message == "server01 answered with a fault: no reason was given.");
  }
}

TEST_SUITE("Fault of another server") {
  TEST_CASE("SOAP codes map to the codes of Windows, whatever the prefixes and blanks") {
    struct Row {
      const char* code;
      const char* subcode;
      const char* detail;
      uint32_t wsman_code;
    };
    for (const Row& row : std::vector<Row>{
             {"x:Receiver", "q:InternalError", "", 0x54F},
             {"x:Sender", "q:InvalidSelectors", "InsufficientSelectors", 0x8033805A},
             {"x:Sender", "q:InvalidSelectors", "UnexpectedSelectors", 0x8033805B},
             {"x:Sender", "q:InvalidSelectors", "SomethingElse", 0x8033803D},
             {"x:Sender", "wsa:DestinationUnreachable", "", 0x80338012},
             {"x:Sender", "wsa:DestinationUnreachable", "InvalidResourceURI", 0x8033803B},
             {"x:Sender", "wsa:ActionNotSupported", "", 0x80338013},
             {"x:Receiver", "wsa:EndpointUnavailable", "", 0x80338014},
             {"x:Receiver", "e:InvalidEnumerationContext", "", 0x8033801B},
             {"x:Sender", "e:CannotProcessFilter", "", 0x8033801A},
             {"x:Sender", "q:CannotProcessFilter", "", 0x80338122},
             {"x:Receiver", "e:TimedOut", "", 0x8033801C},
             {"x:Receiver", "q:TimedOut", "", 0x80338029},
             {"x:Sender", "q:AccessDenied", "", 5},
             {"x:Sender", "q:EncodingLimit", "MaxEnvelopeSizeExceeded", 0x80338048},
             {"x:Sender", "unknown:QuotaLimit", "", 0x8033803F},
             {"x:Sender", "wsa:QuotaLimit", "", 0},
             {"x:Sender", "q:Strange", "", 0},
             {"x:MustUnderstand", "", "", 0x80338010},
             {"x:VersionMismatch", "", "", 0x8033800D},
             {"x:Sender", "", "", 0}}) {
      CAPTURE(row.subcode);
      CAPTURE(row.detail);
      const std::string detail = *row.detail == 0 ? "" : fault_detail(row.detail);
      const Error error = shaped_fault(plain_fault(row.code, row.subcode, detail));
      CHECK(error.code == ErrorCode::fault);
      CHECK(error.wsman_code == row.wsman_code);
      CHECK(error.fault->reason == "Why.");
      CHECK(contains(row.code, error.fault->soap_code));
    }
  }

  TEST_CASE("The message of an OMI_Error is part of the error message") {
    const Error error = shaped_fault(plain_fault(
        "x:Receiver", "wsa:DestinationUnreachable",
        "<x:Detail><p:OMI_Error xmlns:p='http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/"
        "OMI_Error'><p:CIMStatusCode>6</p:CIMStatusCode><p:Message>No instance</p:Message>"
        "<p:OMI_Code>6</p:OMI_Code></p:OMI_Error></x:Detail>"));

    CHECK(error.wsman_code == 0x80338012);
    CHECK(contains(error.message, "(0x80338012): No instance."));
    CHECK(advice_of(error) == "CheckResource");
    CHECK(error.fault->soap_code == "Receiver");
    CHECK(error.fault->provider_message == "No instance");
  }

  TEST_CASE("A deeply nested detail still gives a message of one line") {
    const std::string nested = wrapped("deep", "<x:a>\n", "\n</x:a>", 200);
    const Error error = shaped_fault(plain_fault("x:Sender", "q:Strange", nested));

    CHECK(error.message == "server01 answered with a fault: Why.");
  }

  TEST_CASE("Provider faults that are nested many times are read to the innermost message") {
    const std::string inner =
        wrapped("The core.", "<f:ProviderFault><f:WSManFault Code='1'><f:Message>",
                "</f:Message></f:WSManFault></f:ProviderFault>", 60);
    const Error error = shaped_fault(fault_with(wsman_fault_detail("7", inner)));

    CHECK(error.wsman_code == 7);
    CHECK(contains(error.message, "The core."));
  }
}

}  // namespace wsman::testing
