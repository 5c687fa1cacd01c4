#include "search/vector_reader.hpp"

#include <utility>

namespace searchlib {

VectorReader::VectorReader(std::shared_ptr<LemmaCounter> counter, const Snapshot& snapshot,
                           std::vector<size_t> fields)
    : counter_(std::move(counter)),
      snapshot_(snapshot),
      fields_(std::move(fields)),
      lemmas_(snapshot.segments().size() * fields_.size()),
      generation_(counter_->generation()),
      entries_(fields_.size()) {}

bool VectorReader::read(uint32_t doc, uint64_t number) {
  const auto [segment, local] = snapshot_.place_of(doc);
  const Segment& its = *snapshot_.segments()[segment].segment;
  for (size_t i = 0; i < fields_.size(); ++i) {
    const FieldParts& parts = its.field(fields_[i]);
    entries_[i].clear();
    if (parts.norms == nullptr) continue;  // the field is younger than that segment
    if (!parts.vectors || !parts.vectors->read(local, entries_[i])) return false;
  }
  if (std::exchange(generation_, counter_->generation()) != counter_->generation()) {
    for (Lemmas& lemmas : lemmas_) lemmas = {};
  }
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (entries_[i].empty()) continue;
    const FieldParts& parts = its.field(fields_[i]);
    Lemmas& lemmas = lemmas_[segment * fields_.size() + i];
    if (!lemmas.is_made()) lemmas.make(parts.vectors->num_ranks());
    for (const auto& [rank, tf] : entries_[i]) {
      uint32_t& lemma = lemmas[rank];
      if (lemma == Lemmas::kUnknown) lemma = counter_->number_of(parts.word_at(parts.vectors->word_of(rank)));
      counter_->add(lemma, tf);
    }
  }
  counter_->end_document(number);
  return true;
}

}  // namespace searchlib
