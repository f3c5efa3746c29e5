#include "journal.h"

#include <algorithm>
#include <vector>

#include "json.h"

namespace wsman::service {
namespace {

constexpr std::size_t kMostEntries = 100;
constexpr std::size_t kLongestBody = 256UL * 1024;

}  // namespace

void Journal::add(const Request& request) {
  if (entries_.size() == kMostEntries) entries_.pop_front();
  entries_.push_back(
      {request.entrance.address, request.path, request.body.substr(0, kLongestBody)});
}

std::string Journal::to_json(std::size_t count) const {
  std::vector<JsonObject> requests;
  for (std::size_t i = entries_.size() - std::min(count, entries_.size()); i < entries_.size();
       ++i) {
    JsonObject one;
    one.text("address", entries_[i].address).text("path", entries_[i].path);
    requests.push_back(one.text("body", entries_[i].body));
  }
  JsonObject json;
  return json.list("requests", requests).str();
}

}  // namespace wsman::service
