#include "search/forms_scorer.hpp"

#include <algorithm>

namespace searchlib {

FormsScorer::FormsScorer(const FormsFound& found, double score) : found_(found), score_(score) {
  lemmas_.reserve(found.lemmas().size());
  for (const FormsFound::Lemma& lemma : found.lemmas())
    lemmas_.push_back({TermCursor(*lemma.field, lemma.term), &lemma.wanted});
}

uint32_t FormsScorer::seek(uint32_t target) {
  if (lemmas_.empty())
    return doc_ = first_doc_from(found_.docs(), std::max(target, doc_));  // never backwards
  doc_ = kNoMoreDocs;
  for (Lemma& lemma : lemmas_) {
    uint32_t doc = lemma.cursor.seek(target);
    while (doc < doc_ && !holds_wanted(lemma)) doc = lemma.cursor.seek(doc + 1);
    doc_ = std::min(doc_, doc);
  }
  return doc_;
}

bool FormsScorer::holds_wanted(Lemma& lemma) {
  if (lemma.wanted->empty()) return true;
  deadline_.tick(1 + lemma.cursor.tf() / 64);
  return lemma.cursor.has_rank(*lemma.wanted);
}

}  // namespace searchlib
