#include "search/forms_scorer.hpp"

#include <algorithm>
#include <map>

#include "lexicon/analyzer.hpp"
#include "postings/segment.hpp"

namespace searchlib {

std::vector<uint32_t> matching_forms(const FieldParts& field, const FormPattern& pattern) {
  std::vector<uint32_t> forms;
  for (DictionaryWalker walker(field.forms); walker.next();) {
    if (pattern.matches(Analyzer::match_key(walker.key()))) forms.push_back(walker.index());
  }
  return forms;
}

std::vector<FormsScorer::Lemma> FormsScorer::cover(const FieldParts& field,
                                                   const std::vector<uint32_t>& forms) {
  // Every place of a form is posted under each of its lemmas: the first one of each form covers it.
  std::map<uint32_t, std::vector<uint32_t>> forms_of_term;
  for (const uint32_t form : forms) {
    field.forms.scan_block(form / kDictionaryBlock,
                           [&](uint32_t index, std::string_view, std::span<const uint8_t> payload) {
                             if (index != form) return true;
                             const FormInfo info = decode_form(payload, field.terms.size());
                             if (!info.terms.empty()) forms_of_term[info.terms.front()].push_back(form);
                             return false;
                           });
  }
  std::vector<Lemma> lemmas;
  std::vector<uint32_t> ranked;
  for (const auto& [term, wanted] : forms_of_term) {
    const TermInfo info = field.term_info_at(term, &ranked);
    std::vector<bool> by_rank;
    if (wanted.size() < ranked.size()) {
      for (const uint32_t form : ranked)
        by_rank.push_back(std::binary_search(wanted.begin(), wanted.end(), form));
    }
    lemmas.push_back({TermCursor(field, info), std::move(by_rank)});
  }
  return lemmas;
}

uint32_t FormsScorer::seek(uint32_t target) {
  doc_ = kNoMoreDocs;
  for (Lemma& lemma : lemmas_) {
    uint32_t doc = lemma.cursor.seek(target);
    while (doc < doc_ && !holds_wanted(lemma)) doc = lemma.cursor.seek(doc + 1);
    doc_ = std::min(doc_, doc);
  }
  return doc_;
}

bool FormsScorer::holds_wanted(Lemma& lemma) {
  if (lemma.wanted.empty()) return true;
  const std::vector<Place>& places = lemma.cursor.places();
  return std::any_of(places.begin(), places.end(), [&](const Place& place) {
    return place.form_rank < lemma.wanted.size() && lemma.wanted[place.form_rank];
  });
}

uint64_t FormsScorer::cost() const {
  uint64_t cost = 0;
  for (const Lemma& lemma : lemmas_) cost += lemma.cursor.term().df;
  return cost;
}

}  // namespace searchlib
