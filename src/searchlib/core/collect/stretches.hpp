// Disjoint ranges of a segment's numbers as stretches of the number line, and how many of some values lie in each.
//
// A range is in the units that numbers are packed in (columns/numbers.hpp), and so is what lies between two ranges: each
// value is in one stretch, and no comparison asks whether it is in any. A table of equal cells says in which: where a
// cell has one border at most, a value needs one comparison and no branch; months, days and equal steps are such.

#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "collect/runs.hpp"
#include "columns/numbers.hpp"

namespace searchlib::collect {

class Stretches {
 public:
  explicit Stretches(const columns::Numbers& numbers) : numbers_(numbers) {}

  // low ≤ high, numbers that lie behind those of the range before; in add_to() it is the range of this number.
  void add(int64_t low, int64_t high, size_t range) {
    columns::Numbers::Units units;
    if (!numbers_.units_between(low, high, units)) return;
    if (borders_.empty()) front_ = units.low;
    const uint64_t begin = units.low - front_;
    if (!borders_.empty() && borders_.back() == begin) {
      of_.back() = range;  // nothing lies between this one and the one before
    } else {
      borders_.push_back(begin);
      of_.push_back(range);
    }
    if (units.high == std::numeric_limits<uint64_t>::max() && front_ == 0) return;  // nothing lies behind it
    borders_.push_back(units.high - front_ + 1);
    of_.push_back(kNoRange);
  }

  // When all ranges are there.
  void finish() {
    if (borders_.empty()) return;
    uint64_t shortest = std::numeric_limits<uint64_t>::max();
    for (size_t i = 0; i + 1 < borders_.size(); ++i)
      shortest = std::min(shortest, borders_[i + 1] - borders_[i]);
    const uint64_t most_cells = std::max<uint64_t>(kCells, 16 * borders_.size());
    shift_ = static_cast<unsigned>(std::bit_width(shortest)) - 1;
    if (borders_.back() >> shift_ >= most_cells) {
      has_one_border_ = false;
      while (borders_.back() >> shift_ >= most_cells) ++shift_;
    }
    cells_.resize((borders_.back() >> shift_) + 1);
    size_t stretch = 0;
    for (size_t i = 0; i < cells_.size(); ++i) {
      while (stretch + 1 < borders_.size() && borders_[stretch + 1] <= uint64_t{i} << shift_) ++stretch;
      const size_t after = std::min(stretch + 1, borders_.size() - 1);
      cells_[i] = {next_of(stretch), {static_cast<uint32_t>(stretch), static_cast<uint32_t>(after)}};
    }
    counts_.assign(borders_.size() * tables(), 0);
  }

  // Counts the values of a block whose bits are set.
  void count(uint32_t block, std::pair<uint64_t, uint64_t> bits) {
    if (borders_.empty()) return;
    const uint64_t least =
        numbers_.least_units(block) - front_;  // what is below the front is more than any border
    const uint64_t most = least + numbers_.block_range(block);
    const size_t first = stretch_of(least);
    if (least <= most && first == stretch_of(most)) {
      counts_[first] += count_bits(bits);
      return;
    }
    uint32_t low[kRunDocs];
    uint64_t base = 0;
    if (numbers_.unpack_low(block, low, base)) {
      base -= front_;
      count_each(bits, [&](uint32_t i) { return base + low[i]; });
    } else {
      uint64_t units[kRunDocs];
      numbers_.unpack(block, units);
      count_each(bits, [&](uint32_t i) { return units[i] - front_; });
    }
  }

  // Adds what was counted to the ranges' counts.
  void add_to(std::vector<uint64_t>& counts) const {
    for (size_t i = 0; i < counts_.size(); ++i) {
      const size_t range = of_[i % of_.size()];
      if (range != kNoRange) counts[range] += counts_[i];
    }
  }

 private:
  static constexpr uint64_t kCells = 4096;
  static constexpr size_t kNoRange = std::numeric_limits<size_t>::max();
  static constexpr size_t kTables = 4;
  static constexpr size_t kFew = 2048;  // stretches: a table of counts stays in the first cache

  // The stretch that the cell begins in, and where it ends; the one behind it.
  struct Cell {
    uint64_t next;
    uint32_t stretches[2];
  };

  size_t tables() const { return borders_.size() <= kFew ? kTables : 1; }
  uint64_t next_of(size_t stretch) const {
    return stretch + 1 < borders_.size() ? borders_[stretch + 1] : std::numeric_limits<uint64_t>::max();
  }

  size_t stretch_of(uint64_t distance) const {
    const Cell& cell = cells_[std::min<uint64_t>(distance >> shift_, cells_.size() - 1)];
    if (has_one_border_) return cell.stretches[distance >= cell.next];
    size_t stretch = cell.stretches[0];
    while (stretch + 1 < borders_.size() && distance >= borders_[stretch + 1]) ++stretch;
    return stretch;
  }

  // distance(i): of the block's i-th value from the first border.
  template <class Distance>
  void count_each(std::pair<uint64_t, uint64_t> bits, Distance&& distance) {
    const size_t stride = tables() == 1 ? 0 : borders_.size();
    uint32_t* const counts = counts_.data();
    if (!has_one_border_) {
      for_each_bit(bits, 0, [&](uint32_t i) { ++counts[i % kTables * stride + stretch_of(distance(i))]; });
      return;
    }
    const Cell* const cells = cells_.data();
    const unsigned shift = shift_;
    const uint64_t last = cells_.size() - 1;
    const auto stretch = [=](uint64_t from_front) {
      const Cell& cell = cells[std::min(from_front >> shift, last)];
      return cell.stretches[from_front >= cell.next];
    };
    if (bits.first == kAllBits && bits.second == kAllBits) {
      for (uint32_t i = 0; i < kRunDocs; i += kTables) {
        for (uint32_t table = 0; table < kTables; ++table)
          ++counts[table * stride + stretch(distance(i + table))];
      }
    } else {
      for_each_bit(bits, 0, [&](uint32_t i) { ++counts[i % kTables * stride + stretch(distance(i))]; });
    }
  }

  const columns::Numbers& numbers_;
  uint64_t front_ = 0;
  std::vector<uint64_t> borders_;  // where stretches begin, from the front on
  std::vector<size_t> of_;         // the range that each is
  bool has_one_border_ = true;     // each cell, at most, inside of it
  unsigned shift_ = 0;
  std::vector<Cell> cells_;
  std::vector<uint32_t> counts_;
};

}  // namespace searchlib::collect
