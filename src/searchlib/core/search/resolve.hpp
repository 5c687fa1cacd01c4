// A plan and a snapshot to scorers: looks each lemma up once in every segment, weighs it by the whole
// snapshot's statistics, then builds the scorers of one segment at a time.

#pragma once

#include "search/form_widths.hpp"
#include "search/plan.hpp"
#include "search/scorer.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

// Mirrors the plan's tree, with its lemmas found.
struct ResolvedNode {
  const PlanNode* plan = nullptr;
  std::vector<ResolvedNode> children;
  struct Lemma {
    Snapshot::Term term;
    double idf = 0;
    bool related = false;  // rather than the word's own
    // By segment; of a phrase's words, but for its last, behind which nothing follows.
    std::vector<FormWidths> widths = {};
  };
  std::vector<std::vector<Lemma>> word;                 // by field
  std::vector<std::vector<std::vector<Lemma>>> phrase;  // by field and slot
};

ResolvedNode resolve(const PlanNode& plan, const Snapshot& snapshot);

// What a phrase weighs in a field: the sum of its words' idf, each word's by its most frequent lemma.
double phrase_idf(const std::vector<std::vector<ResolvedNode::Lemma>>& slots);

// How many of a phrase's first words bound the number of its matches by that of their places
// (phrase_count.hpp). segment: the one that is searched.
size_t num_bounding(const std::vector<std::vector<ResolvedNode::Lemma>>& slots, uint32_t slop,
                    size_t segment);

// Null where nothing can match in that segment.
ScorerPtr make_scorer(const ResolvedNode& node, const Snapshot& snapshot, size_t segment);

}  // namespace searchlib
