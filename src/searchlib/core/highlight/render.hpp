// Spans and fragments → text for a page, a terminal or a file, where nothing in it can act: control characters and
// what reverses the direction of writing are taken out. highlight/formatters.py has the same in Python, for
// formatters of one's own.

#pragma once

#include <span>
#include <string>

#include "highlight/borders.hpp"
#include "highlight/fragments.hpp"

namespace searchlib::highlighting {

struct Style {
  bool html = false;             // escape & < > " '
  std::u32string before, after;  // around a match
  std::u32string separator;      // between fragments, as it is written
};

// The whole text with its spans marked; newlines and tabs stay.
void render_whole(Text text, std::span<const Span> spans, const Style& style, std::u32string& out);

// The fragments in one line: every run of spaces, tabs and newlines in a piece of them becomes one space.
void render_fragments(Text text, std::span<const Fragment> fragments, const Style& style,
                      std::u32string& out);

}  // namespace searchlib::highlighting
