#include "hostile/visit.h"

#include <utility>

namespace wsman::hostile {

Visit::Visit(std::unique_ptr<Stream> stream, const std::string& port_name,
             const Catalogue& catalogue, const std::shared_ptr<Tally>& tally)
    : catalogue_(catalogue),
      tally_(tally),
      player_(std::move(stream), [this](std::size_t bytes) { tally_->wrote(label_, bytes); }) {
  carry(port_name);
  boost::system::error_code ignored;
  player_.stream().socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
}

Visit::~Visit() {
  player_.end(false);
  for (const std::string& label : labels_) tally_->closed(label);
}

void Visit::carry(const std::string& label) {
  label_ = label;
  if (labels_.insert(label).second) tally_->opened(label);
}

void Visit::start(Script first) {
  player_.play(shared_from_this(), std::move(first), [] {});
}

void Visit::open(Script first) {
  const auto self = shared_from_this();
  player_.stream().open([self, first = std::move(first)](const boost::system::error_code& error) {
    if (error) return;
    if (first.empty()) return self->read_more();
    self->start(first);
  });
}

void Visit::read_more() {
  if (player_.has_ended()) return;
  using Outcome = service::RequestReader::Outcome;
  const Outcome outcome = reader_.read(pending_);
  if (outcome == Outcome::complete) return answer();
  if (outcome != Outcome::incomplete) {
    // No HTTP: TLS on a plain port, say.
    player_.play(shared_from_this(), {hang_up()}, [] {});
    return;
  }
  player_.stream().read_some(
      boost::asio::buffer(chunk_),
      [self = shared_from_this()](const boost::system::error_code& error, std::size_t size) {
        if (error) {
          // A goodbye is answered with ours; after anything else there is nobody to hear it.
          self->player_.play(self, {hang_up()}, [] {});
          return;
        }
        self->pending_.append(self->chunk_.data(), size);
        self->read_more();
      });
}

void Visit::answer() {
  const service::Request request = reader_.take();
  if (!request.query.empty()) carry(request.query);
  tally_->requested(label_);
  player_.play(shared_from_this(), catalogue_.for_request(request.path, answered_++),
               [this] { read_more(); });
}

}  // namespace wsman::hostile
