// Which documents have a value that is wanted: 128 documents at a time, passing over blocks whose bounds say no.

#pragma once

#include <array>
#include <vector>

#include "columns/column.hpp"

namespace searchlib::columns {

using Bits128 = std::array<uint64_t, 2>;

// Keys between two, both included, or one of some ordinals.
class ColumnMatch {
 public:
  static constexpr uint32_t kChunk = 128;

  ColumnMatch(const Column& column, int64_t low, int64_t high);
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
  bool has_value(uint32_t first, uint32_t end);
  bool is_wanted(int64_t key) const;

  const Column& column_;
  int64_t low_;
  int64_t high_;
  std::optional<Numbers::Units> units_;
  std::vector<uint64_t> wanted_;  // a bit an ordinal; empty: all between low_ and high_
  uint32_t block_ = UINT32_MAX;   // whose values are in bits_
  Bits128 bits_{};
};

}  // namespace searchlib::columns
