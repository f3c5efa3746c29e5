// What clients hold open and what they asked, so that tests can prove what is left.
#ifndef WSMAN_TESTS_SERVICE_COUNTS_H
#define WSMAN_TESTS_SERVICE_COUNTS_H

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/traffic.h"

namespace wsman::service {

class JsonObject;

class Counts final : public TrafficObserver {
 public:
  // Negotiate, Kerberos and CredSSP; sums since the start.
  struct Security {
    std::uint64_t tokens = 0;    // Requests with a token.
    std::uint64_t contexts = 0;  // Clients that proved who they are.
    std::uint64_t kerberos = 0;  // Of these, by which mechanism.
    std::uint64_t ntlm = 0;
    std::uint64_t bound = 0;      // Of these, bound to the channel.
    std::uint64_t delegated = 0;  // Of these, with credentials to act with.
    std::uint64_t credssp = 0;    // Of these, who handed over the right credential by CredSSP.
    std::uint64_t told = 0;       // Credentials that were handed over, right or wrong.
    std::uint64_t sealed = 0;     // Requests that came under seal.
    std::uint64_t digest = 0;     // Requests that Digest let in.
    std::string last_client;
    std::string last_refusal;  // The reason of the last refusal, for whoever reads the test's log.
  };

  // Every one of `addresses` is in the document from the start, with zeros.
  explicit Counts(const std::vector<std::string>& addresses);

  void accepted(const Entrance& entrance) override;
  void requested(const Entrance& entrance) override;
  void ended(const Entrance& entrance, Ending ending) override;
  void unheard() override;

  // How often a client has ended its connection before it had its answer.
  std::uint64_t unheard_answers() const { return unheard_; }

  void identified(bool authenticated);
  // A request was answered with 401.
  void refused();

  Security& security() { return security_; }

  enum class What { context, shell, command };

  // Something that a client opened at an address, for as long as this lives. `counts` must outlive
  // it.
  class Open {
   public:
    Open(Counts& counts, What what, std::string address);
    ~Open();
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

   private:
    Counts& counts_;
    const What what_;
    const std::string address_;
  };

  // A context was given back by Release.
  void released();
  // An operation came in, such as "Get" of "config/client".
  void operation(const std::string& name, const std::string& resource);
  // A page of that many elements was asked for.
  void asked_for(std::uint32_t max_elements);

  // What is open of "connections", "contexts", "shells" or "commands", in all or at one address (0
  // at one that is not known); nothing for another name.
  std::optional<std::uint64_t> open(std::string_view what,
                                    const std::optional<std::string>& address = {}) const;

  // Calls `watcher` after each change until it returns true. It must not call watch().
  void watch(std::function<bool()> watcher);

  std::string to_json() const;

 private:
  struct Traffic {
    std::array<std::uint64_t, 3> open{};  // Indexed by What.
    std::uint64_t connections = 0;        // Open now; the others are sums since the start.
    std::uint64_t accepted = 0;
    std::uint64_t requests = 0;
  };

  void opened(What what, const std::string& address, bool begins);
  void changed();
  void add_security(JsonObject& json) const;

  Traffic all_;
  std::map<std::string, Traffic> by_address_;
  std::array<std::uint64_t, 5> endings_{};  // Indexed by Ending.
  std::uint64_t identified_anonymous_ = 0;
  std::uint64_t identified_authenticated_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t unheard_ = 0;
  std::uint64_t released_ = 0;
  std::uint32_t largest_page_asked_ = 0;
  std::map<std::string, std::uint64_t> operations_;
  Security security_;
  std::map<std::string, std::map<std::string, std::uint64_t>> by_resource_;
  std::list<std::function<bool()>> watchers_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_COUNTS_H
