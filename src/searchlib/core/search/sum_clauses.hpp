// A sum of words as MaxScore sees it: clauses, each the best of a few lemmas in one field, with bounds on
// what each can add.

#pragma once

#include "postings/block_reader.hpp"
#include "postings/segment.hpp"
#include "search/bounds.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// One lemma's postings in one segment, read by blocks.
class LemmaPostings {
 public:
  LemmaPostings(const FieldParts& field, const TermInfo& term, float weight, LengthShift shift)
      : blocks_(field, term),
        weight_(weight),
        shift_(shift),
        bound_(weight * shift.upper(term.max_f)),
        cost_(term.df) {}

  float weight() const { return weight_; }
  float bound() const { return bound_; }
  uint64_t cost() const { return cost_; }
  float block_bound(uint32_t block) const { return weight_ * shift_.upper(blocks_.max_f(block)); }
  BlockReader& blocks() { return blocks_; }

  // Moves to the first block that reaches to `doc`. False if there is none.
  bool advance(uint32_t doc) {
    if (block_ < blocks_.num_blocks()) block_ = blocks_.find_block(block_, doc);
    return block_ < blocks_.num_blocks();
  }
  uint32_t block() const { return block_; }
  // Enters a window: the blocks from block() to before end_block() reach into it. Returns the best bound of
  // them, 0 if there are none.
  float enter_window(uint32_t begin, uint32_t end);
  uint32_t end_block() const { return end_block_; }

 private:
  BlockReader blocks_;
  float weight_;  // boost · idf
  LengthShift shift_;
  float bound_;  // over the segment
  uint64_t cost_;
  uint32_t block_ = 0;
  uint32_t end_block_ = 0;
};

struct Clause {
  std::vector<LemmaPostings> lemmas;
  const uint8_t* norms;
  const FloatKTable* k_table;
  float bound = 0;         // over the segment
  float window_bound = 0;  // over the current window

  uint64_t cost() const;  // postings of all lemmas

  // Of the postings start … stop − 1 of the lemma's loaded block.
  void score(LemmaPostings& lemma, uint32_t start, uint32_t stop, float* scores) const {
    BlockReader& blocks = lemma.blocks();
    const uint32_t* tfs = blocks.all_once() ? nullptr : blocks.tfs() + start;
    kernels().score(blocks.docs() + start, tfs, stop - start, norms, k_table->data(), lemma.weight(), scores);
  }
  // Of one of them.
  float score(LemmaPostings& lemma, uint32_t at) const {
    const auto frequency = static_cast<float>(lemma.blocks().tf_at(at));
    return lemma.weight() * frequency / (frequency + (*k_table)[norms[lemma.blocks().docs()[at]]]);
  }
  // Bounds every document in [begin, end); moves the lemmas to begin.
  void enter_window(uint32_t begin, uint32_t end);
  // A document ≥ doc that no document of the clause lies before; kNoMoreDocs if there is none left.
  uint32_t next_doc(uint32_t doc);
};

// Whether the plan is a word, its lemmas all that counts, whose weight is a sound float: not 0, not so small
// or large that products of it leave the range.
bool is_weighted_word(const PlanNode& plan);

// The clauses of a word, or of a sum of words, in one segment; those without postings there are left out.
std::vector<Clause> make_clauses(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment);

}  // namespace searchlib
