// The values of one field in one segment as collectors read them: sorting, facets, groups. All values are
// order-preserving signed 64-bit keys; those of strings are ordinals of a sorted dictionary.
//
// A document may have none, one or several values, which ascend and differ. Blocks of kBlock values have minima
// and maxima, which let a sort pass over them.

#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "search/snapshot.hpp"

namespace searchlib::collect {

class Values {
 public:
  static constexpr uint32_t kBlock = 128;

  virtual ~Values() = default;
  virtual uint32_t num_docs() const = 0;
  virtual uint32_t num_values() const = 0;
  virtual bool single_valued() const = 0;  // every document has at most one
  // [first, end) of a document's value numbers.
  virtual std::pair<uint32_t, uint32_t> values_of(uint32_t doc) const = 0;
  virtual int64_t value(uint32_t number) const = 0;
  virtual void decode(uint32_t first, uint32_t n, int64_t* out) const = 0;
  virtual int64_t block_min(uint32_t block) const = 0;
  virtual int64_t block_max(uint32_t block) const = 0;
  // Of strings: how many different ones, and each by its ordinal.
  virtual uint32_t num_distinct() const { return 0; }
  virtual std::string string(uint32_t) const { return {}; }

  // Every document has one value, of its own number.
  bool is_dense() const { return single_valued() && num_values() == num_docs(); }

  // Strings in the order of the collation: by what they are in small letters and without the dots of ё, then
  // as they are. Made when first asked for; the segment keeps it.
  struct Collation {
    std::vector<uint32_t> rank_of;  // by ordinal
    std::vector<uint32_t> ordinal;  // by rank
  };
  const Collation& collation() const;

 private:
  mutable std::once_flag collated_;
  mutable Collation collation_;
};

// What a string is compared by first.
std::string folded(const std::string& text);

// Values in memory: what is not read from a column.
class MemoryValues : public Values {
 public:
  // values: of each document, in any order.
  explicit MemoryValues(std::vector<std::vector<int64_t>> values);
  explicit MemoryValues(const std::vector<std::vector<std::string>>& values);

  uint32_t num_docs() const override { return static_cast<uint32_t>(starts_.size() - 1); }
  uint32_t num_values() const override { return static_cast<uint32_t>(values_.size()); }
  bool single_valued() const override { return single_valued_; }
  std::pair<uint32_t, uint32_t> values_of(uint32_t doc) const override {
    return {starts_[doc], starts_[doc + 1]};
  }
  int64_t value(uint32_t number) const override { return values_[number]; }
  void decode(uint32_t first, uint32_t n, int64_t* out) const override;
  int64_t block_min(uint32_t block) const override { return minima_[block]; }
  int64_t block_max(uint32_t block) const override { return maxima_[block]; }
  uint32_t num_distinct() const override { return static_cast<uint32_t>(strings_.size()); }
  std::string string(uint32_t ordinal) const override { return strings_[ordinal]; }

 private:
  void add(std::vector<std::vector<int64_t>>& values);

  std::vector<uint32_t> starts_{0};
  std::vector<int64_t> values_;
  std::vector<int64_t> minima_;
  std::vector<int64_t> maxima_;
  std::vector<std::string> strings_;
  bool single_valued_ = true;
};

// Those of a segment's column.
class ColumnValues : public Values {
 public:
  // segment: keeps the column. strings: the same column, if it is of strings; else null.
  ColumnValues(std::shared_ptr<const Segment> segment, const columns::Column& column,
               const columns::KeywordColumn* strings)
      : segment_(std::move(segment)), column_(column), strings_(strings) {}

  uint32_t num_docs() const override { return column_.num_docs(); }
  uint32_t num_values() const override { return column_.num_values(); }
  bool single_valued() const override { return column_.single_valued(); }
  std::pair<uint32_t, uint32_t> values_of(uint32_t doc) const override { return column_.values_of(doc); }
  int64_t value(uint32_t number) const override { return column_.value(number); }
  void decode(uint32_t first, uint32_t n, int64_t* out) const override { column_.decode(first, n, out); }
  int64_t block_min(uint32_t block) const override { return column_.block_min(block); }
  int64_t block_max(uint32_t block) const override { return column_.block_max(block); }
  uint32_t num_distinct() const override { return strings_ == nullptr ? 0 : strings_->num_distinct(); }
  std::string string(uint32_t ordinal) const override { return strings_->string(ordinal); }

 private:
  std::shared_ptr<const Segment> segment_;
  const columns::Column& column_;
  const columns::KeywordColumn* strings_;
};

// A field over the segments of a snapshot; null where no document has a value.
struct FieldColumn {
  std::vector<std::shared_ptr<const Values>> segments;
  bool has_strings = false;
};

// That of a snapshot, by the field's place among those that have a column. std::out_of_range if there is none.
FieldColumn column_of(const Snapshot& snapshot, size_t field);

}  // namespace searchlib::collect
