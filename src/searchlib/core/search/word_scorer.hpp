// Scores one query word: in each field the best of its lemmas, raised by its signals, summed over the fields.

#pragma once

#include "postings/term_cursor.hpp"
#include "search/bounds.hpp"
#include "search/scorer.hpp"
#include "search/signals.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

struct WeightedCursor {
  TermCursor cursor;
  double idf;
  LemmaSignals signals = {};
};

class WordScorer : public Scorer {
 public:
  struct Field {
    double boost;
    const uint8_t* norms;
    const KTable* k_table;
    LengthShift shift;
    std::vector<WeightedCursor> lemmas;
  };

  explicit WordScorer(std::vector<Field> fields) : fields_(std::move(fields)) {}
  uint32_t seek(uint32_t target) override;
  double score() override;
  uint64_t cost() const override;
  ScoreBound bound_from(uint32_t doc) override;

 private:
  std::vector<Field> fields_;
};

}  // namespace searchlib
