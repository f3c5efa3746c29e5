// One TLS context for each certificate that a server may be met with, good and bad.
#ifndef WSMAN_HOSTILE_TLS_CONTEXTS_H
#define WSMAN_HOSTILE_TLS_CONTEXTS_H

#include <boost/asio/ssl/context.hpp>
#include <list>
#include <map>
#include <string>

#include "tls/authority.h"

namespace wsman::hostile {

class Contexts {
 public:
  // All but the foreign ones are signed by `authority`.
  Contexts(const service::Authority& authority, bool only_tls_12);

  // By the name of the port that serves it.
  std::map<std::string, boost::asio::ssl::context>& by_name() { return contexts_; }

  // The authority and its revocation list, which names the certificate of "cert-listed".
  const std::string& list_file() const { return list_file_; }

 private:
  void add(const std::string& name, const service::Identity& identity,
           const std::string& staple = "");
  void add_validity_and_names(const service::Identity& authority);
  void add_issuers(const service::Identity& authority);
  void add_old(const service::Identity& authority);
  void add_revocation(const service::Identity& authority);

  const bool only_tls_12_;
  const std::string list_file_;
  std::map<std::string, boost::asio::ssl::context> contexts_;
  std::list<std::string> staples_;  // What the contexts refer to.
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_TLS_CONTEXTS_H
