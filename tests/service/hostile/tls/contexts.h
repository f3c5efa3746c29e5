// One TLS context for each certificate that a server may be met with, good and bad.
#ifndef WSMAN_HOSTILE_TLS_CONTEXTS_H
#define WSMAN_HOSTILE_TLS_CONTEXTS_H

#include <boost/asio/ssl/context.hpp>
#include <list>
#include <map>
#include <string>

#include "tls/certificates.h"

namespace wsman::hostile {

class Contexts {
 public:
  // All but the foreign ones are signed by `authority`.
  explicit Contexts(const service::Identity& authority);

  // By the name of the port that serves it.
  std::map<std::string, boost::asio::ssl::context>& by_name() { return contexts_; }

 private:
  void add(const std::string& name, const service::Identity& identity,
           const std::string& staple = "");
  void add_validity_and_names(const service::Identity& authority);
  void add_issuers(const service::Identity& authority);
  void add_old(const service::Identity& authority);
  void add_revocation(const service::Identity& authority);

  std::map<std::string, boost::asio::ssl::context> contexts_;
  std::list<std::string> staples_;  // What the contexts refer to.
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_TLS_CONTEXTS_H
