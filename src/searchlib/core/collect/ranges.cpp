// How many documents have a value in which range; the least, the greatest and the sum of values.

#include "collect/facets.hpp"

#include <algorithm>
#include <cmath>

#include "collect/runs.hpp"
#include "collect/stretches.hpp"
#include "collect/value_bits.hpp"
#include "columns/keys.hpp"

namespace searchlib::collect {
namespace {

// Which of some ascending numbers is the last that is not above a value. A table of equal cells says where to begin,
// so that hardly a step is left: months and steps are about equal.
class LastBelow {
 public:
  explicit LastBelow(const std::vector<int64_t>& numbers) : numbers_(numbers) {
    if (numbers.empty()) return;
    const uint64_t span = distance(numbers.back());
    while (span >> shift_ >= kCells) ++shift_;
    first_of_.resize((span >> shift_) + 1);
    size_t number = 0;
    for (size_t cell = 0; cell < first_of_.size(); ++cell) {
      while (number + 1 < numbers.size() && distance(numbers[number + 1]) <= uint64_t{cell} << shift_)
        ++number;
      first_of_[cell] = static_cast<uint32_t>(number);
    }
  }

  // -1: none.
  std::ptrdiff_t operator()(int64_t value) const {
    if (numbers_.empty() || value < numbers_.front()) return -1;
    if (value >= numbers_.back()) return static_cast<std::ptrdiff_t>(numbers_.size()) - 1;
    size_t number = first_of_[distance(value) >> shift_];
    while (numbers_[number + 1] <= value) ++number;  // the last number is above it
    return static_cast<std::ptrdiff_t>(number);
  }

 private:
  static constexpr uint64_t kCells = 4096;

  uint64_t distance(int64_t value) const {
    return static_cast<uint64_t>(value) - static_cast<uint64_t>(numbers_.front());
  }

  const std::vector<int64_t>& numbers_;
  unsigned shift_ = 0;
  std::vector<uint32_t> first_of_;
};

// The exact sum of doubles, as parts that do not overlap: J. R. Shewchuk, "Adaptive precision floating-point
// arithmetic and fast robust geometric predicates", 1997.
class ExactSum {
 public:
  void add(double x) {
    if (!std::isfinite(x)) {
      special_ += x;
      return;
    }
    size_t kept = 0;
    for (double y : parts_) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0) parts_[kept++] = low;
      x = high;
    }
    parts_.resize(kept);
    if (!std::isfinite(x))
      overflow_ += x;  // beyond a double, as its sum would be said to be
    else
      parts_.push_back(x);
  }

  // What adds up to the sum exactly. Where that is no finite double, what it is then.
  std::vector<double> take() {
    if (special_ != 0 || std::isnan(special_)) return {special_};
    if (overflow_ != 0 || std::isnan(overflow_)) return {overflow_};
    return std::move(parts_);
  }

 private:
  std::vector<double> parts_;
  double special_ = 0;
  double overflow_ = 0;
};

using RangeList = std::span<const std::pair<int64_t, int64_t>>;

// add(low, high, which range it is) for those of the ranges that the numbers which a segment packs may lie in.
template <class Add>
void for_each_range(const Values& values, RangeList ranges, Add&& add) {
  for (size_t i = 0; i < ranges.size(); ++i) {
    if (const auto numbers = values.column().numbers_between(ranges[i].first, ranges[i].second))
      add(numbers->first, numbers->second, i);
  }
}

// Of a document with several values each range counts once.
void count_lists(const Values& values, const DocBits& matches, RangeList ranges, Ranges& found) {
  std::vector<int64_t> lows, highs;
  std::vector<size_t> of;
  for_each_range(values, ranges, [&](int64_t low, int64_t high, size_t range) {
    lows.push_back(low);
    highs.push_back(high);
    of.push_back(range);
  });
  const LastBelow below(lows);
  for_each_value_list(
      values, matches,
      [&](std::span<const int64_t> of_doc) {
        found.docs += !of_doc.empty();
        std::ptrdiff_t counted = -1;
        for (const int64_t number : of_doc) {  // they ascend
          const std::ptrdiff_t range = below(number);
          if (range <= counted || number > highs[static_cast<size_t>(range)]) continue;
          ++found.counts[of[static_cast<size_t>(range)]];
          counted = range;
        }
      },
      Read::kNumbers);
}

void count_single(const Values& values, const DocBits& matches, RangeList ranges, Ranges& found) {
  Stretches stretches(values.column().numbers());
  for_each_range(values, ranges,
                 [&](int64_t low, int64_t high, size_t range) { stretches.add(low, high, range); });
  stretches.finish();
  const ValueBits wanted(values, matches);
  found.docs += wanted.num_docs();
  for_each_run(
      values.column().num_values(), wanted.bits(),
      [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) { stretches.count(begin / kRunDocs, bits); });
  stretches.add_to(found.counts);
}

}  // namespace

Ranges count_ranges(const MatchSet& matches, const FieldColumn& column, RangeList ranges) {
  Ranges found{std::vector<uint64_t>(ranges.size()), 0};
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    const Values& values = *column.segments[i];
    (values.column().single_valued() ? count_single : count_lists)(values, matches.segments[i], ranges,
                                                                   found);
  }
  return found;
}

std::optional<std::pair<int64_t, int64_t>> extent_of(const MatchSet& matches, const FieldColumn& column) {
  std::optional<std::pair<int64_t, int64_t>> extent;
  const auto add = [&](int64_t low, int64_t high) {
    extent = extent ? std::pair(std::min(extent->first, low), std::max(extent->second, high))
                    : std::pair(low, high);
  };
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    const Values& values = *column.segments[i];
    if (values.column().num_values() == 0) continue;
    const auto [least, most] = values.column().bounds();
    if (extent && extent->first <= least && extent->second >= most) continue;
    if (count_bits(matches.segments[i]) == values.num_docs()) {
      add(least, most);
      continue;
    }
    Run run(values);
    for_each_run(
        values.num_docs(), matches.segments[i], [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
          if (values.is_dense() && extent) {  // most runs lie within
            const uint32_t block = begin / Values::kBlock;
            if (values.block_min(block) >= extent->first && values.block_max(block) <= extent->second) return;
          }
          run.load(begin, std::min(begin + kRunDocs, values.num_docs()));
          for_each_bit(bits, begin, [&](uint32_t doc) {
            if (const auto of_doc = run.of(doc); !of_doc.empty()) add(of_doc.front(), of_doc.back());
          });
        });
  }
  return extent;
}

Numbers sum_numbers(const MatchSet& matches, const FieldColumn& column, bool are_doubles) {
  Numbers found;
  ExactSum sum;
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    for_each_value_list(*column.segments[i], matches.segments[i], [&](std::span<const int64_t> values) {
      if (values.empty()) return;
      ++found.docs;
      found.least = found.values == 0 ? values.front() : std::min(found.least, values.front());
      found.most = found.values == 0 ? values.back() : std::max(found.most, values.back());
      found.values += values.size();
      for (const int64_t value : values) {
        if (are_doubles)
          sum.add(columns::double_of_key(value));
        else
          found.integers += value;
      }
    });
  }
  found.doubles = sum.take();
  return found;
}

}  // namespace searchlib::collect
