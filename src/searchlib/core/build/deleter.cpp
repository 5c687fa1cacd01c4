#include "build/deleter.hpp"

#include <set>

#include "text/scanner.hpp"

namespace searchlib {

bool Deleter::remove(Deletes& deletes, uint32_t doc,
                     const std::vector<std::vector<std::string_view>>& values) const {
  if (!deletes.mark(doc)) return false;
  for (size_t field = 0; field < values.size(); ++field)
    subtract(deletes.delta(field), field, doc, values[field]);
  return true;
}

void Deleter::subtract(Deletes::FieldDelta& delta, size_t field, uint32_t doc,
                       const std::vector<std::string_view>& values) const {
  if (segment_.field(field).knows_lengths()) {
    const uint32_t known = segment_.field(field).length_of(doc);
    delta.docs_with_value += static_cast<uint32_t>(known > 0);
    delta.total_length += known;
    return;
  }
  std::set<std::string> forms;
  uint64_t length = 0;
  Analysis analysis;
  for (const std::string_view value : values) {
    const Analyzer* analyzer = analyzers_[field].get();
    if (analyzer == nullptr) {
      if (value.empty()) continue;
      forms.insert(folds_[field] ? Analyzer::keyword_key(value) : std::string(value));
      ++length;
      continue;
    }
    const Scanned scanned = scan(value, 0, analyzer->rules(), [&](const RawToken& token) {
      analyzer->analyze(token.raw(value), analysis);
      forms.insert(analysis.form);
    });
    length += scanned.num_words;
  }
  if (length == 0) return;
  std::set<uint32_t> terms;
  for (const std::string& form : forms) {
    const auto info = segment_.field(field).words.find_form(form);
    if (info) terms.insert(info->terms.begin(), info->terms.end());
  }
  ++delta.docs_with_value;
  delta.total_length += length;
  for (const uint32_t term : terms) ++delta.df[term];
}

}  // namespace searchlib
