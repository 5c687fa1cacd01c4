// Encodes the occurrences of one term, in order, as its postings and positions. The builder and merging share
// it, so that the same documents give the same bytes whichever way they came.

#pragma once

#include <vector>

#include "postings/block.hpp"
#include "postings/norms.hpp"
#include "postings/positions.hpp"
#include "postings/term.hpp"

namespace searchlib {

class TermEncoder {
 public:
  // norms: one length code a document, by document number. positional = false
  // leaves positions out (keywords).
  TermEncoder(std::span<const uint8_t> norms, const LengthTable& k_table, bool positional)
      : norms_(norms), k_table_(k_table), positional_(positional) {}

  // occurrences ascend by (document, position); several of the same place count once, the first one's form
  // stands: the others are overwritten. num_forms: how many forms the term has. Appends to both byte vectors, or,
  // if the term is to be inlined, to neither: then inlined() is what the dictionary holds. Returns df, lengths
  // and bounds.
  TermInfo encode(std::span<Occurrence> occurrences, size_t num_forms, Bytes& postings, Bytes& positions);
  const Bytes& inlined() const { return inlined_; }

 private:
  struct Posting {
    uint32_t doc;
    uint32_t tf;
    uint32_t first;  // index of its first occurrence in places_
    uint32_t ranks;  // the union of their forms' ranks' bits
  };

  void collect(std::span<Occurrence> occurrences);
  TermInfo encode_inlined(bool has_ranks);
  void encode_positions(Bytes& out);
  float encode_blocks(Bytes& out);  // returns the largest f, rounded up
  void encode_full_block(std::span<const Posting> block, uint32_t previous_doc, Bytes& out,
                         BlockHeader& header);
  void encode_tail(std::span<const Posting> tail, uint32_t previous_doc, Bytes& out);
  void find_bounds(TermInfo& term);
  void compute_fs();
  void thin_out(size_t rank);
  float max_f_of(size_t begin, size_t end) const;

  std::span<const uint8_t> norms_;
  const LengthTable& k_table_;
  bool positional_;
  std::vector<Posting> postings_;
  std::span<const Occurrence> places_;  // the distinct occurrences
  std::vector<float> fs_;               // tf / (tf + K) of each posting, rounded down
  std::vector<DocPlaces> docs_;         // of a block
  PositionsWriter positions_writer_;
  Bytes inlined_;
};

}  // namespace searchlib
