#include "collect/facets.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <queue>
#include <unordered_map>

#include "collect/runs.hpp"
#include "columns/keys.hpp"
#include "errors.hpp"
#include "search/search.hpp"

namespace searchlib::collect {
namespace {

// The n most frequent of what is offered in ascending order.
class Top {
 public:
  Top(size_t limit, uint64_t least) : limit_(limit), least_(std::max<uint64_t>(least, 1)) {}

  template <class Make>
  void offer(uint64_t count, Make&& make) {
    if (limit_ == 0 || count < least_) return;
    if (heap_.size() == limit_) {
      if (count <= heap_.front().count) return;  // of equal ones the earlier stay
      std::pop_heap(heap_.begin(), heap_.end(), better);
      heap_.pop_back();
    }
    heap_.push_back({{make(), count}, next_++});
    std::push_heap(heap_.begin(), heap_.end(), better);
  }

  std::vector<TermCount> sorted() {
    std::sort(heap_.begin(), heap_.end(), better);
    std::vector<TermCount> found;
    found.reserve(heap_.size());
    for (Offered& each : heap_) found.push_back(std::move(each));
    return found;
  }

 private:
  struct Offered : TermCount {
    uint64_t number;
  };
  static bool better(const Offered& left, const Offered& right) {
    return left.count != right.count ? left.count > right.count : left.number < right.number;
  }

  size_t limit_;
  uint64_t least_;
  uint64_t next_ = 0;
  std::vector<Offered> heap_;  // the worst in front
};

// Counts of numbers: a table that grows with how many differ.
class NumberCounts {
 public:
  void add(int64_t number) {
    Slot& slot = find(number);
    if (slot.count++ == 0) {
      slot.number = number;
      if (++size_ * 2 > slots_.size()) grow();
    }
  }

  std::vector<std::pair<int64_t, uint64_t>> sorted() const {
    std::vector<std::pair<int64_t, uint64_t>> found;
    found.reserve(size_);
    for (const Slot& slot : slots_) {
      if (slot.count != 0) found.emplace_back(slot.number, slot.count);
    }
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  struct Slot {
    int64_t number = 0;
    uint64_t count = 0;
  };

  Slot& find(int64_t number) {
    size_t at = static_cast<uint64_t>(number) * 0x9E3779B97F4A7C15u >> 20 & (slots_.size() - 1);
    while (slots_[at].count != 0 && slots_[at].number != number) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }

  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.count != 0) find(slot.number) = slot;
    }
  }

  size_t size_ = 0;
  std::vector<Slot> slots_ = std::vector<Slot>(64);
};

size_t ordinal_in(int64_t value, size_t num_distinct) {
  if (value < 0 || static_cast<uint64_t>(value) >= num_distinct)
    throw CorruptIndexError("a column has a string that its dictionary lacks");
  return static_cast<size_t>(value);
}

// How many documents have each string of a segment; those that none has are passed over.
class StringCounts {
 public:
  StringCounts(const Values& values, const DocBits& matches, uint64_t& docs)
      : values_(&values), counts_(values.num_distinct()) {
    for_each_value_list(values, matches, [&](uint32_t, std::span<const int64_t> of_doc) {
      docs += !of_doc.empty();
      for (const int64_t value : of_doc) ++counts_[ordinal_in(value, counts_.size())];
    });
    skip();
  }

  bool is_done() const { return at_ == counts_.size(); }
  uint32_t count() const { return counts_[at_]; }
  const std::string& text() {
    if (!has_text_) text_ = values_->string(static_cast<uint32_t>(at_));
    has_text_ = true;
    return text_;
  }
  void next() {
    ++at_;
    skip();
  }

 private:
  void skip() {
    while (at_ < counts_.size() && counts_[at_] == 0) ++at_;
    has_text_ = false;
  }

  const Values* values_;
  std::vector<uint32_t> counts_;
  size_t at_ = 0;
  bool has_text_ = false;
  std::string text_;
};

KeyValue string_key(std::string text) { return {false, 0, std::move(text)}; }
KeyValue number_key(int64_t number) { return {false, number, {}}; }

// The segments' dictionaries are read side by side: in memory there is a count for each string, and no string.
Terms count_strings(const MatchSet& matches, const FieldColumn& column, size_t limit, uint64_t least) {
  Deadline& deadline = Deadline::current();
  Terms terms;
  Top top(limit, least);
  std::vector<std::unique_ptr<StringCounts>> lists;
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    auto list = std::make_unique<StringCounts>(*column.segments[i], matches.segments[i], terms.docs);
    if (!list->is_done()) lists.push_back(std::move(list));
  }
  if (lists.size() == 1) {
    for (StringCounts& list = *lists.front(); !list.is_done(); list.next()) {
      ++terms.distinct;
      top.offer(list.count(), [&] { return string_key(list.text()); });
    }
  } else {
    const auto later = [](StringCounts* left, StringCounts* right) { return left->text() > right->text(); };
    std::priority_queue<StringCounts*, std::vector<StringCounts*>, decltype(later)> queue(later);
    for (const auto& list : lists) queue.push(list.get());
    while (!queue.empty()) {
      deadline.tick();
      const std::string text = queue.top()->text();
      uint64_t count = 0;
      while (!queue.empty() && queue.top()->text() == text) {
        StringCounts* list = queue.top();
        queue.pop();
        count += list->count();
        list->next();
        if (!list->is_done()) queue.push(list);
      }
      ++terms.distinct;
      top.offer(count, [&] { return string_key(text); });
    }
  }
  terms.top = top.sorted();
  return terms;
}

Terms count_numbers(const MatchSet& matches, const FieldColumn& column, size_t limit, uint64_t least) {
  Terms terms;
  NumberCounts counts;
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    for_each_value_list(*column.segments[i], matches.segments[i],
                        [&](uint32_t, std::span<const int64_t> values) {
                          terms.docs += !values.empty();
                          for (const int64_t value : values) counts.add(value);
                        });
  }
  Top top(limit, least);
  for (const auto& [number, count] : counts.sorted()) {
    ++terms.distinct;
    top.offer(count, [number = number] { return number_key(number); });
  }
  terms.top = top.sorted();
  return terms;
}

// The exact sum of doubles, as parts that do not overlap: J. R. Shewchuk, "Adaptive precision floating-point
// arithmetic and fast robust geometric predicates", 1997; rounded once, as Python's math.fsum does it.
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

  double rounded() const {
    if (special_ != 0 || std::isnan(special_)) return special_;
    if (overflow_ != 0 || std::isnan(overflow_)) return overflow_;
    size_t n = parts_.size();
    if (n == 0) return 0;
    double high = parts_[--n];
    double low = 0;
    while (n > 0) {
      const double x = high;
      const double y = parts_[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    if (n > 0 && ((low < 0 && parts_[n - 1] < 0) || (low > 0 && parts_[n - 1] > 0))) {
      const double twice = low * 2;
      const double up = high + twice;
      if (twice == up - high) high = up;
    }
    return high;
  }

 private:
  std::vector<double> parts_;
  double special_ = 0;
  double overflow_ = 0;
};

// Finds the group of each value, and makes it while there is room for one more.
class Groups {
 public:
  Groups(const FieldColumn& column, size_t limit) : column_(column), limit_(limit) {
    for (const auto& values : column.segments)
      of_ordinal_.emplace_back(values ? values->num_distinct() : 0, kUnknown);
  }

  // Calls visit(group) for each of a document's values; for the group of those without one, if it has none.
  template <class Visit>
  void for_each(size_t segment, uint32_t doc, Visit&& visit) {
    const Values* values = column_.segments[segment].get();
    const auto [first, end] = values == nullptr ? std::pair(0U, 0U) : values->values_of(doc);
    if (first == end) visit_if(missing_ == kUnknown ? missing_ = made({}) : missing_, visit);
    for (uint32_t number = first; number < end; ++number) {
      const int64_t value = values->value(number);
      visit_if(column_.has_strings ? of_string(segment, *values, value) : of_number(value), visit);
    }
  }

  std::vector<Group>&& take() { return std::move(groups_); }

 private:
  static constexpr int32_t kUnknown = -1;
  static constexpr int32_t kNone = -2;  // there were enough others before it

  template <class Visit>
  void visit_if(int32_t group, Visit&& visit) {
    if (group >= 0) visit(groups_[static_cast<size_t>(group)]);
  }

  int32_t made(KeyValue value) {
    if (groups_.size() >= limit_) return kNone;
    groups_.push_back({std::move(value), 0, {}});
    return static_cast<int32_t>(groups_.size() - 1);
  }

  int32_t of_string(size_t segment, const Values& values, int64_t ordinal) {
    int32_t& known = of_ordinal_[segment][ordinal_in(ordinal, values.num_distinct())];
    if (known != kUnknown) return known;
    std::string text = values.string(static_cast<uint32_t>(ordinal));
    const auto at = strings_.find(text);
    if (at != strings_.end()) return known = at->second;
    known = made(string_key(text));
    if (known >= 0) strings_.emplace(std::move(text), known);
    return known;
  }

  int32_t of_number(int64_t number) {
    const auto at = numbers_.find(number);
    if (at != numbers_.end()) return at->second;
    const int32_t group = made(number_key(number));
    if (group >= 0) numbers_.emplace(number, group);
    return group;
  }

  const FieldColumn& column_;
  size_t limit_;
  std::vector<Group> groups_;
  std::vector<std::vector<int32_t>> of_ordinal_;  // by segment
  std::unordered_map<std::string, int32_t> strings_;
  std::unordered_map<int64_t, int32_t> numbers_;
  int32_t missing_ = kUnknown;
};

}  // namespace

Terms count_terms(const MatchSet& matches, const FieldColumn& column, size_t limit, uint64_t least) {
  return (column.has_strings ? count_strings : count_numbers)(matches, column, limit, least);
}

Ranges count_ranges(const MatchSet& matches, const FieldColumn& column,
                    std::span<const std::pair<int64_t, int64_t>> ranges) {
  Ranges found{std::vector<uint64_t>(ranges.size()), 0};
  std::vector<int64_t> lows;
  for (const auto& range : ranges) lows.push_back(range.first);
  // Where to begin to look for a value's range: by its leading bits, few of which have more than one border.
  constexpr uint64_t kSlots = 4096;
  const int64_t least = lows.empty() ? 0 : lows.front();
  const uint64_t span = lows.empty() ? 0 : static_cast<uint64_t>(lows.back()) - static_cast<uint64_t>(least);
  const int shift = std::max(static_cast<int>(std::bit_width(span)) - 12, 0);
  std::vector<uint32_t> starts(kSlots + 1);
  for (size_t i = 0, slot = 0; slot <= kSlots; ++slot) {
    while (i + 1 < lows.size() &&
           (static_cast<uint64_t>(lows[i + 1]) - static_cast<uint64_t>(least)) >> shift < slot)
      ++i;
    starts[slot] = static_cast<uint32_t>(i);
  }
  // The number of the range that a value is in, or that it would be in but for its upper end; -1: before all.
  const auto number_of = [&](int64_t value) -> std::ptrdiff_t {
    if (lows.empty() || value < least) return -1;
    const uint64_t slot = (static_cast<uint64_t>(value) - static_cast<uint64_t>(least)) >> shift;
    size_t at = starts[std::min(slot, kSlots)];
    while (at + 1 < lows.size() && lows[at + 1] <= value) ++at;
    return static_cast<std::ptrdiff_t>(at);
  };
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    std::ptrdiff_t recent = -1;  // most values are in the range of the one before
    for_each_value_list(*column.segments[i], matches.segments[i],
                        [&](uint32_t, std::span<const int64_t> values) {
                          found.docs += !values.empty();
                          std::ptrdiff_t counted = -1;
                          for (const int64_t value : values) {
                            if (recent < 0 || value < ranges[static_cast<size_t>(recent)].first ||
                                value > ranges[static_cast<size_t>(recent)].second)
                              recent = number_of(value);
                            if (recent < 0 || recent == counted) continue;
                            if (value > ranges[static_cast<size_t>(recent)].second) continue;
                            counted = recent;
                            ++found.counts[static_cast<size_t>(recent)];
                          }
                        });
  }
  return found;
}

std::optional<std::pair<int64_t, int64_t>> bounds_of(const MatchSet& matches, const FieldColumn& column) {
  Deadline& deadline = Deadline::current();
  std::optional<std::pair<int64_t, int64_t>> bounds;
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    const Values& values = *column.segments[i];
    Run run(values);
    static_assert(kRunDocs == Values::kBlock);
    for (uint32_t begin = 0; begin < values.num_docs(); begin += kRunDocs) {
      const auto bits = bits_at(matches.segments[i], begin);
      if ((bits.first | bits.second) == 0) continue;
      deadline.tick();
      const uint32_t block = begin / kRunDocs;  // of values, too, where each document has one
      if (bounds && values.is_dense() && values.block_min(block) >= bounds->first &&
          values.block_max(block) <= bounds->second)
        continue;
      run.load(begin, std::min(begin + kRunDocs, values.num_docs()));
      for_each_bit(bits, begin, [&](uint32_t doc) {
        const std::span<const int64_t> found = run.of(doc);
        if (found.empty()) return;
        if (!bounds) bounds.emplace(found.front(), found.back());
        bounds->first = std::min(bounds->first, found.front());
        bounds->second = std::max(bounds->second, found.back());
      });
    }
  }
  return bounds;
}

Numbers sum_numbers(const MatchSet& matches, const FieldColumn& column, bool are_doubles) {
  Numbers found;
  ExactSum sum;
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    for_each_value_list(
        *column.segments[i], matches.segments[i], [&](uint32_t, std::span<const int64_t> values) {
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
  found.doubles = sum.rounded();
  return found;
}

std::vector<Group> group_matches(const MatchSet& matches, const PlanNode& plan, const Snapshot& snapshot,
                                 const FieldColumn& column, const std::vector<SortKey>& keys, size_t limit,
                                 size_t hits_of_group) {
  std::vector<ScoredDoc> order;
  if (keys.empty()) {
    order = search_exhaustively(plan, snapshot, snapshot.num_live_docs());
  } else {
    for (const SortedHit& hit : sort_matches(matches, plan, snapshot, keys, matches.count, std::nullopt))
      order.push_back({hit.score, hit.doc});
  }
  std::vector<uint32_t> first_docs;
  for (const SnapshotSegment& part : snapshot.segments()) first_docs.push_back(part.first_doc);
  Deadline& deadline = Deadline::current();
  Groups groups(column, limit);
  for (const ScoredDoc& hit : order) {
    deadline.tick();
    const auto behind = std::upper_bound(first_docs.begin(), first_docs.end(), hit.doc);
    const auto segment = static_cast<size_t>(behind - first_docs.begin() - 1);
    const uint32_t doc = hit.doc - first_docs[segment];
    if ((matches.segments[segment][doc / 64] >> (doc % 64) & 1) == 0) continue;
    groups.for_each(segment, doc, [&](Group& group) {
      ++group.count;
      if (group.hits.size() < hits_of_group) group.hits.push_back(hit);
    });
  }
  return groups.take();
}

}  // namespace searchlib::collect
