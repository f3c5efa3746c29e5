// From a request to its answer: who handles the resource, which operation it is, what is refused.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_OPERATIONS_H
#define WSMAN_TESTS_SERVICE_WSMAN_OPERATIONS_H

#include <memory>
#include <set>
#include <string>

#include "counts.h"
#include "http/exchange.h"
#include "wsman/authentication.h"
#include "wsman/cim_resource.h"
#include "wsman/configuration.h"
#include "wsman/enumerations.h"
#include "wsman/model.h"
#include "wsman/quirks.h"
#include "wsman/service_options.h"
#include "wsman/shells.h"

namespace wsman::service {

class Operations {
 public:
  // `counts` and `authenticator`, whose user owns the shells, must outlive it. Throws
  // std::invalid_argument for a policy about a setting that is not there.
  Operations(const ServiceOptions& options, Counts& counts, const Authenticator& authenticator);

  // Answers the exchange, at once or later. `request` is what it carries, no Identify.
  void carry_out(const ExchangePtr& exchange, const std::shared_ptr<const SoapRequest>& request,
                 const Flavour& flavour, const Quirks& quirks);

 private:
  struct Job;  // One request on its way through.

  void dispatch(const Job& job);
  // The same with an answer that goes to `sink`, which may be null.
  void dispatch(const Job& job, const std::shared_ptr<AnswerSink>& sink);
  void interfere(const Job& job, const Interference& interference);
  void dispatch_spoiled(const Job& job, Interference::What what);
  void answer_instead(const Job& job, const Interference& interference);
  void transfer(const Job& job, Resource& resource, const std::string& name);
  void enumeration(const Job& job, const std::string& name);
  void shell(const Job& job, const std::string& name);
  void custom(const Job& job, Resource& resource);
  std::string get(const Job& job, Resource& resource);
  std::string put(const Job& job, Resource& resource);
  void receive(const Job& job);
  Resource& resource_of(const Ask& ask);
  void count(const Job& job, const std::string& operation);
  void check_quota() const;
  void answer(const Job& job, const std::string& body) const;

  const ServiceOptions options_;
  Counts& counts_;
  const std::string user_;
  Model model_;
  CimResource cim_{model_};
  Configuration configuration_;
  Shells shells_;
  Enumerations enumerations_;
  std::set<std::string> erred_;  // The operations that were answered with a status once.
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_OPERATIONS_H
