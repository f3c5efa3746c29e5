// What the configuration is before anybody changes it.
#include "wsman/config_tree.h"

namespace wsman::endpoint {
namespace {

using Kind = Setting::Kind;

Setting old(const char* name, const char* value) {
  return text_setting(name, value, Kind::deprecated);
}

Setting default_ports() {
  return group_setting("DefaultPorts", {number_setting("HTTP", "5985", 1, 65535),
                                        number_setting("HTTPS", "5986", 1, 65535)});
}

Setting client_settings() {
  return group_setting(
      "Client",
      {number_setting("NetworkDelayms", "5000", 500),
       text_setting("URLPrefix", "wsman", Kind::prefix), flag_setting("AllowUnencrypted", false),
       group_setting("Auth", {flag_setting("Basic", true), flag_setting("Digest", true),
                              flag_setting("Kerberos", true), flag_setting("Negotiate", true),
                              flag_setting("Certificate", true), flag_setting("CredSSP", false)}),
       default_ports(), text_setting("TrustedHosts", "", Kind::hosts)});
}

// Basic is true here and false on Windows, because it is what this service accepts.
Setting service_authentication() {
  Setting hardening = text_setting("CbtHardeningLevel", "Relaxed", Kind::hardening);
  hardening.words = "None|Relaxed|Strict";
  return group_setting("Auth", {flag_setting("Basic", true), flag_setting("Kerberos", true),
                                flag_setting("Negotiate", true), flag_setting("Certificate", false),
                                flag_setting("CredSSP", false), hardening});
}

Setting service_settings() {
  return group_setting(
      "Service",
      {text_setting("RootSDDL",
                    "O:NSG:BAD:P(A;;GA;;;BA)(A;;GR;;;IU)S:P(AU;FA;GA;;;WD)(AU;SA;GXGW;;;WD)"),
       old("MaxConcurrentOperations", "4294967295"),
       number_setting("MaxConcurrentOperationsPerUser", "1500", 1),
       number_setting("EnumerationTimeoutms", "240000", 500),
       number_setting("MaxConnections", "300", 1),
       number_setting("MaxPacketRetrievalTimeSeconds", "120", 1),
       flag_setting("AllowUnencrypted", false), service_authentication(), default_ports(),
       text_setting("IPv4Filter", "*", Kind::ip_filter),
       text_setting("IPv6Filter", "*", Kind::ip_filter),
       flag_setting("EnableCompatibilityHttpListener", false),
       flag_setting("EnableCompatibilityHttpsListener", false),
       text_setting("CertificateThumbprint", ""),
       text_setting("AllowRemoteAccess", "true", Kind::read_only)});
}

Setting shell_settings() {
  return group_setting("Winrs",
                       {flag_setting("AllowRemoteShellAccess", true),
                        number_setting("IdleTimeout", "7200000", 60000, kMostSigned),
                        number_setting("MaxConcurrentUsers", "2147483647", 1, kMostSigned),
                        old("MaxShellRunTime", "2147483647"),
                        number_setting("MaxProcessesPerShell", "2147483647", 0, kMostSigned),
                        number_setting("MaxMemoryPerShellMB", "2147483647", 0, kMostSigned),
                        number_setting("MaxShellsPerUser", "2147483647", 0, kMostSigned)});
}

}  // namespace

Setting default_settings() {
  return group_setting("Config", {number_setting("MaxEnvelopeSizekb", "500", 32, 1039440),
                                  number_setting("MaxTimeoutms", "60000", 500),
                                  number_setting("MaxBatchItems", "32000", 1),
                                  old("MaxProviderRequests", "4294967295"), client_settings(),
                                  service_settings(), shell_settings()});
}

}  // namespace wsman::endpoint
