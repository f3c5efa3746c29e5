// All misbehaviour by name: what is played before a request is read, and what for a request.
#ifndef WSMAN_HOSTILE_CATALOGUE_H
#define WSMAN_HOSTILE_CATALOGUE_H

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hostile/act.h"

namespace wsman::hostile {

// The scripts for the first, second, … request of a connection; the last one is for all others too.
using Scripts = std::vector<Script>;

class Catalogue {
 public:
  Catalogue();

  // What is played at once when a connection comes in, by the name of its port.
  const std::map<std::string, Script>& at_accept() const { return at_accept_; }

  // What is played once the TLS handshake is over, by the name of its port.
  const std::map<std::string, Script>& after_handshake() const { return after_handshake_; }

  // What answers the request with that number, counted from 0, of one connection. "/second/NAME"
  // answers the first one properly and the others as "/NAME" does from its beginning. A name that
  // is not known is answered with 404.
  Script for_request(std::string_view path, std::size_t number) const;

 private:
  std::map<std::string, Script> at_accept_;
  std::map<std::string, Script> after_handshake_;
  std::map<std::string, Scripts> by_path_;
};

// One file each, by where the misbehaviour lies.
void add_phase_scripts(std::map<std::string, Scripts>& scripts);
void add_head_scripts(std::map<std::string, Scripts>& scripts);
void add_body_scripts(std::map<std::string, Scripts>& scripts);
void add_accept_scripts(std::map<std::string, Script>& scripts);
void add_handshake_scripts(std::map<std::string, Script>& scripts);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_CATALOGUE_H
