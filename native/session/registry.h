// The sessions and enumerations of one process, by name and by number.
#ifndef WSMAN_SESSION_REGISTRY_H_
#define WSMAN_SESSION_REGISTRY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "session/enumeration.h"
#include "session/session.h"

namespace wsman::session {

using SessionPointer = std::shared_ptr<Session>;
using EnumerationPointer = std::shared_ptr<Enumeration>;

// Knows the sessions and enumerations, and neither opens nor ends any. Names are compared without
// case in ASCII; a number is never used twice. Safe from any thread.
class Registry {
 public:
  // A number for a session that is about to be opened.
  uint64_t next_session_id();

  // Adds a session under its name and its number. Returns the one that had the name before, or
  // null.
  SessionPointer add(const SessionPointer& session);

  // Adds a session of one operation, so that take_all() finds it for as long as it is in use.
  void add_transient(const SessionPointer& session);

  // The sessions that have a name, sorted by it.
  std::vector<SessionPointer> sessions() const;

  // The session with that number; null for one that was closed. Fails with invalid_argument for a
  // number that was never issued.
  Result<SessionPointer> find(uint64_t id) const;

  // Takes the name from a session, so that exactly one caller ends it; null if none has it. The
  // number stays known until forget().
  SessionPointer take(std::string_view computer_name);

  // The same for the sessions with these numbers, in that order. One that has no name any more has
  // ended, or somebody ends it: it is left out. Fails with invalid_argument for a number that was
  // never issued, and takes nothing then.
  Result<std::vector<SessionPointer>> take(const std::vector<uint64_t>& ids);

  // The same for all sessions, those of one operation included, and those that another caller is
  // ending: it has taken and not forgotten them, or a session of one operation is not open.
  struct TakenSessions {
    std::vector<SessionPointer> taken;
    std::vector<SessionPointer> of_others;
  };
  TakenSessions take_all();

  // The same for the session with that number, or for any with 0; null if there is none. Takes no
  // memory.
  SessionPointer take_one(uint64_t id);

  // A number that was issued and is no longer known belongs to a closed session.
  void forget(uint64_t id);

  // The number of an enumeration that is over already.
  uint64_t next_enumeration_id();

  // Gives an enumeration its number.
  uint64_t add(EnumerationPointer enumeration);

  // The enumeration with that number. Fails with invalid_argument if it is not known any more.
  Result<EnumerationPointer> enumeration(uint64_t id) const;

  // Forgets an enumeration and returns it; null for one that is over. Fails with invalid_argument
  // for a number that was never issued.
  Result<EnumerationPointer> take_enumeration(uint64_t id);

 private:
  // With mutex_ held.
  Result<SessionPointer> find_locked(uint64_t id) const;
  bool has_name(const SessionPointer& session) const;

  mutable std::mutex mutex_;
  uint64_t last_session_ = 0;
  std::map<std::string, SessionPointer> by_name_;  // Open sessions, by key_of() of their names.
  std::map<uint64_t, SessionPointer> by_id_;       // The same, and those that are closing.
  std::vector<std::weak_ptr<Session>> transient_;
  uint64_t last_enumeration_ = 0;
  std::map<uint64_t, EnumerationPointer> enumerations_;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_REGISTRY_H_
