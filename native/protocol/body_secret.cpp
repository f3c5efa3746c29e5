#include "protocol/body_secret.h"

#include <algorithm>

#include "protocol/errors.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

// The place of a placeholder in the text that is left.
struct Place {
  size_t at = std::string_view::npos;
  const BodySecret* secret = nullptr;
};

// Markup, and the white space that reading an attribute would fold [XML 1.0 2.4, 3.3.3].
std::string_view reference_for(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

void append_escaped(Secret& out, std::string_view text) {
  for (const char& c : text) {
    const std::string_view reference = reference_for(c);
    out.append(reference.empty() ? std::string_view(&c, 1) : reference);
  }
}

Place next_place(std::string_view text, const std::vector<BodySecret>& secrets) {
  Place next;
  for (const BodySecret& secret : secrets) {
    const size_t at = text.find(secret.placeholder);
    if (at < next.at) next = {at, &secret};
  }
  return next;
}

Status check(const std::string& envelope, const std::vector<BodySecret>& secrets) {
  for (const BodySecret& secret : secrets) {
    Status text = check_text(secret.octets->view(), "secret value");
    if (!text.ok()) return text;
    if (envelope.find(secret.placeholder) == std::string::npos) {
      return invalid_argument(
          "A secret value has no place in the body of this request. Give it as the value of an "
          "element.");
    }
  }
  return Done{};
}

}  // namespace

bool is_placeholder(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return text.size() >= 16 && text.size() <= 100 && std::all_of(text.begin(), text.end(), is_plain);
}

Result<Secret> filled_in(const std::string& envelope, const std::vector<BodySecret>& secrets) {
  const Status checked = check(envelope, secrets);
  if (!checked.ok()) return checked.error();
  Secret filled;
  filled.reserve(envelope.size() + 256);
  std::string_view rest = envelope;
  for (Place place = next_place(rest, secrets); place.secret != nullptr;
       place = next_place(rest, secrets)) {
    filled.append(rest.substr(0, place.at));
    append_escaped(filled, place.secret->octets->view());
    rest.remove_prefix(place.at + place.secret->placeholder.size());
  }
  filled.append(rest);
  return filled;
}

}  // namespace wsman
