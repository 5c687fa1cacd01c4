#include "columns/column.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "columns/scales.hpp"

namespace searchlib::columns {
namespace {

constexpr size_t kHeader = 32;
constexpr uint32_t kRankDocs = 512;

}  // namespace

void Column::corrupt(const std::string& what) const {
  throw CorruptIndexError(buffer_->file_name() + ", part '" + name_ + "': " + what, name_,
                          buffer_->file_name());
}

Column::Column(const CheckedBuffer& buffer, const PartRange& part, std::string name, uint32_t num_docs,
               char type)
    : buffer_(&buffer), name_(std::move(name)), type_(type), num_docs_(num_docs) {
  if (part.length < kHeader) corrupt("too short");
  open(buffer.touch(part.offset, kHeader), part);
}

void Column::open(const uint8_t* header, const PartRange& part) {
  num_values_ = load_fixed<uint32_t>(header + 8);
  const uint64_t of_numbers = load_fixed<uint64_t>(header + 16);
  const uint64_t of_places = load_fixed<uint64_t>(header + 24);
  scale_ = header[2];
  if (header[0] != static_cast<uint8_t>(type_) || header[1] > static_cast<uint8_t>(Shape::kLists) ||
      scale_ > kMaxScale + 1 || (scale_ > 0 && type_ != 'd'))
    corrupt("not a column of that type");
  shape_ = static_cast<Shape>(header[1]);
  if (scale_ > 0) factor_ = kPowers[scale_ - 1];
  if (load_fixed<uint32_t>(header + 4) != num_docs_)
    corrupt("it has " + std::to_string(load_fixed<uint32_t>(header + 4)) + " documents, its segment " +
            std::to_string(num_docs_));
  const uint64_t room = part.length - kHeader;
  if (of_numbers > room || of_places > room - of_numbers) corrupt("its length does not fit its counts");
  if ((shape_ == Shape::kNone) != (num_values_ == 0) ||
      (shape_ == Shape::kEach && num_values_ != num_docs_) ||
      (shape_ == Shape::kSome && num_values_ > num_docs_))
    corrupt("its counts do not fit its shape");
  const PartRange numbers{part.offset + kHeader, of_numbers};
  const PartRange places{numbers.offset + of_numbers, of_places};
  if (shape_ != Shape::kNone) numbers_ = Numbers(*buffer_, numbers, num_values_);
  if (shape_ == Shape::kSome) {
    const uint64_t words = (uint64_t{num_docs_} + 63) / 64;
    const uint64_t ranks = (uint64_t{num_docs_} + kRankDocs - 1) / kRankDocs;
    if (of_places != words * 8 + ranks * 4) corrupt("its length does not fit its counts");
    bits_ = buffer_->touch(places.offset, places.length);
    ranks_ = bits_ + words * 8;
  }
  if (shape_ == Shape::kLists) {
    if (num_docs_ == 0) corrupt("its counts do not fit its shape");
    slope_ = slope_of(num_values_, num_docs_);
    starts_ = Numbers(*buffer_, places, num_docs_ + 1);
  }
  rest_at_ = places.offset + of_places;
}

uint32_t Column::start_of(uint32_t doc) const {
  const auto start = static_cast<uint64_t>(starts_[doc]) + expected_start(doc, slope_);
  if (start > num_values_) corrupt("a document's values lie outside of it");
  return static_cast<uint32_t>(start);
}

std::pair<uint32_t, uint32_t> Column::values_of(uint32_t doc) const {
  switch (shape_) {
    case Shape::kNone:
      return {0, 0};
    case Shape::kEach:
      return {doc, doc < num_docs_ ? doc + 1 : doc};
    case Shape::kSome: {
      if (doc >= num_docs_) return {num_values_, num_values_};
      uint64_t rank = load_fixed<uint32_t>(ranks_ + size_t{doc / kRankDocs} * 4);
      const uint32_t word = doc / 64;
      for (uint32_t i = doc / kRankDocs * (kRankDocs / 64); i < word; ++i)
        rank += static_cast<uint64_t>(std::popcount(load_fixed<uint64_t>(bits_ + size_t{i} * 8)));
      const uint64_t bits = load_fixed<uint64_t>(bits_ + size_t{word} * 8);
      rank += static_cast<uint64_t>(std::popcount(bits & ((uint64_t{1} << (doc % 64)) - 1)));
      const uint64_t end = rank + (bits >> (doc % 64) & 1);
      if (end > num_values_) corrupt("its documents have more values than there are");
      return {static_cast<uint32_t>(rank), static_cast<uint32_t>(end)};
    }
    case Shape::kLists: {
      if (doc >= num_docs_) return {num_values_, num_values_};
      const uint32_t first = start_of(doc);
      const uint32_t end = start_of(doc + 1);
      if (end < first) corrupt("its starts do not ascend");
      return {first, end};
    }
  }
  return {0, 0};
}

void Column::starts(uint32_t doc, uint32_t n, uint32_t* out) const {
  if (n == 0) return;
  if (shape_ != Shape::kLists) {
    uint32_t number = values_of(doc).first;
    for (uint32_t i = 0; i < n; ++i) {
      out[i] = number;
      const uint32_t here = doc + i;
      if (shape_ == Shape::kEach) ++number;
      if (shape_ == Shape::kSome && here < num_docs_) number += bits_[here / 8] >> (here % 8) & 1;
    }
    if (number > num_values_ + (shape_ == Shape::kEach))
      corrupt("more documents have a value than there are values");
    return;
  }
  int64_t packed[kBlock];
  uint64_t previous = 0;
  for (uint32_t at = 0; at < n; at += kBlock) {
    const uint32_t count = std::min(kBlock, n - at);
    starts_.decode(doc + at, count, packed);
    for (uint32_t i = 0; i < count; ++i) {
      const uint64_t start = static_cast<uint64_t>(packed[i]) + expected_start(doc + at + i, slope_);
      if (start > num_values_ || start < previous) corrupt("its starts do not ascend");
      previous = start;
      out[at + i] = static_cast<uint32_t>(start);
    }
  }
}

int64_t Column::value(uint32_t number) const {
  if (number >= num_values_) corrupt("a value is asked for that there is not");
  return limited(key_of(numbers_[number]));
}

void Column::decode_numbers(uint32_t first, uint32_t n, int64_t* out) const {
  if (first > num_values_ || n > num_values_ - first) corrupt("a value is asked for that there is not");
  numbers_.decode(first, n, out);
}

void Column::decode(uint32_t first, uint32_t n, int64_t* out) const {
  decode_numbers(first, n, out);
  if (scale_ > 0) {
    for (uint32_t i = 0; i < n; ++i) out[i] = key_of(out[i]);
  }
  if (limit_ == UINT64_MAX) return;
  uint64_t most = 0;
  for (uint32_t i = 0; i < n; ++i) most = std::max(most, static_cast<uint64_t>(out[i]));
  if (n > 0 && most >= limit_) corrupt("a value is no string's");
}

void Column::presence(uint32_t chunk, uint64_t bits[2]) const {
  const size_t words = (size_t{num_docs_} + 63) / 64;
  for (size_t i = 0; i < 2; ++i) {
    const size_t word = size_t{chunk} * 2 + i;
    bits[i] = word < words ? load_fixed<uint64_t>(bits_ + word * 8) : 0;
  }
}

std::pair<int64_t, int64_t> Column::bounds() const {
  if (!has_bounds_.load(std::memory_order_acquire)) {
    int64_t least = block_min(0), most = block_max(0);
    for (uint32_t block = 1; block < num_blocks(); ++block) {
      least = std::min(least, block_min(block));
      most = std::max(most, block_max(block));
    }
    least_.store(least, std::memory_order_relaxed);
    most_.store(most, std::memory_order_relaxed);
    has_bounds_.store(true, std::memory_order_release);
  }
  return {least_.load(std::memory_order_relaxed), most_.load(std::memory_order_relaxed)};
}

std::optional<std::pair<int64_t, int64_t>> Column::numbers_between(int64_t low, int64_t high) const {
  if (low > high || num_values_ == 0) return std::nullopt;
  if (scale_ == 0) return std::pair(low, high);
  // The least integer whose key is not below, by halving: keys ascend with integers.
  const auto first_from = [&](int64_t key) {
    int64_t from = -kMaxScaled;
    int64_t to = kMaxScaled + 1;
    while (from < to) {
      const int64_t middle = from + (to - from) / 2;
      if (key_of(middle) < key) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  };
  const int64_t end = high == kMostKey ? kMaxScaled + 1 : first_from(high + 1);
  const int64_t first = first_from(low);
  if (first >= end) return std::nullopt;
  return std::pair(first, end - 1);
}

std::optional<Numbers::Units> Column::units_between(int64_t low, int64_t high) const {
  const auto numbers = numbers_between(low, high);
  Numbers::Units units{};
  if (!numbers || !numbers_.units_between(numbers->first, numbers->second, units)) return std::nullopt;
  return units;
}

void Column::check() const {
  uint32_t end = 0;
  std::vector<int64_t> values;
  for (uint32_t doc = 0; doc < num_docs_; ++doc) {
    const auto [first, stop] = values_of(doc);
    if (first != end) corrupt("its documents do not share its values out");
    end = stop;
    values.resize(stop - first);
    decode(first, stop - first, values.data());
    for (size_t i = 0; i + 1 < values.size(); ++i) {
      if (values[i] >= values[i + 1]) corrupt("a document's values do not ascend");
    }
  }
  if (end != num_values_) corrupt("its documents do not share its values out");
  int64_t block[kBlock];
  for (uint32_t i = 0; i < num_blocks(); ++i) {
    const uint32_t count = std::min(kBlock, num_values_ - i * kBlock);
    decode(i * kBlock, count, block);
    const auto [least, most] = std::minmax_element(block, block + count);
    if (*least != block_min(i) || *most != block_max(i))
      corrupt("a block's bounds are not those of its values");
  }
}

KeywordColumn::KeywordColumn(const CheckedBuffer& buffer, const PartRange& part, std::string name,
                             uint32_t num_docs)
    : Column(buffer, part, std::move(name), num_docs, 'k'),
      strings_(buffer, rest_at(), part.offset + part.length - rest_at()) {
  limit_keys(strings_.size());
}

uint32_t KeywordColumn::lower_bound(std::string_view string) const {
  const std::optional<uint32_t> block = strings_.block_of(string);
  if (!block) return 0;
  uint32_t below = *block * kDictionaryBlock;
  strings_.scan_block(*block, [&](uint32_t index, std::string_view key) {
    if (key >= string) return false;
    below = index + 1;
    return true;
  });
  return below;
}

std::pair<uint32_t, uint32_t> KeywordColumn::ordinals(std::optional<std::string_view> low,
                                                      std::optional<std::string_view> high, bool includes_low,
                                                      bool includes_high) const {
  const auto behind = [&](std::string_view string) {
    const uint32_t first = lower_bound(string);
    return first < num_distinct() && this->string(first) == string ? first + 1 : first;
  };
  uint32_t first = 0;
  uint32_t end = num_distinct();
  if (low) first = includes_low ? lower_bound(*low) : behind(*low);
  if (high) end = includes_high ? behind(*high) : lower_bound(*high);
  return {first, std::max(first, end)};
}

void KeywordColumn::check() const {
  Column::check();
  std::string previous;
  for (uint32_t block = 0; block < strings_.num_blocks(); ++block) {
    strings_.scan_block(block, [&](uint32_t index, std::string_view key) {
      if (index > 0 && key <= previous) corrupt("its strings do not ascend");
      previous = key;
      return true;
    });
  }
}

}  // namespace searchlib::columns
