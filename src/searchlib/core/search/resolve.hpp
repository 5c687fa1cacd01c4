// A plan and a snapshot to scorers: looks each lemma up once in every segment, weighs it by the whole
// snapshot's statistics, then builds the scorers of one segment at a time.

#pragma once

#include "search/form_widths.hpp"
#include "search/plan.hpp"
#include "search/scorer.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

// Mirrors the plan's tree, with its lemmas found; of kFilter the second child is what passes.
struct ResolvedNode {
  const PlanNode* plan = nullptr;
  std::vector<ResolvedNode> children;

  // A lemma in one field.
  struct Found {
    size_t number;  // of the field, among those of the plan's word or phrase
    Snapshot::Term term;
    uint64_t df = 0;  // what it weighs by: in all that is searched together
    // By segment; of a phrase's words, but for its last, behind which nothing follows.
    std::vector<FormWidths> widths = {};
    std::vector<LemmaSignals> signals = {};  // of a word's own lemmas, by segment; none where none count
    size_t place = 0;                        // of a phrase's lemma, among those of its slot
  };
  // A lemma of a word, wherever it stands for the word.
  struct Lemma {
    std::vector<Found> fields;
    double idf = 0;        // what it weighs
    bool related = false;  // rather than the word's own
  };
  std::vector<Lemma> word;
  std::vector<std::vector<std::vector<Found>>> phrase;  // by field and slot
  std::vector<double> slot_idf;  // of a phrase's words, each by its most frequent lemma

  double phrase_idf() const;  // their sum: what a phrase weighs
  // Of the word's own most frequent lemma; infinite if none is there.
  double least_own_idf() const;
};

// scores: else what only a score asks for is left out.
ResolvedNode resolve(const PlanNode& plan, const Snapshot& snapshot, bool scores = true);

// How many of a phrase's first words bound the number of its matches by that of their places
// (phrase_count.hpp). segment: the one that is searched.
size_t num_bounding(const std::vector<std::vector<ResolvedNode::Found>>& slots, uint32_t slop,
                    size_t segment);

// Null where nothing can match in that segment.
ScorerPtr make_scorer(const ResolvedNode& node, const Snapshot& snapshot, size_t segment);

}  // namespace searchlib
