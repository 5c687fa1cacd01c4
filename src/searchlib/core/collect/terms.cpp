// How many documents have which value.

#include "collect/facets.hpp"

#include <algorithm>
#include <queue>

#include "collect/runs.hpp"
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

// How many documents have each string of a segment; those that none has are passed over.
class StringCounts {
 public:
  StringCounts(const Values& values, const DocBits& matches, uint64_t& docs)
      : values_(&values), counts_(values.num_distinct()) {
    if (values.is_dense()) {
      docs += count_dense(matches);
    } else {
      for_each_value_list(values, matches, [&](std::span<const int64_t> of_doc) {
        docs += !of_doc.empty();
        for (const int64_t value : of_doc) ++counts_[ordinal_in(value, counts_.size())];
      });
    }
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

  static constexpr size_t kFew = 2048;  // 11 bits

  // Each document has one string. Few strings are counted in several tables: a count need not wait for the one before.
  // These have room for what 11 bits add to a string, so that whether there are such strings is seen at the end.
  uint64_t count_dense(const DocBits& matches) {
    constexpr size_t kTables = 4;
    const size_t distinct = counts_.size();
    const bool are_few = distinct <= kFew;
    const size_t stride = are_few ? distinct + kFew : 0;
    if (are_few) counts_.resize(stride * kTables);
    uint32_t* const table[kTables] = {counts_.data(), counts_.data() + stride, counts_.data() + 2 * stride,
                                      counts_.data() + 3 * stride};
    const columns::Numbers& numbers = values_->column().numbers();
    uint64_t docs = 0;
    uint32_t ordinals[kRunDocs];
    for_each_run(*values_, matches, [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
      const uint32_t block = begin / kRunDocs;
      const bool all = bits.first == kAllBits && bits.second == kAllBits;
      const uint32_t here = all ? kRunDocs : count_bits(bits);
      docs += here;
      const int64_t least = numbers.block_min(block);
      const uint64_t range = static_cast<uint64_t>(numbers.block_max(block)) - static_cast<uint64_t>(least);
      if (range == 0) {
        table[0][ordinal_in(least, distinct)] += here;
        return;
      }
      uint64_t base = 0;
      if (!numbers.unpack_low(block, ordinals, base))
        ordinal_in(-1, distinct);  // throws: ordinals have 32 bits
      size_t first = 0;
      if (are_few && numbers.step() == 1 && range < kFew) {  // so is each of them, whatever the file says
        first = ordinal_in(least, distinct);
      } else {
        uint32_t most = 0;
        for (uint32_t& ordinal : ordinals) {
          ordinal = static_cast<uint32_t>(static_cast<uint64_t>(numbers.least()) +
                                          numbers.step() * (base + ordinal));
          most = std::max(most, ordinal);
        }
        if (most >= distinct) check_all(begin, distinct);
      }
      if (all) {
        for (size_t i = 0; i < kRunDocs; i += kTables) {
          for (size_t j = 0; j < kTables; ++j) ++table[j][first + ordinals[i + j]];
        }
      } else {
        for_each_bit(bits, 0, [&](uint32_t i) { ++table[i % kTables][first + ordinals[i]]; });
      }
    });
    for (size_t i = 0; i < stride * kTables; ++i) {
      if (i % stride >= distinct && counts_[i] != 0)
        ordinal_in(-1, distinct);  // throws: there is no such string
      if (i >= stride && i % stride < distinct) counts_[i % stride] += counts_[i];
    }
    counts_.resize(distinct);
    return docs;
  }

  // Of a block that is not full the last numbers are nobody's; any other that no string has is damage.
  void check_all(uint32_t begin, size_t distinct) const {
    const uint32_t end = std::min(begin + kRunDocs, values_->num_docs());
    for (uint32_t number = begin; number < end; ++number) ordinal_in(values_->value(number), distinct);
  }
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
