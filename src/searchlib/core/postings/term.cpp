#include "postings/term.hpp"

#include <algorithm>
#include <cmath>

namespace searchlib {
namespace {

constexpr float kFScale = 65535;

}  // namespace

void put_listed(const TermInfo& term, Bytes& out) {
  put_varint(out, term.df);
  put_varint(out, term.postings.length);
  put_varint(out, term.positions.length);
  put_fixed(out, static_cast<uint16_t>(std::min(std::ceil(term.max_f * kFScale), kFScale)));
  for (size_t i = 0; i < kThresholdRanks.size() && term.df >= kThresholdRanks[i]; ++i) {
    // A float's error is smaller than what the encoder rounded these down by.
    put_fixed(out, static_cast<uint16_t>(std::floor(term.best[i] * kFScale)));
  }
}

void TermReader::read_listed(ByteReader& reader, TermInfo& term) {
  term.df = reader.varint32();
  if (term.df == 0) throw CorruptIndexError("a term that stands in no document");
  const uint64_t postings_length = reader.varint();
  const uint64_t positions_length = reader.varint();
  term.postings = parts_.postings.within(postings_at_, postings_length);
  term.positions = parts_.positions.within(positions_at_, positions_length);
  term.inlined = false;
  term.max_f = static_cast<float>(reader.fixed<uint16_t>()) / kFScale;
  for (size_t i = 0; i < kThresholdRanks.size(); ++i) {
    term.best[i] = term.df >= kThresholdRanks[i] ? static_cast<float>(reader.fixed<uint16_t>()) / kFScale : 0;
  }
  postings_at_ += postings_length;
  positions_at_ += positions_length;
}

uint32_t TermReader::skip_listed(ByteReader& reader) {
  const uint32_t df = reader.varint32();
  postings_at_ += reader.varint();
  positions_at_ += reader.varint();
  size_t bounds = 1;
  while (bounds <= kThresholdRanks.size() && df >= kThresholdRanks[bounds - 1]) ++bounds;
  reader.take(bounds * sizeof(uint16_t));
  return df;
}

void TermReader::read_inlined(ByteReader& reader, uint64_t at, bool has_ranks, TermInfo& term) const {
  const uint8_t* begin = reader.at();
  const uint64_t coded = reader.varint();
  const uint64_t doc = (coded >> 1) - 1;  // below 0: beyond all others
  if (doc > UINT32_MAX) throw CorruptIndexError("a term's document is out of range");
  term.inlined_doc = static_cast<uint32_t>(doc);
  term.inlined_tf = (coded & 1) != 0 ? 1 : reader.varint32();
  if (term.inlined_tf == 0) throw CorruptIndexError("a term that stands nowhere in its document");
  const uint8_t* places = reader.at();
  if (parts_.positional) {
    for (uint32_t i = 0; i < term.inlined_tf; ++i) {
      reader.varint();
      if (has_ranks) reader.varint();
    }
  }
  term.df = 1;
  term.inlined = true;
  term.has_ranks = has_ranks;
  term.postings = {at, static_cast<uint64_t>(places - begin)};
  term.positions = {at + term.postings.length, static_cast<uint64_t>(reader.at() - places)};
  term.max_f = 0;
  term.best = {0, 0, 0};
}

}  // namespace searchlib
