#include "search/phrase_scorer.hpp"

#include <algorithm>
#include <numeric>

namespace searchlib {

double count_phrases(const std::vector<std::vector<int64_t>>& places, uint32_t slop) {
  double count = 0;
  std::vector<size_t> at(places.size(), 0);
  for (const int64_t start : places[0]) {
    int64_t last = start;
    bool found = true;
    for (size_t slot = 1; slot < places.size() && found; ++slot) {
      size_t& next = at[slot];
      while (next < places[slot].size() && places[slot][next] < last) ++next;
      found = next < places[slot].size() && places[slot][next] - start <= int64_t{slop};
      if (found) last = places[slot][next];
    }
    if (found) count += 1 / (1 + static_cast<double>(last - start));
  }
  return count;
}

uint32_t PhraseFieldScorer::Slot::seek(uint32_t target) {
  uint32_t doc = kNoMoreDocs;
  for (TermCursor& lemma : lemmas) doc = std::min(doc, lemma.seek(target));
  return doc;
}

uint64_t PhraseFieldScorer::Slot::cost() const {
  return std::accumulate(lemmas.begin(), lemmas.end(), uint64_t{0},
                         [](uint64_t sum, const TermCursor& lemma) { return sum + lemma.term().df; });
}

PhraseFieldScorer::PhraseFieldScorer(std::vector<Slot> slots, double weight, uint32_t slop, const uint8_t* norms,
                                     const KTable* k_table)
    : slots_(std::move(slots)),
      by_cost_(slots_.size()),
      weight_(weight),
      slop_(slop),
      norms_(norms),
      k_table_(k_table),
      places_(slots_.size()) {
  std::iota(by_cost_.begin(), by_cost_.end(), size_t{0});
  std::sort(by_cost_.begin(), by_cost_.end(),
            [&](size_t left, size_t right) { return slots_[left].cost() < slots_[right].cost(); });
}

uint32_t PhraseFieldScorer::seek(uint32_t target) {
  if (started_ && doc_ >= target) return doc_;
  started_ = true;
  while (target != kNoMoreDocs) {
    uint32_t doc = slots_[by_cost_[0]].seek(target);
    bool all = doc != kNoMoreDocs;
    for (size_t i = 1; i < by_cost_.size() && all; ++i) {
      const uint32_t other = slots_[by_cost_[i]].seek(doc);
      if (other == doc) continue;
      all = false;
      doc = other;
    }
    if (!all) {
      target = doc;
      continue;
    }
    frequency_ = frequency_in(doc);
    if (frequency_ > 0) return doc_ = doc;
    target = doc + 1;
  }
  return doc_ = kNoMoreDocs;
}

double PhraseFieldScorer::frequency_in(uint32_t doc) {
  for (size_t i = 0; i < slots_.size(); ++i) {
    std::vector<int64_t>& places = places_[i];
    places.clear();
    for (TermCursor& lemma : slots_[i].lemmas) {
      if (lemma.doc() != doc) continue;
      for (const Place& place : lemma.places()) places.push_back(int64_t{place.position} - slots_[i].offset);
    }
    if (slots_[i].lemmas.size() > 1) {
      std::sort(places.begin(), places.end());
      places.erase(std::unique(places.begin(), places.end()), places.end());
    }
  }
  return count_phrases(places_, slop_);
}

uint64_t PhraseFieldScorer::cost() const { return slots_[by_cost_[0]].cost(); }

uint32_t PhraseScorer::seek(uint32_t target) {
  doc_ = kNoMoreDocs;
  for (PhraseFieldScorer& field : fields_) doc_ = std::min(doc_, field.seek(target));
  return doc_;
}

double PhraseScorer::score() {
  double sum = 0;
  for (const PhraseFieldScorer& field : fields_) {
    if (field.doc() == doc_) sum += field.score();
  }
  return sum;
}

uint64_t PhraseScorer::cost() const {
  uint64_t cost = 0;
  for (const PhraseFieldScorer& field : fields_) cost += field.cost();
  return cost;
}

}  // namespace searchlib
