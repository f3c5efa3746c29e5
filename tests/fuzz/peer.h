// A server that is made of bytes, in the place of the network: every connection that this process
// opens is to it, and no descriptor of it is ever waited for. What a whole session does follows
// from these bytes, but for the clock, random numbers, and the order of what it ends at the same
// time.
#ifndef WSMAN_FUZZ_PEER_H_
#define WSMAN_FUZZ_PEER_H_

#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/tls_far_end.h"

namespace wsman::fuzz {

// The text between two others; "" if it is not there.
std::string between(const std::string& text, std::string_view before, std::string_view behind);

// Whether this is the beginning of a handshake, an alert, or a change of the cipher [RFC 8446 5.1].
bool is_tls_record(std::string_view bytes);

class Peer {
 public:
  struct Manner {
    size_t piece = 0;           // What one read gives at most, in bytes; 0: all that there is.
    bool is_closing = false;    // It ends each connection after its answer.
    bool is_reluctant = false;  // It takes a little at a time, and then has to be waited for.
    bool is_early = false;      // It is reluctant, and answers before it has all.
    bool is_resetting = false;  // Its connections end by a reset.
    int tls_version = 0;        // It takes TLS of this version where a client begins it; 0: none.
  };

  // What was sent on a connection between two answers, and what the answer was.
  struct Exchange {
    std::string request;
    std::string answer = {};
    bool in_tls = false;
  };

  // A request is answered with the next of these texts, and a connection ends when there is none.
  // A text that begins with "HTTP/" or as TLS does is the whole answer; any other is the body of
  // one, with or without a status before it: "500 <s:Envelope…". "{id}" in it is the MessageID of
  // the request. Inside TLS an answer is sealed; that the peer is closing is told there, and any
  // other end is not.
  Peer(std::vector<std::string> answers, Manner manner);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // Those of each connection in their order.
  std::vector<Exchange> exchanges() const;
  std::vector<std::string> requests() const;
  // Whereto each connection was opened: "127.0.0.1:5985".
  std::vector<std::string> places() const;
  size_t open_connections() const;

  // Whom its TLS is of.
  static const testing::TlsIdentity& identity();

  // In the place of the system's functions; false, or null, for a descriptor that is not of a
  // connection to a peer.
  static bool accept(int descriptor, const sockaddr* address, socklen_t length);
  // `moved` is as of send() and recv(), with errno.
  static bool take(int descriptor, std::string_view bytes, ssize_t& moved);
  static bool give(int descriptor, char* data, size_t size, ssize_t& moved);
  // Whether something is there to be read, if a descriptor is one of a peer. `waits`: it is waited
  // for, so that an end is as good.
  static bool is_readable(int descriptor, bool waits, bool& readable);
  static void forget(int descriptor);

 private:
  struct Connection {
    std::string asked;   // Since the last answer.
    std::string answer;  // What is left of it, as it is sent.
    std::string given;   // All of it, before it was sealed.
    std::unique_ptr<testing::TlsFarEnd> tls;
    bool is_answered = false;
    bool is_full = false;  // It takes nothing more until it has been waited for.
  };

  std::string next_answer(const std::string& request);
  std::string unsealed(Connection& connection, std::string_view bytes);
  std::string sealed(Connection& connection) const;
  static Exchange taken(Connection& connection);
  static Connection* find(int descriptor);
  // Whether the rest of a request is to come, and no answer before it.
  bool awaits_rest(const Connection& connection) const;

  std::vector<std::string> answers_;
  const Manner manner_;
  size_t next_ = 0;
  std::map<int, Connection> connections_;
  std::vector<Exchange> exchanges_;
  std::vector<std::string> places_;
};

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_PEER_H_
