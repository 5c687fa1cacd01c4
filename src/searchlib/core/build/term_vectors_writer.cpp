#include "build/term_vectors_writer.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "postings/bit_writer.hpp"

namespace searchlib {
namespace {

unsigned bits_below_highest(uint32_t value) { return static_cast<unsigned>(std::bit_width(value)) - 1; }

uint64_t gamma_bits(uint32_t value) { return 2 * bits_below_highest(value) + 1; }

void put_gamma(BitWriter& bits, uint32_t value) {
  const unsigned more = bits_below_highest(value);
  bits.put(uint64_t{1} << more, more + 1);
  bits.put(value - (uint32_t{1} << more), more);
}

}  // namespace

bool is_of_vectors(std::string_view lemma) {
  return std::none_of(lemma.begin(), lemma.end(), [](char byte) { return byte >= '0' && byte <= '9'; });
}

void TermVectorsWriter::count(std::span<const Term> terms) {
  for (const Term& term : terms) ++ranks_[term.word];
}

void TermVectorsWriter::rank_terms() {
  for (uint32_t word = 0; word < num_words_; ++word) {
    if (ranks_[word] > 0) terms_.push_back(word);
  }
  std::stable_sort(terms_.begin(), terms_.end(),
                   [&](uint32_t left, uint32_t right) { return ranks_[left] > ranks_[right]; });
  for (uint32_t rank = 0; rank < terms_.size(); ++rank) ranks_[terms_[rank]] = rank;
}

void TermVectorsWriter::add(std::span<const Term> terms) {
  sorted_.clear();
  for (const Term& term : terms) sorted_.push_back({ranks_[term.word], term.tf});
  std::sort(
      sorted_.begin(), sorted_.end(),
      [](const TermVectors::Entry& left, const TermVectors::Entry& right) { return left.rank < right.rank; });
  const auto count = static_cast<uint32_t>(sorted_.size());
  uint64_t num_bits = gamma_bits(count + 1);
  uint32_t before = UINT32_MAX;
  for (const auto& [rank, tf] : sorted_) {
    if (rank == before) throw CorruptIndexError("a term vector names a word twice");
    num_bits += gamma_bits(rank - std::exchange(before, rank)) + gamma_bits(tf);
  }
  const uint64_t length = (num_bits + 7) / 8;
  if (length >= kNoVector) return add_none();
  end_document(static_cast<uint16_t>(length));
  BitWriter bits(vectors_, num_bits);
  put_gamma(bits, count + 1);
  before = UINT32_MAX;
  for (const auto& [rank, tf] : sorted_) {
    put_gamma(bits, rank - std::exchange(before, rank));
    put_gamma(bits, tf);
  }
  bits.finish();
}

// Before its bytes are there.
void TermVectorsWriter::end_document(uint16_t length) {
  if (lengths_.size() % kDocsOfOffset == 0) offsets_.push_back(vectors_.size());
  lengths_.push_back(length);
}

Bytes TermVectorsWriter::finish() {
  offsets_.push_back(vectors_.size());
  const auto width = static_cast<unsigned>(std::bit_width(num_words_ > 0 ? num_words_ - 1 : 0));
  Bytes out;
  put_fixed(out, static_cast<uint32_t>(terms_.size()));
  put_fixed(out, width);
  for (const uint64_t offset : offsets_) put_fixed(out, offset);
  for (const uint16_t length : lengths_) put_fixed(out, length);
  BitWriter bits(out, uint64_t{terms_.size()} * width);
  for (const uint32_t word : terms_) bits.put(word, width);
  bits.finish();
  out.insert(out.end(), vectors_.begin(), vectors_.end());
  return out;
}

}  // namespace searchlib
