// The values of one field in one segment as collectors read them: its column, and the order of its strings.
//
// All values are order-preserving signed 64-bit keys (columns/keys.hpp); those of strings are ordinals of a sorted
// dictionary. A document has none, one or several, which ascend and differ.

#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "search/snapshot.hpp"

namespace searchlib::collect {

class Values {
 public:
  static constexpr uint32_t kBlock = columns::Column::kBlock;

  // segment: keeps the column. strings: the same column, if it is of strings; else null.
  Values(std::shared_ptr<const Segment> segment, const columns::Column& column,
         const columns::KeywordColumn* strings)
      : segment_(std::move(segment)), column_(column), strings_(strings) {}
  ~Values() { delete collation_.load(); }
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;

  const columns::Column& column() const { return column_; }
  uint32_t num_docs() const { return column_.num_docs(); }
  // Every document has one value, of its own number.
  bool is_dense() const { return column_.single_valued() && column_.num_values() == column_.num_docs(); }
  // [first, end) of a document's value numbers.
  std::pair<uint32_t, uint32_t> values_of(uint32_t doc) const { return column_.values_of(doc); }
  // Where the values of `n` documents begin.
  void starts(uint32_t doc, uint32_t n, uint32_t* out) const { column_.starts(doc, n, out); }
  int64_t value(uint32_t number) const { return column_.value(number); }
  void decode(uint32_t first, uint32_t n, int64_t* out) const { column_.decode(first, n, out); }
  void decode_numbers(uint32_t first, uint32_t n, int64_t* out) const {
    column_.decode_numbers(first, n, out);
  }
  int64_t block_min(uint32_t block) const { return column_.block_min(block); }
  int64_t block_max(uint32_t block) const { return column_.block_max(block); }
  // Of strings: how many different ones, and each by its ordinal.
  uint32_t num_distinct() const { return strings_ == nullptr ? 0 : strings_->num_distinct(); }
  std::string string(uint32_t ordinal) const { return strings_->string(ordinal); }
  // Of strings: what was counted over all documents, deleted ones too; null: it was not yet.
  const columns::StringTotals* totals() const { return strings_->totals().get(); }
  const columns::StringTotals& keep_totals(columns::StringTotals totals) const {
    return strings_->totals().keep(std::move(totals));
  }

  // Strings in the order of the collation: by what they are in small letters and without the dots of ё, then
  // as they are. Made when first asked for, and kept.
  struct Collation {
    std::vector<uint32_t> rank_of;  // by ordinal
    std::vector<uint32_t> ordinal;  // by rank
  };
  const Collation& collation() const;

 private:
  std::shared_ptr<const Segment> segment_;
  const columns::Column& column_;
  const columns::KeywordColumn* strings_;
  // Set once; without a lock, which a forked child might find held.
  mutable std::atomic<const Collation*> collation_ = nullptr;
};

// A string's ordinal as an index; CorruptIndexError if its dictionary lacks it.
inline size_t ordinal_in(int64_t value, size_t num_distinct) {
  if (value < 0 || static_cast<uint64_t>(value) >= num_distinct)
    throw CorruptIndexError("a column has a string that its dictionary lacks");
  return static_cast<size_t>(value);
}

// What a string is compared by first.
std::string folded(const std::string& text);

// A field over the segments of a snapshot; null where no document has a value.
struct FieldColumn {
  std::vector<std::shared_ptr<const Values>> segments;
  bool has_strings = false;
};

// That of a snapshot, by the field's place among those that have a column. std::out_of_range if there is none.
FieldColumn column_of(const Snapshot& snapshot, size_t field);

}  // namespace searchlib::collect
