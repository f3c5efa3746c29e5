#include "hostile/full_queue.h"

namespace wsman::hostile {

using boost::asio::ip::tcp;

FullQueue::FullQueue(boost::asio::io_context& io, const std::string& address)
    : acceptor_(io), filler_(io) {
  const tcp::endpoint local(boost::asio::ip::make_address(address), 0);
  acceptor_.open(local.protocol());
  acceptor_.bind(local);
  acceptor_.listen(0);
  // A queue of length 0 has room for one.
  filler_.connect(acceptor_.local_endpoint());
}

}  // namespace wsman::hostile
