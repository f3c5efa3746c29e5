#include "wsman/config_tree.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "http/message.h"
#include "wsman/data.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

using Kind = Setting::Kind;

std::string source_of(const Setting& setting) {
  return setting.source.empty() ? "" : " Source=\"" + escape_xml(setting.source) + "\"";
}

std::string settings_xml(const Setting& setting, const std::string& declarations) {
  const std::string name = "cfg:" + setting.name + declarations + source_of(setting);
  if (setting.kind != Kind::container) return leaf(name, setting.text);
  std::string inner;
  for (const Setting& child : setting.children) inner += settings_xml(child, "");
  return wrap(name, inner);
}

void take_over_leaf(Setting& setting, const Element& element) {
  std::string value = element.trimmed();
  if (element.first()) {
    refuse(kInvalidXmlValues, "'" + setting.name + "' is a text and has elements in it.");
  }
  if (setting.kind == Kind::computed) return;
  check_value(setting, value);
  setting.text = setting.kind == Kind::boolean ? lower_case(std::move(value)) : std::move(value);
}

void take_over(Setting& setting, const Element& element) {
  std::set<std::string> seen;
  for (const Element& one : element.children()) {
    Setting* const child = setting.child(one.name());
    if (child == nullptr || one.name_space() != element.name_space()) {
      refuse(kSchemaValidation,
             "There is no setting '" + one.name() + "' in '" + setting.name + "'.");
    }
    if (!seen.insert(child->name).second && child->kind != Kind::computed) {
      refuse(kSchemaValidation, "'" + one.name() + "' is given twice.");
    }
    child->kind == Kind::container ? take_over(*child, one) : take_over_leaf(*child, one);
  }
}

Kind kind_of(const Element& element) {
  static const std::map<std::string_view, Kind> kKinds = {
      {"text", Kind::text},           {"boolean", Kind::boolean},       {"number", Kind::number},
      {"read_only", Kind::read_only}, {"deprecated", Kind::deprecated}, {"key", Kind::key},
      {"choice", Kind::choice},       {"hardening", Kind::hardening},   {"hosts", Kind::hosts},
      {"prefix", Kind::prefix},       {"ip_filter", Kind::ip_filter},   {"sddl", Kind::sddl}};
  return kKinds.at(element.attribute("kind").value_or("text"));
}

std::uint64_t number_in(const Element& element, const char* attribute, std::uint64_t otherwise) {
  const auto text = element.attribute(attribute);
  return text ? std::stoull(*text) : otherwise;
}

Setting read_setting(const Element& element) {
  Setting setting;
  setting.name = element.name();
  for (const Element& one : element.children()) setting.children.push_back(read_setting(one));
  if (!setting.children.empty()) {
    setting.kind = Kind::container;
    return setting;
  }
  setting.kind = kind_of(element);
  setting.text = element.text();
  setting.least = number_in(element, "least", setting.least);
  setting.most = number_in(element, "most", setting.most);
  setting.words = element.attribute("words").value_or("");
  return setting;
}

Setting* leaf_at(Setting& root, std::string_view path) {
  const std::size_t slash = path.rfind('/');
  Setting* const parent =
      slash == std::string_view::npos ? &root : root.container(path.substr(0, slash));
  if (parent == nullptr) return nullptr;
  for (Setting& one : parent->children) {
    if (one.kind != Kind::container && same_ignoring_case(one.name, path.substr(slash + 1))) {
      return &one;
    }
  }
  return nullptr;
}

}  // namespace

Setting* Setting::child(std::string_view child_name) {
  for (Setting& one : children) {
    if (same_ignoring_case(one.name, child_name)) return &one;
  }
  return nullptr;
}

Setting* Setting::container(std::string_view path) {
  if (path.empty()) return this;
  const std::string_view first = path.substr(0, path.find('/'));
  for (Setting& one : children) {
    if (one.kind != Kind::container || !same_ignoring_case(one.name, first)) continue;
    return one.container(path.substr(std::min(first.size() + 1, path.size())));
  }
  return nullptr;
}

std::string Setting::text_of(std::string_view child_name) const {
  for (const Setting& one : children) {
    if (one.name == child_name) return one.text;
  }
  return {};
}

void Setting::add(std::string child_name, std::string child_text, Kind child_kind) {
  Setting added;
  added.name = std::move(child_name);
  added.kind = child_kind;
  added.text = std::move(child_text);
  children.push_back(std::move(added));
}

Setting initial_setting(std::string_view name) {
  for (const Element& one : data("config.xml").children()) {
    if (same_ignoring_case(one.name(), name)) return read_setting(one);
  }
  throw std::invalid_argument("data/config.xml has no '" + std::string(name) + "'.");
}

void impose_policy(Setting& root, const std::string& path_and_value) {
  const std::size_t equals = path_and_value.find('=');
  const std::string path = path_and_value.substr(0, equals);
  Setting* const setting = equals == std::string::npos ? nullptr : leaf_at(root, path);
  if (setting == nullptr) {
    throw std::invalid_argument(
        "--policy takes a setting and its value, such as "
        "Client/TrustedHosts=*, not '" +
        path_and_value + "'.");
  }
  setting->text = path_and_value.substr(equals + 1);
  setting->source = "GPO";
}

std::string settings_document(const Setting& setting, std::string_view name_space) {
  std::string declarations = " xmlns:cfg=\"" + escape_xml(name_space) + "\" xmlns:xsi=\"";
  declarations.append(kInstanceNamespace).append("\"");
  return settings_xml(setting, declarations);
}

void apply_settings(Setting& setting, const Element& element) {
  Setting changed = setting;
  take_over(changed, element);
  setting = std::move(changed);
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace wsman::service
