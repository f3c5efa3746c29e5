// The objects that a session keeps open on the server and has to end there.
#ifndef WSMAN_SESSION_SERVER_OBJECTS_H_
#define WSMAN_SESSION_SERVER_OBJECTS_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation/enumeration.h"

namespace wsman::session {

// Whether the server has an object, as far as the client can tell.
enum class Existence {
  certain,    // The server has named it.
  uncertain,  // It was asked for, under this name, and no answer tells.
  pending,    // The same, and the server may still be at it: the client stopped listening.
};

// An enumeration context: the newest one, with the target and the sequence that a Release needs
// [DSP0226 8.6].
struct OpenEnumeration {
  message::Target target;
  std::string context;  // Empty: it may have been begun, and no answer has named it.
  message::OperationSequence sequence;
  // A Pull whose answer is not known may have replaced the context by one that nobody can name.
  bool may_be_replaced = false;
  bool is_being_released = false;  // By a caller whose Release has not succeeded yet.
};

struct OpenCommand {
  std::string command_id;  // Empty: the request did not name it either.
  Existence existence = Existence::certain;
};

// A shell, as Delete addresses it, and the commands that were started in it [MS-WSMV 3.1.4.5].
struct OpenShell {
  message::Target target;
  std::string shell_id;  // Empty: the request did not name it either.
  std::vector<OpenCommand> commands;
  Existence existence = Existence::certain;
  bool is_own = true;  // False: somebody else's, of which only the commands are ended.

  // The command with that identifier, if the session has it.
  std::optional<OpenCommand> command(const std::string& command_id) const;
};

// Safe from any thread. Identifiers of shells and commands are compared without case.
class ServerObjects {
 public:
  // Adds a context. The other functions take its number.
  uint64_t add(OpenEnumeration enumeration);

  // Replaces the context by a newer one of the server. Does nothing if it was removed.
  void renew(uint64_t id, std::string context, message::OperationSequence sequence);

  // Notes that the context may have been replaced. Does nothing if it was removed.
  void doubt(uint64_t id);

  // Removes a context that is gone: ended by the server, or released.
  void remove(uint64_t id);

  // Notes that the caller releases a context, so that exactly one does, and returns it as it was
  // before; nothing if it was removed. It counts as open until remove().
  std::optional<OpenEnumeration> begin_release(uint64_t id);

  // Notes that it could not be released, so that the next caller may try, behind the requests of
  // `sequence`. Does nothing if it was removed. Takes no memory.
  void give_up_release(uint64_t id, message::OperationSequence sequence);

  // The numbers of all contexts.
  std::vector<uint64_t> enumerations() const;

  // Notes that the server names what it makes itself, whatever the request says. What it does not
  // know under the name of a request may then exist under another.
  void note_server_names();
  bool server_names() const;

  // Each gives false if the object is there already; it is certain then if one of the two is.
  bool add_shell(OpenShell shell);

  // Adds a command to the shell with that identifier. `target` addresses the shell, in case the
  // session does not hold it.
  bool add_command(const message::Target& target, const std::string& shell_id, OpenCommand command);
  void remove_command(const std::string& shell_id, const std::string& command_id);
  void remove_shell(const std::string& shell_id);

  // The same for an object that is pending, and for no other.
  void remove_pending_command(const std::string& shell_id, const std::string& command_id);
  void remove_pending_shell(const std::string& shell_id);

  // Says what is known of an object that is pending; without a command, of the shell. Takes no
  // memory.
  void set_existence(const std::string& shell_id, const std::optional<std::string>& command_id,
                     Existence existence);

  // Removes all shells and their commands, which others go on with.
  void forget_shells();
  std::vector<OpenShell> shells() const;

  // How many there are. Takes no memory.
  struct Counts {
    int commands = 0;
    int shells = 0;  // Own ones.
    int enumerations = 0;
  };
  Counts count() const;
  std::optional<OpenShell> shell(const std::string& shell_id);

 private:
  // With mutex_ held.
  void remove_command_locked(const std::string& shell_id, const std::string& command_id,
                             bool only_pending);
  void remove_shell_locked(const std::string& shell_id, bool only_pending);
  // Of several without a name the first.
  OpenShell* find_shell(const std::string& shell_id);
  static OpenCommand* find_command(OpenShell& shell, const std::string& command_id);
  // The one that is pending; null if there is none.
  OpenShell* find_pending_shell(const std::string& shell_id);
  static OpenCommand* find_pending_command(OpenShell& shell, const std::string& command_id);

  mutable std::mutex mutex_;
  uint64_t last_id_ = 0;
  std::map<uint64_t, OpenEnumeration> enumerations_;
  std::vector<OpenShell> shells_;
  bool server_names_ = false;
};

}  // namespace wsman::session

#endif  // WSMAN_SESSION_SERVER_OBJECTS_H_
