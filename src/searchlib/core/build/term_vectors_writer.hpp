// Writes a field's term vectors (postings/term_vectors.hpp). It is given each document twice: first the terms are
// counted, which gives their ranks, then the vectors are made. The builder and merging share it.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bytes/varint.hpp"
#include "postings/term_vectors.hpp"

namespace searchlib {

// So much of a field's text has a part in its document's vector, from the beginning, in characters.
constexpr size_t kVectorChars = 10'000;

// Whether a vector has the term: not those with a digit, which say nothing of a subject.
bool is_of_vectors(std::string_view lemma);

class TermVectorsWriter {
 public:
  explicit TermVectorsWriter(uint32_t num_words) : ranks_(num_words, 0), num_words_(num_words) {}

  struct Term {
    uint32_t word;  // its number
    uint32_t tf;
  };

  // First of each document that has a vector, its terms in any order, each once.
  void count(std::span<const Term> terms);
  // Between the two.
  void rank_terms();
  // Then of each document in order, the same; or that it has none.
  void add(std::span<const Term> terms);
  void add_none() { end_document(kNoVector); }

  Bytes finish();

 private:
  void end_document(uint16_t length);

  std::vector<uint32_t> ranks_;  // of each word; before rank_terms(), how many documents have it
  std::vector<uint32_t> terms_;  // by rank
  uint32_t num_words_;
  std::vector<TermVectors::Entry> sorted_;  // of the document at hand
  std::vector<uint64_t> offsets_;
  std::vector<uint16_t> lengths_;
  Bytes vectors_;
};

}  // namespace searchlib
