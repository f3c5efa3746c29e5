// Enumeration contexts: made, pulled from, released, forgotten in time.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_ENUMERATIONS_H
#define WSMAN_TESTS_SERVICE_WSMAN_ENUMERATIONS_H

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "counts.h"
#include "wsman/quirks.h"
#include "wsman/resource.h"
#include "wsman/service_options.h"

namespace wsman::service {

// How large an answer may be. Refuses a size below 8192 bytes.
std::size_t envelope_limit(const SoapRequest& request, std::uint32_t max_envelope_kb);

class Enumerations {
 public:
  // All must outlive it.
  Enumerations(const ServiceOptions& options, Counts& counts);
  ~Enumerations();

  // Makes a cursor: once for an enumeration, and again whenever an endless one is at its end.
  using MakeCursor = std::function<std::unique_ptr<Cursor>()>;

  // Each gives the body of the answer or refuses. pull() gives nothing if it shall stay unanswered.
  std::string enumerate(const Ask& ask, const Quirks& quirks, const MakeCursor& make_cursor,
                        const boost::asio::any_io_executor& executor);
  std::optional<std::string> pull(const Ask& ask, const Quirks& quirks);
  void release(const Ask& ask);

  std::size_t open() const { return contexts_.size(); }

 private:
  struct Context;
  struct Page;
  using Contexts = std::map<std::string, std::unique_ptr<Context>>;

  Contexts::iterator find(const Ask& ask, const Element& body);
  void forget(Contexts::iterator context);
  void keep_alive(Context& context, const std::string& id);
  std::string new_id(const Flavour& flavour);
  // Under another id, if each page shall have one.
  Contexts::iterator renamed(const Ask& ask, const Quirks& quirks, Contexts::iterator context);
  Page fill(const Ask& ask, const Quirks& quirks, Context& context, const Element& body);
  std::string first_page(const Ask& ask, const Quirks& quirks, Contexts::iterator context);
  std::string next_page(const Ask& ask, const Quirks& quirks, Contexts::iterator context);

  const ServiceOptions& options_;
  Counts& counts_;
  Contexts contexts_;
  std::uint64_t last_number_ = 0;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_ENUMERATIONS_H
