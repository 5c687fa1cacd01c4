// How many documents have a value in which range; the least, the greatest and the sum of values.

#include "collect/facets.hpp"

#include <algorithm>
#include <cmath>

#include "collect/runs.hpp"
#include "collect/unit_ranges.hpp"
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

}  // namespace

namespace {

// The ranges as the numbers that a segment packs; some may be empty there.
class SegmentRanges {
 public:
  SegmentRanges(const Values& values, std::span<const std::pair<int64_t, int64_t>> ranges)
      : units_(values.column().numbers()) {
    for (size_t i = 0; i < ranges.size(); ++i) {
      const auto numbers = values.column().numbers_between(ranges[i].first, ranges[i].second);
      if (!numbers) continue;
      units_.add(numbers->first, numbers->second, lows_.size());
      lows_.push_back(numbers->first);
      highs_.push_back(numbers->second);
      of_.push_back(static_cast<uint32_t>(i));
    }
    below_.emplace(lows_);
    units_.finish();
    counts_.assign(lows_.size(), 0);
  }
  SegmentRanges(const SegmentRanges&) = delete;  // below_ has a reference to lows_
  SegmentRanges& operator=(const SegmentRanges&) = delete;

  // Counts in a number that is behind the range `counted`; the range that it is in, or `counted`.
  std::ptrdiff_t count(int64_t number, std::ptrdiff_t counted) {
    const std::ptrdiff_t range = (*below_)(number);
    if (range <= counted || number > highs_[static_cast<size_t>(range)]) return counted;
    ++counts_[static_cast<size_t>(range)];
    return range;
  }

  // The same of the numbers of some documents, one each, all of them between the bounds.
  void count_block(const columns::Numbers& numbers, uint32_t block, std::pair<uint64_t, uint64_t> bits) {
    const int64_t least = numbers.block_min(block), most = numbers.block_max(block);
    const std::ptrdiff_t first = (*below_)(least), last = (*below_)(most);
    if (last < 0 || (first == last && least > highs_[static_cast<size_t>(first)])) return;
    if (first == last && most <= highs_[static_cast<size_t>(first)]) {
      counts_[static_cast<size_t>(first)] += count_bits(bits);
      return;
    }
    if (units_.count(block, bits)) return;
    int64_t decoded[kRunDocs];
    numbers.decode(block * kRunDocs, std::min(kRunDocs, numbers.size() - block * kRunDocs), decoded);
    for_each_bit(bits, 0, [&](uint32_t i) { count(decoded[i], -1); });
  }

  void add_to(std::vector<uint64_t>& counts) {
    units_.add_to(counts_);
    for (size_t i = 0; i < of_.size(); ++i) counts[of_[i]] += counts_[i];
  }

 private:
  std::vector<int64_t> lows_;
  std::vector<int64_t> highs_;
  std::vector<uint32_t> of_;  // which range each is
  std::vector<uint32_t> counts_;
  std::optional<LastBelow> below_;
  UnitRanges units_;
};

}  // namespace

Ranges count_ranges(const MatchSet& matches, const FieldColumn& column,
                    std::span<const std::pair<int64_t, int64_t>> ranges) {
  Ranges found{std::vector<uint64_t>(ranges.size()), 0};
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    const Values& values = *column.segments[i];
    SegmentRanges here(values, ranges);
    if (values.is_dense()) {
      for_each_run(values, matches.segments[i], [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
        found.docs += count_bits(bits);
        here.count_block(values.column().numbers(), begin / kRunDocs, bits);
      });
    } else {
      for_each_value_list(
          values, matches.segments[i],
          [&](std::span<const int64_t> of_doc) {
            found.docs += !of_doc.empty();
            std::ptrdiff_t counted = -1;
            for (const int64_t number : of_doc) counted = here.count(number, counted);  // they ascend
          },
          Read::kNumbers);
    }
    here.add_to(found.counts);
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
    Run run(values);
    for_each_run(values, matches.segments[i], [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
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
