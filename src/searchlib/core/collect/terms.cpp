// How many documents have which value.

#include "collect/facets.hpp"

#include <algorithm>
#include <queue>

#include "collect/runs.hpp"
#include "collect/string_counts.hpp"
#include "errors.hpp"

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

  // visit(number, count), in no order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.count != 0) visit(slot.number, slot.count);
    }
  }
  size_t size() const { return size_; }

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

// The strings of a segment that matches have, each with how many have it, ascending.
class StringCounts {
 public:
  StringCounts(const Values& values, const DocBits& matches, uint64_t& docs) : values_(&values) {
    columns::StringTotals found = count_strings_of(values, matches);
    docs += found.docs;
    counts_ = std::move(found.counts);
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

// Each segment packs numbers of its own in place of keys: these are counted, and then made keys.
Terms count_numbers(const MatchSet& matches, const FieldColumn& column, size_t limit, uint64_t least) {
  Terms terms;
  std::vector<std::pair<int64_t, uint64_t>> counted;
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (!column.segments[i]) continue;
    const Values& values = *column.segments[i];
    NumberCounts counts;
    for_each_value_list(
        values, matches.segments[i],
        [&](std::span<const int64_t> numbers) {
          terms.docs += !numbers.empty();
          for (const int64_t number : numbers) counts.add(number);
        },
        Read::kNumbers);
    counted.reserve(counted.size() + counts.size());
    counts.for_each([&](int64_t number, uint64_t count) {
      counted.emplace_back(values.column().key_of_number(number), count);
    });
  }
  std::sort(counted.begin(), counted.end());
  Top top(limit, least);
  for (size_t i = 0; i < counted.size();) {
    const int64_t key = counted[i].first;
    uint64_t count = 0;
    for (; i < counted.size() && counted[i].first == key; ++i) count += counted[i].second;
    ++terms.distinct;
    top.offer(count, [&] { return number_key(key); });
  }
  terms.top = top.sorted();
  return terms;
}

}  // namespace

Terms count_terms(const MatchSet& matches, const FieldColumn& column, size_t limit, uint64_t least) {
  return (column.has_strings ? count_strings : count_numbers)(matches, column, limit, least);
}

}  // namespace searchlib::collect
