// One client connection, from its accept to its end.
#ifndef WSMAN_HOSTILE_VISIT_H
#define WSMAN_HOSTILE_VISIT_H

#include <array>
#include <memory>
#include <set>
#include <string>

#include "hostile/catalogue.h"
#include "hostile/player.h"
#include "hostile/tally.h"
#include "http/request_reader.h"

namespace wsman::hostile {

class Visit final : public std::enable_shared_from_this<Visit> {
 public:
  // `catalogue` outlives all playing of the visit, which lives until the connection has ended.
  Visit(std::unique_ptr<Stream> stream, const std::string& port_name, const Catalogue& catalogue,
        const std::shared_ptr<Tally>& tally);
  ~Visit();

  // Plays `first` at once.
  void start(Script first);
  // Shakes hands, where there is TLS, and plays `first`; if it is empty, reads requests.
  void open(Script first);

 private:
  void read_more();
  void answer();
  void carry(const std::string& label);

  const Catalogue& catalogue_;
  const std::shared_ptr<Tally> tally_;
  std::set<std::string> labels_;
  std::string label_;  // Of what goes on now.
  Player player_;
  service::RequestReader reader_;
  std::array<char, 16UL * 1024> chunk_{};
  std::string pending_;
  std::size_t answered_ = 0;
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_VISIT_H
