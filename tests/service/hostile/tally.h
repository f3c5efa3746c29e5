// What the server saw, by label, so that tests can prove what was sent and what is left.
//
// A label is the name of the port at which a connection came in, or what the client wrote behind
// the question mark of a request.
#ifndef WSMAN_HOSTILE_TALLY_H
#define WSMAN_HOSTILE_TALLY_H

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <string>

namespace wsman::hostile {

struct Count {
  std::uint64_t accepted = 0;     // Connections that ever came, or ever carried the label.
  std::uint64_t connections = 0;  // Those of them that are open.
  std::uint64_t requests = 0;     // Whole ones.
  std::uint64_t written = 0;      // Bytes, before TLS adds its own.
};

class Tally {
 public:
  void opened(const std::string& label);
  void closed(const std::string& label);
  void requested(const std::string& label);
  void wrote(const std::string& label, std::size_t bytes);

  Count of(const std::string& label) const;
  std::string to_json(const std::string& label) const;

  // Calls `watcher` after each change until it returns true. It must not call watch().
  void watch(std::function<bool()> watcher);
  void forget_watchers() { watchers_.clear(); }

 private:
  void changed();

  std::map<std::string, Count> counts_;
  std::list<std::function<bool()>> watchers_;
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_TALLY_H
