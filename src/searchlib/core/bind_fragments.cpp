// Python's side of what cuts and marks one text that a caller has: fragments, spans of tokens, borders of sentences.
// The bindings of pages (bind_highlight.cpp) have what is here for both.

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <tuple>

#include "bind_checks.hpp"
#include "bind_highlight.hpp"
#include "bind_marks.hpp"
#include "bind_text.hpp"
#include "bind_tuples.hpp"
#include "highlight/borders.hpp"
#include "text/char_facts.hpp"
#include "text/known_utf8.hpp"

namespace nb = nanobind;

namespace searchlib {

using namespace highlighting;

namespace {

// Longer than any text: sizes and counts beyond it are as good as it.
constexpr size_t kMost = size_t{1} << 32;

template <class Char>
void decode_into(std::string_view utf8, nb::handle text) {
  utf8::decode_known(utf8, static_cast<Char*>(PyUnicode_DATA(text.ptr())));
}

}  // namespace

nb::str to_str(std::string_view utf8) {
  const auto [count, greatest] = utf8::extent_of(utf8);
  // The first bytes of U+0100 and of U+10000. A str is as narrow as it can be.
  const Py_UCS4 widest = greatest < 0x80   ? 0x7F
                         : greatest < 0xC4 ? 0xFF
                         : greatest < 0xF0 ? 0xFFFF
                                           : 0x10FFFF;
  PyObject* made = PyUnicode_New(static_cast<Py_ssize_t>(count), widest);
  if (made == nullptr) throw nb::python_error();
  const auto text = nb::steal<nb::str>(made);
  if (widest < 0x100) {
    decode_into<Py_UCS1>(utf8, text);
  } else if (widest < 0x10000) {
    decode_into<Py_UCS2>(utf8, text);
  } else {
    decode_into<Py_UCS4>(utf8, text);
  }
  return text;
}

nb::str to_str(Text text) {
  PyObject* made =
      PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text.data(), static_cast<Py_ssize_t>(text.size()));
  if (made == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(made);
}

std::u32string chars_of(const nb::str& text) {
  std::u32string chars;
  const std::string_view utf8 = Utf8Text(text).view();  // of a str, so it is known
  chars.resize(utf8.size());
  chars.resize(static_cast<size_t>(utf8::decode_known(utf8, chars.data()) - chars.data()));
  return chars;
}

nb::list list_of(size_t size) {
  nb::list list = nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(size)));
  if (!list.is_valid()) nb::raise_python_error();
  return list;
}

void set_item(nb::list& list, size_t index, nb::object item) {
  PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(index), item.release().ptr());
}

namespace {

nb::object span_to_python(const Span& span, const nb::object& span_type) {
  return tuple_of(span_type, span.start, span.end, span.mark);
}

}  // namespace

nb::list spans_to_python(std::span<const Span> spans, const nb::object& span_type) {
  nb::list list = list_of(spans.size());
  for (size_t i = 0; i < spans.size(); ++i) set_item(list, i, span_to_python(spans[i], span_type));
  return list;
}

nb::list fragments_to_python(Text text, const std::vector<Fragment>& fragments,
                             const nb::object& fragment_type, const nb::object& span_type) {
  nb::list list = list_of(fragments.size());
  for (size_t i = 0; i < fragments.size(); ++i) {
    const Fragment& one = fragments[i];
    set_item(list, i,
             tuple_of(fragment_type, to_str(text.substr(one.start, one.end - one.start)), one.start, one.end,
                      nb::tuple(spans_to_python(one.spans, span_type))));
  }
  return list;
}

// Of a Python number of at least 1.
size_t checked_size(const nb::int_& number) {
  if (number < nb::int_(1)) throw nb::value_error("count and size are at least 1");
  return number < nb::int_(kMost) ? nb::cast<size_t>(number) : kMost;
}

namespace {

std::vector<Span> checked_spans(const nb::sequence& items, size_t size) {
  std::vector<Span> spans;
  for (nb::handle item : items) {
    const nb::tuple span = tuple_of(item, 3);
    spans.push_back({nb::cast<uint32_t>(span[0]), nb::cast<uint32_t>(span[1]), nb::cast<uint32_t>(span[2])});
    const Span& last = spans.back();
    const uint32_t least = spans.size() > 1 ? spans[spans.size() - 2].end : 0;
    if (last.start < least || last.end <= last.start || last.end > size)
      throw nb::value_error("spans are sorted, disjoint and inside their text");
  }
  return spans;
}

nb::list fragments_of_text(const nb::str& text, const nb::sequence& spans, const nb::int_& count,
                           const nb::int_& size, const Abbreviations& abbreviations,
                           const nb::object& fragment_type, const nb::object& span_type) {
  const std::u32string chars = chars_of(text);
  const std::vector<Span> checked = checked_spans(spans, chars.size());
  const auto found = choose_fragments(chars, checked, checked_size(count), checked_size(size), abbreviations);
  return fragments_to_python(chars, found, fragment_type, span_type);
}

// tokens: (start, end, position, span, numbers of groups). phrases: (mark, groups, offsets, slop).
nb::list spans_of_tokens(const nb::sequence& tokens, const nb::sequence& marks_of_groups,
                         const nb::sequence& phrases, const nb::object& span_type) {
  MarkPlan plan;
  for (nb::handle mark : marks_of_groups)
    plan.mark_of_group.push_back(mark.is_none() ? MarkPlan::kNoMark : nb::cast<uint32_t>(mark));
  const auto checked_groups = [&](nb::handle groups) {
    auto numbers = nb::cast<std::vector<uint32_t>>(groups);
    for (const uint32_t number : numbers) checked_field(number, plan.mark_of_group.size());
    return numbers;
  };
  for (nb::handle item : phrases) {
    const nb::tuple row = tuple_of(item, 4);
    plan.phrases.push_back(
        phrase_of(nb::cast<uint32_t>(row[0]), checked_groups(row[1]), row[2], nb::cast<int64_t>(row[3])));
  }
  std::vector<std::vector<uint32_t>> groups;
  std::vector<Meeting> meetings;
  for (nb::handle item : tokens) {
    const nb::tuple row = tuple_of(item, 5);
    groups.push_back(checked_groups(row[4]));
    const auto position = nb::cast<int64_t>(row[2]);
    meetings.push_back({{position, position + nb::cast<int64_t>(row[3]), nb::cast<uint32_t>(row[0]),
                         nb::cast<uint32_t>(row[1])},
                        {}});
  }
  for (size_t i = 0; i < meetings.size(); ++i) meetings[i].groups = groups[i];
  return spans_to_python(spans_of(plan, meetings), span_type);
}

// places: "A" before a name, "0" before a number, "*" before anything.
Abbreviations make_abbreviations(const nb::dict& places) {
  Abbreviations made;
  for (const auto& [word, behind] : places) {
    const Utf8Text there(nb::cast<nb::str>(behind));
    const auto has = [&](char place) { return there.view().find(place) != std::string_view::npos; };
    made.add(chars_of(nb::cast<nb::str>(word)), {has('A') || has('*'), has('0') || has('*')});
  }
  return made;
}

}  // namespace

void bind_fragments(nb::module_& module) {
  nb::class_<Abbreviations>(module, "Abbreviations")
      .def(
          "__init__",
          [](Abbreviations* self, const nb::dict& places) {
            new (self) Abbreviations(make_abbreviations(places));
          },
          nb::arg("places"));
  module.def("fragments_of", fragments_of_text, nb::arg("text"), nb::arg("spans"), nb::arg("count"),
             nb::arg("size"), nb::arg("abbreviations"), nb::arg("fragment_type"), nb::arg("span_type"));
  module.def("spans_of", spans_of_tokens, nb::arg("tokens"), nb::arg("marks_of_groups"), nb::arg("phrases"),
             nb::arg("span_type"));
  module.def(
      "sentence_borders",
      [](const nb::str& text, size_t low, size_t high, const Abbreviations& abbreviations) {
        const std::u32string chars = chars_of(text);
        if (low > high || high > chars.size()) throw nb::value_error("expected a range of the text");
        std::vector<size_t> borders;
        Sentences(chars, abbreviations).borders(low, high, borders);
        return borders;
      },
      nb::arg("text"), nb::arg("low"), nb::arg("high"), nb::arg("abbreviations"));
  module.def(
      "character_facts",
      [](uint32_t code_point) {
        const unicode::Facts facts = unicode::facts(code_point);
        return nb::make_tuple(facts.space(), facts.alphanumeric(), facts.lower(), facts.upper(),
                              facts.alphabetic(), facts.attached());
      },
      nb::arg("code_point"));
}

}  // namespace searchlib
