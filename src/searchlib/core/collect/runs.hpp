// Walks the matches of a segment with their values, decoded a block of documents at a time.

#pragma once

#include <array>
#include <bit>
#include <span>

#include "collect/values.hpp"
#include "search/deadline.hpp"
#include "search/forms.hpp"

namespace searchlib::collect {

// What is read of values: the keys, or the numbers that are packed in their place (columns/column.hpp).
enum class Read { kKeys, kNumbers };

// The values of up to kBlock documents that stand side by side.
class Run {
 public:
  explicit Run(const Values& values, Read read = Read::kKeys)
      : values_(values), read_(read), is_dense_(values.is_dense()) {}

  // The documents [begin, end), at most kBlock of them.
  void load(uint32_t begin, uint32_t end) {
    begin_ = begin;
    uint32_t first = begin, last = end;
    if (!is_dense_) {
      values_.starts(begin, end - begin + 1, starts_.data());
      first = starts_[0];
      last = starts_[end - begin];
    }
    decoded_.resize(last - first);
    if (last == first) return;
    if (read_ == Read::kKeys) {
      values_.decode(first, last - first, decoded_.data());
    } else {
      values_.decode_numbers(first, last - first, decoded_.data());
    }
  }

  std::span<const int64_t> of(uint32_t doc) const {
    const uint32_t at = doc - begin_;
    if (is_dense_) return {decoded_.data() + at, 1};
    return {decoded_.data() + (starts_[at] - starts_[0]), starts_[at + 1] - starts_[at]};
  }

 private:
  const Values& values_;
  Read read_;
  bool is_dense_;
  uint32_t begin_ = 0;
  std::array<uint32_t, Values::kBlock + 1> starts_{};
  std::vector<int64_t> decoded_;
};

constexpr uint32_t kRunDocs = 128;

// The bits of the documents from `begin` on, kRunDocs of them, a multiple of which it is.
inline std::pair<uint64_t, uint64_t> bits_at(const DocBits& bits, uint32_t begin) {
  const size_t word = begin / 64;
  return {bits[word], word + 1 < bits.size() ? bits[word + 1] : 0};
}

template <class Visit>
void for_each_bit(std::pair<uint64_t, uint64_t> bits, uint32_t begin, Visit&& visit) {
  for (uint64_t left = bits.first; left != 0; left &= left - 1)
    visit(begin + static_cast<uint32_t>(std::countr_zero(left)));
  for (uint64_t left = bits.second; left != 0; left &= left - 1)
    visit(begin + 64 + static_cast<uint32_t>(std::countr_zero(left)));
}

// visit(the first one, its bits) for each run of so many documents with a match, ascending; the same of values by their
// numbers (value_bits.hpp).
template <class Visit>
void for_each_run(uint32_t count, const DocBits& matches, Visit&& visit) {
  Deadline& deadline = Deadline::current();
  for (uint32_t begin = 0; begin < count; begin += kRunDocs) {
    const auto bits = bits_at(matches, begin);
    if ((bits.first | bits.second) == 0) continue;
    deadline.tick(4);
    visit(begin, bits);
  }
}

// visit(its values) for each match, ascending.
template <class Visit>
void for_each_value_list(const Values& values, const DocBits& matches, Visit&& visit,
                         Read read = Read::kKeys) {
  Run run(values, read);
  for_each_run(values.num_docs(), matches, [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
    run.load(begin, std::min(begin + kRunDocs, values.num_docs()));
    for_each_bit(bits, begin, [&](uint32_t doc) { visit(run.of(doc)); });
  });
}

constexpr uint64_t kAllBits = ~uint64_t{0};

using searchlib::count_bits;

inline uint32_t count_bits(std::pair<uint64_t, uint64_t> bits) {
  return static_cast<uint32_t>(std::popcount(bits.first) + std::popcount(bits.second));
}

}  // namespace searchlib::collect
