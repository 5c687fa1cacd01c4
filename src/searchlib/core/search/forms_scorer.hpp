// Documents that hold one of a set of surface forms, at one score.

#pragma once

#include "postings/term_cursor.hpp"
#include "search/deadline.hpp"
#include "search/forms.hpp"
#include "search/scorer.hpp"

namespace searchlib {

class FormsScorer : public Scorer {
 public:
  // found: outlives the scorer.
  FormsScorer(const FormsFound& found, double score);
  uint32_t seek(uint32_t target) override;
  double score() override { return score_; }
  uint64_t cost() const override { return found_.cost(); }
  ScoreBound bound_from(uint32_t) override { return {static_cast<float>(score_), kNoMoreDocs}; }
  double most() const override { return score_; }

 private:
  struct Lemma {
    TermCursor cursor;
    const std::vector<bool>* wanted;
  };
  bool holds_wanted(Lemma& lemma);

  Deadline& deadline_ = Deadline::current();
  const FormsFound& found_;
  std::vector<Lemma> lemmas_;
  double score_;
};

}  // namespace searchlib
