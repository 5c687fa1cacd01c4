// The values of one field of one segment, by document, for filters, sorting and facets. A value is a key
// (keys.hpp): it is compared as it is, and what it means its owner knows. A document may have none, one or
// several; these are distinct and ascend.
//
//   "column:FIELD" := u8 type, u8 shape, u8 scale, u8 0, u32 num_docs, u32 num_values, u32 0,
//                     u64 length of numbers, u64 length of places, numbers, places, [dictionary]
//   type   := 'd' doubles, 'q' integers and dates, 'B' booleans, 'k' strings, by their place in the dictionary
//   shape  := 0 no values, 1 one for each document, 2 at most one, 3 several
//   scale  := 0 the numbers are the keys; 1 + n, of doubles: the numbers are integers, the values these / 10ⁿ
//   places := shape 2: u64 bit of each document that has a value {⌈num_docs / 64⌉},
//                      u32 values before each 512th document {⌈num_docs / 512⌉}
//             shape 3: numbers {num_docs + 1}: where a document's values begin, minus
//                      ⌊document · ⌊num_values · 2¹⁶ / num_docs⌋ / 2¹⁶⌋, so that few bits are enough
//
// The dictionary (postings/dictionary.hpp, without payloads) has the distinct strings, ascending by bytes. Every number
// is checked where it is used: a damaged file is a CorruptIndexError.

#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "columns/keys.hpp"
#include "columns/numbers.hpp"
#include "columns/totals.hpp"
#include "postings/dictionary.hpp"

namespace searchlib::columns {

enum class Shape : uint8_t { kNone, kEach, kSome, kLists };

class Column {
 public:
  static constexpr uint32_t kBlock = Numbers::kBlock;

  // name: the part's, for messages. type: what the field's should be.
  Column(const CheckedBuffer& buffer, const PartRange& part, std::string name, uint32_t num_docs, char type);
  virtual ~Column() = default;
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;

  char type() const { return type_; }
  Shape shape() const { return shape_; }
  uint32_t num_docs() const { return num_docs_; }
  uint32_t num_values() const { return num_values_; }
  bool single_valued() const { return shape_ != Shape::kLists; }

  // The numbers of a document's values, [first, end). doc ≤ num_docs(): behind the last, none.
  std::pair<uint32_t, uint32_t> values_of(uint32_t doc) const;
  // The first of them for each of n documents from `doc` on, doc + n ≤ num_docs() + 1; they ascend.
  void starts(uint32_t doc, uint32_t n, uint32_t* out) const;
  int64_t value(uint32_t number) const;
  void decode(uint32_t first, uint32_t n, int64_t* out) const;

  // What is packed in place of keys, and ascends as they do: of doubles that are decimals the integers of these. The
  // numbers of the keys in a stretch, both ends included; nothing if there can be none.
  const Numbers& numbers() const { return numbers_; }
  std::optional<std::pair<int64_t, int64_t>> numbers_between(int64_t low, int64_t high) const;
  int64_t key_of_number(int64_t number) const { return key_of(number); }
  void decode_numbers(uint32_t first, uint32_t n, int64_t* out) const;

  // By blocks of 128 values; what bounds them.
  uint32_t num_blocks() const { return numbers_.num_blocks(); }
  int64_t block_min(uint32_t block) const { return key_of(numbers_.block_min(block)); }
  int64_t block_max(uint32_t block) const { return key_of(numbers_.block_max(block)); }
  // What bounds all of them, where there are any. Computed when first asked for, and kept.
  std::pair<int64_t, int64_t> bounds() const;

  // A stretch of keys as `match` takes it; nothing if no value can lie in it.
  std::optional<Numbers::Units> units_between(int64_t low, int64_t high) const;
  void match(uint32_t block, const Numbers::Units& units, uint64_t bits[2]) const {
    numbers_.match(block, units, bits);
  }
  // Of documents 128 · chunk and on: bit i says whether the i-th has a value; of `kSome` alone.
  void presence(uint32_t chunk, uint64_t bits[2]) const;

  virtual void check() const;  // reads everything

 protected:
  [[noreturn]] void corrupt(const std::string& what) const;
  uint64_t rest_at() const { return rest_at_; }  // behind the places
  // What a key must be below, of strings.
  void limit_keys(uint32_t limit) { limit_ = limit; }

 private:
  int64_t key_of(int64_t number) const {
    return scale_ == 0 ? number : key_of_double(static_cast<double>(number) / factor_);
  }
  int64_t limited(int64_t key) const {
    if (limit_ != UINT64_MAX && static_cast<uint64_t>(key) >= limit_) corrupt("a value is no string's");
    return key;
  }
  void open(const uint8_t* header, const PartRange& part);
  uint32_t start_of(uint32_t doc) const;

  const CheckedBuffer* buffer_;
  std::string name_;
  char type_;
  Shape shape_ = Shape::kNone;
  unsigned scale_ = 0;
  double factor_ = 1;
  uint32_t num_docs_;
  uint32_t num_values_ = 0;
  uint64_t limit_ = UINT64_MAX;  // no limit
  uint64_t slope_ = 0;
  Numbers numbers_;
  Numbers starts_;
  const uint8_t* bits_ = nullptr;
  const uint8_t* ranks_ = nullptr;
  uint64_t rest_at_ = 0;
  // Set by whoever is the first, each time to the same; the flag after the bounds.
  mutable std::atomic<int64_t> least_ = 0;
  mutable std::atomic<int64_t> most_ = 0;
  mutable std::atomic<bool> has_bounds_ = false;
};

class KeywordColumn : public Column {
 public:
  KeywordColumn(const CheckedBuffer& buffer, const PartRange& part, std::string name, uint32_t num_docs);

  uint32_t num_distinct() const { return strings_.size(); }
  std::string string(uint32_t ordinal) const { return strings_.key_at(ordinal); }
  std::optional<uint32_t> find(std::string_view string) const { return strings_.find(string); }
  // How many strings are below it.
  uint32_t lower_bound(std::string_view string) const;
  // The ordinals of the strings between two ends, [first, end); nothing is an open end.
  std::pair<uint32_t, uint32_t> ordinals(std::optional<std::string_view> low,
                                         std::optional<std::string_view> high, bool includes_low = true,
                                         bool includes_high = true) const;
  void check() const override;

  const KeptTotals& totals() const { return totals_; }

 private:
  Dictionary strings_;
  KeptTotals totals_;
};

}  // namespace searchlib::columns
