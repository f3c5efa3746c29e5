#include "protocol/xml/shape.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// Goes to the next tag, past text, comments, CDATA and processing instructions. False at the end.
bool skip_to_tag(std::string_view& rest) {
  const auto skip_past = [&rest](std::string_view end, size_t from) {
    const size_t at = rest.find(end, from);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + end.size());
  };
  for (;;) {
    rest.remove_prefix(std::min(rest.find('<'), rest.size()));
    if (rest.empty()) return false;
    const char kind = rest.size() > 1 ? rest[1] : '\0';
    if (kind != '!' && kind != '?') return true;
    if (rest.substr(0, 4) == "<!--") {
      skip_past("-->", 4);
    } else if (rest.substr(0, 9) == "<![CDATA[") {
      skip_past("]]>", 9);
    } else if (kind == '?') {
      skip_past("?>", 2);
    } else {
      return false;  // A DOCTYPE is refused where it begins.
    }
  }
}

bool is_end_tag(std::string_view tag) { return tag.size() > 1 && tag[1] == '/'; }

// A start tag.
struct Tag {
  size_t end = 0;  // Where its ">" stands; the size of all that is left if it has none.
  bool is_empty = false;
  int attributes = 0;
  int declarations = 0;
};

Tag read_attributes(std::string_view rest) {
  Tag tag{.end = 1};
  size_t name = 1;  // Where the name before the next "=" may begin.
  for (; tag.end < rest.size() && rest[tag.end] != '>'; ++tag.end) {
    const char c = rest[tag.end];
    if (c == '"' || c == '\'') {
      tag.end = std::min(rest.find(c, tag.end + 1), rest.size() - 1);
    } else if (c == '=') {
      ++tag.attributes;
      tag.declarations += rest.substr(name, 5) == "xmlns" ? 1 : 0;
    } else if (is_blank(c) && tag.end + 1 < rest.size()) {
      // White space may also stand between the name and its "=".
      const char next = rest[tag.end + 1];
      if (next != '=' && !is_blank(next)) name = tag.end + 1;
    }
  }
  return tag;
}

// The start tag at the beginning of `rest`.
Tag read_tag(std::string_view rest) {
  const size_t close = std::min(rest.find('>'), rest.size());
  // Most tags have no attribute, and no more is to be known of them.
  Tag tag = rest.substr(0, close).find('=') == std::string_view::npos ? Tag{.end = close}
                                                                      : read_attributes(rest);
  tag.is_empty = tag.end < rest.size() && rest[tag.end - 1] == '/';
  return tag;
}

// One pass over the tags of a document.
class Look {
 public:
  Look(std::string_view document, LevelElements* noted) : rest_(document), noted_(noted) {}

  bool is_affordable() {
    while (skip_to_tag(rest_)) {
      if (is_end_tag(rest_)) {
        leave();
      } else if (!enter()) {
        return false;
      }
    }
    return true;
  }

 private:
  // A start tag. False if it costs too much.
  bool enter() {
    ++level_;
    if (is_noted()) noted_->elements.push_back(rest_);
    const Tag tag = read_tag(rest_);
    skip_tag(tag.end);
    if (tag.attributes > kMostAttributes || in_force_ + tag.declarations > kMostDeclarations)
      return false;
    if (tag.declarations > 0 && !tag.is_empty) {
      in_force_ += tag.declarations;
      declaring_.emplace_back(level_, tag.declarations);
    }
    if (tag.is_empty) end_element();
    return true;
  }

  void leave() {
    if (!declaring_.empty() && declaring_.back().first == level_) {
      in_force_ -= declaring_.back().second;
      declaring_.pop_back();
    }
    skip_tag(rest_.find('>'));
    end_element();
  }

  bool is_noted() const { return noted_ != nullptr && level_ == noted_->level; }

  // What is not well-formed may end more than it began.
  void end_element() {
    if (is_noted() && !noted_->elements.empty()) {
      std::string_view& element = noted_->elements.back();
      element = element.substr(0, static_cast<size_t>(rest_.data() - element.data()));
    }
    --level_;
  }

  void skip_tag(size_t end) { rest_.remove_prefix(std::min(end, rest_.size() - 1) + 1); }

  std::string_view rest_;
  LevelElements* noted_;
  int level_ = 0;
  std::vector<std::pair<int, int>> declaring_;  // The elements that declare: level and number.
  int in_force_ = 0;
};

}  // namespace

bool is_affordable(std::string_view document, LevelElements* noted) {
  return Look(document, noted).is_affordable();
}

}  // namespace wsman::xml
