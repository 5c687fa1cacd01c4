// Documents of a segment as bits, and what is done with them everywhere.

#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "postings/block.hpp"
#include "vector/kernels.hpp"

namespace searchlib {

// One more word than their number needs, at most; behind the last document there are zeros.
using DocBits = std::vector<uint64_t>;

inline DocBits no_docs(uint32_t num_docs) { return DocBits(num_docs / 64 + 1); }

inline DocBits all_docs(uint32_t num_docs) {
  DocBits bits(num_docs / 64 + 1, ~uint64_t{0});
  bits.back() = (uint64_t{1} << (num_docs % 64)) - 1;
  return bits;
}

inline bool has_doc(std::span<const uint64_t> bits, uint32_t doc) {
  return (bits[doc / 64] >> (doc % 64) & 1) != 0;
}
inline void set_doc(std::span<uint64_t> bits, uint32_t doc) { bits[doc / 64] |= uint64_t{1} << (doc % 64); }

inline uint64_t count_bits(std::span<const uint64_t> bits) {
  return kernels().count_bits(bits.data(), bits.size());
}

// The first from `doc` on; kNoMoreDocs if there is none.
inline uint32_t first_doc_from(std::span<const uint64_t> bits, uint32_t doc) {
  size_t word = doc / 64;
  if (word >= bits.size()) return kNoMoreDocs;
  uint64_t left = bits[word] & (~uint64_t{0} << (doc % 64));
  while (left == 0) {
    if (++word == bits.size()) return kNoMoreDocs;
    left = bits[word];
  }
  return static_cast<uint32_t>(word * 64 + static_cast<size_t>(std::countr_zero(left)));
}

// visit(document) for those of [begin, end), ascending.
template <class Visit>
void for_each_doc(std::span<const uint64_t> bits, uint32_t begin, uint32_t end, Visit&& visit) {
  for (size_t word = begin / 64; word < bits.size() && word * 64 < end; ++word) {
    uint64_t left = bits[word];
    if (word == begin / 64) left &= ~uint64_t{0} << (begin % 64);
    for (; left != 0; left &= left - 1) {
      const auto doc = static_cast<uint32_t>(word * 64 + static_cast<size_t>(std::countr_zero(left)));
      if (doc >= end) return;
      visit(doc);
    }
  }
}

}  // namespace searchlib
