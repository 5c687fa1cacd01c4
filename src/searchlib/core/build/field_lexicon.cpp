#include "build/field_lexicon.hpp"

#include <algorithm>
#include <stdexcept>

namespace searchlib {

namespace {

// So many analyses are looked up together.
constexpr size_t kBatch = 64;

}  // namespace

void FieldLexicon::find_or_add(std::span<const Analysis> analyses, std::vector<uint32_t>& numbers) {
  for (; !analyses.empty(); analyses = analyses.subspan(std::min(kBatch, analyses.size()))) {
    const std::span<const Analysis> batch = analyses.first(std::min(kBatch, analyses.size()));
    announce(batch);
    size_t lemma = 0;
    for (size_t i = 0; i < batch.size(); ++i) {
      const uint32_t form = forms_.find_or_add(batch[i].form, hashes_.of_forms[i]);
      numbers.push_back(form);
      const size_t first = lemma;
      lemma += batch[i].lemmas.size();
      if (form < ranges_.size()) continue;
      ranges_.emplace_back();
      if (batch[i].declined) {
        declined_.push_back(form);
        continue;
      }
      ranges_[form] = {static_cast<uint32_t>(lemma_ids_.size()), static_cast<uint32_t>(lemma - first)};
      for (size_t at = first; at < lemma; ++at)
        lemma_ids_.push_back(lemmas_.find_or_add(batch[i].lemmas[at - first], hashes_.of_lemmas[at]));
    }
  }
}

// Computes the hashes, and has what the look-ups will read fetched into the cache.
void FieldLexicon::announce(std::span<const Analysis> analyses) {
  hashes_.of_forms.clear();
  hashes_.of_lemmas.clear();
  for (const Analysis& analysis : analyses) {
    hashes_.of_forms.push_back(forms_.hash(analysis.form));
    forms_.prefetch_slot(hashes_.of_forms.back());
    for (const std::string& lemma : analysis.lemmas) {
      hashes_.of_lemmas.push_back(lemmas_.hash(lemma));
      lemmas_.prefetch_slot(hashes_.of_lemmas.back());
    }
  }
  for (const uint32_t hash : hashes_.of_forms) forms_.prefetch_offset(hash);
  for (const uint32_t hash : hashes_.of_lemmas) lemmas_.prefetch_offset(hash);
  for (const uint32_t hash : hashes_.of_forms) forms_.prefetch_key(hash);
  for (const uint32_t hash : hashes_.of_lemmas) lemmas_.prefetch_key(hash);
}

void FieldLexicon::set_lemmas(uint32_t form, std::span<const std::string> lemmas) {
  ranges_[form].begin = static_cast<uint32_t>(lemma_ids_.size());
  for (const std::string& lemma : lemmas) lemma_ids_.push_back(lemmas_.find_or_add(lemma));
  ranges_[form].count = static_cast<uint32_t>(lemmas.size());
}

std::vector<std::string> FieldLexicon::declined() const {
  std::vector<std::string> forms;
  for (const uint32_t form : declined_) forms.emplace_back(forms_[form]);
  return forms;
}

void FieldLexicon::resolve(const std::vector<std::vector<std::string>>& lemmas) {
  if (lemmas.size() != declined_.size()) {
    throw std::invalid_argument("expected the lemmas of " + std::to_string(declined_.size()) +
                                " forms, got " + std::to_string(lemmas.size()));
  }
  for (size_t i = 0; i < lemmas.size(); ++i) {
    if (lemmas[i].empty()) throw std::invalid_argument("every form has at least one lemma");
    set_lemmas(declined_[i], lemmas[i]);
  }
  declined_.clear();
}

size_t FieldLexicon::memory_bytes() const {
  return forms_.memory_bytes() + lemmas_.memory_bytes() + ranges_.capacity() * sizeof(Range) +
         lemma_ids_.capacity() * sizeof(uint32_t);
}

}  // namespace searchlib
