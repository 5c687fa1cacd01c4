// Where a term's postings are in its segment's file, and what bounds their scores. Its bytes stand in the
// field's dictionary (words.hpp):
//
//   listed  := varint df, varint postings_length, varint positions_length, u16 max_f,
//              [u16 best_10, [u16 best_100, [u16 best_1000]]]   one for each power of ten ≤ df
//   inlined := posting, [place{tf}]         a term of one document that it has only a few times: all there is
//   posting := as in a tail (block.hpp)
//   place   := varint gap from the position before, [varint rank  if the term has several forms]
//
// f = tf / (tf + K) at the segment's own average length and the schema's k1 and b. All f count in 1/65535:
// max_f is rounded up, the best ones down, so that they bound and are reached.

#pragma once

#include <array>

#include "bytes/varint.hpp"

namespace searchlib {

constexpr std::array<uint32_t, 3> kThresholdRanks = {10, 100, 1000};

// More would make its neighbours in the dictionary slow to reach.
constexpr uint32_t kMaxInlinedPlaces = 8;

// Bytes of a file.
struct PartRange {
  uint64_t offset = 0;
  uint64_t length = 0;

  // A part of this part.
  PartRange within(uint64_t from, uint64_t size) const {
    if (from > length || size > length - from) throw CorruptIndexError("a list lies outside its part");
    return {offset + from, size};
  }
};

struct TermInfo {
  uint32_t index = 0;  // in the field's dictionary
  uint32_t df = 0;
  PartRange postings;
  PartRange positions;
  bool inlined = false;
  bool has_ranks = false;    // beside inlined places: the term has several forms
  uint32_t inlined_doc = 0;  // of an inlined term, as its frequency there
  uint32_t inlined_tf = 0;
  float max_f = 0;  // of an inlined term: only after FieldParts::find_term and term_info_at
  std::array<float, 3> best = {0, 0, 0};  // the 10th, 100th and 1000th best f; 0 where there are fewer
};

// Writes what `listed` is; lengths are those of the term's ranges.
void put_listed(const TermInfo& term, Bytes& out);

// Reads what put_listed wrote, and inlined terms, one after the other: offsets follow by adding lengths.
class TermReader {
 public:
  struct Parts {  // the field's
    PartRange postings;
    PartRange positions;
    bool positional = true;
  };

  explicit TermReader(const Parts& parts) : parts_(parts) {}

  // The offsets inside the parts at which the next listed term's lists begin.
  void start(uint64_t postings_at, uint64_t positions_at) {
    postings_at_ = postings_at;
    positions_at_ = positions_at;
  }
  void read_listed(ByteReader& reader, TermInfo& term);
  uint32_t skip_listed(ByteReader& reader);  // its df
  // at: where the reader stands, in the file.
  void read_inlined(ByteReader& reader, uint64_t at, bool has_ranks, TermInfo& term) const;

 private:
  Parts parts_;
  uint64_t postings_at_ = 0;
  uint64_t positions_at_ = 0;
};

}  // namespace searchlib
