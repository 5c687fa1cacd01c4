// One key of an order in one segment: what it is of each document, as numbers that compare within that segment; and
// which of the matches may be wanted, by the bounds of a column's blocks.

#pragma once

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "collect/order.hpp"
#include "collect/runs.hpp"
#include "columns/column_match.hpp"

namespace searchlib::collect {

// A key inside a segment; less comes first. order: -1 missing and first, 0 there, 1 missing and last.
struct LocalKey {
  int64_t order = 0;
  int64_t value = 0;
  auto operator<=>(const LocalKey&) const = default;
};

// doc: in the segment; -1 for a place before all of them.
struct Entry {
  std::array<LocalKey, kMaxKeys> keys;
  int64_t doc = -1;
};

// One key in one segment.
class Reader {
 public:
  Reader(const SortKey& key, size_t segment)
      : key_(key), values_(key.column == nullptr ? nullptr : key.column->segments[segment].get()) {
    if (values_ != nullptr && key.column->has_strings) collation_ = &values_->collation();
  }

  bool is_score() const { return key_.column == nullptr; }
  bool is_reverse() const { return key_.reverse; }
  // Its order is that of the numbers that the column holds.
  const Values* numbers() const { return collation_ == nullptr ? values_ : nullptr; }
  const Values* values() const { return values_; }

  LocalKey missing() const { return {key_.missing_first ? -1 : 1, 0}; }
  LocalKey of_number(int64_t number) const { return {0, key_.reverse ? ~number : number}; }

  LocalKey of(std::span<const int64_t> values) const {
    if (values.empty()) return missing();
    if (collation_ == nullptr) return of_number(key_.reverse ? values.back() : values.front());
    int64_t best = rank_of(values.front());
    for (const int64_t ordinal : values.subspan(1)) {
      const int64_t rank = rank_of(ordinal);
      best = key_.reverse ? std::max(best, rank) : std::min(best, rank);
    }
    return of_number(best);
  }

  LocalKey of(uint32_t doc) const {
    if (values_ == nullptr) return missing();
    const auto [first, end] = values_->values_of(doc);
    if (first == end) return missing();
    if (collation_ == nullptr) return of_number(values_->value(key_.reverse ? end - 1 : first));
    int64_t best = rank_of(values_->value(first));
    for (uint32_t number = first + 1; number < end; ++number) {
      const int64_t rank = rank_of(values_->value(number));
      best = key_.reverse ? std::max(best, rank) : std::min(best, rank);
    }
    return of_number(best);
  }

  // A key of any segment as it compares with those of this one.
  LocalKey local(const KeyValue& key) const {
    if (key.is_missing) return missing();
    if (key_.column == nullptr || !key_.column->has_strings) return of_number(key.number);
    if (collation_ == nullptr) return of_number(0);  // nothing here to compare it with
    const std::string fold = folded(key.text);
    const auto& by_rank = collation_->ordinal;
    const auto at = std::lower_bound(by_rank.begin(), by_rank.end(), key.text,
                                     [&](uint32_t ordinal, const std::string& text) {
                                       const std::string here = values_->string(ordinal);
                                       const std::string here_folded = folded(here);
                                       return here_folded != fold ? here_folded < fold : here < text;
                                     });
    const int64_t rank = 2 * (at - by_rank.begin());
    return of_number(at != by_rank.end() && values_->string(*at) == key.text ? rank : rank - 1);
  }

  KeyValue global(const LocalKey& key) const {
    KeyValue made;
    if (key.order != 0) return made;
    made.is_missing = false;
    made.number = key_.reverse ? ~key.value : key.value;
    if (collation_ != nullptr)
      made.text = values_->string(collation_->ordinal[static_cast<size_t>(made.number / 2)]);
    return made;
  }

 private:
  // Even: what lies between two strings has a place, too.
  int64_t rank_of(int64_t ordinal) const {
    return 2 * int64_t{collation_->rank_of[ordinal_in(ordinal, collation_->rank_of.size())]};
  }

  const SortKey& key_;
  const Values* values_;
  const Values::Collation* collation_ = nullptr;
};

// The matches whose numbers may be wanted, 128 documents at a time: those between the keys of the place that a page
// begins at and of the worst hit that is kept. It passes over what no hit can be of; the rest is for others to judge.
class WantedNumbers {
 public:
  // Documents without a value must come last.
  WantedNumbers(const Values& values, bool reverse) : values_(values), reverse_(reverse) {}

  // Keys as they compare, both included.
  void set_stretch(int64_t first, int64_t last) {
    if (match_ && first == first_ && last == last_) return;
    first_ = first;
    last_ = last;
    match_.emplace(values_.column(), reverse_ ? ~last : first, reverse_ ? ~first : last);
  }

  std::pair<uint64_t, uint64_t> among(std::pair<uint64_t, uint64_t> bits, uint32_t begin) {
    if (!match_) return bits;
    if (match_->is_empty()) return {0, 0};
    const columns::Bits128 wanted = match_->documents(begin / kRunDocs);
    return {bits.first & wanted[0], bits.second & wanted[1]};
  }

 private:
  const Values& values_;
  bool reverse_;
  int64_t first_ = 0;
  int64_t last_ = 0;
  std::optional<columns::ColumnMatch> match_;
};

}  // namespace searchlib::collect
