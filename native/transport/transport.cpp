#include "transport/transport.h"

#include <algorithm>
#include <iterator>

#include "base/codes.h"

namespace wsman {
namespace {

struct KindName {
  AuthenticationKind kind;
  const char* name;
};

// One list for both directions, so that documents are read and written with the same names.
constexpr KindName kKinds[] = {
    {AuthenticationKind::none, "None"},
    {AuthenticationKind::default_, "Default"},
#define WSMAN_MECHANISM(kind, name, ...) {AuthenticationKind::kind, name},
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM
};

}  // namespace

Error closed_error(const std::string& computer_name) {
  // A session is named by its computer. An error about an unknown number has none.
  const std::string whose = computer_name.empty() ? "" : " with " + computer_name;
  return make_error(ErrorCode::closed, code::kSessionClosed, "The session" + whose + " is closed",
                    {AdviceKey::connect_again});
}

const char* name_of(AuthenticationKind kind) {
  const auto* const found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                         [&](const KindName& one) { return one.kind == kind; });
  // Every kind has a row; the fallback spares callers a null.
  return found != std::end(kKinds) ? found->name : "None";
}

std::optional<AuthenticationKind> authentication_kind(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                         [&](const KindName& one) { return one.name == name; });
  return found != std::end(kKinds) ? std::optional(found->kind) : std::nullopt;
}

}  // namespace wsman
