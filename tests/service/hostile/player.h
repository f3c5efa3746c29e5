// Plays a script on a stream.
#ifndef WSMAN_HOSTILE_PLAYER_H
#define WSMAN_HOSTILE_PLAYER_H

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "hostile/act.h"
#include "hostile/stream.h"

namespace wsman::hostile {

// One script at a time. All waiting is done by timers and pending operations; these keep the owner
// alive, and nothing else does.
class Player final {
 public:
  // Told of everything that was written.
  using Wrote = std::function<void(std::size_t bytes)>;

  Player(std::unique_ptr<Stream> stream, Wrote wrote);

  Stream& stream() { return *stream_; }

  // Calls `done` when the script has been played or the connection has ended, whichever is first.
  // `owner` is what the player is a part of.
  void play(const std::shared_ptr<void>& owner, Script script, std::function<void()> done);

  bool has_ended() const { return ended_; }

  // Closes the socket, with RST if `hard`.
  void end(bool hard);

 private:
  // This, and with it the owner.
  std::shared_ptr<Player> kept() { return {owner_.lock(), this}; }
  void next();
  void perform(const Act& act);
  void write(const std::string& bytes, bool raw, std::function<void()> then);
  void flood(bool raw);
  void drip(std::size_t position);
  void repeat_tickets();
  void listen(std::function<void()> then);
  void stall();
  void after(std::chrono::milliseconds time, std::function<void()> then);
  void hang_up();
  void finish();

  std::unique_ptr<Stream> stream_;
  const Wrote wrote_;
  boost::asio::steady_timer timer_;
  std::weak_ptr<void> owner_;
  Script script_;
  std::size_t position_ = 0;
  std::string outgoing_;
  std::size_t flooded_ = 0;
  std::array<char, 16UL * 1024> ignored_{};
  std::function<void()> done_;
  bool ended_ = false;
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_PLAYER_H
