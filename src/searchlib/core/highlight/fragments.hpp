// The fragments of a text that show best why it was found, as ranges of it. A fragment is chosen by the matches
// that it holds and cut where sentences or words end. Offsets count code points.

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "highlight/borders.hpp"
#include "highlight/spans.hpp"

namespace searchlib::highlighting {

struct Fragment {
  size_t start, end;
  std::vector<Span> spans;  // those inside, from the beginning of the text
};

// At most `count` disjoint fragments of at most `size` code points each, in the order of the text. spans: sorted,
// disjoint, inside the text. The fragment with the most different marks comes first, then the one with the most
// matches, then the earlier one. Without a match the beginning of the text is shown; a text of spaces gives none.
// A match longer than `size` is cut. n log n in the number of spans.
std::vector<Fragment> choose_fragments(Text text, std::span<const Span> spans, size_t count, size_t size,
                                       const Abbreviations& abbreviations);

}  // namespace searchlib::highlighting
