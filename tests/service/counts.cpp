#include "counts.h"

#include <algorithm>
#include <utility>

#include "json.h"

namespace wsman::service {
namespace {

constexpr std::array<const char*, 5> kEndingNames = {"clean", "truncated", "reset", "handshake",
                                                     "abandoned"};

// Of What, in the order of its values.
constexpr std::array<const char*, 3> kOpenNames = {"contexts", "shells", "commands"};

JsonObject numbers(const std::map<std::string, std::uint64_t>& counts) {
  JsonObject json;
  for (const auto& [name, count] : counts) json.number(name, count);
  return json;
}

}  // namespace

Counts::Counts(const std::vector<std::string>& addresses) {
  for (const std::string& address : addresses) by_address_[address];
}

void Counts::accepted(const Entrance& entrance) {
  for (Traffic* traffic : {&all_, &by_address_[entrance.address]}) {
    ++traffic->connections;
    ++traffic->accepted;
  }
  changed();
}

void Counts::requested(const Entrance& entrance) {
  ++all_.requests;
  ++by_address_[entrance.address].requests;
  changed();
}

void Counts::ended(const Entrance& entrance, Ending ending) {
  --all_.connections;
  --by_address_[entrance.address].connections;
  ++endings_.at(static_cast<std::size_t>(ending));
  changed();
}

void Counts::unheard() {
  ++unheard_;
  changed();
}

void Counts::identified(bool authenticated) {
  ++(authenticated ? identified_authenticated_ : identified_anonymous_);
  changed();
}

void Counts::refused() {
  ++refused_;
  changed();
}

Counts::Open::Open(Counts& counts, What what, std::string address)
    : counts_(counts), what_(what), address_(std::move(address)) {
  counts_.opened(what_, address_, true);
}

Counts::Open::~Open() { counts_.opened(what_, address_, false); }

void Counts::opened(What what, const std::string& address, bool begins) {
  for (Traffic* traffic : {&all_, &by_address_[address]}) {
    std::uint64_t& open = traffic->open.at(static_cast<std::size_t>(what));
    begins ? ++open : --open;
  }
  changed();
}

void Counts::released() {
  ++released_;
  changed();
}

void Counts::operation(const std::string& name, const std::string& resource) {
  ++operations_[name];
  ++by_resource_[resource][name];
  changed();
}

void Counts::asked_for(std::uint32_t max_elements) {
  largest_page_asked_ = std::max(largest_page_asked_, max_elements);
}

std::optional<std::uint64_t> Counts::open(std::string_view what,
                                          const std::optional<std::string>& address) const {
  const auto found = by_address_.find(address.value_or(""));
  const Traffic traffic = !address ? all_ : found == by_address_.end() ? Traffic() : found->second;
  if (what == "connections") return traffic.connections;
  for (std::size_t i = 0; i < kOpenNames.size(); ++i) {
    if (what == kOpenNames.at(i)) return traffic.open.at(i);
  }
  return std::nullopt;
}

void Counts::watch(std::function<bool()> watcher) { watchers_.push_back(std::move(watcher)); }

void Counts::changed() {
  watchers_.remove_if([](const std::function<bool()>& watcher) { return watcher(); });
}

std::string Counts::to_json() const {
  const auto fill = [](JsonObject& json, const Traffic& traffic) {
    json.number("connections", traffic.connections)
        .number("accepted", traffic.accepted)
        .number("requests", traffic.requests);
  };
  const auto fill_open = [](JsonObject& json, const Traffic& traffic) {
    for (std::size_t i = 0; i < kOpenNames.size(); ++i) {
      json.number(kOpenNames.at(i), traffic.open.at(i));
    }
  };
  JsonObject identify;
  identify.number("anonymous", identified_anonymous_)
      .number("authenticated", identified_authenticated_);
  JsonObject ended;
  for (std::size_t i = 0; i < endings_.size(); ++i)
    ended.number(kEndingNames.at(i), endings_.at(i));
  JsonObject by_address;
  for (const auto& [address, traffic] : by_address_) {
    JsonObject one;
    fill(one, traffic);
    fill_open(one, traffic);
    by_address.object(address, one);
  }

  JsonObject json;
  fill(json, all_);
  json.object("identify", identify).number("refused", refused_).number("unheard", unheard_);
  json.object("ended", ended);
  fill_open(json, all_);
  json.number("released", released_).number("maxElements", largest_page_asked_);
  json.object("operations", numbers(operations_));
  JsonObject by_resource;
  for (const auto& [name, operations] : by_resource_) by_resource.object(name, numbers(operations));
  json.object("byResource", by_resource);
  add_security(json);
  return json.object("byAddress", by_address).str();
}

void Counts::add_security(JsonObject& json) const {
  JsonObject security;
  security.number("tokens", security_.tokens)
      .number("contexts", security_.contexts)
      .number("kerberos", security_.kerberos)
      .number("ntlm", security_.ntlm)
      .number("bound", security_.bound)
      .number("delegated", security_.delegated)
      .number("credssp", security_.credssp)
      .number("told", security_.told)
      .number("sealed", security_.sealed)
      .number("digest", security_.digest)
      .text("lastClient", security_.last_client)
      .text("lastRefusal", security_.last_refusal);
  json.object("security", security);
}

}  // namespace wsman::service
