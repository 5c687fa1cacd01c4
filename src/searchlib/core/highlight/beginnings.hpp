// So much of a document's text as is read to tell what the document is about.

#pragma once

#include <string_view>
#include <vector>

#include "highlight/field_texts.hpp"
#include "text/beginning.hpp"

namespace searchlib::highlighting {

// Appends a field's values, max_chars of all of them at most, from the beginning. ending: how the name of the
// document's file ends, with its dot, "" if that is not known. A value that may be that name comes without it, in small
// letters or capitals, for it says how the file is written, and nothing of its subject.
void append_beginnings(const FieldText& text, std::string_view ending, size_t max_chars,
                       std::vector<Beginning>& out);

}  // namespace searchlib::highlighting
