// The term vectors of a field: of each document the terms of its first lemmas, and how often it has them, so that
// what it is about is known without its text. What is left out of them, the writer says (build/term_vectors_writer.hpp).
//
//   "FIELD.vectors" := u32 num_ranks R, u8 width w, zero[3], u64 offset[⌈N / 64⌉ + 1], u16 length[N], term{R}, vector…
//   term            := the word's number of each rank, w bits each, from the lowest bit of a byte on
//   vector          := γ(n + 1), n times: γ(gap), γ(tf)           as bits, from the lowest bit of a byte on
//
// Terms go by rank, the one that the most documents have first: so the gaps between a document's ranks are small. A gap
// counts from the rank before, at the beginning from −1. γ is Elias's: as many zeros as x has bits but one, a one, and
// the bits of x below its highest. An offset is that of each 64th document's vector, counted from the first one, and
// the end; a length is in bytes. A document whose length is 65,535 has no vector.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bytes/checked_buffer.hpp"
#include "postings/dictionary.hpp"
#include "postings/term.hpp"

namespace searchlib {

constexpr uint32_t kDocsOfOffset = 64;
constexpr uint16_t kNoVector = UINT16_MAX;

class TermVectors {
 public:
  struct Entry {
    uint32_t rank;
    uint32_t tf;
  };

  // num_words: of the field. Throws CorruptIndexError where the part is too short for what it says.
  TermVectors(const CheckedBuffer& buffer, const PartRange& part, uint32_t num_docs, uint32_t num_words);

  uint32_t num_ranks() const { return num_ranks_; }
  // The number of the term among the field's words; rank < num_ranks().
  uint32_t word_of(uint32_t rank) const;
  // Replaces the entries by those of a document, ranks ascending. False, and there are none: it has no vector.
  bool read(uint32_t doc, std::vector<Entry>& entries) const;

 private:
  const CheckedBuffer* buffer_;
  uint32_t num_docs_;
  uint32_t num_words_;
  uint32_t num_ranks_;
  uint8_t width_;
  uint64_t offsets_at_, lengths_at_, terms_at_, vectors_at_, end_;  // in the buffer
};

}  // namespace searchlib
