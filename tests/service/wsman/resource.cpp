#include "wsman/resource.h"

#include <utility>

#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

class ListCursor final : public Cursor {
 public:
  explicit ListCursor(std::vector<std::string> items) : items_(std::move(items)) {}

  bool next(std::string& item) override {
    if (next_ == items_.size()) return false;
    item = std::move(items_[next_++]);
    return true;
  }

 private:
  std::vector<std::string> items_;
  std::size_t next_ = 0;
};

[[noreturn]] void no_such_action(const Ask& ask) {
  refuse(kActionNotSupported,
         "The service does not support the action '" + ask.request.action() + "'.");
}

Query::Mode read_mode(const Element& enumerate) {
  const std::string mode = enumerate.child(kWsmanNamespace, "EnumerationMode").trimmed();
  if (mode.empty() || mode == "EnumerateObject") return Query::Mode::object;
  if (mode == "EnumerateEPR") return Query::Mode::reference;
  if (mode == "EnumerateObjectAndEPR") return Query::Mode::both;
  refuse(kEnumerationModeUnsupported, "The enumeration mode '" + mode + "' is not known.");
}

Query::Polymorphism read_polymorphism(const Element& enumerate) {
  const std::string mode = enumerate.child(kBindingNamespace, "PolymorphismMode").trimmed();
  if (mode.empty() || mode == "IncludeSubClassProperties") return Query::Polymorphism::deep;
  if (mode == "ExcludeSubClassProperties") return Query::Polymorphism::base_properties;
  if (mode == "None") return Query::Polymorphism::none;
  refuse(kPolymorphismUnsupported, "The polymorphism mode '" + mode + "' is not known.");
}

WqlQuery read_wql(const Ask& ask, const Query& query, const Element& filter) {
  if (!ask.uri.ends_with("/*")) {
    refuse(kWqlNeedsAnyClass, "A WQL query needs a resource URI that ends with '*'.");
  }
  if (query.polymorphism != Query::Polymorphism::deep) {
    refuse(kPolymorphismUnsupported, "A WQL query decides itself about polymorphism.");
  }
  auto wql = parse_wql(filter.text());
  if (!wql) {
    refuse_by_provider(kCannotProcessFilter,
                       "The data source could not process the filter. It may be invalid.",
                       "The query '" + trim(filter.text()) + "' is not valid.");
  }
  return std::move(*wql);
}

Query::Association read_association(const Element& filter) {
  const Element links = filter.child(kBindingNamespace, "AssociationInstances");
  const Element kind = links ? links : filter.child(kBindingNamespace, "AssociatedInstances");
  const auto object = read_reference(kind.child(kBindingNamespace, "Object"));
  if (!object) refuse(kCannotProcessFilter, "The association filter names no object.");
  const auto text = [&kind](std::string_view name) {
    return kind.child(kBindingNamespace, name).trimmed();
  };
  return {
      *object,      static_cast<bool>(links), text("AssociationClassName"), text("ResultClassName"),
      text("Role"), text("ResultRole")};
}

}  // namespace

Query read_query(const Ask& ask, const Element& enumerate) {
  Query query;
  query.mode = read_mode(enumerate);
  query.polymorphism = read_polymorphism(enumerate);
  const Element filter = enumerate.child(kWsmanNamespace, "Filter");
  if (!filter) return query;
  const std::string dialect = filter.attribute("Dialect").value_or(std::string(kXPathDialect));
  if (dialect == kWqlDialect) {
    query.wql = read_wql(ask, query, filter);
  } else if (dialect == kSelectorDialect) {
    // OMI accepts the filter and does not look at it.
    if (ask.flavour.family != Family::omi) {
      query.selectors = read_selectors(filter.child(kWsmanNamespace, "SelectorSet"));
    }
  } else if (dialect == kAssociationDialect) {
    query.association = read_association(filter);
  } else {
    refuse(kFilterDialectUnavailable, "The filter dialect '" + dialect + "' is not supported.");
  }
  return query;
}

std::unique_ptr<Cursor> list_cursor(std::vector<std::string> items) {
  return std::make_unique<ListCursor>(std::move(items));
}

std::string item_xml(const Flavour& flavour, Query::Mode mode, const std::string& object,
                     const std::string& reference) {
  if (mode == Query::Mode::object) return object;
  if (mode == Query::Mode::reference) return reference;
  return wrap(flavour.tag(Ns::wsman, "Item"), object + reference);
}

std::string Resource::get(const Ask& ask) { no_such_action(ask); }

std::string Resource::put(const Ask& ask, const Element&) { no_such_action(ask); }

std::string Resource::create(const Ask& ask, const Element&) { no_such_action(ask); }

void Resource::remove(const Ask& ask) { no_such_action(ask); }

std::unique_ptr<Cursor> Resource::enumerate(const Ask& ask, const Query&) { no_such_action(ask); }

std::string Resource::invoke(const Ask& ask, const std::string&, const Element&) {
  no_such_action(ask);
}

}  // namespace wsman::service
