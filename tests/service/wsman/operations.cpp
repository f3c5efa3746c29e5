#include "wsman/operations.h"

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "wsman/action.h"
#include "wsman/authentication.h"
#include "wsman/envelope.h"
#include "wsman/fault.h"
#include "wsman/fragment.h"
#include "wsman/headers.h"
#include "wsman/interference.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

[[noreturn]] void not_supported(const SoapRequest& request) {
  refuse(kActionNotSupported,
         "The service does not support the action '" + request.action() + "'.");
}

Ask make_ask(const ExchangePtr& exchange, const SoapRequest& request, const Flavour& flavour,
             const std::string& user, const Quirks& quirks) {
  Ask ask{request, flavour,           exchange->request().entrance, request.resource_uri(), {}, {},
          user,    quirks.odd_config, exchange->executor()};
  for (Selector& one : read_selectors(request.block(kWsmanNamespace, "SelectorSet"))) {
    if (one.name == "__cimnamespace") {
      ask.name_space = one.text;
    } else {
      ask.selectors.push_back(std::move(one));
    }
  }
  return ask;
}

std::string response_action(const Flavour& flavour, const std::string& action) {
  const bool custom =
      !action.starts_with(kTransferNamespace) && !action.starts_with(kEnumerationNamespace);
  // OMI repeats the action of a method as it is.
  return flavour.family == Family::omi && custom ? action : action + "Response";
}

// What newer services of that family add.
std::string extra_headers(const Ask& ask) {
  std::string header;
  if (ask.flavour.family == Family::amt) {
    header = leaf(ask.flavour.tag(Ns::wsman, "ResourceURI"), ask.uri);
  }
  if (ask.flavour.family != Family::windows) return header;
  for (const char* name : {"OperationID", "SequenceId"}) {
    const std::string value = ask.request.header(kMicrosoftNamespace, name);
    if (!value.empty()) {
      header += leaf("p:" + std::string(name) + " s:mustUnderstand=\"false\"", value);
    }
  }
  return header + leaf("p:ActivityId", new_guid());
}

// How a resource is called in the counts: without the beginning that all of Microsoft's have.
std::string counted_name(const std::string& uri) {
  constexpr std::string_view kPrefix = "http://schemas.microsoft.com/wbem/wsman/1/";
  const std::string name = lower_case(uri);
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

void answer_status(const ExchangePtr& exchange, std::uint32_t status) {
  Response response = status == 401 ? Authenticator::challenge() : Response();
  response.status = status;
  exchange->answer(response);
}

// Takes an answer, and gives it to the client when some time has passed.
class LateSink final : public AnswerSink {
 public:
  LateSink(ExchangePtr exchange, std::chrono::milliseconds delay)
      : exchange_(std::move(exchange)), delay_(delay) {}

  void send(const Response& response) override {
    const auto timer = std::make_shared<boost::asio::steady_timer>(exchange_->executor(), delay_);
    timer->async_wait([timer, exchange = exchange_, response](const boost::system::error_code&) {
      exchange->answer(response);
    });
  }
  void hang_up() override { exchange_->hang_up(); }
  void reset() override { exchange_->reset(); }

 private:
  const ExchangePtr exchange_;
  const std::chrono::milliseconds delay_;
};

}  // namespace

struct Operations::Job {
  ExchangePtr exchange;
  std::shared_ptr<const SoapRequest> request;
  Quirks quirks;
  Ask ask;
};

Operations::Operations(const ServiceOptions& options, Counts& counts,
                       const Authenticator& authenticator)
    : options_(options),
      counts_(counts),
      user_(authenticator.user()),
      model_(options.rows),
      configuration_(options_,
                     [&authenticator](std::string_view user, std::string_view password) {
                       return authenticator.knows(user, password);
                     }),
      shells_(options_, counts, [this] { return configuration_.shell_idle_timeout(); }),
      enumerations_(options_, counts) {}

void Operations::carry_out(const ExchangePtr& exchange,
                           const std::shared_ptr<const SoapRequest>& request,
                           const Flavour& flavour, const Quirks& quirks) {
  try {
    check_headers(*request);
    envelope_limit(*request, options_.max_envelope_kb);  // Refuses one that is too small.
    const Job job{exchange, request, quirks, make_ask(exchange, *request, flavour, user_, quirks)};
    const Interference* interference = interference_with(job.ask, quirks);
    interference != nullptr ? interfere(job, *interference) : dispatch(job);
  } catch (const Refusal& refusal) {
    exchange->answer(fault_response(flavour, refusal.fault(), request->message_id()));
  }
}

Resource& Operations::resource_of(const Ask& ask) {
  if (CimResource::handles(ask.flavour, ask.uri)) return cim_;
  if (ask.flavour.microsoft_resources) {
    if (Configuration::handles(ask.uri)) return configuration_.resource_of(ask.uri);
    if (Shells::handles(ask.uri)) return shells_;
  }
  // OMI takes any other URI for a class and misses its instance.
  if (ask.flavour.family == Family::omi && Configuration::handles(ask.uri)) {
    refuse(kInternalError, "The name of the instance is missing.");
  }
  refuse(kInvalidResourceUri, "The service has no resource '" + ask.uri + "'.");
}

void Operations::dispatch(const Job& job) {
  const std::string action = job.request->action();
  if (const auto name = action_below(kTransferNamespace, action)) {
    transfer(job, resource_of(job.ask), *name);
  } else if (const auto part = action_below(kEnumerationNamespace, action)) {
    enumeration(job, *part);
  } else if (const auto operation = action_below(kShellUri, action)) {
    shell(job, *operation);
  } else if (job.ask.uri.empty()) {
    not_supported(*job.request);
  } else {
    custom(job, resource_of(job.ask));
  }
}

void Operations::dispatch(const Job& job, const std::shared_ptr<AnswerSink>& sink) {
  Job other = job;
  other.exchange =
      std::make_shared<Exchange>(job.exchange->request(), sink, job.exchange->executor());
  dispatch(other);
}

void Operations::interfere(const Job& job, const Interference& interference) {
  using What = Interference::What;
  switch (interference.what) {
    case What::once:
      if (!erred_.insert(interference.operation).second) return dispatch(job);
      break;
    case What::late:
      return dispatch(job, std::make_shared<LateSink>(
                               job.exchange, std::chrono::milliseconds(interference.number)));
    case What::foreign:
    case What::garbled:
    case What::large:
      return dispatch_spoiled(job, interference.what);
    case What::lost:
    case What::gone:
      // Its answer goes nowhere.
      dispatch(job, nullptr);
      return answer_instead(job, interference);
    default:
      break;
  }
  count(job, *operation_of(job.request->action()));
  answer_instead(job, interference);
}

// Carries a request out, with something wrong in the answer.
void Operations::dispatch_spoiled(const Job& job, Interference::What what) {
  Job other = job;
  other.quirks.wrong_relates_to = what == Interference::What::foreign;
  const bool large = what == Interference::What::large;
  if (!other.quirks.wrong_relates_to) {
    job.exchange->before_answer([large](Response& response) {
      large ? response.body.append(std::size_t{4} << 20, ' ') : response.body.replace(0, 3, "<<<");
    });
  }
  dispatch(other);
}

void Operations::answer_instead(const Job& job, const Interference& interference) {
  using What = Interference::What;
  switch (interference.what) {
    case What::stall:
      return;
    case What::reset:
      job.exchange->reset();
      return;
    case What::close:
    case What::lost:
      job.exchange->hang_up();
      return;
    case What::once:
    case What::status:
      answer_status(job.exchange, interference.number);
      return;
    case What::fault:
    case What::gone:
      job.exchange->answer(
          fault_response(job.ask.flavour, fault_of(interference), job.request->message_id()));
      return;
    default:
      return;
  }
}

void Operations::transfer(const Job& job, Resource& resource, const std::string& name) {
  const Element body = job.request->body();
  std::string answer_body;
  if (name == "Get" || name == "Put" || name == "Create" || name == "Delete") {
    count(job, name);
  }
  if (name == "Get") {
    answer_body = get(job, resource);
  } else if (name == "Put") {
    answer_body = put(job, resource);
    if (job.quirks.empty_put) answer_body.clear();
  } else if (name == "Create") {
    answer_body = resource.create(job.ask, body);
    if (job.quirks.no_created) answer_body.clear();
  } else if (name == "Delete") {
    resource.remove(job.ask);
  } else {
    not_supported(*job.request);
  }
  answer(job, answer_body);
}

std::string Operations::get(const Job& job, Resource& resource) {
  const auto path = fragment_path(job.ask);
  std::string body = resource.get(job.ask);
  if (!path || job.quirks.no_fragment) return body;
  return read_fragment(job.ask, body, *path);
}

std::string Operations::put(const Job& job, Resource& resource) {
  const auto path = fragment_path(job.ask);
  if (!path) return resource.put(job.ask, job.request->body());
  const auto changed = SoapRequest::read(
      change_fragment(job.ask, resource.get(job.ask), *path, job.request->body()));
  return read_fragment(job.ask, resource.put(job.ask, changed->body()), *path);
}

void Operations::enumeration(const Job& job, const std::string& name) {
  if (name != "Enumerate" && name != "Pull" && name != "Release") not_supported(*job.request);
  count(job, name);
  Resource& resource = resource_of(job.ask);
  if (name == "Release") {
    enumerations_.release(job.ask);
    answer(job, "");
    return;
  }
  if (name == "Pull") {
    if (const auto body = enumerations_.pull(job.ask, job.quirks)) answer(job, *body);
    return;
  }
  check_quota();
  const Query query = read_query(job.ask, job.request->body());
  // An endless enumeration asks again later: nothing of the request may be needed then but this.
  const auto make_cursor = [&resource, job, query] { return resource.enumerate(job.ask, query); };
  answer(job, enumerations_.enumerate(job.ask, job.quirks, make_cursor, job.exchange->executor()));
}

void Operations::shell(const Job& job, const std::string& name) {
  Resource& resource = resource_of(job.ask);
  if (&resource != &shells_) not_supported(*job.request);
  count(job, name);
  if (name == "Receive") {
    receive(job);
    return;
  }
  if (name == "Command") check_quota();
  answer(job, resource.invoke(job.ask, name, job.request->body()));
}

void Operations::receive(const Job& job) {
  shells_.receive(
      job.ask, operation_timeout(*job.request), job.exchange->executor(),
      [this, job](const std::string& body, const std::optional<Fault>& fault) {
        if (!fault) {
          answer(job, body);
          return;
        }
        job.exchange->answer(fault_response(job.ask.flavour, *fault, job.request->message_id()));
      });
}

void Operations::custom(const Job& job, Resource& resource) {
  const std::string action = job.request->action();
  const std::size_t slash = action.rfind('/');
  if (slash == std::string::npos || !same_ignoring_case(action.substr(0, slash), job.ask.uri)) {
    refuse(kActionMismatch, "The action '" + action + "' is not one of the resource.");
  }
  count(job, "Invoke");
  answer(job, resource.invoke(job.ask, action.substr(slash + 1), job.request->body()));
}

void Operations::count(const Job& job, const std::string& operation) {
  counts_.operation(operation, counted_name(job.ask.uri));
}

void Operations::check_quota() const {
  if (enumerations_.open() + shells_.open_commands() < options_.max_operations) return;
  refuse(kMaxOperations, "This user is allowed a maximum number of " +
                             std::to_string(options_.max_operations) + " concurrent operations.");
}

void Operations::answer(const Job& job, const std::string& body) const {
  const Flavour& flavour = job.ask.flavour;
  const std::string relates_to =
      job.quirks.wrong_relates_to ? "uuid:" + new_guid() : job.request->message_id();
  const std::string header =
      addressing_header(flavour, response_action(flavour, job.request->action()), relates_to) +
      extra_headers(job.ask) + fragment_header(job.ask);
  const Response response = soap_response(flavour, 200, header, body);
  const std::size_t limit = envelope_limit(*job.request, options_.max_envelope_kb);
  if (response.body.size() <= limit || job.quirks.oversize) {
    job.exchange->answer(response);
    return;
  }
  Fault fault;
  fault.code = kMaxEnvelopeSizeExceeded;
  fault.reason = "The answer is larger than MaxEnvelopeSize.";
  job.exchange->answer(fault_response(flavour, fault, relates_to));
}

}  // namespace wsman::service
