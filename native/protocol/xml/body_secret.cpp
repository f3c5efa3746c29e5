#include "protocol/xml/body_secret.h"

#include <algorithm>

#include "base/text.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/writer.h"
#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// The place of a placeholder in the text that is not copied yet.
struct SessionReference {
  size_t at = std::string_view::npos;
  const BodySecret* secret = nullptr;
};

// Not by append_text(), since ordinary memory is not wiped.
void append_escaped(Secret& out, std::string_view text) {
  for (const char& c : text) {
    const std::string_view reference = reference_for(c);
    out.append(reference.empty() ? std::string_view(&c, 1) : reference);
  }
}

// Secrets are searched together: their order in the envelope is not that in the request.
SessionReference next_place(std::string_view text, const std::vector<BodySecret>& secrets) {
  SessionReference next;
  for (const BodySecret& secret : secrets) {
    const size_t at = text.find(secret.placeholder);
    if (at < next.at) next = {at, &secret};
  }
  return next;
}

Status check(const std::string& envelope, const std::vector<BodySecret>& secrets) {
  for (const BodySecret& secret : secrets) {
    Status text = check_text(secret.bytes->view(), "secret value");
    if (!text.ok()) return text;
    // A request whose placeholder is not in the envelope would be sent without its secret.
    if (envelope.find(secret.placeholder) == std::string::npos) {
      return invalid_argument("A secret value has no place in the body of this request",
                              {AdviceKey::give_secret_as_element});
    }
  }
  return Done{};
}

}  // namespace

// 16 characters do not occur by chance; escaping and indentation leave these characters alone.
bool is_placeholder(std::string_view text) {
  const auto is_plain = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
  return text.size() >= 16 && text.size() <= 100 && std::all_of(text.begin(), text.end(), is_plain);
}

Result<Secret> filled_in(const std::string& envelope, const std::vector<BodySecret>& secrets) {
  const Status checked = check(envelope, secrets);
  if (!checked.ok()) return checked.error();
  Secret filled;
  filled.reserve(envelope.size() + 256);
  // Only text of the envelope is searched, never a secret that was put in: one that contains
  // another placeholder stays as it is.
  std::string_view rest = envelope;
  for (SessionReference place = next_place(rest, secrets); place.secret != nullptr;
       place = next_place(rest, secrets)) {
    filled.append(rest.substr(0, place.at));
    append_escaped(filled, place.secret->bytes->view());
    rest.remove_prefix(place.at + place.secret->placeholder.size());
  }
  filled.append(rest);
  return filled;
}

}  // namespace wsman::xml
