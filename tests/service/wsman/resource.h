// What a resource URI leads to, and what can be asked of it.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_RESOURCE_H
#define WSMAN_TESTS_SERVICE_WSMAN_RESOURCE_H

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/message.h"
#include "wsman/flavour.h"
#include "wsman/object.h"
#include "wsman/soap_request.h"
#include "wsman/wql.h"

namespace wsman::service {

// One request, as the resources see it. All of it lives until the answer is made.
struct Ask {
  const SoapRequest& request;
  const Flavour& flavour;
  const Entrance& entrance;
  std::string uri;                        // The resource URI as it came.
  Selectors selectors;                    // Without __cimnamespace.
  std::optional<std::string> name_space;  // What __cimnamespace said.
  std::string user;
  bool odd;  // The configuration is told unlike Windows does: config_oddity.h.
  boost::asio::any_io_executor executor;  // For timers.
};

// What Enumerate asks for.
struct Query {
  enum class Mode { object, reference, both };
  enum class Polymorphism { deep, base_properties, none };
  struct Association {
    Reference object;
    bool instances = false;  // The links themselves.
    std::string association_class;
    std::string result_class;
    std::string role;
    std::string result_role;
  };

  Mode mode = Mode::object;
  Polymorphism polymorphism = Polymorphism::deep;
  std::optional<WqlQuery> wql;
  std::optional<Selectors> selectors;
  std::optional<Association> association;
};

// Refuses what cannot be understood.
Query read_query(const Ask& ask, const Element& enumerate);

// The items of an enumeration, one after the other.
class Cursor {
 public:
  virtual ~Cursor() = default;
  // The next item as XML; false at the end.
  virtual bool next(std::string& item) = 0;
};

// Items that are there already.
std::unique_ptr<Cursor> list_cursor(std::vector<std::string> items);

// An item in the form that the query asks for.
std::string item_xml(const Flavour& flavour, Query::Mode mode, const std::string& object,
                     const std::string& reference);

// Each operation answers with the XML of the body, or refuses. The default knows none of them.
class Resource {
 public:
  virtual ~Resource() = default;

  virtual std::string get(const Ask& ask);
  virtual std::string put(const Ask& ask, const Element& representation);
  virtual std::string create(const Ask& ask, const Element& representation);
  virtual void remove(const Ask& ask);
  virtual std::unique_ptr<Cursor> enumerate(const Ask& ask, const Query& query);
  virtual std::string invoke(const Ask& ask, const std::string& method, const Element& input);
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_RESOURCE_H
