// Python's side of highlight/: the texts of a page, their marks, fragments of them, and both as they are shown.
// Offsets are in code points.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <tuple>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_marks.hpp"
#include "bind_text.hpp"
#include "highlight/field_texts.hpp"
#include "highlight/fragments.hpp"
#include "highlight/marking.hpp"
#include "highlight/render.hpp"
#include "search/snapshot.hpp"
#include "text/char_facts.hpp"
#include "text/json_field.hpp"
#include "text/json_text.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

using namespace highlighting;

// Longer than any text: sizes and counts beyond it are as good as it.
constexpr size_t kMost = size_t{1} << 32;
// Shorter work keeps the interpreter's lock: to give it up may cost milliseconds.
constexpr size_t kWorthReleasing = 1 << 18;

struct Released {
  explicit Released(size_t num_bytes) {
    if (num_bytes >= kWorthReleasing) lock_.emplace();
  }

 private:
  std::optional<nb::gil_scoped_release> lock_;
};

nb::str to_str(Text text) {
  PyObject* made =
      PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text.data(), static_cast<Py_ssize_t>(text.size()));
  if (made == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(made);
}

std::u32string chars_of(const nb::str& text) {
  std::u32string chars;
  decode_strictly(Utf8Text(text).view(), chars);  // a str always is
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

size_t num_bytes(const FieldTexts& texts) {
  size_t sum = 0;
  for (const FieldText& text : texts.texts) sum += text.utf8.size();
  return sum;
}

// lines: (documents as lines, the number of one) for each text.
std::shared_ptr<FieldTexts> field_texts(const nb::list& lines, const nb::str& field) {
  auto texts = std::make_shared<FieldTexts>();
  texts->texts.resize(nb::len(lines));
  std::string name;
  put_json_string(Utf8Text(field).view(), name);
  std::vector<std::string> values;
  for (size_t i = 0; i < texts->texts.size(); ++i) {
    const nb::tuple pair = tuple_of(lines[i], 2);
    const auto block = nb::cast<nb::bytes>(pair[0]);
    bool found = false;
    const std::string_view line = line_of({block.c_str(), block.size()}, nb::cast<size_t>(pair[1]), found);
    if (!found) throw nb::value_error("there are not so many lines");
    if (read_json_field(line, name, values) != JsonField::kOther) texts->texts[i].set(values);
  }
  return texts;
}

FieldText& text_at(FieldTexts& texts, size_t number) {
  if (number >= texts.texts.size()) throw nb::index_error("there is no text of that number");
  return texts.texts[number];
}

void put_text(FieldTexts& texts, size_t number, const nb::sequence& python_values) {
  std::vector<std::string> values;
  for (nb::handle value : python_values) values.emplace_back(Utf8Text(nb::cast<nb::str>(value)).view());
  if (!text_at(texts, number).set(values)) throw nb::value_error("a text has fewer than 4 GiB as UTF-8");
}

nb::list unread_of(const FieldTexts& texts) {
  nb::list numbers;
  for (size_t i = 0; i < texts.texts.size(); ++i) {
    if (!texts.texts[i].is_read) numbers.append(i);
  }
  return numbers;
}

// ---- marks

struct MarkedTexts {
  std::shared_ptr<const FieldTexts> texts;
  std::vector<std::vector<Span>> spans;
};

// A field's lexicons in the segments of those documents; not of fields that have none.
std::vector<const FieldParts*> lexicons_of(const Snapshot& snapshot, size_t field,
                                           const std::vector<uint32_t>& docs) {
  std::vector<const FieldParts*> found;
  checked_field(field, snapshot.num_fields());
  const auto& segments = snapshot.segments();
  for (const uint32_t doc : docs) {
    checked_doc(doc, snapshot.num_docs());
    const auto behind = std::upper_bound(segments.begin(), segments.end(), doc,
                                         [](uint32_t at, const auto& part) { return at < part.first_doc; });
    const FieldParts* parts = &(behind - 1)->segment->field(field);
    if (std::find(found.begin(), found.end(), parts) == found.end()) found.push_back(parts);
  }
  return found;
}

MarkedTexts mark_texts(std::shared_ptr<FieldTexts> texts, const nb::sequence& items, const Analyzer& analyzer,
                       const nb::callable& resolve, const Snapshot* snapshot, size_t field,
                       const std::vector<uint32_t>& docs) {
  const Marks marks = marks_of(items);
  std::vector<const FieldParts*> lexicons;
  if (snapshot != nullptr) lexicons = lexicons_of(*snapshot, field, docs);
  const Resolve resolved = [&](const std::vector<std::string>& forms) {
    const nb::gil_scoped_acquire held;
    return nb::cast<std::vector<std::vector<std::string>>>(resolve(nb::cast(forms)));
  };
  MarkedTexts marked{texts, {}};
  const Released released(num_bytes(*texts));
  std::optional<FormFilter> filter;
  if (snapshot != nullptr) filter = forms_of(marks.groups, lexicons);
  marked.spans = mark_words(*texts, marks, analyzer, filter ? &*filter : nullptr, resolved);
  return marked;
}

MarkedTexts mark_keywords(std::shared_ptr<FieldTexts> texts, const nb::sequence& items, bool fold) {
  return {texts, mark_values(*texts, marks_of(items), fold)};
}

// ---- what is shown

nb::object span_to_python(const Span& span, const nb::object& span_type) {
  return span_type(span.start, span.end, span.mark);
}

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
             fragment_type(to_str(text.substr(one.start, one.end - one.start)), one.start, one.end,
                           nb::tuple(spans_to_python(one.spans, span_type))));
  }
  return list;
}

// Of a Python number of at least 1.
size_t checked_size(const nb::int_& number) {
  if (number < nb::int_(1)) throw nb::value_error("count and size are at least 1");
  return number < nb::int_(kMost) ? nb::cast<size_t>(number) : kMost;
}

// Of which texts something is wanted: one, or all of them.
struct Wanted {
  size_t first, end;
  size_t size() const { return end - first; }
};

Wanted wanted(const MarkedTexts& marked, const std::optional<size_t>& only) {
  if (only && *only >= marked.spans.size()) throw nb::index_error("there is no text of that number");
  return only ? Wanted{*only, *only + 1} : Wanted{0, marked.spans.size()};
}

std::vector<std::vector<Fragment>> fragments_of(const MarkedTexts& marked, const Abbreviations& abbreviations,
                                                size_t count, size_t size, const Wanted& some) {
  const Released released(num_bytes(*marked.texts));
  std::vector<std::vector<Fragment>> found;
  for (size_t i = some.first; i < some.end; ++i)
    found.push_back(
        choose_fragments(marked.texts->texts[i].chars, marked.spans[i], count, size, abbreviations));
  return found;
}

nb::list all_fragments(const MarkedTexts& marked, const Abbreviations& abbreviations, const nb::int_& count,
                       const nb::int_& size, const nb::object& fragment_type, const nb::object& span_type,
                       const std::optional<size_t>& only) {
  const Wanted some = wanted(marked, only);
  const auto found = fragments_of(marked, abbreviations, checked_size(count), checked_size(size), some);
  nb::list list = list_of(found.size());
  for (size_t i = 0; i < found.size(); ++i)
    set_item(
        list, i,
        fragments_to_python(marked.texts->texts[some.first + i].chars, found[i], fragment_type, span_type));
  return list;
}

nb::list all_spans(const MarkedTexts& marked, const nb::object& span_type,
                   const std::optional<size_t>& only) {
  const Wanted some = wanted(marked, only);
  nb::list list = list_of(some.size());
  for (size_t i = some.first; i < some.end; ++i)
    set_item(list, i - some.first, spans_to_python(marked.spans[i], span_type));
  return list;
}

// count: None shows each text whole.
nb::list render(const MarkedTexts& marked, const Abbreviations& abbreviations, const nb::object& count,
                const nb::int_& size, bool html, const nb::str& before, const nb::str& after,
                const nb::str& separator, const std::optional<size_t>& only) {
  const Wanted some = wanted(marked, only);
  const Style style{html, chars_of(before), chars_of(after), chars_of(separator)};
  const bool whole = count.is_none();
  std::vector<std::vector<Fragment>> found;
  if (!whole)
    found = fragments_of(marked, abbreviations, checked_size(nb::cast<nb::int_>(count)), checked_size(size),
                         some);
  nb::list list = list_of(some.size());
  std::u32string shown;
  for (size_t i = some.first; i < some.end; ++i) {
    shown.clear();
    const Text text = marked.texts->texts[i].chars;
    if (whole) {
      render_whole(text, marked.spans[i], style, shown);
    } else {
      render_fragments(text, found[i - some.first], style, shown);
    }
    set_item(list, i - some.first, to_str(shown));
  }
  return list;
}

// ---- the same of what a caller has, one text at a time

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

Abbreviations make_abbreviations(const nb::iterable& rows) {
  Abbreviations made;
  for (nb::handle row : rows) {
    const auto [word, before_name, before_number] = nb::cast<std::tuple<nb::str, bool, bool>>(row);
    made[chars_of(word)] = {before_name, before_number};
  }
  return made;
}

}  // namespace

void bind_highlight(nb::module_& module) {
  nb::class_<FieldTexts>(module, "FieldTexts")
      .def("__len__", [](const FieldTexts& texts) { return texts.texts.size(); })
      .def("unread", unread_of)
      .def("put", put_text, nb::arg("number"), nb::arg("values"))
      .def(
          "text", [](FieldTexts& texts, size_t number) { return to_str(text_at(texts, number).chars); },
          nb::arg("number"))
      .def("texts", [](const FieldTexts& texts) {
        nb::list list = list_of(texts.texts.size());
        for (size_t i = 0; i < texts.texts.size(); ++i) set_item(list, i, to_str(texts.texts[i].chars));
        return list;
      });
  nb::class_<Abbreviations>(module, "Abbreviations")
      .def(
          "__init__",
          [](Abbreviations* self, const nb::iterable& rows) {
            new (self) Abbreviations(make_abbreviations(rows));
          },
          nb::arg("rows"));
  nb::class_<MarkedTexts>(module, "MarkedTexts")
      .def("spans", all_spans, nb::arg("span_type"), nb::arg("only") = nb::none())
      .def("fragments", all_fragments, nb::arg("abbreviations"), nb::arg("count"), nb::arg("size"),
           nb::arg("fragment_type"), nb::arg("span_type"), nb::arg("only") = nb::none())
      .def("render", render, nb::arg("abbreviations"), nb::arg("count").none(), nb::arg("size"),
           nb::kw_only(), nb::arg("html"), nb::arg("before"), nb::arg("after"), nb::arg("separator"),
           nb::arg("only") = nb::none());
  module.def("field_texts", field_texts, nb::arg("lines"), nb::arg("field"));
  module.def("mark_texts", mark_texts, nb::arg("texts"), nb::arg("marks"), nb::arg("analyzer"),
             nb::arg("resolve"), nb::arg("snapshot").none() = nb::none(), nb::arg("field") = 0,
             nb::arg("docs") = std::vector<uint32_t>());
  module.def("mark_keywords", mark_keywords, nb::arg("texts"), nb::arg("marks"), nb::arg("fold"));
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
