// What a phrase asks of the places of its words, in the documents that hold them.

#include <algorithm>

#include "search/phrase_in_field.hpp"

namespace searchlib {

double PhraseInField::frequency_in(size_t i) {
  if (in_step_) {
    if (const std::optional<uint32_t> count =
            count_in_step(i, by_cost_.size(), found_ == nullptr ? UINT32_MAX : 1))
      return *count;
  }
  read_places(i);
  take_places(i);
  return counter_.count();
}

std::optional<uint32_t> PhraseInField::count_in_step(size_t i, size_t num_words, uint32_t enough) {
  return marks_.count(num_words, enough, [&](size_t word, auto&& visit) {
    for (PhraseLemma& lemma : by_cost_[word]->lemmas) {
      if (lemma.postings[i] != kAbsent)
        visit(lemma.view_places(lemma.postings[i]), offsets_[by_cost_[word]->number]);
    }
  });
}

bool PhraseInField::is_worth_pairing() const {
  constexpr uint64_t kFrequent = 4;  // a word in one of so many documents drops few
  constexpr uint64_t kDropping = 4;  // or the pair does not: more than one of so many have it
  return in_step_ && by_cost_.size() > 2 && !docs_.empty() && by_cost_[2]->cost * kFrequent > num_docs_ &&
         num_pairs_ * kDropping <= num_paired_;
}

void PhraseInField::require_pair(float least) {
  num_paired_ += docs_.size();
  kept_.clear();
  for (size_t i = 0; i < docs_.size(); ++i) {
    deadline_.tick();
    if (const std::optional<uint32_t> count = count_in_step(i, 2, all_ ? 1 : UINT32_MAX)) {
      tfs_[i] = std::min(tfs_[i], *count);
      if (*count == 0 || (!all_ && bound_of(docs_[i], *count) < least)) continue;
    }
    kept_.push_back(static_cast<uint32_t>(i));
  }
  num_pairs_ += kept_.size();
  keep();
}

void PhraseInField::read_places(size_t i) {
  for (PhraseSlot& slot : slots_) {
    for (PhraseLemma& lemma : slot.lemmas) {
      if (lemma.postings[i] != kAbsent) lemma.read_places(lemma.postings[i]);
    }
  }
}

void PhraseInField::take_places(size_t i) {
  if (is_simple_) return;  // the same lemmas in every document
  counter_.clear();
  for (const PhraseSlot& slot : slots_) {
    for (const PhraseLemma& lemma : slot.lemmas) {
      if (lemma.postings[i] != kAbsent) counter_.add(slot.number, lemma.places, lemma.widths);
    }
  }
}

}  // namespace searchlib
