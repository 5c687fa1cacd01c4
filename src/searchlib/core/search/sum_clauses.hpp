// A sum of words as MaxScore sees it: clauses, each a word, with bounds on what each can add. A word has lists of
// postings, one for each lemma in each field; those of one lemma are added up before they saturate.

#pragma once

#include <array>
#include <memory>
#include <span>

#include "postings/block_reader.hpp"
#include "postings/segment.hpp"
#include "search/bounds.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// A lemma's postings in one field of one segment, read by blocks.
class LemmaPostings {
 public:
  // weight: of the lemma; field_weight: of the field. k_table: K over the field's weight.
  LemmaPostings(const FieldParts& field, const TermInfo& term, float weight, double field_weight,
                FieldBound bound, const float* k_table, const LengthTables& lengths)
      : blocks_(field, term),
        norms_(field.norms),
        k_table_(k_table),
        inverse_k_(lengths.inverse_k.data()),
        weight_(weight),
        field_weight_(static_cast<float>(field_weight)),
        bound_(bound),
        max_f_(term.max_f),
        cost_(term.df) {}

  float weight() const { return weight_; }
  uint64_t cost() const { return cost_; }
  float bound() const { return bound_of(max_f_); }  // over the segment
  // The same, in units of K, and of a block.
  float x_bound() const { return bound_.upper_x(max_f_); }
  float window_x_bound() const { return window_f_ > 0 ? bound_.upper_x(window_f_) : 0; }
  float block_bound(uint32_t block) const { return bound_of(blocks_.max_f(block)); }
  // Of those of the block's documents that the lists beside this one lack.
  float block_bound_alone(uint32_t block) const { return weight_ * bound_.upper(blocks_.max_f(block)); }
  BlockReader& blocks() { return blocks_; }

  // Of the lists of a lemma that stand together, the first says how many. others_x: what those beside this one
  // could add.
  size_t num_lists() const { return num_lists_; }
  void join(size_t num_lists, float others_x) {
    num_lists_ = num_lists;
    others_x_ = others_x;
  }

  // Moves to the first block that reaches to `doc`. False if there is none.
  bool advance(uint32_t doc) {
    if (block_ < blocks_.num_blocks()) block_ = blocks_.find_block(block_, doc);
    return block_ < blocks_.num_blocks();
  }
  uint32_t block() const { return block_; }
  // Enters a window: the blocks from block() to before end_block() reach into it. Returns the best f of
  // them, 0 if there are none.
  float enter_window(uint32_t begin, uint32_t end);
  uint32_t end_block() const { return end_block_; }
  float bound_of(float f) const {
    if (num_lists_ == 1) return weight_ * bound_.upper(f);
    return weight_ * bound_.upper_beside(f, others_x_);
  }

  // Scores of the postings start … stop − 1 of the loaded block, of documents that no list beside it has.
  void score(uint32_t start, uint32_t stop, float* scores) {
    const uint32_t* tfs = blocks_.all_once() ? nullptr : blocks_.tfs() + start;
    kernels().score(blocks_.docs() + start, tfs, stop - start, norms_, k_table_, weight_, scores);
  }
  // Of one of them.
  float score(uint32_t at) const {
    const auto frequency = static_cast<float>(blocks_.tf_at(at));
    return weight_ * frequency / (frequency + k_table_[norms_[blocks_.docs()[at]]]);
  }
  // What they add to x, of a list with others beside it, in units of K.
  void weigh(uint32_t start, uint32_t stop, float* xs) {
    const uint32_t* tfs = blocks_.all_once() ? nullptr : blocks_.tfs() + start;
    kernels().weigh(blocks_.docs() + start, tfs, stop - start, norms_, inverse_k_, field_weight_, xs);
  }
  float x(uint32_t at) const {
    return field_weight_ * inverse_k_[norms_[blocks_.docs()[at]]] * static_cast<float>(blocks_.tf_at(at));
  }

 private:
  BlockReader blocks_;
  const uint8_t* norms_;
  const float* k_table_;
  const float* inverse_k_;
  float weight_;  // factor · idf
  float field_weight_;
  FieldBound bound_;
  float max_f_;
  float window_f_ = 0;
  uint64_t cost_;
  size_t num_lists_ = 1;
  float others_x_ = 0;
  uint32_t block_ = 0;
  uint32_t end_block_ = 0;
};

struct Clause {
  std::vector<LemmaPostings>
      lists;               // of one lemma after the other's; of each the one with most postings last
  float bound = 0;         // over the segment
  float window_bound = 0;  // over the current window

  bool is_one_lemma() const { return !lists.empty() && lists[0].num_lists() == lists.size(); }
  // Whether a window meets its documents in order: of more lists, those that the last one lacks come behind.
  bool is_in_order() const { return is_one_lemma() && lists.size() <= 2; }
  uint64_t cost() const;  // postings of all lists

  // visit(lists) for each lemma.
  template <class Visit>
  void for_each_lemma(Visit&& visit) {
    for (size_t i = 0; i < lists.size(); i += lists[i].num_lists())
      visit(std::span(lists).subspan(i, lists[i].num_lists()));
  }

  // Bounds every document in [begin, end); moves the lists to begin.
  void enter_window(uint32_t begin, uint32_t end);
  // A document ≥ doc that no document of the clause lies before; kNoMoreDocs if there is none left.
  uint32_t next_doc(uint32_t doc);
};

// Whether the plan is a word, its lemmas all that counts, whose weights are sound floats: not 0, not so small
// or large that products of them leave the range.
bool is_weighted_word(const PlanNode& plan);
bool is_sound_weight(double weight);

// The clauses of a word, or of a sum of words, in one segment; those without postings there are left out.
class Clauses {
 public:
  Clauses(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment);
  std::vector<Clause>& all() { return clauses_; }

 private:
  void add_word(const ResolvedNode& word, double factor, const Snapshot& snapshot, size_t segment);

  std::vector<Clause> clauses_;
  WeighedTables tables_;
  std::vector<const ResolvedNode::Found*> order_;  // of the lemma at hand
};

}  // namespace searchlib
