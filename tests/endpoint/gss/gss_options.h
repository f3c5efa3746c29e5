// Who is let in, and how it is spoken with, apart from the password of Basic.
#ifndef WSMAN_ENDPOINT_GSS_GSS_OPTIONS_H
#define WSMAN_ENDPOINT_GSS_GSS_OPTIONS_H

#include <string>

namespace wsman::endpoint {

struct GssOptions {
  enum class Binding { none, relaxed, strict };

  bool offer_negotiate = false;  // The schemes of HTTP.
  bool offer_kerberos = false;
  bool offer_basic = true;
  bool offer_digest = false;  // wsman/digest.h says how.
  bool kerberos = true;       // The mechanisms within Negotiate.
  bool ntlm = true;
  Binding channel_binding = Binding::relaxed;
  bool allow_unencrypted = false;  // Clear text over http; also Basic, where Negotiate is offered.
  bool part_tab = true;            // A TAB before the headers of parts, as Windows sends.
  std::string keytab;              // Instead of that of KRB5_KTNAME.

  bool any() const { return offer_negotiate || offer_kerberos; }
};

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_GSS_GSS_OPTIONS_H
