#include "session/registry.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace wsman::session {
namespace {

// Numbers are issued in order, so one above the last was never issued.
Error never_issued(const std::string& what, uint64_t id) {
  return make_error(ErrorCode::invalid_argument,
                    "No " + what + " ever had the number " + std::to_string(id));
}

// The key of a session's name: in lower case but for the zone of an IPv6 literal, since the names
// of two interfaces may differ by letter case alone.
std::string key_of(std::string_view name) {
  const size_t colon = name.find(':');
  const size_t zone = colon == std::string_view::npos ? name.size() : name.find('%', colon);
  std::string key = lower_case(name.substr(0, zone));
  if (zone < name.size()) key += name.substr(zone);
  return key;
}

}  // namespace

uint64_t Registry::next_session_id() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ++last_session_;
}

SessionPointer Registry::add(const SessionPointer& session) {
  const uint64_t id = session->info().id;
  std::string name = key_of(session->info().computer_name);
  const std::lock_guard<std::mutex> lock(mutex_);
  // Both under one lock: a session is never known by its name alone. The number comes first, which
  // an end of the session forgets if there is no memory for the name.
  by_id_[id] = session;
  return std::exchange(by_name_[std::move(name)], session);
}

void Registry::add_transient(const SessionPointer& session) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Entries of sessions that have ended are dropped here, so the list does not grow.
  std::erase_if(transient_, [](const std::weak_ptr<Session>& known) { return known.expired(); });
  transient_.push_back(session);
}

std::vector<SessionPointer> Registry::sessions() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<SessionPointer> sessions;
  sessions.reserve(by_name_.size());
  for (const auto& [name, session] : by_name_) sessions.push_back(session);
  return sessions;
}

Result<SessionPointer> Registry::find(uint64_t id) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return find_locked(id);
}

Result<SessionPointer> Registry::find_locked(uint64_t id) const {
  if (id == 0 || id > last_session_) return never_issued("session", id);
  const auto found = by_id_.find(id);
  return found != by_id_.end() ? found->second : SessionPointer();
}

SessionPointer Registry::take(std::string_view computer_name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // by_id_ keeps it until forget(), so that its state can be read while it closes.
  auto taken = by_name_.extract(key_of(computer_name));
  return taken.empty() ? nullptr : std::move(taken.mapped());
}

Result<std::vector<SessionPointer>> Registry::take(const std::vector<uint64_t>& ids) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::map<std::string, SessionPointer>::iterator> named;
  for (const uint64_t id : ids) {
    const Result<SessionPointer> session = find_locked(id);
    if (!session.ok()) return session.error();
    if (!session.value()) continue;
    const auto entry = by_name_.find(key_of(session.value()->info().computer_name));
    // The name may be that of a newer session by now.
    if (entry != by_name_.end() && entry->second == session.value()) named.push_back(entry);
  }
  std::vector<SessionPointer> taken;
  // From here on nothing takes memory, so that none is lost on the way.
  taken.reserve(named.size());
  for (const auto& entry : named) {
    // A number that was given twice has lost its session to the first.
    if (entry->second) taken.push_back(std::move(entry->second));
  }
  std::erase_if(by_name_, [](const auto& entry) { return entry.second == nullptr; });
  return taken;
}

Registry::TakenSessions Registry::take_all() {
  const std::lock_guard<std::mutex> lock(mutex_);
  TakenSessions sessions;
  // With room for those of others: what is taken must not be lost for lack of memory.
  sessions.taken.reserve(by_name_.size() + transient_.size() + by_id_.size());
  sessions.of_others.reserve(transient_.size() + by_id_.size());
  for (const auto& [id, session] : by_id_) {
    if (!has_name(session)) sessions.of_others.push_back(session);
  }
  for (const auto& [name, session] : by_name_) sessions.taken.push_back(session);
  by_name_.clear();
  // They stay known until they have ended, so that the next caller waits for them.
  for (const std::weak_ptr<Session>& known : transient_) {
    SessionPointer session = known.lock();
    // A session that is not in use any more has ended by itself.
    if (!session) continue;
    const State state = session->state();
    const bool is_ending = state == State::closing || state == State::closed;
    (is_ending ? sessions.of_others : sessions.taken).push_back(std::move(session));
  }
  return sessions;
}

// The name may be that of a newer session.
bool Registry::has_name(const SessionPointer& session) const {
  const auto entry = by_name_.find(key_of(session->info().computer_name));
  return entry != by_name_.end() && entry->second == session;
}

SessionPointer Registry::take_one(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = std::find_if(by_name_.begin(), by_name_.end(), [id](const auto& entry) {
    return id == 0 || entry.second->info().id == id;
  });
  if (found != by_name_.end()) return std::move(by_name_.extract(found).mapped());
  while (id == 0 && !transient_.empty()) {
    SessionPointer session = transient_.back().lock();
    transient_.pop_back();
    if (session) return session;
  }
  return nullptr;
}

void Registry::forget(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  by_id_.erase(id);
}

uint64_t Registry::next_enumeration_id() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ++last_enumeration_;
}

uint64_t Registry::add(EnumerationPointer enumeration) {
  const std::lock_guard<std::mutex> lock(mutex_);
  enumerations_.emplace(++last_enumeration_, std::move(enumeration));
  return last_enumeration_;
}

Result<EnumerationPointer> Registry::enumeration(uint64_t id) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = enumerations_.find(id);
  if (found != enumerations_.end()) return found->second;
  return make_error(ErrorCode::invalid_argument,
                    "No enumeration with the number " + std::to_string(id) + " is open");
}

Result<EnumerationPointer> Registry::take_enumeration(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (id == 0 || id > last_enumeration_) return never_issued("enumeration", id);
  auto taken = enumerations_.extract(id);
  return taken.empty() ? EnumerationPointer() : std::move(taken.mapped());
}

}  // namespace wsman::session
