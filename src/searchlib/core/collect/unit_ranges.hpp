// Ranges in the units that a segment's numbers are packed in (columns/numbers.hpp): what a block has is counted as it
// is unpacked, without a number made of it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "collect/runs.hpp"
#include "columns/numbers.hpp"

namespace searchlib::collect {

class UnitRanges {
 public:
  explicit UnitRanges(const columns::Numbers& numbers) : numbers_(numbers) {}

  // low ≤ high, numbers that lie behind those of the range before; in counts() it is the range of this number.
  void add(int64_t low, int64_t high, size_t range) {
    columns::Numbers::Units units;
    if (!numbers_.units_between(low, high, units)) return;
    lows_.push_back(units.low);
    highs_.push_back(units.high);
    of_.push_back(range);
  }

  // When all ranges are there.
  void finish() {
    if (lows_.empty()) return;
    const uint64_t last = lows_.back() - lows_.front();
    while (last >> shift_ >= kCells) ++shift_;
    first_of_.resize((last >> shift_) + 1);
    size_t range = 0;
    for (size_t cell = 0; cell < first_of_.size(); ++cell) {
      while (range + 1 < lows_.size() && lows_[range + 1] - lows_.front() <= uint64_t{cell} << shift_)
        ++range;
      first_of_[cell] = static_cast<uint32_t>(range);
    }
    for (size_t i = 0; i < lows_.size(); ++i) {
      const uint64_t next = i + 1 < lows_.size() ? lows_[i + 1] - lows_.front() : UINT64_MAX;
      stretches_.push_back({next, highs_[i] - lows_.front()});
    }
    counts_.assign(lows_.size(), 0);
  }

  // Counts the values of those documents of a block whose bits are set; each has one. False, and nothing is counted,
  // where 32 bits do not hold a block's units.
  bool count(uint32_t block, std::pair<uint64_t, uint64_t> bits) {
    if (lows_.empty()) return true;
    uint32_t units[kRunDocs];
    uint64_t base = 0;
    if (!numbers_.unpack_low(block, units, base)) return false;
    const uint64_t front = lows_.front();
    const uint64_t span = std::min(highs_.back() - front, UINT64_MAX - 1);  // less than the last one's next
    base -= front;  // what is below the first range comes out as more than any
    const unsigned shift = shift_;
    const uint64_t last_cell = first_of_.size() - 1;
    const uint32_t* const first_of = first_of_.data();
    const Stretch* const stretches = stretches_.data();
    uint32_t* const counts = counts_.data();
    const auto add = [=](uint32_t unit) {
      const uint64_t distance = base + unit;
      if (distance > span) return;
      size_t range = first_of[std::min(distance >> shift, last_cell)];
      while (distance >= stretches[range].next) ++range;
      counts[range] += static_cast<uint32_t>(distance <= stretches[range].high);
    };
    if (bits.first == kAllBits && bits.second == kAllBits) {
      for (const uint32_t unit : units) add(unit);
    } else {
      for_each_bit(bits, 0, [&](uint32_t i) { add(units[i]); });
    }
    return true;
  }

  void add_to(std::vector<uint32_t>& counts) const {
    for (size_t i = 0; i < of_.size(); ++i) counts[of_[i]] += counts_[i];
  }

 private:
  // A table of equal cells says where to begin, so that hardly a step is left: months and steps are about equal.
  static constexpr uint64_t kCells = 4096;

  // From the first range's beginning on: where the next range begins, and where this one ends.
  struct Stretch {
    uint64_t next, high;
  };

  const columns::Numbers& numbers_;
  std::vector<uint64_t> lows_, highs_;
  std::vector<size_t> of_;
  unsigned shift_ = 0;
  std::vector<uint32_t> first_of_;  // of each cell, the last range that is not above its beginning
  std::vector<Stretch> stretches_;
  std::vector<uint32_t> counts_;
};

}  // namespace searchlib::collect
