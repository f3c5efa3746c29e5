#include "hostile/tally.h"

#include <utility>

#include "json.h"

namespace wsman::hostile {

void Tally::opened(const std::string& label) {
  Count& count = counts_[label];
  ++count.accepted;
  ++count.connections;
  changed();
}

void Tally::closed(const std::string& label) {
  --counts_[label].connections;
  changed();
}

void Tally::requested(const std::string& label) {
  ++counts_[label].requests;
  changed();
}

void Tally::wrote(const std::string& label, std::size_t bytes) {
  counts_[label].written += bytes;
  changed();
}

Count Tally::of(const std::string& label) const {
  const auto found = counts_.find(label);
  return found == counts_.end() ? Count() : found->second;
}

std::string Tally::to_json(const std::string& label) const {
  const Count count = of(label);
  service::JsonObject document;
  document.number("accepted", count.accepted).number("connections", count.connections);
  document.number("requests", count.requests).number("written", count.written);
  return document.str();
}

void Tally::watch(std::function<bool()> watcher) { watchers_.push_back(std::move(watcher)); }

void Tally::changed() {
  watchers_.remove_if([](const std::function<bool()>& watcher) { return watcher(); });
}

}  // namespace wsman::hostile
