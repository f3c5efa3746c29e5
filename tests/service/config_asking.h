// Requests about the configuration for the tests of the service.
#ifndef WSMAN_TESTS_SERVICE_CONFIG_ASKING_H
#define WSMAN_TESTS_SERVICE_CONFIG_ASKING_H

#include <string>

#include "asking.h"

namespace wsman::service {

inline const std::string kConfig = std::string(kConfigUri);
inline const std::string kClient = kConfig + "/client";
inline const std::string kListener = kConfig + "/listener";
inline const std::string kPlugin = kConfig + "/plugin";
inline const std::string kPluginDocument = kConfig + "/PluginConfiguration";

struct ConfigAsking : Asking {
  using Asking::Asking;

  std::string get(const std::string& uri, const std::string& selectors = "") {
    return body({kTransfer + "Get", uri, "", selectors, ""});
  }
  std::string put(const std::string& uri, const std::string& content,
                  const std::string& selectors = "") {
    return body({kTransfer + "Put", uri, content, selectors, ""});
  }
  std::string create(const std::string& uri, const std::string& content,
                     const std::string& selectors) {
    return body({kTransfer + "Create", uri, content, selectors, ""});
  }
  std::string remove(const std::string& uri, const std::string& selectors) {
    return body({kTransfer + "Delete", uri, "", selectors, ""});
  }
  std::string list(const std::string& uri, const std::string& mode = "EnumerateObject") {
    return body(enumerate(uri, 100, "<w:EnumerationMode>" + mode + "</w:EnumerationMode>"));
  }

  // Puts one setting of a container, which is called `root`.
  std::string set(const std::string& path, const std::string& root, const std::string& name,
                  const std::string& value) {
    const std::string uri = kConfig + path;
    return put(uri, "<c:" + root + " xmlns:c=\"" + uri + "\"><c:" + name + ">" + value +
                        "</c:" + name + "></c:" + root + ">");
  }

  static std::string listener(const std::string& inner, const std::string& name = "Listener",
                              const std::string& uri = kListener) {
    return "<l:" + name + " xmlns:l=\"" + uri + "\">" + inner + "</l:" + name + ">";
  }
  static std::string listener_keys(const std::string& address, const std::string& transport) {
    return selector("Address", address) + selector("Transport", transport);
  }

  static constexpr const char* kResource =
      "<Resources><Resource ResourceUri=\"urn:r\"><Capability Type=\"Shell\"/></Resource>"
      "</Resources>";
  static std::string plugin(const std::string& attributes, const std::string& inner = kResource) {
    return "<PlugInConfiguration xmlns=\"" + kPluginDocument +
           R"(" Name="x" Filename="%windir%\system32\pwrshplugin.dll" )" + attributes + ">" +
           inner + "</PlugInConfiguration>";
  }
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_CONFIG_ASKING_H
