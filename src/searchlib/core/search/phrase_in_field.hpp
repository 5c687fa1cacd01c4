// A phrase in one field of a segment, by blocks of its rarest word: documents that hold all words, and often enough to
// reach the threshold, are found for a whole block at a time; positions are read of those alone.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "search/block_join.hpp"
#include "search/bounds.hpp"
#include "search/deadline.hpp"
#include "search/doc_filter.hpp"
#include "search/phrase_count.hpp"
#include "search/phrase_slots.hpp"
#include "search/place_marks.hpp"
#include "search/sum_clauses.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// The phrase in one field: of the documents that have it there and in no other one, those that are among the best.
class PhraseInField {
 public:
  // number: of the field, in the plan. top: null where documents are found, and not searched for.
  PhraseInField(const ResolvedNode& plan, size_t number, const Snapshot& snapshot, size_t segment,
                const SegmentFilter* filter, TopK* top, bool omits_deleted = true);

  // Postings of its rarest word; 0 if one is nowhere in the segment.
  uint64_t cost() const { return by_cost_.front()->cost; }

  // The documents that have it here, all of them, ascending.
  std::vector<uint32_t> find();

  // Drops the documents of an ascending list that do not have it here.
  void keep(std::vector<uint32_t>& docs);

  // elsewhere: the documents that have it in another field, ascending; they are passed over. all: whether every match
  // is wanted. Returns how many were met.
  uint64_t search(std::span<const uint32_t> elsewhere, bool all);

 private:
  void run();
  float floor() const;
  float bound_of(uint32_t doc, uint32_t tf) const;
  bool block_may_do(const PhraseLemma& lemma, uint32_t block, float floor) const;
  void lead_by_blocks(PhraseSlot& lead);
  void take_block(PhraseLemma& lemma, bool bounds, float least);
  // Up to where the first of the lemmas' blocks ends, then on from there.
  void lead_by_union(PhraseSlot& lead);
  void add_docs(PhraseLemma& lemma, uint32_t begin, uint32_t end);
  void start();
  // The other words, then positions.
  void finish(float least);
  // The last word of a simple phrase: where a document is found, its block is there to read the places too.
  void match_last(PhraseSlot& slot, float least);
  // Whether the document at hand is live, and so many places could reach the threshold as it is by now.
  bool may_do(size_t i, uint32_t tf);
  // How often the phrase stands in the i-th document, whose postings are known; 1 where more does not matter.
  double frequency_in(size_t i);
  // The same of the num_words rarest words of a phrase in step, or `enough`; nothing where marks do not tell.
  std::optional<uint32_t> count_in_step(size_t i, size_t num_words, uint32_t enough);
  // Whether to look where the two rarest words stand before a third is looked for.
  bool is_worth_pairing() const;
  // Keeps the documents where the two rarest words stand in step, and often enough.
  void require_pair(float least);
  void offer(size_t i);
  template <class Hit>
  void join(const PhraseSlot& slot, PhraseLemma& lemma, float least, Hit&& hit);
  // Keeps the documents that hold the slot's word, and often enough.
  void require(PhraseSlot& slot, float least);
  // Drops what is not in kept_.
  void keep();
  void read_places(size_t i);
  void take_places(size_t i);

  Deadline& deadline_ = Deadline::current();
  const SnapshotSegment& part_;
  const Deletes* deletes_;  // of what is left out; null: nothing
  const SegmentFilter* filter_;
  TopK* top_;
  PhraseCounter counter_;
  const uint8_t* norms_;
  const LengthTables* lengths_;
  WeighedTables tables_;
  const float* float_k_table_ = nullptr;  // K over the field's weight
  FieldBound bound_;
  double field_weight_;
  double weight_;  // Σ idf
  std::span<const uint32_t> elsewhere_;
  std::vector<uint32_t>* found_ = nullptr;
  bool all_ = false;  // nothing is passed over
  uint64_t num_matches_ = 0;
  std::vector<PhraseSlot> slots_;
  std::vector<PhraseSlot*> by_cost_;
  BlockJoin join_;
  PlaceMarks marks_;
  uint32_t num_docs_ = 0;  // of the segment
  uint64_t num_paired_ = 0;
  uint64_t num_pairs_ = 0;  // of which had the two rarest words in step

  // The documents at hand, ascending; of each the least number of places that a word's frequency allows.
  std::vector<uint32_t> docs_;
  std::vector<uint32_t> tfs_;
  std::vector<uint64_t> counts_;  // the same for the word at hand
  std::vector<uint32_t> kept_;    // numbers of those that stay
  std::vector<uint32_t> offsets_;
  bool in_step_ = false;    // a match is a place of each word where the phrase has it
  bool is_simple_ = false;  // one lemma a word, and each bounds the number of matches
};

}  // namespace searchlib
