#include "search/word_scorer.hpp"

#include <algorithm>

namespace searchlib {

uint32_t WordScorer::seek(uint32_t target) {
  doc_ = kNoMoreDocs;
  for (Field& field : fields_) {
    for (WeightedCursor& lemma : field.lemmas) doc_ = std::min(doc_, lemma.cursor.seek(target));
  }
  return doc_;
}

double WordScorer::score() {
  double sum = 0;
  for (Field& field : fields_) {
    double best = 0;
    for (WeightedCursor& lemma : field.lemmas) {
      if (lemma.cursor.doc() != doc_) continue;
      const double k = (*field.k_table)[field.norms[doc_]];
      double f = saturation(lemma.cursor.tf(), k);
      if (lemma.signals.most() > 0) f = lemma.signals.raised(f, lemma.cursor, k);
      best = std::max(best, lemma.idf * f);
    }
    sum += field.boost * best;
  }
  return sum;
}

ScoreBound WordScorer::bound_from(uint32_t doc) {
  ScoreBound bound{0, kNoMoreDocs};
  for (Field& field : fields_) {
    float best = 0;
    for (WeightedCursor& lemma : field.lemmas) {
      const TermCursor::FBound f = lemma.cursor.bound_from(doc);
      const auto weight = static_cast<float>(lemma.idf * (1 + lemma.signals.most()));
      best = std::max(best, weight * field.shift.upper(f.max_f));
      bound.until = std::min(bound.until, f.until);
    }
    bound.score += static_cast<float>(field.boost) * best;
  }
  return bound;
}

uint64_t WordScorer::cost() const {
  uint64_t cost = 0;
  for (const Field& field : fields_) {
    for (const WeightedCursor& lemma : field.lemmas) cost += lemma.cursor.term().df;
  }
  return cost;
}

}  // namespace searchlib
