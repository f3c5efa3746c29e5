#include "wsman/config_tree.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>
#include <utility>

#include "http/message.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::endpoint {
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
    if (!seen.insert(one.name()).second && child->kind != Kind::computed) {
      refuse(kSchemaValidation, "'" + one.name() + "' is given twice.");
    }
    child->kind == Kind::container ? take_over(*child, one) : take_over_leaf(*child, one);
  }
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
    if (one.name == child_name) return &one;
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

Setting text_setting(const char* name, std::string value, Kind kind) {
  Setting setting;
  setting.name = name;
  setting.kind = kind;
  setting.text = std::move(value);
  return setting;
}

Setting flag_setting(const char* name, bool value) {
  return text_setting(name, value ? "true" : "false", Kind::boolean);
}

Setting number_setting(const char* name, std::string value, std::uint64_t least,
                       std::uint64_t most) {
  Setting setting = text_setting(name, std::move(value), Kind::number);
  setting.least = least;
  setting.most = most;
  return setting;
}

Setting group_setting(const char* name, std::vector<Setting> children) {
  Setting setting = text_setting(name, "", Kind::container);
  setting.children = std::move(children);
  return setting;
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

}  // namespace wsman::endpoint
