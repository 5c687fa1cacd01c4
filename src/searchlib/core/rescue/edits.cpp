#include "rescue/edits.hpp"

#include <algorithm>

#include "rescue/letters.hpp"
#include "text/utf8.hpp"

namespace searchlib {

BoundedEdits::BoundedEdits(std::u32string word, unsigned bound)
    : word_(std::move(word)), bound_(bound), ends_(1, 0), letters_(1, 0) {
  const size_t max_depth = word_.size() + bound + 2;
  rows_.assign((max_depth + 1) * (word_.size() + 1), static_cast<uint8_t>(bound + 1));
  for (size_t j = 0; j <= std::min<size_t>(word_.size(), bound); ++j) row(0)[j] = static_cast<uint8_t>(j);
  ends_.resize(max_depth + 1);
  letters_.resize(max_depth + 1);
}

unsigned BoundedEdits::advance(size_t shared, std::string_view suffix) {
  if (shared == 0) {  // a block's first key is whole: find again what it shares
    const size_t limit = std::min(ends_[depth_], suffix.size());
    while (shared < limit && suffix[shared] == path_[shared]) ++shared;
    if (hopeless_ && shared == ends_[depth_]) return bound_ + 1;
    suffix.remove_prefix(shared);
  }
  while (ends_[depth_] > shared) --depth_;
  hopeless_ = false;
  path_.resize(shared);  // as long at least: what was passed over agrees with it as far as it was hopeless
  path_ += suffix;
  const auto* begin = reinterpret_cast<const uint8_t*>(path_.data());
  const uint8_t* end = begin + path_.size();
  for (const uint8_t* at = begin + ends_[depth_]; at != end;) {
    const utf8::Decoded decoded = utf8::decode(at, end);
    at += decoded.length;
    if (!extend(fold_letter(decoded.code_point), static_cast<size_t>(at - begin))) return bound_ + 1;
  }
  return row(depth_)[word_.size()];
}

// Adds a letter's row; false if nothing in it is within the bound. Swaps cannot bring a later row back: a
// cell that comes from two rows above is no better than the cell between, which a replacement reaches.
bool BoundedEdits::extend(char32_t letter, size_t end) {
  const size_t i = ++depth_;
  const size_t length = word_.size();
  ends_[i] = end;
  letters_[i] = letter;
  uint8_t* now = row(i);
  const uint8_t* last = row(i - 1);
  const auto worst = static_cast<uint8_t>(bound_ + 1);
  const size_t first = i > bound_ ? i - bound_ : 0;
  const size_t stop = std::min(length, i + bound_);
  uint8_t least = worst;
  if (first > 0 && first <= length + 1) now[first - 1] = worst;
  for (size_t j = first; j <= stop; ++j) {
    unsigned best = last[j] + 1U;  // j + 1 beyond the band holds `worst`
    if (j > 0) {
      best = std::min({best, now[j - 1] + 1U, last[j - 1] + (letter == word_[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && letter == word_[j - 2] && letters_[i - 1] == word_[j - 1]) {
        best = std::min(best, row(i - 2)[j - 2] + 1U);
      }
    }
    now[j] = static_cast<uint8_t>(std::min<unsigned>(best, worst));
    least = std::min(least, now[j]);
  }
  if (stop < length) now[stop + 1] = worst;
  hopeless_ = least > bound_;
  return !hopeless_;
}

namespace {

constexpr double kSwap = 0.8;
constexpr double kNeighbour = 0.8;
constexpr double kAlike = 0.8;
constexpr double kDoubled = 0.7;
constexpr double kFirstLetter = 0.4;

double replaced(char32_t typed, char32_t meant) {
  if (typed == meant) return 0;
  if (are_neighbours(typed, meant)) return kNeighbour;
  return sound_alike(typed, meant) ? kAlike : 1;
}

// A letter too many: pressed twice, or together with the key beside it.
double added(std::u32string_view typed, size_t i) {
  const char32_t before = i > 0 ? typed[i - 1] : 0;
  const char32_t after = i + 1 < typed.size() ? typed[i + 1] : 0;
  if (typed[i] == before || typed[i] == after) return kDoubled;
  return are_neighbours(typed[i], before) || are_neighbours(typed[i], after) ? kNeighbour : 1;
}

// A letter too few: most often one of a pair.
double omitted(std::u32string_view meant, size_t j) {
  const bool pair = (j > 0 && meant[j] == meant[j - 1]) || (j + 1 < meant.size() && meant[j] == meant[j + 1]);
  return pair ? kDoubled : 1;
}

}  // namespace

double typing_cost(std::u32string_view typed, std::u32string_view meant) {
  const size_t width = meant.size() + 1;
  std::vector<double> costs((typed.size() + 1) * width);
  const auto cost = [&](size_t i, size_t j) -> double& { return costs[i * width + j]; };
  for (size_t i = 0; i <= typed.size(); ++i) {
    for (size_t j = 0; j <= meant.size(); ++j) {
      if (i == 0 && j == 0) continue;
      double best = 1e9;
      if (i > 0)
        best = std::min(best, cost(i - 1, j) + added(typed, i - 1) + (j == 0 && i == 1 ? kFirstLetter : 0));
      if (j > 0)
        best = std::min(best, cost(i, j - 1) + omitted(meant, j - 1) + (i == 0 && j == 1 ? kFirstLetter : 0));
      if (i > 0 && j > 0) {
        const double change = replaced(typed[i - 1], meant[j - 1]);
        best =
            std::min(best, cost(i - 1, j - 1) + change + (change > 0 && i == 1 && j == 1 ? kFirstLetter : 0));
      }
      if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] &&
          typed[i - 1] != typed[i - 2]) {
        best = std::min(best, cost(i - 2, j - 2) + kSwap);
      }
      cost(i, j) = best;
    }
  }
  return costs.back();
}

}  // namespace searchlib
