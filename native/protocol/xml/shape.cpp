#include "protocol/xml/shape.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// One pass over the tags of a document.
class Look {
 public:
  explicit Look(std::string_view document) : rest_(document) {}

  bool is_affordable() {
    while (skip_to_tag()) {
      if (rest_.substr(0, 2) == "</") {
        leave();
      } else if (!enter()) {
        return false;
      }
    }
    return true;
  }

 private:
  // Goes to the next tag, past text, comments, CDATA and processing instructions. False at the end.
  bool skip_to_tag() {
    for (;;) {
      rest_.remove_prefix(std::min(rest_.find('<'), rest_.size()));
      if (rest_.empty()) return false;
      if (rest_.substr(0, 4) == "<!--") {
        skip_past("-->", 4);
      } else if (rest_.substr(0, 9) == "<![CDATA[") {
        skip_past("]]>", 9);
      } else if (rest_.substr(0, 2) == "<?") {
        skip_past("?>", 2);
      } else if (rest_.substr(0, 2) == "<!") {
        // A DOCTYPE is refused where it begins.
        return false;
      } else {
        return true;
      }
    }
  }

  void skip_past(std::string_view end, size_t from) {
    const size_t at = rest_.find(end, from);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
  }

  // A start tag. False if it costs too much.
  bool enter() {
    const size_t close = std::min(rest_.find('>'), rest_.size());
    // Most tags have no attribute, and no more is to be known of them.
    const Tag tag =
        rest_.substr(0, close).find('=') == std::string_view::npos ? Tag{.end = close} : read_tag();
    const bool is_empty = tag.end < rest_.size() && rest_[tag.end - 1] == '/';
    rest_.remove_prefix(std::min(tag.end + 1, rest_.size()));
    if (tag.attributes > kMostAttributes || in_force_ + tag.declarations > kMostDeclarations)
      return false;
    if (is_empty) return true;
    ++level_;
    if (tag.declarations > 0) {
      in_force_ += tag.declarations;
      declaring_.emplace_back(level_, tag.declarations);
    }
    return true;
  }

  struct Tag {
    size_t end = 0;  // Where its ">" stands.
    int attributes = 0;
    int declarations = 0;
  };

  Tag read_tag() const {
    Tag tag{.end = 1};
    size_t name = 1;  // Where the name before the next "=" may begin.
    for (; tag.end < rest_.size() && rest_[tag.end] != '>'; ++tag.end) {
      const char c = rest_[tag.end];
      if (c == '"' || c == '\'') {
        tag.end = std::min(rest_.find(c, tag.end + 1), rest_.size() - 1);
      } else if (c == '=') {
        ++tag.attributes;
        tag.declarations += rest_.substr(name, 5) == "xmlns" ? 1 : 0;
      } else if (is_blank(c) && tag.end + 1 < rest_.size()) {
        // White space may also stand between the name and its "=".
        const char next = rest_[tag.end + 1];
        if (next != '=' && !is_blank(next)) name = tag.end + 1;
      }
    }
    return tag;
  }

  void leave() {
    if (!declaring_.empty() && declaring_.back().first == level_) {
      in_force_ -= declaring_.back().second;
      declaring_.pop_back();
    }
    --level_;
    rest_.remove_prefix(std::min(rest_.find('>'), rest_.size() - 1) + 1);
  }

  std::string_view rest_;
  int level_ = 0;
  std::vector<std::pair<int, int>> declaring_;  // The elements that declare: level and number.
  int in_force_ = 0;
};

}  // namespace

bool is_affordable(std::string_view document) { return Look(document).is_affordable(); }

}  // namespace wsman::xml
