#include "wsman/enumerations.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "wsman/envelope.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

constexpr std::uint32_t kLeastEnvelope = 8192;
// What an envelope, its headers and the elements around the items take at most.
constexpr std::size_t kEnvelopeOverhead = 3072;

// [DSP0226 8.4] One if it is not said.
std::uint32_t elements_asked(const Element& body) {
  Element element = body.child(kWsmanNamespace, "MaxElements");
  if (!element) element = body.child(kEnumerationNamespace, "MaxElements");
  if (!element) return 1;
  const auto number = parse_number(element.trimmed());
  if (!number || *number == 0) {
    refuse(kSchemaValidation, "MaxElements takes a number from 1.");
  }
  return *number;
}

// Some families put white space around it, which is not part of it.
std::string context_element(const Flavour& flavour, const std::string& id) {
  const std::string text = flavour.padded && !id.empty() ? "\n      " + id + "\n    " : id;
  return leaf(flavour.tag(Ns::enumeration, "EnumerationContext"), text);
}

}  // namespace

struct Enumerations::Context {
  Context(Counts& counts, const std::string& address)
      : open(counts, Counts::What::context, address) {}

  Counts::Open open;
  std::unique_ptr<Cursor> cursor;
  MakeCursor make_cursor;
  std::string uri;
  std::string envelope_size;  // Both as the Enumerate had them.
  std::string locale;
  std::optional<std::string> waiting;  // An item that did not fit, or was looked at ahead.
  std::uint32_t pages = 0;
  bool pulling = false;
  std::unique_ptr<boost::asio::steady_timer> timer;

  // The next item is in `waiting`; false at the end.
  bool look_ahead(bool endless) {
    if (waiting) return true;
    std::string item;
    if (!cursor->next(item)) {
      if (!endless) return false;
      cursor = make_cursor();
      if (!cursor->next(item)) return false;
    }
    waiting = std::move(item);
    return true;
  }
};

struct Enumerations::Page {
  std::string items;
  std::uint32_t count = 0;
  bool end = false;
};

Enumerations::Enumerations(const ServiceOptions& options, Counts& counts)
    : options_(options), counts_(counts) {}

Enumerations::~Enumerations() = default;

std::size_t envelope_limit(const SoapRequest& request, std::uint32_t max_envelope_kb) {
  const std::size_t most = std::size_t{max_envelope_kb} * 1024;
  const std::string text = request.header(kWsmanNamespace, "MaxEnvelopeSize");
  if (text.empty()) return most;
  const auto number = parse_number(text);
  if (!number || *number < kLeastEnvelope) {
    refuse(kMinEnvelopeSize, "MaxEnvelopeSize takes a number from 8192.");
  }
  return std::min<std::size_t>(*number, most);
}

Enumerations::Contexts::iterator Enumerations::find(const Ask& ask, const Element& body) {
  const std::string id = body.child(kEnumerationNamespace, "EnumerationContext").trimmed();
  const auto found = contexts_.find(id);
  if (found == contexts_.end()) {
    refuse(kInvalidEnumerationContext, "The enumeration context is not known, or expired.");
  }
  // [DSP0226 R8.1-6] They continue the Enumerate.
  if (found->second->uri != ask.uri) {
    refuse(kInvalidEnumerationContext, "The enumeration context is of another resource.");
  }
  return found;
}

void Enumerations::forget(Contexts::iterator context) { contexts_.erase(context); }

void Enumerations::keep_alive(Context& context, const std::string& id) {
  context.timer->expires_after(std::chrono::seconds(options_.context_seconds));
  context.timer->async_wait([this, id](const boost::system::error_code& error) {
    if (error) return;
    const auto found = contexts_.find(id);
    if (found != contexts_.end()) forget(found);
  });
}

std::string Enumerations::new_id(const Flavour& flavour) {
  if (flavour.family == Family::omi) return std::to_string(++last_number_);
  return flavour.family == Family::windows ? "uuid:" + new_guid() : new_guid();
}

Enumerations::Contexts::iterator Enumerations::renamed(const Ask& ask, const Quirks& quirks,
                                                       Contexts::iterator context) {
  if (!options_.new_context && !quirks.new_context) return context;
  auto node = contexts_.extract(context);
  node.key() = new_id(ask.flavour);
  return contexts_.insert(std::move(node)).position;
}

Enumerations::Page Enumerations::fill(const Ask& ask, const Quirks& quirks, Context& context,
                                      const Element& body) {
  const std::uint32_t asked = elements_asked(body);
  counts_.asked_for(asked);
  if (quirks.encoding_limit && asked > *quirks.encoding_limit) {
    refuse(kEncodingLimit, "So many elements do not fit into an answer.");
  }
  const std::uint32_t most =
      std::min(asked, options_.max_batch) + (quirks.extra && context.pages > 0 ? 1 : 0);
  const std::size_t limit = envelope_limit(ask.request, options_.max_envelope_kb);
  Page page;
  while (page.count < most && context.look_ahead(quirks.endless)) {
    const std::size_t size = page.items.size() + context.waiting->size() + kEnvelopeOverhead;
    if (size > limit && !quirks.oversize) {
      if (page.count > 0) return page;
      refuse(kMaxEnvelopeSizeExceeded, "One item alone is larger than MaxEnvelopeSize.");
    }
    page.items += *context.waiting;
    context.waiting.reset();
    ++page.count;
  }
  page.end = !context.look_ahead(quirks.endless);
  return page;
}

std::string Enumerations::enumerate(const Ask& ask, const Quirks& quirks,
                                    const MakeCursor& make_cursor,
                                    const boost::asio::any_io_executor& executor) {
  auto context = std::make_unique<Context>(counts_, ask.entrance.address);
  context->cursor = make_cursor();
  context->make_cursor = make_cursor;
  context->uri = ask.uri;
  context->envelope_size = ask.request.header(kWsmanNamespace, "MaxEnvelopeSize");
  context->locale = ask.request.locale();
  context->timer = std::make_unique<boost::asio::steady_timer>(executor);
  const auto made = contexts_.emplace(new_id(ask.flavour), std::move(context)).first;
  try {
    return first_page(ask, quirks, made);
  } catch (const Refusal&) {
    contexts_.erase(made);
    throw;
  }
}

std::string Enumerations::first_page(const Ask& ask, const Quirks& quirks,
                                     Contexts::iterator context) {
  const Flavour& flavour = ask.flavour;
  const Element body = ask.request.body();
  std::string inner;
  bool end = false;
  if (flavour.optimises && body.child(kWsmanNamespace, "OptimizeEnumeration")) {
    const Page page = fill(ask, quirks, *context->second, body);
    if (page.count > 0) {
      ++context->second->pages;
      inner += wrap(flavour.tag(Ns::wsman, "Items"), page.items);
    }
    end = page.end;
    if (end) inner += wrap(flavour.tag(Ns::wsman, "EndOfSequence"), "");
  }
  // OMI says the context even at the end.
  const bool empty = end && flavour.family != Family::omi;
  std::string answer = context_element(flavour, empty ? std::string() : context->first) + inner;
  if (end) {
    contexts_.erase(context);
  } else {
    keep_alive(*context->second, context->first);
  }
  return wrap(flavour.tag(Ns::enumeration, "EnumerateResponse"), answer);
}

std::optional<std::string> Enumerations::pull(const Ask& ask, const Quirks& quirks) {
  const auto context = find(ask, ask.request.body());
  if (context->second->pulling) refuse(kPullInProgress, "A Pull of this context is running.");
  const bool same =
      context->second->envelope_size == ask.request.header(kWsmanNamespace, "MaxEnvelopeSize") &&
      context->second->locale == ask.request.locale();
  if (ask.flavour.family == Family::windows && !same) {
    refuse(kPullDiffersFromEnumerate, "MaxEnvelopeSize and Locale must be those of Enumerate.");
  }
  if (quirks.stall) {
    context->second->pulling = true;
    return std::nullopt;
  }
  if (quirks.expired) {
    forget(context);
    refuse(kInvalidEnumerationContext, "The enumeration context is not known, or expired.");
  }
  if (quirks.fault_after && context->second->pages >= *quirks.fault_after) {
    forget(context);
    refuse_by_provider(kInternalError, "The service met an error of its own.",
                       "The provider failed in the middle.");
  }
  return next_page(ask, quirks, context);
}

std::string Enumerations::next_page(const Ask& ask, const Quirks& quirks,
                                    Contexts::iterator context) {
  const Flavour& flavour = ask.flavour;
  Page page;
  if (!quirks.empty_pages) page = fill(ask, quirks, *context->second, ask.request.body());
  ++context->second->pages;
  std::string inner;
  if (!page.end || flavour.family == Family::omi) {
    context = renamed(ask, quirks, context);
    if (!quirks.silent_context) {
      inner += context_element(flavour, context->first);
    }
  }
  // Without one of them the answer would break the schema.
  if (page.count > 0 || !page.end) inner += wrap(flavour.tag(Ns::enumeration, "Items"), page.items);
  if (page.end) {
    inner += wrap(flavour.tag(Ns::enumeration, "EndOfSequence"), "");
    forget(context);
  } else {
    keep_alive(*context->second, context->first);
  }
  return wrap(flavour.tag(Ns::enumeration, "PullResponse"), inner);
}

void Enumerations::release(const Ask& ask) {
  forget(find(ask, ask.request.body()));
  counts_.released();
}

}  // namespace wsman::service
