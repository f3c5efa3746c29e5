#include "wsman/model.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

std::vector<PropertyInfo> keys_of(const ClassInfo& info) {
  std::vector<PropertyInfo> keys = properties_of(info);
  std::erase_if(keys, [](const PropertyInfo& property) { return !property.key; });
  return keys;
}

const Selector* find_selector(const Selectors& selectors, std::string_view name) {
  for (const Selector& one : selectors) {
    if (same_ignoring_case(one.name, name)) return &one;
  }
  return nullptr;
}

void check_names(const ClassInfo& info, const Selectors& selectors) {
  const auto keys = keys_of(info);
  for (const Selector& one : selectors) {
    const bool known = std::any_of(keys.begin(), keys.end(), [&one](const PropertyInfo& key) {
      return same_ignoring_case(key.name, one.name);
    });
    if (!known) {
      refuse(kUnexpectedSelectors,
             "The selector '" + one.name + "' is no key of " + std::string(info.name) + ".");
    }
  }
  for (const PropertyInfo& key : keys) {
    if (find_selector(selectors, key.name) == nullptr) {
      refuse(kInsufficientSelectors, "The key '" + std::string(key.name) + "' of " +
                                         std::string(info.name) + " has no selector.");
    }
  }
}

[[noreturn]] void not_found(const ClassInfo& info) {
  refuse_by_provider(kResourceNotFound,
                     "The service cannot find the resource that the URI and selectors name.",
                     "There is no such instance of " + std::string(info.name) + ".");
}

std::uint64_t row_index(const Selectors& selectors, std::uint64_t rows, const ClassInfo& info) {
  const std::string& text = selectors.front().text;
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) {
    refuse(kInvalidSelectorValue, "The selector 'Index' takes a number, not '" + text + "'.");
  }
  if (index >= rows) not_found(info);
  return index;
}

}  // namespace

Model::Model(std::uint64_t rows) : rows_(rows), objects_(initial_instances()) {}

const Object* Model::find(const ClassInfo& info, const Selectors& selectors) const {
  const Reference wanted{std::string(info.name), selectors};
  for (const Object& object : objects_) {
    if (!is_a(object.class_name, info.name)) continue;
    Reference reference = reference_to(object);
    reference.class_name = info.name;
    if (same_reference(reference, wanted)) return &object;
  }
  return nullptr;
}

Object Model::get(const ClassInfo& info, const Selectors& selectors) const {
  check_names(info, selectors);
  if (info.name == "Loopback_Row") return make_row(row_index(selectors, rows_, info));
  const Object* const found = find(info, selectors);
  if (found == nullptr) not_found(info);
  return *found;
}

Object& Model::at(const ClassInfo& info, const Selectors& selectors) {
  check_names(info, selectors);
  const Object* const found = find(info, selectors);
  if (found == nullptr) not_found(info);
  return const_cast<Object&>(*found);
}

void Model::add(Object object) {
  const Reference reference = reference_to(object);
  if (find(*find_class(object.class_name), reference.selectors) != nullptr) {
    refuse(kAlreadyExists, "There is an instance with these keys already.");
  }
  objects_.push_back(std::move(object));
}

void Model::remove(const ClassInfo& info, const Selectors& selectors) {
  const Object* const gone = &at(info, selectors);
  objects_.remove_if([gone](const Object& object) { return &object == gone; });
}

std::vector<Object> Model::instances(const ClassInfo& info, bool deep) const {
  std::vector<Object> all;
  for (const Object& object : objects_) {
    if (deep ? is_a(object.class_name, info.name) : object.class_name == info.name) {
      all.push_back(object);
    }
  }
  return all;
}

}  // namespace wsman::service
