#include "search/phrase_scorer.hpp"

#include <algorithm>
#include <numeric>

namespace searchlib {

uint32_t PhraseFieldScorer::Slot::seek(uint32_t target) {
  uint32_t doc = kNoMoreDocs;
  for (TermCursor& lemma : lemmas) doc = std::min(doc, lemma.seek(target));
  return doc;
}

uint64_t PhraseFieldScorer::Slot::cost() const {
  return std::accumulate(lemmas.begin(), lemmas.end(), uint64_t{0},
                         [](uint64_t sum, const TermCursor& lemma) { return sum + lemma.term().df; });
}

PhraseFieldScorer::PhraseFieldScorer(size_t number, std::vector<Slot> slots, const PhraseField& phrase,
                                     uint32_t slop, size_t num_bounding, const uint8_t* norms,
                                     const LengthTables* lengths, FieldBound bound)
    : slots_(std::move(slots)),
      counter_(phrase.offsets(), slop),
      offsets_(phrase.offsets()),
      number_(number),
      num_bounding_(num_bounding),
      by_cost_(slots_.size()),
      weight_(phrase.weight),
      norms_(norms),
      lengths_(lengths),
      bound_(bound) {
  std::iota(by_cost_.begin(), by_cost_.end(), size_t{0});
  std::sort(by_cost_.begin(), by_cost_.end(),
            [&](size_t left, size_t right) { return slots_[left].cost() < slots_[right].cost(); });
  in_step_ =
      slop == 0 && slots_.size() > 1 && std::all_of(slots_.begin(), slots_.end(), [](const Slot& slot) {
        return std::all_of(slot.widths.begin(), slot.widths.end(),
                           [](const FormWidths& widths) { return widths.are_one(); });
      });
}

uint32_t PhraseFieldScorer::seek(uint32_t target) {
  if (started_ && doc_ >= target) return doc_;
  started_ = true;
  while (target != kNoMoreDocs) {
    deadline_.tick();
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
    if (can_reach_threshold(doc)) {
      frequency_ = frequency_in(doc);
      if (frequency_ > 0) return doc_ = doc;
    }
    target = doc + 1;
  }
  return doc_ = kNoMoreDocs;
}

bool PhraseFieldScorer::match(uint32_t doc) {
  const auto has_slot = [&](size_t slot) { return slots_[slot].seek(doc) == doc; };
  frequency_ = std::all_of(by_cost_.begin(), by_cost_.end(), has_slot) ? frequency_in(doc) : 0;
  doc_ = frequency_ > 0 ? doc : kNoMoreDocs;
  return doc_ == doc;
}

uint64_t PhraseFieldScorer::Slot::tf_in(uint32_t doc) {
  uint64_t tf = 0;
  for (TermCursor& lemma : lemmas) {
    if (lemma.doc() == doc) tf += lemma.tf();
  }
  return tf;
}

// Positions are read only where the frequencies could do.
bool PhraseFieldScorer::can_reach_threshold(uint32_t doc) {
  if (threshold_ <= 0) return true;
  uint64_t least = UINT64_MAX;
  for (Slot& slot : bounding_slots()) least = std::min(least, slot.tf_in(doc));
  const double best = saturation(weight_ * static_cast<double>(least), lengths_->k[norms_[doc]]);
  return !below(static_cast<float>(best), threshold_);
}

PhraseFieldScorer::XBound PhraseFieldScorer::bound_from(uint32_t doc) {
  XBound bound{kMostX, kNoMoreDocs};
  for (Slot& slot : bounding_slots()) {
    float x = 0;
    for (TermCursor& lemma : slot.lemmas) {
      const TermCursor::FBound found = lemma.bound_from(doc);
      bound.until = std::min(bound.until, found.until);
      x += bound_.upper_x(found.max_f);  // two lemmas of a slot may stand at different places
    }
    bound.x = std::min(bound.x, x);
  }
  return bound;
}

double PhraseFieldScorer::frequency_in(uint32_t doc) {
  if (in_step_) {
    const auto each = [&](size_t word, auto&& visit) {
      for (TermCursor& lemma : slots_[by_cost_[word]].lemmas) {
        if (lemma.doc() == doc) visit(lemma.view_places(), offsets_[by_cost_[word]]);
      }
    };
    if (const std::optional<uint32_t> count = marks_.count(slots_.size(), UINT32_MAX, each)) return *count;
  }
  counter_.clear();
  for (size_t i = 0; i < slots_.size(); ++i) {
    for (size_t lemma = 0; lemma < slots_[i].lemmas.size(); ++lemma) {
      TermCursor& cursor = slots_[i].lemmas[lemma];
      if (cursor.doc() == doc) counter_.add(i, cursor.places(), slots_[i].widths[lemma]);
    }
  }
  return counter_.count();
}

uint64_t PhraseFieldScorer::cost() const { return slots_[by_cost_[0]].cost(); }

uint32_t PhraseScorer::seek(uint32_t target) {
  doc_ = kNoMoreDocs;
  for (PhraseFieldScorer& field : fields_) doc_ = std::min(doc_, field.seek(target));
  return doc_;
}

bool PhraseScorer::match(uint32_t doc) {
  bool any = false;
  for (PhraseFieldScorer& field : fields_) any = field.match(doc) || any;
  return set_matched(any, doc);
}

double PhraseScorer::score() {
  FieldScale scale;
  double x = 0;
  for (const PhraseFieldScorer& field : fields_) {
    if (field.doc() == doc_) x += field.x(scale);
  }
  return idf_ * scale.saturated(x);
}

std::vector<double> PhraseScorer::frequencies(size_t num_fields) const {
  std::vector<double> found(num_fields, 0);
  for (const PhraseFieldScorer& field : fields_) {
    if (field.doc() == doc_) found[field.number()] = field.frequency();
  }
  return found;
}

ScoreBound PhraseScorer::bound_from(uint32_t doc) {
  float x = 0;
  uint32_t until = kNoMoreDocs;
  for (PhraseFieldScorer& field : fields_) {
    const PhraseFieldScorer::XBound found = field.bound_from(doc);
    x += found.x;
    until = std::min(until, found.until);
  }
  return {static_cast<float>(idf_) * saturated(x), until};
}

void PhraseScorer::raise_threshold(double threshold) {
  // With several fields each is a part of the score only.
  if (fields_.size() == 1 && idf_ > 0) fields_[0].raise_threshold(threshold / idf_);
}

uint64_t PhraseScorer::cost() const {
  uint64_t cost = 0;
  for (const PhraseFieldScorer& field : fields_) cost += field.cost();
  return cost;
}

}  // namespace searchlib
