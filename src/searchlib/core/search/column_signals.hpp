// What a document's values in columns make of its score: how recent it is, how good it is by itself.
//
//   score = score of the query · (1 + Σ weight · s),   0 ≤ s ≤ 1
//   recency: s = 2^(−age / half-life), age = origin − the latest value, at least 0
//   static:  s = x / (x + pivot), x the greatest value, at least 0
//
// A document without a value has s = 0. Since s is bounded, so is the score, by the query's times 1 + Σ weight · the
// greatest s of the segment: pruning stays exact. x / (x + pivot) is the saturation of Craswell, Robertson, Zaragoza
// and Taylor, "Relevance weighting for query independent evidence", 2005, who add it to the score; as a factor it
// weighs the same whatever a query's scores are, and finds nothing that the query does not.

#pragma once

#include "search/plan.hpp"
#include "search/scorer.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

// s of a value's key, that of a double or the integer itself.
double signal_of(const ColumnSignal& signal, int64_t key, bool is_double);

// The signals of a plan's node in one segment.
class SegmentSignals {
 public:
  SegmentSignals(const PlanNode& plan, const Segment& segment);

  double factor(uint32_t doc) const;  // 1 + Σ weight · s
  double most() const { return most_; }
  std::vector<double> of(uint32_t doc) const;  // s of each

 private:
  double one(size_t number, uint32_t doc) const;

  const std::vector<ColumnSignal>& signals_;
  std::vector<const columns::Column*> columns_;  // null: no document has a value
  double most_ = 1;
};

class RaisedScorer : public Scorer {
 public:
  RaisedScorer(ScorerPtr child, SegmentSignals signals)
      : child_(std::move(child)), signals_(std::move(signals)) {}
  uint32_t seek(uint32_t target) override { return doc_ = child_->seek(target); }
  bool match(uint32_t doc) override { return set_matched(child_->match(doc), doc); }
  double score() override { return child_->score() * signals_.factor(doc_); }
  uint64_t cost() const override { return child_->cost(); }
  ScoreBound bound_from(uint32_t doc) override;
  double most() const override { return child_->most() * signals_.most(); }
  void raise_threshold(double threshold) override;

 private:
  ScorerPtr child_;
  SegmentSignals signals_;
};

}  // namespace searchlib
