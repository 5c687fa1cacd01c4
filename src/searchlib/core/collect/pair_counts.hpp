// Counts of numbers below 63, two numbers at a time: a table has a count for each pair, so that one addition counts two
// values, and few of them wait for the one before. There are two tables, by turns.

#pragma once

#include <array>
#include <bit>
#include <span>

#include "vector/kernels.hpp"

namespace searchlib::collect {

class PairCounts {
 public:
  // counts: one for each number that may come; fits(counts.size()).
  explicit PairCounts(std::span<uint32_t> counts)
      : counts_(counts), width_(static_cast<unsigned>(std::bit_width(counts.size()))) {}

  static constexpr bool fits(size_t distinct) { return distinct < size_t{1} << kMostWidth; }

  // Those of a block of packed numbers whose bits are set; null: all. least + range is a number that may come. False,
  // and nothing is counted, where one is above range.
  bool add(const uint8_t* packed, unsigned bits, uint32_t range, uint32_t least, const uint64_t* wanted) {
    const auto other = static_cast<uint32_t>(counts_.size());
    if (!kernels().count_pairs(packed, bits, range, least, wanted, other, width_, tables_.data()))
      return false;
    if (++blocks_ == kMostBlocks) finish();
    return true;
  }

  // Brings to the counts what they do not have yet.
  void finish() {
    const size_t row = size_t{1} << width_;
    std::array<uint32_t, size_t{1} << kMostWidth> sums{};
    for (size_t second = 0; second < 2 * row; ++second) {  // of both tables
      const uint16_t* const counts = tables_.data() + second * row;
      uint32_t sum = 0;
      for (size_t first = 0; first < row; ++first) {
        sums[first] += counts[first];
        sum += counts[first];
      }
      sums[second % row] += sum;
    }
    for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += sums[i];
    tables_.fill(0);
    blocks_ = 0;
  }

 private:
  static constexpr unsigned kMostWidth = 6;
  static constexpr unsigned kMostBlocks = UINT16_MAX / (kBlockSize / 4);  // a block adds as much to a count

  std::span<uint32_t> counts_;
  unsigned width_;
  unsigned blocks_ = 0;
  std::array<uint16_t, size_t{2} << 2 * kMostWidth> tables_{};
};

}  // namespace searchlib::collect
