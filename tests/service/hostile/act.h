// What a misbehaving server does next, as data: a scenario is a list of these.
#ifndef WSMAN_HOSTILE_ACT_H
#define WSMAN_HOSTILE_ACT_H

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace wsman::hostile {

struct Act {
  enum class Kind {
    send,      // The bytes, inside TLS where there is TLS.
    send_raw,  // The bytes on the socket itself, outside TLS.
    flood,     // The bytes over and over, until the client has left or 64 MB are written.
    raw_flood,
    drip,     // The bytes over and over, one each 20 ms, until the client has left.
    tickets,  // TLS 1.3 session tickets without end; without TLS it ends the connection.
    alert,    // A fatal TLS alert, sent as TLS sends it; without TLS it ends the connection.
    pause,    // Waits for a time.
    listen,   // Waits for any byte of the client, or its end.
    stall,    // Throws away what the client sends until it has left.
    deaf,     // Reads nothing for a time, then resets.
    hang_up,  // Ends in good order: close_notify where there is TLS, then FIN.
    cut,      // FIN without close_notify.
    reset,    // RST.
  };

  Kind kind = Kind::stall;
  std::string bytes;
  std::chrono::milliseconds time{0};
};

// Played from first to last. After the last one the next request is read, unless the connection
// has ended.
using Script = std::vector<Act>;

inline Act send(std::string bytes) { return {Act::Kind::send, std::move(bytes), {}}; }
inline Act send_raw(std::string bytes) { return {Act::Kind::send_raw, std::move(bytes), {}}; }
inline Act flood(std::string bytes) { return {Act::Kind::flood, std::move(bytes), {}}; }
inline Act raw_flood(std::string bytes) { return {Act::Kind::raw_flood, std::move(bytes), {}}; }
inline Act drip(std::string bytes) { return {Act::Kind::drip, std::move(bytes), {}}; }
inline Act tickets() { return {Act::Kind::tickets, {}, {}}; }
inline Act alert() { return {Act::Kind::alert, {}, {}}; }
inline Act pause(std::chrono::milliseconds time) { return {Act::Kind::pause, {}, time}; }
inline Act listen() { return {Act::Kind::listen, {}, {}}; }
inline Act stall() { return {Act::Kind::stall, {}, {}}; }
// Longer than any client of the tests waits for a goodbye.
inline constexpr std::chrono::milliseconds kDeafness{3000};
inline Act deaf(std::chrono::milliseconds time) { return {Act::Kind::deaf, {}, time}; }
inline Act hang_up() { return {Act::Kind::hang_up, {}, {}}; }
inline Act cut() { return {Act::Kind::cut, {}, {}}; }
inline Act reset() { return {Act::Kind::reset, {}, {}}; }

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_ACT_H
