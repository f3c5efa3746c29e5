// Remote shells [MS-WSMV 3.1.4.5]: made, used for commands that do nothing real, deleted.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_SHELLS_H
#define WSMAN_TESTS_SERVICE_WSMAN_SHELLS_H

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "counts.h"
#include "wsman/command.h"
#include "wsman/fault.h"
#include "wsman/resource.h"
#include "wsman/service_options.h"

namespace wsman::service {

// The resource of windows/shell, which lists what is open, and of windows/shell/cmd.
class Shells final : public Resource {
 public:
  // What an operation that may wait comes to: a body, or a fault.
  using Reply = std::function<void(const std::string& body, std::optional<Fault> fault)>;

  // How long a shell lives that nobody uses, if its Create does not say it.
  using IdleTimeout = std::function<std::chrono::milliseconds()>;

  // Both must outlive it.
  Shells(const ServiceOptions& options, Counts& counts, IdleTimeout idle_timeout);
  ~Shells() override;

  static bool handles(const std::string& uri);

  std::string get(const Ask& ask) override;
  std::string create(const Ask& ask, const Element& representation) override;
  void remove(const Ask& ask) override;
  std::unique_ptr<Cursor> enumerate(const Ask& ask, const Query& query) override;
  // Command, Send and Signal.
  std::string invoke(const Ask& ask, const std::string& method, const Element& input) override;

  // Receive: calls `reply` at once if there is something to say, else when there is, or with a
  // fault after `wait`. Refuses what names no command.
  void receive(const Ask& ask, std::chrono::milliseconds wait,
               const boost::asio::any_io_executor& executor, Reply reply);

  std::size_t open_commands() const;

 private:
  struct Shell;
  struct OpenCommand;
  struct Waiting;

  Shell& at(const Ask& ask);
  static Command& command_at(Shell& shell, const std::string& id);
  std::string start_command(const Ask& ask, Shell& shell, const Element& line);
  static std::string send(Shell& shell, const Element& send);
  std::string signal(Shell& shell, const Element& signal);
  // Begins the time again after which an idle shell goes.
  void used(Shell& shell);
  void forget(const std::string& id);

  const ServiceOptions& options_;
  Counts& counts_;
  const IdleTimeout idle_timeout_;
  std::map<std::string, std::shared_ptr<Shell>> shells_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_SHELLS_H
