#include "search/form_widths.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "search/deadline.hpp"
#include "text/form_span.hpp"

namespace searchlib {
namespace {

using Rank = uint32_t;
using RankedForm = std::pair<uint32_t, Rank>;  // the form's number, which comes first in their order

// Calls visit(form) for those that may take more than one position. Forms of a term mostly stand near each
// other: a block of the dictionary is read once for all, and no key is put together.
template <class Visit>
void for_each_joined(const Dictionary& keys, const std::vector<RankedForm>& forms, Visit&& visit) {
  Deadline& deadline = Deadline::current();
  for (auto form = forms.begin(); form != forms.end();) {
    deadline.tick();
    size_t joint = std::string_view::npos;  // where the key at hand has its first
    keys.scan_entries(
        form->first / kDictionaryBlock, [&](uint32_t index, uint64_t shared, std::string_view suffix) {
          if (joint >= shared) {
            joint = first_form_joint(suffix);
            if (joint != std::string_view::npos) joint += shared;
          }
          if (index < form->first) return true;
          if (joint != std::string_view::npos) visit(*form);
          ++form;
          return form != forms.end() && form->first / kDictionaryBlock == index / kDictionaryBlock;
        });
  }
}

}  // namespace

FormWidths::FormWidths(const FieldParts& field, const TermInfo& term, bool divides) {
  std::vector<uint32_t> numbers;
  field.words.term_at(term.index, &numbers);
  std::vector<RankedForm> forms;
  forms.reserve(numbers.size());
  for (Rank rank = 0; rank < numbers.size(); ++rank) forms.emplace_back(numbers[rank], rank);
  std::sort(forms.begin(), forms.end());
  for_each_joined(field.words.keys(), forms, [&](const RankedForm& form) {
    const uint32_t width = form_span(field.word_at(form.first), divides);
    if (width == 1) return;
    widths_.resize(std::max<size_t>(widths_.size(), form.second + 1), 1);
    widths_[form.second] = width;
  });
}

void FormWidths::add_to(std::vector<uint32_t>& distinct) const {
  const auto add = [&](uint32_t width) {
    if (std::find(distinct.begin(), distinct.end(), width) == distinct.end()) distinct.push_back(width);
  };
  add(1);
  for (const uint32_t width : widths_) add(width);
}

}  // namespace searchlib
