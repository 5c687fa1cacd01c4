// The documents that have a wanted value in a column, all at one score.

#pragma once

#include "columns/column_match.hpp"
#include "postings/doc_bits.hpp"
#include "search/deadline.hpp"
#include "search/plan.hpp"
#include "search/scorer.hpp"

namespace searchlib {

// What a node of values asks of a segment's column; nothing if no document there can match.
std::optional<columns::ColumnMatch> column_match(const PlanNode& plan, const columns::Columns& segment);

class ColumnScorer : public Scorer {
 public:
  ColumnScorer(columns::ColumnMatch wanted, double score) : wanted_(std::move(wanted)), score_(score) {}
  uint32_t seek(uint32_t target) override;
  bool match(uint32_t doc) override { return set_matched(wanted_.matches(doc), doc); }
  double score() override { return score_; }
  uint64_t cost() const override { return wanted_.column().num_values(); }
  ScoreBound bound_from(uint32_t) override { return {static_cast<float>(score_), kNoMoreDocs}; }
  double most() const override { return score_; }

 private:
  Deadline& deadline_ = Deadline::current();
  columns::ColumnMatch wanted_;
  double score_;
  uint32_t chunk_ = UINT32_MAX;  // whose documents are in found_
  columns::Bits128 found_{};
};

// Sets the bits of the documents that match.
void add_matches(columns::ColumnMatch& wanted, DocBits& bits);

}  // namespace searchlib
