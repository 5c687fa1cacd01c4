#include "bind_marks.hpp"

#include <nanobind/stl/vector.h>

#include <utility>

#include "bind_text.hpp"

namespace nb = nanobind;

namespace searchlib {

using namespace highlighting;

namespace {

// No text has more positions.
constexpr int64_t kMostPlaces = int64_t{1} << 32;

uint32_t add_group(nb::handle word, Marks& marks) {
  WordGroup& group = marks.groups.emplace_back();
  for (nb::handle lemma : word.attr("lemmas"))
    group.lemmas.emplace_back(Utf8Text(nb::cast<nb::str>(lemma)).view());
  const nb::object forms = word.attr("forms");
  group.any_form = forms.is_none();
  if (!group.any_form) {
    for (nb::handle form : forms) group.forms.emplace(Utf8Text(nb::cast<nb::str>(form)).view());
  }
  marks.plan.mark_of_group.push_back(MarkPlan::kNoMark);
  return static_cast<uint32_t>(marks.groups.size() - 1);
}

}  // namespace

Phrase phrase_of(uint32_t mark, std::vector<uint32_t> words, const nb::handle& offsets, int64_t slop) {
  Phrase phrase{mark, std::move(words), nb::cast<std::vector<int64_t>>(offsets), slop};
  if (phrase.words.empty() || phrase.words.size() != phrase.offsets.size())
    throw nb::value_error("a phrase has one offset for each of its words");
  return phrase;
}

Marks marks_of(const nb::sequence& items) {
  Marks marks;
  uint32_t number = 0;
  for (nb::handle item : items) {
    if (!nb::hasattr(item, "words")) {
      const uint32_t group = add_group(item, marks);
      marks.plan.mark_of_group[group] = number;
    } else {
      std::vector<uint32_t> words;
      for (nb::handle word : item.attr("words")) words.push_back(add_group(word, marks));
      // More than any text has positions is as good as any.
      const nb::object slop = item.attr("slop");
      const bool is_small = slop < nb::int_(kMostPlaces);
      marks.plan.phrases.push_back(phrase_of(number, std::move(words), item.attr("offsets"),
                                             is_small ? nb::cast<int64_t>(slop) : kMostPlaces));
    }
    ++number;
  }
  return marks;
}

}  // namespace searchlib
