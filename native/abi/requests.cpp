#include "abi/requests.h"

#include <array>
#include <utility>

#include "abi/members.h"

namespace wsman {
namespace {

using nlohmann::json;

std::vector<Selector> selectors_member(const json& member, const std::string& name) {
  std::vector<Selector> selectors;
  for_each_object(member, name, [&](const json& element) {
    const bool reference = element.contains("epr");
    const std::string value = reference ? "epr" : "value";
    selectors.push_back({text_member(required(element, "name"), "name"),
                         text_member(required(element, value), value), reference});
  });
  return selectors;
}

std::vector<Option> options_member(const json& member, const std::string& name) {
  std::vector<Option> options;
  for_each_object(member, name, [&](const json& element) {
    const json& value = required(element, "value");
    std::optional<std::string> text;
    if (!value.is_null()) text = text_member(value, "value");
    options.push_back({text_member(required(element, "name"), "name"), std::move(text)});
  });
  return options;
}

Value value_of(const json& element) {
  if (element.contains("text")) return {Value::Kind::text, text_member(element.at("text"), "text")};
  if (element.contains("xml")) return {Value::Kind::xml, text_member(element.at("xml"), "xml")};
  if (element.contains("nil") && bool_member(element.at("nil"), "nil"))
    return {Value::Kind::nil, {}};
  throw BadRequest("a value must have \"text\", \"nil\" or \"xml\"");
}

std::vector<NamedValues> values_member(const json& member, const std::string& name) {
  std::vector<NamedValues> all;
  for_each_object(member, name, [&](const json& element) {
    NamedValues named{text_member(required(element, "name"), "name"), {}};
    for_each_object(required(element, "values"), "values",
                    [&](const json& value) { named.values.push_back(value_of(value)); });
    all.push_back(std::move(named));
  });
  return all;
}

constexpr std::array<std::pair<const char*, Operation::Kind>, 5> kOperations{
    {{"Get", Operation::Kind::get},
     {"Set", Operation::Kind::set},
     {"Create", Operation::Kind::create},
     {"Delete", Operation::Kind::remove},
     {"Invoke", Operation::Kind::invoke}}};

constexpr std::array<std::pair<const char*, Query::Returns>, 3> kReturns{
    {{"object", Query::Returns::object},
     {"epr", Query::Returns::epr},
     {"objectandepr", Query::Returns::object_and_epr}}};

constexpr std::array<std::pair<const char*, Query::Polymorphism>, 3> kPolymorphisms{
    {{"deep", Query::Polymorphism::deep},
     {"basePropertiesOnly", Query::Polymorphism::base_properties_only},
     {"shallow", Query::Polymorphism::shallow}}};

// The members that both kinds of request have. False if it is none of them.
bool read_common_member(ResourceRequest& request, const std::string& name, const json& member) {
  if (name == "connection") {
    if (request.connection.session_id != 0) throw BadRequest("it has a session twice");
    request.connection = connect_request(member);
    if (request.connection.session_id != 0)
      throw BadRequest("\"sessionId\" has no place in \"connection\"");
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

void read_operation_member(ResourceRequest& request, const std::string& name, const json& member) {
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

void read_enumerate_member(ResourceRequest& request, const std::string& name, const json& member) {
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

void require_one_place(const json& document) {
  if (document.contains("connection") != document.contains("sessionId")) return;
  throw BadRequest("it must have either \"connection\" or \"sessionId\"");
}

template <typename ReadMember>
Result<ResourceRequest> read_resource_request(const std::string& text,
                                              const ReadMember& read_member) {
  return read_document<ResourceRequest>(text, [&](const json& document) {
    if (!document.is_object()) throw BadRequest("it must be an object");
    require_one_place(document);
    (void)required(document, "resourceUri");
    ResourceRequest request;
    for (const auto& [name, member] : document.items()) read_member(request, name, member);
    return request;
  });
}

}  // namespace

Result<ResourceRequest> read_operation_request(const std::string& text) {
  return read_resource_request(text, read_operation_member);
}

Result<ResourceRequest> read_enumerate_request(const std::string& text) {
  Result<ResourceRequest> request = read_resource_request(text, read_enumerate_member);
  if (request.ok()) request.value().query.dialect = request.value().dialect;
  return request;
}

Result<Target> take_target(ResourceRequest& request) {
  Result<Target> target = make_target(request.resource_uri, std::move(request.selectors));
  if (!target.ok()) return target;
  target.value().options = std::move(request.options);
  target.value().fragment = std::move(request.fragment);
  target.value().fragment_dialect = request.dialect;
  return target;
}

}  // namespace wsman
