#include "text/form_span.hpp"

#include <algorithm>

#include "text/scanner.hpp"

namespace searchlib {
namespace {

bool is_joint(char byte) { return kFormJoints.find(byte) != std::string_view::npos; }

}  // namespace

uint32_t form_span(std::string_view form) {
  if (form.find_first_of(kFormJoints) == std::string_view::npos) return 1;
  uint32_t span = 0;
  bool first = true;
  scan(form, 0, [&](const RawToken& token) {
    if (first && token.begin == 0 && token.end == form.size()) span = token.span;
    first = false;
  });
  // Folding may have made a border within a part (ŉ is an apostrophe and n): the joints are still there.
  return span > 0 ? span : 1 + static_cast<uint32_t>(std::count_if(form.begin(), form.end(), is_joint));
}

}  // namespace searchlib
