#include "search/form_ranks.hpp"

#include <string>

#include "text/yo.hpp"

namespace searchlib {
namespace {

std::string without_yo(std::string_view form) {
  std::string folded(form);
  fold_yo(folded);
  return folded;
}

}  // namespace

FormRanks::FormRanks(const FieldParts& field, const TermInfo& term, std::string_view form) {
  const std::string wanted = without_yo(form);
  std::vector<uint32_t> forms;
  field.term_info_at(term.index, &forms);
  for (uint32_t rank = 0; rank < forms.size(); ++rank) {
    if (without_yo(field.word_at(forms[rank])) == wanted) ranks_.push_back(rank);
  }
  all_ = ranks_.size() == forms.size();
}

}  // namespace searchlib
