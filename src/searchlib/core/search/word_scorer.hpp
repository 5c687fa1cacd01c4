// Scores one query word: the best of its lemmas, each by its weighed places in all fields, raised by its signals.

#pragma once

#include "postings/term_cursor.hpp"
#include "search/bounds.hpp"
#include "search/scorer.hpp"
#include "search/signals.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

class WordScorer : public Scorer {
 public:
  struct InField {
    TermCursor cursor;
    double weight;
    const uint8_t* norms;
    const LengthTables* lengths;
    FieldBound bound;
    LemmaSignals signals;
  };
  struct Lemma {
    double idf;
    std::vector<InField> fields;  // in the order of the plan
  };

  explicit WordScorer(std::vector<Lemma> lemmas) : lemmas_(std::move(lemmas)) {}
  uint32_t seek(uint32_t target) override;
  double score() override;
  uint64_t cost() const override;
  ScoreBound bound_from(uint32_t doc) override;

 private:
  double score(Lemma& lemma);

  std::vector<Lemma> lemmas_;
};

}  // namespace searchlib
