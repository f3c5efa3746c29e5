// How the service shall err in the requests that come by one path.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_QUIRKS_H
#define WSMAN_TESTS_SERVICE_WSMAN_QUIRKS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gss/gss_quirks.h"
#include "wsman/digest.h"
#include "wsman/flavour.h"

namespace wsman::service {

// What becomes of one kind of request, in place of an answer.
struct Interference {
  enum class What {
    stall,    // No answer.
    reset,    // A TCP reset.
    close,    // The service hangs up.
    lost,     // It is carried out, and the service hangs up.
    status,   // An answer with that status.
    fault,    // A fault with that code.
    gone,     // It is carried out, and answered with that fault.
    once,     // An answer with that status, once in the life of the service.
    late,     // It is carried out at once, and answered after so many milliseconds.
    garbled,  // It is carried out, and answered with XML that is not well-formed.
    large,    // It is carried out, and the answer has 4 MB.
    foreign,  // It is carried out, and the answer relates to another request.
  };

  std::string operation;  // "Delete".
  bool config = false;    // Only if it is about the configuration.
  What what = What::stall;
  std::uint32_t number = 0;  // The status, the code of the fault, or the milliseconds.
};

struct Quirks {
  std::optional<Family> family;                 // Instead of the one of the command line.
  std::optional<std::uint32_t> fault_after;     // This many pages, the next answer is a fault.
  std::optional<std::uint32_t> encoding_limit;  // A fault when more elements are asked for.
  bool endless = false;                         // An enumeration begins again at its end.
  bool expired = false;                         // The context is gone at the first Pull.
  bool extra = false;                           // A Pull gives one item more than was asked for.
  bool stall = false;                           // A Pull is not answered.
  bool oversize = false;                        // MaxEnvelopeSize is not looked at.
  bool new_context = false;                     // Each page has another context.
  bool silent_context = false;                  // A PullResponse does not repeat the context.
  bool empty_pages = false;                     // A Pull gives no items, and no end.
  bool wrong_relates_to = false;                // RelatesTo is of another request.
  bool silent = false;                          // No answer to who shows no credential.
  bool two_texts = false;                       // A fault has its reason in German first.
  bool no_created = false;                      // CreateResponse without x:ResourceCreated.
  bool no_fragment = false;                     // A fragment without w:XmlFragment.
  GssQuirk gss = GssQuirk::none;                // How authentication and sealing err.
  DigestQuirk digest = DigestQuirk::none;       // How Digest errs.
  bool empty_put = false;                       // PutResponse without the new representation.
  bool odd_config = false;                      // Documents unlike Windows': config_oddity.h.
  std::vector<Interference> interferences;
};

// The quirks of a path such as "/flavour/omi/pull/extra/wsman"; nothing for a path that is none.
std::optional<Quirks> quirks_of(std::string_view path);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_QUIRKS_H
