// A server that is made of bytes, in the place of the network: every connection that this process
// opens is to it, and no descriptor of it is ever waited for. So what a whole session does with the
// answers of a server is a function of these bytes.
#ifndef WSMAN_FUZZ_PEER_H_
#define WSMAN_FUZZ_PEER_H_

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace wsman::fuzz {

class Peer {
 public:
  struct Manner {
    size_t piece = 0;         // What one read gives at most, in bytes; 0: all that there is.
    bool is_closing = false;  // It ends each connection after its answer.
  };

  // A request is answered with the next of these texts, and a connection ends when there is none.
  // A text that begins with "HTTP/" is the whole answer; any other is the body of one, with or
  // without a status before it: "500 <s:Envelope…". "{id}" in it is the MessageID of the request.
  Peer(std::vector<std::string> answers, Manner manner);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // What was sent on each connection between two answers.
  std::vector<std::string> requests() const;
  size_t open_connections() const;

  // In the place of the system's functions; false, or null, for a descriptor that is not of a
  // connection to a peer.
  static bool accept(int descriptor);
  static bool take(int descriptor, std::string_view bytes);
  static bool give(int descriptor, char* data, size_t size, ssize_t& given);
  // Whether something is there to be read, if a descriptor is one of a peer. `waits`: it is waited
  // for, so that an end is as good.
  static bool is_readable(int descriptor, bool waits, bool& readable);
  static void forget(int descriptor);

 private:
  struct Connection {
    std::string asked;   // Since the last answer.
    std::string answer;  // What is left of it.
    bool is_answered = false;
  };

  std::string next_answer(const std::string& request);
  static Connection* find(int descriptor);

  std::vector<std::string> answers_;
  const Manner manner_;
  size_t next_ = 0;
  std::map<int, Connection> connections_;
  std::vector<std::string> requests_;
};

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_PEER_H_
