#include "columns/column_match.hpp"

#include <algorithm>
#include <bit>

namespace searchlib::columns {

ColumnMatch::ColumnMatch(const Column& column, int64_t low, int64_t high)
    : column_(column), low_(low), high_(high), units_(column.units_between(low, high)) {}

ColumnMatch::ColumnMatch(const Column& column, const Stretches& stretches)
    : column_(column),
      low_(stretches.empty() ? 1 : stretches.front().first),
      high_(stretches.empty() ? 0 : stretches.back().second),
      units_(column.units_between(low_, high_)) {
  if (stretches.size() > 1) stretches_ = stretches;
}

ColumnMatch::ColumnMatch(const KeywordColumn& column, const std::vector<uint32_t>& ordinals)
    : column_(column),
      low_(ordinals.empty() ? 1 : ordinals.front()),
      high_(ordinals.empty() ? 0 : ordinals.back()),
      units_(column.units_between(low_, high_)) {
  if (ordinals.size() == static_cast<size_t>(high_ - low_ + 1)) return;  // a stretch
  wanted_.assign(column.num_distinct() / 64 + 1, 0);                     // the last bit is no string's
  for (const uint32_t ordinal : ordinals) wanted_[ordinal / 64] |= uint64_t{1} << (ordinal % 64);
}

bool ColumnMatch::is_wanted(int64_t key) const {
  if (key < low_ || key > high_) return false;
  if (!stretches_.empty()) {
    const auto behind =
        std::upper_bound(stretches_.begin(), stretches_.end(), key,
                         [](int64_t value, const auto& stretch) { return value < stretch.first; });
    return behind != stretches_.begin() && key <= (behind - 1)->second;
  }
  return wanted_.empty() || (wanted_[static_cast<size_t>(key) / 64] >> (key % 64) & 1) != 0;
}

// Of ordinals, 64 at a time without a branch; false where their block is none that ordinals have.
bool ColumnMatch::keep_wanted(uint32_t block) {
  const Numbers& numbers = column_.numbers();
  uint32_t low[Column::kBlock];
  uint64_t base = 0;
  if (!numbers.unpack_low(block, low, base)) return false;
  const auto first = static_cast<uint32_t>(numbers.least() + static_cast<int64_t>(numbers.step() * base));
  const auto step = static_cast<uint32_t>(numbers.step());
  const auto most = static_cast<uint32_t>(wanted_.size() * 64 - 1);
  for (size_t word = 0; word < 2; ++word) {
    uint64_t kept = 0;
    for (size_t i = 0; i < 64; ++i) {
      const uint32_t ordinal = std::min(first + step * low[word * 64 + i], most);
      kept |= (wanted_[ordinal / 64] >> (ordinal % 64) & 1) << i;
    }
    bits_[word] &= kept;
  }
  return true;
}

const Bits128& ColumnMatch::values(uint32_t block) {
  if (block == block_) return bits_;
  column_.match(block, *units_, bits_.data());
  block_ = block;
  if (wants_all() || (bits_[0] | bits_[1]) == 0) return bits_;
  if (!wanted_.empty() && keep_wanted(block)) return bits_;
  int64_t keys[Column::kBlock];
  const uint32_t first = block * Column::kBlock;
  const uint32_t count = std::min(Column::kBlock, column_.num_values() - first);
  column_.decode(first, count, keys);
  for (uint32_t i = 0; i < count; ++i) {
    if (!is_wanted(keys[i])) bits_[i / 64] &= ~(uint64_t{1} << (i % 64));
  }
  return bits_;
}

Bits128 ColumnMatch::values_between(uint32_t first, uint32_t end) {
  Bits128 found{};
  if (first == end) return found;
  const uint32_t block = first / Column::kBlock;
  const uint32_t shift = first % Column::kBlock;
  const Bits128 low = values(block);
  if (shift == 0) return low;
  const auto shifted = [](const Bits128& bits, uint32_t by) -> Bits128 {  // to the right
    if (by >= 64) return {bits[1] >> (by - 64), 0};
    return {bits[0] >> by | bits[1] << (64 - by), bits[1] >> by};
  };
  found = shifted(low, shift);
  if ((end - 1) / Column::kBlock != block) {
    const Bits128 high = values(block + 1);
    const uint32_t by = Column::kBlock - shift;  // to the left
    if (by >= 64) {
      found[1] |= high[0] << (by - 64);
    } else {
      found[0] |= high[0] << by;
      found[1] |= high[1] << by | high[0] >> (64 - by);
    }
  }
  const uint32_t count = end - first;
  if (count <= 64) found[1] = 0;
  if (count < 64) found[0] &= (uint64_t{1} << count) - 1;
  if (count > 64 && count < 128) found[1] &= (uint64_t{1} << (count - 64)) - 1;
  return found;
}

bool ColumnMatch::has_value(uint32_t first, uint32_t end) {
  for (uint32_t block = first / Column::kBlock; block <= (end - 1) / Column::kBlock; ++block) {
    const Bits128& bits = values(block);
    if ((bits[0] | bits[1]) != 0) return true;
  }
  return false;
}

// Where no value of the chunk is wanted, nobody need know whose each is.
Bits128 ColumnMatch::documents_of_lists(uint32_t first_doc) {
  Bits128 found{};
  const uint32_t num_docs = std::min(kChunk, column_.num_docs() - first_doc);
  const uint32_t first = column_.values_of(first_doc).first;
  const uint32_t end = column_.values_of(first_doc + num_docs - 1).second;
  if (first >= end || !has_value(first, end)) return found;
  uint32_t starts[kChunk + 1];
  column_.starts(first_doc, num_docs + 1, starts);
  uint32_t doc = 0;
  for (uint32_t block = first / Column::kBlock; block <= (end - 1) / Column::kBlock; ++block) {
    const Bits128 wanted = values(block);
    for (size_t word = 0; word < 2; ++word) {
      for (uint64_t left = wanted[word]; left != 0; left &= left - 1) {
        const uint32_t number = block * Column::kBlock + static_cast<uint32_t>(word) * 64 +
                                static_cast<uint32_t>(std::countr_zero(left));
        if (number < starts[0]) continue;
        if (number >= starts[num_docs]) return found;
        while (starts[doc + 1] <= number) ++doc;
        found[doc / 64] |= uint64_t{1} << (doc % 64);
      }
    }
  }
  return found;
}

Bits128 ColumnMatch::documents(uint32_t chunk) {
  Bits128 found{};
  const uint32_t first_doc = chunk * kChunk;
  if (!units_ || first_doc >= column_.num_docs()) return found;
  switch (column_.shape()) {
    case Shape::kNone:
      return found;
    case Shape::kEach:
      return values(chunk);
    case Shape::kSome: {
      Bits128 present{};
      column_.presence(chunk, present.data());
      const uint32_t first = column_.values_of(first_doc).first;
      const auto count = static_cast<uint32_t>(std::popcount(present[0]) + std::popcount(present[1]));
      if (count == 0) return found;
      if (first + count > column_.num_values()) column_.values_of(column_.num_docs() - 1);  // throws
      const Bits128 wanted = values_between(first, std::min(first + count, column_.num_values()));
      uint32_t at = 0;
      for (size_t word = 0; word < 2; ++word) {
        for (uint64_t left = present[word]; left != 0; left &= left - 1, ++at)
          found[word] |= (wanted[at / 64] >> (at % 64) & 1) * (left & (~left + 1));
      }
      const uint32_t num_docs =
          column_.num_docs() - first_doc;  // whatever the file's bits behind the last say
      if (num_docs <= 64) found[1] = 0;
      if (num_docs < 64) found[0] &= (uint64_t{1} << num_docs) - 1;
      if (num_docs > 64 && num_docs < kChunk) found[1] &= (uint64_t{1} << (num_docs - 64)) - 1;
      return found;
    }
    case Shape::kLists:
      return documents_of_lists(first_doc);
  }
  return found;
}

bool ColumnMatch::matches(uint32_t doc) const {
  if (!units_) return false;
  const auto [first, end] = column_.values_of(doc);
  for (uint32_t number = first; number < end; ++number) {
    if (is_wanted(column_.value(number))) return true;
  }
  return false;
}

}  // namespace searchlib::columns
