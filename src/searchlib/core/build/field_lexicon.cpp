#include "build/field_lexicon.hpp"

#include <stdexcept>

namespace searchlib {

uint32_t FieldLexicon::find_or_add(const Analysis& analysis) {
  const uint32_t form = forms_.find_or_add(analysis.form);
  if (form < ranges_.size()) return form;
  ranges_.emplace_back();
  if (analysis.declined) {
    declined_.push_back(form);
  } else {
    set_lemmas(form, analysis.lemmas);
  }
  return form;
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
