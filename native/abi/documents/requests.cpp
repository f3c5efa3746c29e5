#include "abi/documents/requests.h"

#include <array>
#include <utility>

#include "abi/documents/members.h"

namespace wsman::abi {
namespace {

std::vector<message::Selector> selectors_member(const JsonValue& member, const std::string& name) {
  std::vector<message::Selector> selectors;
  for_each_object(member, name, [&](const JsonValue& element) {
    // A reference is XML and a text is not, so each has a member of its own.
    const bool reference = element.contains("epr");
    const std::string value = reference ? "epr" : "value";
    selectors.push_back({text_member(required(element, "name"), "name"),
                         text_member(required(element, value), value), reference});
  });
  return selectors;
}

std::vector<message::Option> options_member(const JsonValue& member, const std::string& name) {
  std::vector<message::Option> options;
  for_each_object(member, name, [&](const JsonValue& element) {
    const JsonValue& value = required(element, "value");
    std::optional<std::string> text;
    // null is an option without a value, which becomes xsi:nil.
    if (!value.is_null()) text = text_member(value, "value");
    options.push_back({text_member(required(element, "name"), "name"), std::move(text)});
  });
  return options;
}

operation::Value value_of(const JsonValue& element) {
  // The member names the kind of the value: whether a text is XML is not guessed.
  if (const JsonValue* const text = element.find("text"))
    return {operation::Value::Kind::text, text_member(*text, "text")};
  if (const JsonValue* const xml = element.find("xml"))
    return {operation::Value::Kind::xml, text_member(*xml, "xml")};
  const JsonValue* const nil = element.find("nil");
  if (nil != nullptr && bool_member(*nil, "nil")) return {operation::Value::Kind::nil, {}};
  throw BadRequest("a value must have \"text\", \"nil\" or \"xml\"");
}

std::vector<operation::NamedValues> values_member(const JsonValue& member,
                                                  const std::string& name) {
  std::vector<operation::NamedValues> all;
  for_each_object(member, name, [&](const JsonValue& element) {
    operation::NamedValues named{text_member(required(element, "name"), "name"), {}};
    for_each_object(required(element, "values"), "values",
                    [&](const JsonValue& value) { named.values.push_back(value_of(value)); });
    all.push_back(std::move(named));
  });
  return all;
}

// Set is the Put of the standard, with a Get before it where there is no document.
constexpr std::array<std::pair<const char*, session::Operation::Kind>, 5> kOperations{
    {{"Get", session::Operation::Kind::get},
     {"Set", session::Operation::Kind::set},
     {"Create", session::Operation::Kind::create},
     {"Delete", session::Operation::Kind::remove},
     {"Invoke", session::Operation::Kind::invoke}}};

// The values of -ReturnType of Get-WSManInstance.
constexpr std::array<std::pair<const char*, operation::Query::Returns>, 3> kReturns{
    {{"object", operation::Query::Returns::object},
     {"epr", operation::Query::Returns::epr},
     {"objectandepr", operation::Query::Returns::object_and_epr}}};

// The last two are its switches -BasePropertiesOnly and -Shallow.
constexpr std::array<std::pair<const char*, operation::Query::Polymorphism>, 3> kPolymorphisms{
    {{"deep", operation::Query::Polymorphism::deep},
     {"basePropertiesOnly", operation::Query::Polymorphism::base_properties_only},
     {"shallow", operation::Query::Polymorphism::shallow}}};

// Reads the members that both kinds of request have. False if it is none of them.
bool read_common_member(ResourceRequest& request, const std::string& name,
                        const JsonValue& member) {
  if (name == "connection") {
    // A member that were passed over could be one that its caller counts on.
    request.connection = connect_request(member, {"sessionId", "timeoutMs", "trace"});
  } else if (name == "sessionId") {
    request.connection.session_id = static_cast<uint64_t>(number_member(member, name, INT64_MAX));
  } else if (name == "resourceUri") {
    request.resource_uri = text_member(member, name);
  } else if (name == "selectors") {
    request.selectors = selectors_member(member, name);
  } else if (name == "options") {
    request.options = options_member(member, name);
  } else if (name == "dialect") {
    request.dialect = text_member(member, name);
  } else if (name == "trace") {
    request.trace = trace_member(member, name);
  } else {
    return false;
  }
  return true;
}

void read_operation_member(ResourceRequest& request, const std::string& name,
                           const JsonValue& member) {
  if (read_common_member(request, name, member)) return;
  if (name == "operation") {
    request.operation = named(kOperations, member, name);
  } else if (name == "fragment") {
    request.fragment = text_member(member, name);
  } else if (name == "action") {
    request.action = text_member(member, name);
  } else if (name == "values") {
    request.content.values = values_member(member, name);
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

void read_enumerate_member(ResourceRequest& request, const std::string& name,
                           const JsonValue& member) {
  if (read_common_member(request, name, member)) return;
  if (name == "returnType") {
    request.query.returns = named(kReturns, member, name);
  } else if (name == "polymorphism") {
    request.query.polymorphism = named(kPolymorphisms, member, name);
  } else if (name == "filter") {
    request.query.filter = text_member(member, name);
  } else if (name == "associations") {
    request.query.associations = bool_member(member, name);
  } else {
    throw BadRequest("\"" + name + "\" is not known");
  }
}

// Both would leave open which of the two is used; a request without either has no target.
void require_one_place(const JsonValue& document) {
  if (document.contains("connection") != document.contains("sessionId")) return;
  throw BadRequest("it must have either \"connection\" or \"sessionId\"");
}

template <typename ReadMember>
Result<ResourceRequest> read_resource_request(const std::string& text,
                                              const ReadMember& read_member) {
  return read_document<ResourceRequest>(text, [&](const JsonValue& document) {
    if (document.members() == nullptr) throw BadRequest("it must be an object");
    // Before the members: the place of the request is the more telling mistake.
    require_one_place(document);
    // All other members have a default.
    (void)required(document, "resourceUri");
    ResourceRequest request;
    for (const auto& [name, member] : *document.members()) read_member(request, name, member);
    return request;
  });
}

}  // namespace

Result<ResourceRequest> read_operation_request(const std::string& text) {
  Result<ResourceRequest> request = read_resource_request(text, read_operation_member);
  if (!request.ok()) return request;
  using Kind = session::Operation::Kind;
  const Kind kind = request.value().operation;
  const bool takes_part = kind == Kind::get || kind == Kind::set;
  // Passed over, it would have the whole instance deleted.
  if (!takes_part && !(request.value().fragment.empty() && request.value().dialect.empty())) {
    return make_error(ErrorCode::invalid_argument,
                      "A fragment can be got and set, and nothing else be done with it");
  }
  return request;
}

Result<ResourceRequest> read_enumerate_request(const std::string& text) {
  Result<ResourceRequest> request = read_resource_request(text, read_enumerate_member);
  // One member serves the filter here and the fragment of an operation.
  if (request.ok()) request.value().query.dialect = request.value().dialect;
  return request;
}

Result<message::Target> take_target(ResourceRequest& request) {
  Result<message::Target> target =
      message::make_target(request.resource_uri, std::move(request.selectors));
  if (!target.ok()) return target;
  target.value().options = std::move(request.options);
  target.value().fragment = std::move(request.fragment);
  target.value().fragment_dialect = request.dialect;
  return target;
}

}  // namespace wsman::abi
