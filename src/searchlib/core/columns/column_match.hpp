// Which documents have a value that is wanted: 128 documents at a time, passing over blocks whose bounds say no.

#pragma once

#include <array>
#include <vector>

#include "columns/column.hpp"

namespace searchlib::columns {

using Bits128 = std::array<uint64_t, 2>;

// Stretches of keys: from the first to the second of each, both included.
using Stretches = std::vector<std::pair<int64_t, int64_t>>;

// Keys in one of some stretches, or one of some ordinals.
class ColumnMatch {
 public:
  static constexpr uint32_t kChunk = 128;

  ColumnMatch(const Column& column, int64_t low, int64_t high);
  ColumnMatch(const Column& column,
              const Stretches& stretches);  // ascending, none empty, no two of them meet
  ColumnMatch(const KeywordColumn& column, const std::vector<uint32_t>& ordinals);  // ascending

  bool is_empty() const { return !units_; }
  const Column& column() const { return column_; }
  // Bit i: whether document 128 · chunk + i matches.
  Bits128 documents(uint32_t chunk);
  bool matches(uint32_t doc) const;

 private:
  const Bits128& values(uint32_t block);
  // Of the values first … end − 1, end − first ≤ 128, from bit 0 on.
  Bits128 values_between(uint32_t first, uint32_t end);
  bool keep_wanted(uint32_t block);
  Bits128 documents_of_lists(uint32_t first_doc);
  bool has_value(uint32_t first, uint32_t end);  // whether their blocks have a wanted value; first < end
  bool is_wanted(int64_t key) const;
  bool wants_all() const { return wanted_.empty() && stretches_.empty(); }

  const Column& column_;
  int64_t low_;
  int64_t high_;
  std::optional<Numbers::Units> units_;
  std::vector<uint64_t> wanted_;  // a bit an ordinal; empty: all between low_ and high_
  Stretches stretches_;           // the same of keys
  uint32_t block_ = UINT32_MAX;   // whose values are in bits_
  Bits128 bits_{};
};

}  // namespace searchlib::columns
