// The last requests, so that tests can look at what a client sent. Header fields of HTTP are not
// kept, so no credential is either.
#ifndef WSMAN_TESTS_SERVICE_JOURNAL_H
#define WSMAN_TESTS_SERVICE_JOURNAL_H

#include <cstddef>
#include <deque>
#include <string>

#include "http/message.h"

namespace wsman::service {

class Journal {
 public:
  void add(const Request& request);

  // {"requests":[{"address":…,"path":…,"body":…},…]}: the last `count`, oldest first.
  std::string to_json(std::size_t count) const;

 private:
  struct Entry {
    std::string address;
    std::string path;
    std::string body;
  };

  std::deque<Entry> entries_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_JOURNAL_H
