// The marks of a query in the texts of a page, all of them at once: a form is analysed once for all texts, and most
// are rejected unanalysed. Offsets come out in code points.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/finder.hpp"
#include "highlight/field_texts.hpp"
#include "highlight/spans.hpp"
#include "postings/segment.hpp"

namespace searchlib::highlighting {

// What a query marks in a field.
struct Marks {
  std::vector<WordGroup> groups;
  MarkPlan plan;
};

// The forms that may meet the groups, as the lexicons of those segments list them; nothing if these are too many to
// be of use. The texts must be those that the lexicons were made of.
std::optional<FormFilter> forms_of(const std::vector<WordGroup>& groups,
                                   const std::vector<const FieldParts*>& lexicons);

// The lemmas of forms that the analyzer declined, in the same order.
using Resolve = std::function<std::vector<std::vector<std::string>>(const std::vector<std::string>& forms)>;

// The spans of each text. No phrase spans two values.
std::vector<std::vector<Span>> mark_words(const FieldTexts& texts, const Marks& marks,
                                          const Analyzer& analyzer, const FormFilter* filter,
                                          const Resolve& resolve);

// The same of values that match whole or not at all. folded: by their folded keys.
std::vector<std::vector<Span>> mark_values(const FieldTexts& texts, const Marks& marks, bool folded);

}  // namespace searchlib::highlighting
