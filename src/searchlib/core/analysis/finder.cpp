#include "analysis/finder.hpp"

#include <algorithm>

namespace searchlib {

Finder::Finder(const Analyzer& analyzer, std::vector<WordGroup> groups, const FormFilter* filter)
    : analyzer_(analyzer), filter_(filter), cache_(analyzer), groups_(std::move(groups)) {
  for (uint32_t group = 0; group < groups_.size(); ++group) {
    for (const std::string& lemma : groups_[group].lemmas) groups_by_lemma_[lemma].push_back(group);
  }
}

void Finder::scan(std::string_view text) {
  uint32_t place = UINT32_MAX;
  bool passed = false;  // a token of this place, by the filter
  searchlib::scan(text, 0, analyzer_.rules(), [&](const RawToken& token) {
    const std::string_view raw = token.raw(text);
    // Where tokens share a place, a lexicon need not list a later one's form under a lemma that an earlier one has: it
    // lists the earlier one's there, which passes then.
    if (token.position != place) passed = false;
    place = token.position;
    if (!passed && filter_ != nullptr) {
      const size_t num_readable = token.stands_for.empty() ? text.size() - token.begin : raw.size();
      if (filter_->rejects(raw, num_readable)) return;
    }
    passed = true;
    const uint32_t form = cache_.id_of(raw);
    if (form == groups_of_form_.size()) {
      const Analysis& analysis = cache_.analyses()[form];
      is_declined_.push_back(analysis.declined);
      meet(analysis.form, analysis.lemmas, groups_of_form_.emplace_back());
      if (analysis.declined) {
        declined_.push_back(form);
        declined_forms_.push_back(analysis.form);
      }
    }
    if (is_declined_[form] || !groups_of_form_[form].empty()) found_.push_back({token, form});
  });
}

void Finder::supply(const std::vector<std::vector<std::string>>& lemmas) {
  const size_t count = std::min(lemmas.size(), declined_.size());
  for (size_t i = 0; i < count; ++i) meet(declined_forms_[i], lemmas[i], groups_of_form_[declined_[i]]);
}

void Finder::meet(const std::string& form, const std::vector<std::string>& lemmas,
                  std::vector<uint32_t>& met) const {
  std::string key;
  for (const std::string& lemma : lemmas) {
    const auto groups = groups_by_lemma_.find(lemma);
    if (groups == groups_by_lemma_.end()) continue;
    if (key.empty()) key = Analyzer::match_key(form);
    for (const uint32_t group : groups->second) {
      if (groups_[group].any_form || groups_[group].forms.count(key) > 0) met.push_back(group);
    }
  }
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
}

}  // namespace searchlib
