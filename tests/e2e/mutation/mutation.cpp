#include "mutation/mutation.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <string_view>
#include <utility>

#include "mutation/http_text.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kMostChanges = 3;
constexpr std::size_t kMostPieces = 4;
constexpr std::size_t kLongestRange = 300;

// What means something to a reader of HTTP or of XML, or to a terminal.
constexpr std::array<std::string_view, 16> kInserted{std::string_view("\0", 1),
                                                     "\r",
                                                     "\n",
                                                     "\r\n",
                                                     "\r\n\r\n",
                                                     "\x1b[2J",
                                                     "\x7f",
                                                     "\xc2\x85",
                                                     "\xff\xfe",
                                                     "<",
                                                     "&",
                                                     "]]>",
                                                     "<!DOCTYPE x>",
                                                     "&#0;",
                                                     "Transfer-Encoding: chunked\r\n",
                                                     "0\r\n\r\n"};

struct Range {
  std::size_t begin;
  std::size_t size;
};

std::size_t head_size(const std::string& answer) {
  return std::min(answer.find(kHeadEnd), answer.size());
}

// Half of the places are in the head, which is a small part of the whole.
std::size_t place_in(const std::string& answer, Chance& chance) {
  return chance.below(chance.once_in(2) ? head_size(answer) : answer.size());
}

Range range_in(const std::string& answer, Chance& chance) {
  const std::size_t begin = place_in(answer, chance);
  return {begin, 1 + chance.below(std::min(kLongestRange, answer.size() - begin))};
}

std::string at(std::size_t place) { return " at " + std::to_string(place); }

using Earlier = std::vector<std::string>;

std::string flip(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  const std::size_t place = place_in(answer, chance);
  answer[place] =
      static_cast<char>(static_cast<unsigned char>(answer[place]) ^ (1U << chance.below(8)));
  return "flip" + at(place);
}

std::string cut(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  answer.resize(1 + place_in(answer, chance));
  return "cut" + at(answer.size());
}

std::string drop(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  const Range range = range_in(answer, chance);
  // Something is left for what comes next.
  if (range.size < answer.size()) answer.erase(range.begin, range.size);
  return "drop" + at(range.begin);
}

std::string repeat(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  const Range range = range_in(answer, chance);
  answer.insert(range.begin, answer.substr(range.begin, range.size));
  return "repeat" + at(range.begin);
}

std::string swap_parts(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  const Range range = range_in(answer, chance);
  const std::string part = answer.substr(range.begin, range.size);
  answer.erase(range.begin, range.size);
  const std::size_t place = chance.below(answer.size() + 1);
  answer.insert(place, part);
  return "move" + at(range.begin) + " to " + std::to_string(place);
}

std::string insert(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  const std::size_t place = place_in(answer, chance);
  const std::size_t what = chance.below(kInserted.size());
  answer.insert(place, kInserted[what]);
  return "insert " + std::to_string(what) + at(place);
}

// Lengths, ports, codes and numbers of versions.
std::string change_number(std::string& answer, const Earlier& /*earlier*/, Chance& chance) {
  const std::size_t place = answer.find_first_of("0123456789", place_in(answer, chance));
  if (place == std::string::npos) return "no number";
  answer[place] = static_cast<char>('0' + static_cast<char>(chance.below(10)));
  return "number" + at(place);
}

std::string answer_earlier(std::string& answer, const Earlier& earlier, Chance& chance) {
  if (earlier.empty()) return "no earlier";
  const std::size_t which = chance.below(earlier.size());
  answer = earlier[which];
  return "earlier " + std::to_string(which);
}

std::string answer_twice(std::string& answer, const Earlier& /*earlier*/, Chance& /*chance*/) {
  answer += answer;
  return "twice";
}

std::string go_before(std::string& answer, const Earlier& /*earlier*/, Chance& /*chance*/) {
  answer.insert(0, "HTTP/1.1 100 Continue\r\n\r\n");
  return "interim";
}

constexpr std::array kChanges{flip,         cut,       drop,          repeat,
                              swap_parts,   insert,    change_number, answer_earlier,
                              answer_twice, go_before, flip,          change_number};

// Where the number stands, and where it ends.
Range length_in(const std::string& answer) {
  const std::size_t line = answer.find(kLengthField);
  if (line == std::string::npos || line > head_size(answer)) return {answer.size(), 0};
  const std::size_t begin = line + kLengthField.size();
  return {begin, answer.find("\r\n", begin) - begin};
}

std::size_t size_of_body(const std::string& answer) {
  return answer.size() - std::min(answer.size(), head_size(answer) + kHeadEnd.size());
}

// Without it most changes of a body would be seen by its length alone.
void fit_length(std::string& answer) {
  const Range length = length_in(answer);
  if (length.size == 0) return;
  answer.replace(length.begin, length.size, std::to_string(size_of_body(answer)));
}

bool is_fitting(const std::string& answer) {
  const Range length = length_in(answer);
  return length.size > 0 &&
         answer.substr(length.begin, length.size) == std::to_string(size_of_body(answer));
}

std::vector<std::string> in_pieces(const std::string& answer, Chance& chance) {
  std::vector<std::size_t> cuts(chance.below(kMostPieces));
  for (std::size_t& one : cuts) one = chance.below(answer.size());
  cuts.push_back(answer.size());
  std::sort(cuts.begin(), cuts.end());
  std::vector<std::string> pieces;
  std::size_t from = 0;
  for (const std::size_t one : cuts) {
    pieces.push_back(answer.substr(from, one - from));
    from = one;
  }
  return pieces;
}

// A client waits for what a wrong length promises, so most connections end then.
Delivery::End end_of(const std::string& answer, Chance& chance) {
  if (is_fitting(answer) && !chance.once_in(4)) return Delivery::End::keep;
  const std::size_t which = chance.below(12);
  if (which == 0) return Delivery::End::silence;
  return which < 3 ? Delivery::End::reset : Delivery::End::close;
}

const char* name_of(Delivery::End end) {
  switch (end) {
    case Delivery::End::keep:
      return "keep";
    case Delivery::End::close:
      return "close";
    case Delivery::End::reset:
      return "reset";
    case Delivery::End::silence:
      break;
  }
  return "silence";
}

}  // namespace

std::string Delivery::bytes() const {
  return std::accumulate(pieces.begin(), pieces.end(), std::string());
}

Delivery unchanged(const std::string& answer) { return {{answer}, Delivery::End::keep, "honest"}; }

Delivery mutated(std::string answer, const std::vector<std::string>& earlier, Chance& chance) {
  constexpr std::size_t kLostOneIn = 10;
  if (chance.once_in(kLostOneIn)) {
    const bool resets = chance.once_in(2);
    return {{}, resets ? Delivery::End::reset : Delivery::End::close, "lost"};
  }
  std::string story;
  for (std::size_t left = 1 + chance.below(kMostChanges); left > 0; --left) {
    story += kChanges[chance.below(kChanges.size())](answer, earlier, chance) + ", ";
  }
  if (!chance.once_in(3)) fit_length(answer);
  const Delivery::End end = end_of(answer, chance);
  return {in_pieces(answer, chance), end, story + name_of(end)};
}

}  // namespace wsman::testing
