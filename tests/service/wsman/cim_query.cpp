#include "wsman/cim_query.h"

#include <algorithm>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

[[noreturn]] void cannot_process(std::string message) {
  refuse_by_provider(kCannotProcessFilter,
                     "The data source could not process the filter. It may be missing or invalid.",
                     std::move(message));
}

// Instances one after the other: those that are kept, or rows made on the way.
class Source {
 public:
  explicit Source(std::vector<Object> objects) : objects_(std::move(objects)) {}
  explicit Source(std::uint64_t rows) : rows_(rows) {}

  bool next(Object& object) {
    if (next_ < rows_) {
      object = make_row(next_++);
      return true;
    }
    if (next_ >= objects_.size()) return false;
    object = std::move(objects_[next_++]);
    return true;
  }

 private:
  std::vector<Object> objects_;
  std::uint64_t rows_ = 0;
  std::uint64_t next_ = 0;
};

struct Selection {
  std::vector<Comparison> conditions = {};
  std::vector<std::string> names;   // Of a projection.
  const ClassInfo* base = nullptr;  // Whose properties alone are shown.
};

// The instance as one of its base class.
Object reduced(const Object& object, const ClassInfo& base) {
  Object copy = blank_object(base);
  for (Property& property : copy.properties) property.values = object.find(property.name)->values;
  return copy;
}

class CimCursor final : public Cursor {
 public:
  CimCursor(Notation notation, Query::Mode mode, Source source, Selection selection)
      : notation_(std::move(notation)),
        mode_(mode),
        source_(std::move(source)),
        selection_(std::move(selection)) {}

  bool next(std::string& item) override {
    Object object;
    do {
      if (!source_.next(object)) return false;
    } while (!wanted(object));
    item.clear();
    if (mode_ == Query::Mode::object) {
      append(item, object);
      return true;
    }
    std::string text;
    append(text, object);
    item = item_xml(notation_.flavour, mode_, text,
                    endpoint_reference(notation_, reference_to(object)));
    return true;
  }

 private:
  bool wanted(const Object& object) const {
    return std::all_of(selection_.conditions.begin(), selection_.conditions.end(),
                       [&object](const Comparison& one) { return fits(object, one); });
  }

  void append(std::string& xml, const Object& object) const {
    if (!selection_.names.empty()) {
      append_projection(xml, notation_, object, selection_.names);
    } else if (selection_.base != nullptr) {
      append_object(xml, notation_, reduced(object, *selection_.base));
    } else {
      append_object(xml, notation_, object);
    }
  }

  const Notation notation_;
  const Query::Mode mode_;
  Source source_;
  const Selection selection_;
};

Source source_of(const Model& model, const ClassInfo& info, bool deep) {
  if (info.name == "Loopback_Row") return Source(model.rows());
  return Source(model.instances(info, deep));
}

void check_property(const ClassInfo& info, std::string_view name) {
  if (blank_object(info).find(name) == nullptr) {
    cannot_process("There is no property '" + std::string(name) + "' in " + std::string(info.name) +
                   ".");
  }
}

// The end of a link under that role; any if the role is empty. Null if there is none.
const Reference* end_of(const Object& link, const std::string& role, const Reference* other_than) {
  for (const Property& property : link.properties) {
    if (!role.empty() && !same_ignoring_case(property.name, role)) continue;
    const Reference* const end =
        property.values.empty() ? nullptr : property.values.front().reference.get();
    if (end != nullptr && end != other_than) return end;
  }
  return nullptr;
}

// The end that is `object`, under that role.
const Reference* own_end(const Object& link, const std::string& role, const Reference& object) {
  const Reference* const first = end_of(link, role, nullptr);
  if (first != nullptr && same_reference(*first, object)) return first;
  const Reference* const second = end_of(link, role, first);
  return second != nullptr && same_reference(*second, object) ? second : nullptr;
}

std::vector<Object> links_of(const Model& model, const std::string& class_name) {
  std::vector<Object> links;
  for (const ClassInfo& info : all_classes()) {
    const auto properties = properties_of(info);
    const bool links_two = std::count_if(properties.begin(), properties.end(), [](const auto& p) {
                             return p.key && p.type == Type::reference;
                           }) == 2;
    if (!links_two || (!class_name.empty() && !is_a(info.name, class_name))) continue;
    for (Object& link : model.instances(info, false)) links.push_back(std::move(link));
  }
  return links;
}

std::vector<Object> associated(const Model& model, const Query::Association& filter) {
  const ClassInfo* const info = find_class(filter.object.class_name);
  if (info == nullptr) {
    cannot_process("There is no class '" + filter.object.class_name + "'.");
  }
  const Reference object = reference_to(model.get(*info, filter.object.selectors));
  const std::string& link_class = filter.instances ? filter.result_class : filter.association_class;
  std::vector<Object> found;
  for (Object& link : links_of(model, link_class)) {
    const Reference* const own = own_end(link, filter.role, object);
    if (own == nullptr) continue;
    if (filter.instances) {
      found.push_back(std::move(link));
      continue;
    }
    const Reference* const other = end_of(link, filter.result_role, own);
    if (other == nullptr ||
        (!filter.result_class.empty() && !is_a(other->class_name, filter.result_class))) {
      continue;
    }
    found.push_back(model.get(*find_class(other->class_name), other->selectors));
  }
  return found;
}

std::unique_ptr<Cursor> wql_cursor(const Model& model, const Notation& notation,
                                   const Query& query) {
  const WqlQuery& wql = *query.wql;
  const ClassInfo* const info = find_class(wql.class_name);
  if (info == nullptr) cannot_process("There is no class '" + wql.class_name + "'.");
  for (const Comparison& one : wql.conditions) check_property(*info, one.property);
  for (const std::string& name : wql.names) check_property(*info, name);
  return std::make_unique<CimCursor>(notation, query.mode, source_of(model, *info, true),
                                     Selection{wql.conditions, wql.names, nullptr});
}

std::vector<Comparison> conditions_of(const ClassInfo& info, const Selectors& selectors) {
  std::vector<Comparison> conditions = {};
  for (const Selector& one : selectors) {
    check_property(info, one.name);
    conditions.push_back({one.name, "=", one.text});
  }
  return conditions;
}

}  // namespace

std::unique_ptr<Cursor> cim_cursor(const Model& model, const Notation& notation,
                                   const std::string& class_name, const Query& query) {
  if (query.wql) return wql_cursor(model, notation, query);
  if (query.association) {
    return std::make_unique<CimCursor>(notation, query.mode,
                                       Source(associated(model, *query.association)), Selection{});
  }
  if (class_name == "*") cannot_process("The URI names no class, and no filter does.");
  const ClassInfo* const info = find_class(class_name);
  if (info == nullptr) {
    refuse_by_provider(kResourceNotFound, "The service cannot find the resource.",
                       "There is no class '" + class_name + "'.");
  }
  Selection selection;
  if (query.selectors) selection.conditions = conditions_of(*info, *query.selectors);
  if (query.polymorphism == Query::Polymorphism::base_properties) selection.base = info;
  const bool deep = query.polymorphism != Query::Polymorphism::none;
  return std::make_unique<CimCursor>(notation, query.mode, source_of(model, *info, deep),
                                     std::move(selection));
}

}  // namespace wsman::service
