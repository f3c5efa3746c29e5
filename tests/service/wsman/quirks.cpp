#include "wsman/quirks.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "http/message.h"

namespace wsman::service {
namespace {

constexpr std::array<std::pair<std::string_view, bool Quirks::*>, 15> kSwitches = {{
    {"/pull/endless", &Quirks::endless},
    {"/pull/expired", &Quirks::expired},
    {"/pull/extra", &Quirks::extra},
    {"/pull/stall", &Quirks::stall},
    {"/pull/oversize", &Quirks::oversize},
    {"/pull/new-context", &Quirks::new_context},
    {"/pull/silent-context", &Quirks::silent_context},
    {"/pull/empty-pages", &Quirks::empty_pages},
    {"/wrong-relates-to", &Quirks::wrong_relates_to},
    {"/silent", &Quirks::silent},
    {"/two-texts", &Quirks::two_texts},
    {"/no-created", &Quirks::no_created},
    {"/no-fragment", &Quirks::no_fragment},
    {"/config/odd", &Quirks::odd_config},
    {"/config/empty-put", &Quirks::empty_put},
}};

// Takes "/name" off the front of `path` if it is there, whole.
bool take(std::string_view& path, std::string_view name) {
  if (!path.starts_with(name) || path.size() == name.size() || path[name.size()] != '/') {
    return false;
  }
  path.remove_prefix(name.size());
  return true;
}

// Takes "/name/value" and gives the value.
std::optional<std::string_view> take_value(std::string_view& path, std::string_view name) {
  if (!take(path, name)) return std::nullopt;
  const std::string_view value = path.substr(1, path.find('/', 1) - 1);
  path.remove_prefix(value.size() + 1);
  return value;
}

// Takes "/segment" off the front and gives the segment.
std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(std::min<std::size_t>(1, path.size()));
  const std::string_view value = segment.substr(0, segment.find('/'));
  path.remove_prefix(path.size() - segment.size() + value.size());
  return value;
}

using Steps = std::vector<std::pair<std::string_view, const char*>>;

// Of a teardown, and of work on the configuration.
const Steps kTeardownSteps = {{"signal", "Signal"}, {"delete", "Delete"}, {"release", "Release"}};
const Steps kConfigSteps = {{"get", "Get"},
                            {"put", "Put"},
                            {"create", "Create"},
                            {"delete", "Delete"},
                            {"enumerate", "Enumerate"},
                            {"pull", "Pull"}};

// Of what reads, or makes something on the server.
const Steps kWorkSteps = {{"get", "Get"},
                          {"create", "Create"},
                          {"command", "Command"},
                          {"enumerate", "Enumerate"},
                          {"pull", "Pull"}};

// "stall", or "fault-2150858843" with its number.
std::optional<Interference> interference_named(std::string_view text) {
  using What = Interference::What;
  constexpr std::array<std::pair<std::string_view, What>, 7> kPlain = {
      {{"stall", What::stall},
       {"reset", What::reset},
       {"close", What::close},
       {"lost", What::lost},
       {"garbled", What::garbled},
       {"large", What::large},
       {"foreign", What::foreign}}};
  for (const auto& [name, what] : kPlain) {
    if (name == text) return Interference{"", false, what, 0};
  }
  constexpr std::array<std::pair<std::string_view, What>, 5> kNumbered = {
      {{"status-", What::status},
       {"fault-", What::fault},
       {"gone-", What::gone},
       {"once-", What::once},
       {"late-", What::late}}};
  for (const auto& [name, what] : kNumbered) {
    if (!text.starts_with(name)) continue;
    const auto number = parse_number(text.substr(name.size()));
    if (number) return Interference{"", false, what, *number};
  }
  return std::nullopt;
}

// Takes "/step/what"; the step "any" stands for all of them.
bool take_interference(std::string_view& path, Quirks& quirks, const Steps& steps, bool config) {
  const std::string_view step = take_segment(path);
  auto interference = interference_named(take_segment(path));
  if (!interference) return false;
  interference->config = config;
  const std::size_t before = quirks.interferences.size();
  for (const auto& [name, operation] : steps) {
    if (step != "any" && step != name) continue;
    interference->operation = operation;
    quirks.interferences.push_back(*interference);
  }
  return quirks.interferences.size() > before;
}

bool take_switch(std::string_view& path, Quirks& quirks) {
  for (const auto& [name, member] : kSwitches) {
    if (!take(path, name)) continue;
    quirks.*member = true;
    return true;
  }
  return false;
}

bool take_one(std::string_view& path, Quirks& quirks) {
  if (take_switch(path, quirks)) return true;
  if (take(path, "/teardown")) return take_interference(path, quirks, kTeardownSteps, false);
  if (take(path, "/work")) return take_interference(path, quirks, kWorkSteps, false);
  if (take(path, "/config")) return take_interference(path, quirks, kConfigSteps, true);
  if (const auto value = take_value(path, "/flavour")) {
    quirks.family = family_named(*value);
    return quirks.family.has_value();
  }
  if (const auto value = take_value(path, "/gss")) {
    const auto quirk = gss_quirk_named(*value);
    quirks.gss = quirk.value_or(GssQuirk::none);
    return quirk.has_value();
  }
  if (const auto value = take_value(path, "/digest")) {
    const auto quirk = digest_quirk_named(*value);
    quirks.digest = quirk.value_or(DigestQuirk::none);
    return quirk.has_value();
  }
  if (const auto value = take_value(path, "/pull/fault-after")) {
    quirks.fault_after = parse_number(*value);
    return quirks.fault_after.has_value();
  }
  if (const auto value = take_value(path, "/encoding-limit")) {
    quirks.encoding_limit = parse_number(*value);
    return quirks.encoding_limit.has_value();
  }
  return false;
}

}  // namespace

std::optional<Quirks> quirks_of(std::string_view path) {
  Quirks quirks;
  while (path != "/wsman") {
    if (!take_one(path, quirks)) return std::nullopt;
  }
  return quirks;
}

}  // namespace wsman::service
