// Makes requests out of the bytes that a connection delivers, in whatever pieces they come.
#ifndef WSMAN_TESTS_SERVICE_HTTP_REQUEST_READER_H
#define WSMAN_TESTS_SERVICE_HTTP_REQUEST_READER_H

#include <memory>
#include <string>

#include "http/message.h"

namespace wsman::service {

class RequestReader {
 public:
  enum class Outcome { incomplete, complete, malformed, too_large };

  RequestReader();
  ~RequestReader();

  // Takes what it can use off the front of `pending`. After `complete`, take() gives the request
  // and the next call begins another; after `malformed` and `too_large` the stream is of no use.
  Outcome read(std::string& pending);

  // The request, with everything but the entrance filled in.
  Request take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_HTTP_REQUEST_READER_H
