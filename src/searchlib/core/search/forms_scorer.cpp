#include "search/forms_scorer.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "lexicon/analyzer.hpp"
#include "postings/segment.hpp"
#include "search/deadline.hpp"

namespace searchlib {
namespace {

// «люд*» has a few lemmas, and the least of their cursors is the next document. *a* has tens of
// thousands: to read every posting once is far less than to ask each of them for each document.
constexpr size_t kMaxCursors = 16;

}  // namespace

std::vector<uint32_t> matching_forms(const FieldParts& field, const FormPattern& pattern) {
  Deadline& deadline = Deadline::current();
  std::vector<uint32_t> forms;
  for (uint32_t block = 0; block < field.words.keys().num_blocks(); ++block) {
    deadline.tick();
    const WordReader words = field.words.read(block);
    field.words.keys().scan_block(block, [&](uint32_t index, std::string_view key) {
      if (is_form(words.kind(index % kDictionaryBlock)) && pattern.matches(Analyzer::match_key(key))) {
        forms.push_back(index);
      }
      return true;
    });
  }
  return forms;
}

std::vector<FormsScorer::Lemma> FormsScorer::cover(const FieldParts& field,
                                                   const std::vector<uint32_t>& forms) {
  // Every place of a form is posted under each of its lemmas: the first one of each form covers it.
  std::map<uint32_t, std::vector<uint32_t>> forms_of_term;
  Word word;
  for (const uint32_t form : forms) {
    field.words.get(form, word);
    if (!word.form.terms.empty()) forms_of_term[word.form.terms.front()].push_back(form);
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
  if (lemmas_.size() > kMaxCursors) {
    if (gathered_.empty()) gather();
    return doc_ = first_gathered(std::max(target, doc_));  // never backwards
  }
  doc_ = kNoMoreDocs;
  for (Lemma& lemma : lemmas_) {
    uint32_t doc = lemma.cursor.seek(target);
    while (doc < doc_ && !holds_wanted(lemma)) doc = lemma.cursor.seek(doc + 1);
    doc_ = std::min(doc_, doc);
  }
  return doc_;
}

void FormsScorer::gather() {
  gathered_.assign(1, 0);
  for (Lemma& lemma : lemmas_) {
    for (uint32_t doc = lemma.cursor.seek(0); doc != kNoMoreDocs; doc = lemma.cursor.seek(doc + 1)) {
      const size_t word = doc / 64;
      if (word >= gathered_.size()) gathered_.resize(word + 1);
      const uint64_t bit = uint64_t{1} << (doc % 64);
      if ((gathered_[word] & bit) == 0 && holds_wanted(lemma)) gathered_[word] |= bit;
    }
  }
}

uint32_t FormsScorer::first_gathered(uint32_t target) const {
  size_t word = target / 64;
  if (word >= gathered_.size()) return kNoMoreDocs;
  uint64_t bits = gathered_[word] & (~uint64_t{0} << (target % 64));
  while (bits == 0) {
    if (++word == gathered_.size()) return kNoMoreDocs;
    bits = gathered_[word];
  }
  return static_cast<uint32_t>(word * 64 + static_cast<size_t>(std::countr_zero(bits)));
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
