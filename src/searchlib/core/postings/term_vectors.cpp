#include "postings/term_vectors.hpp"

#include <bit>
#include <numeric>

#include "bytes/varint.hpp"

namespace searchlib {
namespace {

constexpr uint64_t kHead = 8;

// Of a vector. Each part is followed by 8 bytes: a load at its last one is inside the buffer.
class GammaReader {
 public:
  GammaReader(const uint8_t* bytes, uint32_t size) : bytes_(bytes), end_(uint64_t{size} * 8) {}

  uint32_t next() {
    uint64_t bits = load();
    const auto more = static_cast<unsigned>(std::countr_zero(bits | uint64_t{1} << 32));
    at_ += more + 1;
    if (more > 31 || at_ + more > end_) throw CorruptIndexError("a term vector runs past its end");
    bits = more < 28 ? bits >> more >> 1 : load();
    at_ += more;
    return (uint32_t{1} << more) | static_cast<uint32_t>(bits & ((uint64_t{1} << more) - 1));
  }

 private:
  uint64_t load() const {  // 57 bits at least, but for those behind the end
    if (at_ >= end_) throw CorruptIndexError("a term vector runs past its end");
    return load_fixed<uint64_t>(bytes_ + at_ / 8) >> at_ % 8;
  }

  const uint8_t* bytes_;
  uint64_t at_ = 0;
  uint64_t end_;
};

}  // namespace

TermVectors::TermVectors(const CheckedBuffer& buffer, const PartRange& part, uint32_t num_docs,
                         uint32_t num_words)
    : buffer_(&buffer), num_docs_(num_docs), num_words_(num_words) {
  if (part.length < kHead) throw CorruptIndexError("term vectors are too short");
  const uint8_t* const head = buffer.touch(part.offset, kHead);
  num_ranks_ = load_fixed<uint32_t>(head);
  width_ = head[4];
  const uint64_t num_offsets = (uint64_t{num_docs} + kDocsOfOffset - 1) / kDocsOfOffset + 1;
  offsets_at_ = part.offset + kHead;
  lengths_at_ = offsets_at_ + num_offsets * sizeof(uint64_t);
  terms_at_ = lengths_at_ + uint64_t{num_docs} * sizeof(uint16_t);
  vectors_at_ = terms_at_ + (uint64_t{num_ranks_} * width_ + 7) / 8;
  end_ = part.offset + part.length;
  if (num_ranks_ > num_words || width_ > 32 || vectors_at_ > end_)
    throw CorruptIndexError("term vectors are too short");
}

uint32_t TermVectors::word_of(uint32_t rank) const {
  const uint64_t bit = uint64_t{rank} * width_;
  const uint8_t* const at = buffer_->touch(terms_at_ + bit / 8, (bit % 8 + width_ + 7) / 8);
  const uint64_t word = load_fixed<uint64_t>(at) >> bit % 8 & ((uint64_t{1} << width_) - 1);
  if (word >= num_words_) throw CorruptIndexError("a term vector names a word that there is not");
  return static_cast<uint32_t>(word);
}

bool TermVectors::read(uint32_t doc, std::vector<Entry>& entries) const {
  entries.clear();
  if (doc >= num_docs_) return false;
  const uint32_t first = doc / kDocsOfOffset * kDocsOfOffset, count = doc - first;
  const uint8_t* const lengths = buffer_->touch(lengths_at_ + uint64_t{first} * sizeof(uint16_t),
                                                (uint64_t{count} + 1) * sizeof(uint16_t));
  const auto length_of = [&](uint32_t i) {
    return load_fixed<uint16_t>(lengths + size_t{i} * sizeof(uint16_t));
  };
  const uint16_t length = length_of(count);
  if (length == kNoVector) return false;
  uint64_t begin = load_fixed<uint64_t>(
      buffer_->touch(offsets_at_ + uint64_t{doc / kDocsOfOffset} * sizeof(uint64_t), sizeof(uint64_t)));
  const uint64_t room = end_ - vectors_at_;
  if (begin > room) throw CorruptIndexError("a term vector is outside of its part");
  for (uint32_t i = 0; i < count; ++i) begin += length_of(i) == kNoVector ? 0 : length_of(i);
  if (begin > room || length > room - begin) throw CorruptIndexError("a term vector is outside of its part");
  GammaReader reader(buffer_->touch(vectors_at_ + begin, length), length);
  const uint32_t num_entries = reader.next() - 1;
  if (num_entries > uint32_t{length} * 4) throw CorruptIndexError("a term vector is too short");
  entries.reserve(num_entries);
  uint64_t rank = UINT64_MAX;
  for (uint32_t i = 0; i < num_entries; ++i) {
    rank += reader.next();
    if (rank >= num_ranks_) throw CorruptIndexError("a term vector names a rank that there is not");
    entries.push_back({static_cast<uint32_t>(rank), reader.next()});
  }
  return true;
}

}  // namespace searchlib
