// What a session holds open on the server and has to give back.
#ifndef WSMAN_SESSION_HOLDINGS_H_
#define WSMAN_SESSION_HOLDINGS_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "protocol/enumeration.h"

namespace wsman {

// An enumeration context: the newest one, and what is needed to release it [DSP0226 8.6].
struct OpenEnumeration {
  Target target;
  std::string context;
  Conversation conversation;
};

// A shell, as Delete addresses it, and the commands that were started in it [MS-WSMV 3.1.4.5].
struct OpenShell {
  Target target;
  std::string shell_id;
  std::vector<std::string> commands;
};

// Safe from any thread. Identifiers of shells and commands are compared without case.
class Holdings {
 public:
  // Takes a context in. The number is for the other functions.
  uint64_t add(OpenEnumeration enumeration);

  // The server gave a newer context.
  void renew(uint64_t id, const std::string& context, const Conversation& conversation);

  // It is gone: ended by the server, or released.
  void remove(uint64_t id);

  // Takes one out, so that exactly one caller releases it. Nothing if it is gone.
  std::optional<OpenEnumeration> take(uint64_t id);

  // What was taken could not be released.
  void put_back(uint64_t id, OpenEnumeration enumeration);

  // The numbers of all that is held.
  std::vector<uint64_t> enumerations() const;

  void add_shell(OpenShell shell);

  // Of a shell that is not held nothing is noted: it is somebody else's.
  void add_command(const std::string& shell_id, const std::string& command_id);
  void remove_command(const std::string& shell_id, const std::string& command_id);
  void remove_shell(const std::string& shell_id);
  std::vector<OpenShell> shells() const;
  std::optional<OpenShell> shell(const std::string& shell_id);

 private:
  OpenShell* find_shell(const std::string& shell_id);

  mutable std::mutex mutex_;
  uint64_t last_id_ = 0;
  std::map<uint64_t, OpenEnumeration> enumerations_;
  std::vector<OpenShell> shells_;
};

}  // namespace wsman

#endif  // WSMAN_SESSION_HOLDINGS_H_
