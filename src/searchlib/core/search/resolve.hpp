// A plan and a snapshot to scorers: looks each lemma up once in every segment, weighs it by the whole
// snapshot's statistics, then builds the scorers of one segment at a time.

#pragma once

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
  };
  std::vector<std::vector<Lemma>> word;                 // by field
  std::vector<std::vector<std::vector<Lemma>>> phrase;  // by field and slot
};

ResolvedNode resolve(const PlanNode& plan, const Snapshot& snapshot);

// What a phrase weighs in a field: the sum of its words' idf, each word's by its most frequent lemma.
double phrase_idf(const std::vector<std::vector<ResolvedNode::Lemma>>& slots);

// Null where nothing can match in that segment.
ScorerPtr make_scorer(const ResolvedNode& node, const Snapshot& snapshot, size_t segment);

}  // namespace searchlib
