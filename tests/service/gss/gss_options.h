// Who is let in, and how it is spoken with, apart from the password of Basic.
#ifndef WSMAN_TESTS_SERVICE_GSS_GSS_OPTIONS_H
#define WSMAN_TESTS_SERVICE_GSS_GSS_OPTIONS_H

#include <string>

namespace wsman::service {

struct GssOptions {
  enum class Binding { none, relaxed, strict };

  bool offer_negotiate = false;  // The schemes of HTTP.
  bool offer_kerberos = false;
  bool offer_basic = true;
  bool offer_digest = false;  // wsman/digest.h says how.
  bool offer_credssp = false;
  bool kerberos = true;  // The mechanisms within Negotiate.
  bool ntlm = true;
  Binding channel_binding = Binding::relaxed;
  bool allow_unencrypted = false;  // Clear text over http; also Basic, where Negotiate is offered.
  bool part_tab = true;            // A TAB before the headers of parts, as Windows sends.
  std::string keytab;              // Instead of that of KRB5_KTNAME.

  // Of CredSSP.
  int credssp_version = 6;      // What the service says of itself.
  bool credssp_tls_13 = true;   // Else TLS 1.2.
  bool credssp_tickets = true;  // Else TLS 1.3 has nothing to say at its end.
  std::string credssp_user;     // What a client has to hand over.
  std::string credssp_password;

  bool any() const { return offer_negotiate || offer_kerberos || offer_credssp; }
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_GSS_OPTIONS_H
