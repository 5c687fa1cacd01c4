#include "search/form_widths.hpp"

#include <algorithm>

#include "search/deadline.hpp"
#include "text/form_span.hpp"

namespace searchlib {

FormWidths::FormWidths(const FieldParts& field, const TermInfo& term, bool divides) {
  std::vector<uint32_t> forms;
  field.term_info_at(term.index, &forms);
  Deadline& deadline = Deadline::current();
  for (uint32_t rank = 0; rank < forms.size(); ++rank) {
    deadline.tick();
    const uint32_t width = form_span(field.word_at(forms[rank]), divides);
    if (width == 1 && widths_.empty()) continue;
    widths_.resize(rank, 1);
    widths_.push_back(width);
  }
}

void FormWidths::add_to(std::vector<uint32_t>& distinct) const {
  const auto add = [&](uint32_t width) {
    if (std::find(distinct.begin(), distinct.end(), width) == distinct.end()) distinct.push_back(width);
  };
  if (are_one()) add(1);
  for (const uint32_t width : widths_) add(width);
}

}  // namespace searchlib
