#include "search/word_scorer.hpp"

#include <algorithm>

namespace searchlib {

uint32_t WordScorer::seek(uint32_t target) {
  doc_ = kNoMoreDocs;
  for (Lemma& lemma : lemmas_) {
    for (InField& field : lemma.fields) doc_ = std::min(doc_, field.cursor.seek(target));
  }
  return doc_;
}

double WordScorer::score() {
  double best = 0;
  for (Lemma& lemma : lemmas_) best = std::max(best, score(lemma));
  return best;
}

double WordScorer::score(Lemma& lemma) {
  FieldScale scale;
  double x = 0;
  SignalSums sums;
  for (InField& field : lemma.fields) {
    if (field.cursor.doc() != doc_) continue;
    const double of_place = scale.of(*field.lengths, field.norms[doc_]);
    x += field.weight * field.cursor.tf() * of_place;
    if (field.signals.most() > 0) sums.add(field.signals, field.cursor, field.weight, of_place);
  }
  if (!scale.is_set()) return 0;
  return lemma.idf * sums.raised(scale.saturated(x), scale);
}

ScoreBound WordScorer::bound_from(uint32_t doc) {
  ScoreBound bound{0, kNoMoreDocs};
  for (Lemma& lemma : lemmas_) {
    float f = 0;
    float x = 0;
    double raise = 0;
    for (InField& field : lemma.fields) {
      const TermCursor::FBound found = field.cursor.bound_from(doc);
      bound.until = std::min(bound.until, found.until);
      raise = std::max(raise, field.signals.most());
      if (lemma.fields.size() == 1) {
        f = field.bound.upper(found.max_f);
      } else {
        x += field.bound.upper_x(found.max_f);
      }
    }
    if (lemma.fields.size() > 1) f = saturated(x);
    bound.score = std::max(bound.score, static_cast<float>(lemma.idf * (1 + raise)) * f);
  }
  return bound;
}

uint64_t WordScorer::cost() const {
  uint64_t cost = 0;
  for (const Lemma& lemma : lemmas_) {
    for (const InField& field : lemma.fields) cost += field.cursor.term().df;
  }
  return cost;
}

}  // namespace searchlib
