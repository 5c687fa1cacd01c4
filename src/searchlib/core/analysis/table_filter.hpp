// Which words a table of a few hundred may hold, by their length, their second byte and their last one: nearly all
// words are turned away by that, and need no search.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace searchlib {

class TableFilter {
 public:
  // `rows` have a member `word`, of fewer than 32 bytes.
  template <class Row, size_t kSize>
  constexpr explicit TableFilter(const Row (&rows)[kSize]) {
    for (const Row& row : rows) {
      const std::string_view word = row.word;
      by_second_[second(word)] |= uint32_t{1} << word.size();
      by_last_[static_cast<uint8_t>(word.back())] |= uint32_t{1} << word.size();
    }
  }

  constexpr bool may_hold(std::string_view word) const {
    if (word.empty() || word.size() >= 32) return false;
    return (by_second_[second(word)] & by_last_[static_cast<uint8_t>(word.back())]) >> word.size() & 1;
  }

 private:
  static constexpr size_t second(std::string_view word) {
    return static_cast<uint8_t>(word[std::min<size_t>(word.size() - 1, 1)]);
  }

  std::array<uint32_t, 256> by_second_{}, by_last_{};  // bits of lengths
};

}  // namespace searchlib
