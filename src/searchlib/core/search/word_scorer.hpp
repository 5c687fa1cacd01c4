// One query word: in each field the best of its lemmas, summed over the fields; with places of the very form
// that was asked for counting more, where the plan says so.

#pragma once

#include "postings/term_cursor.hpp"
#include "search/bounds.hpp"
#include "search/form_ranks.hpp"
#include "search/scorer.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

struct WeightedCursor {
  TermCursor cursor;
  double idf;
  double exact = 0;       // what n / (n + K) counts, n places being of the form; 0: nothing
  FormRanks ranks = {};   // which of the term's forms are that form
  uint32_t num_places();  // of the current document that are of the form
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
