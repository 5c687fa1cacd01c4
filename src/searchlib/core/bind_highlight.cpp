// Python's side of a page of hits: where a query's marks stand in its texts, the best fragments of them, and both as
// they are shown. Offsets are in code points.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bind_checks.hpp"
#include "bind_highlight.hpp"
#include "bind_marks.hpp"
#include "bind_released.hpp"
#include "bind_text.hpp"
#include "highlight/field_texts.hpp"
#include "highlight/fragments.hpp"
#include "highlight/marking.hpp"
#include "highlight/render.hpp"
#include "search/snapshot.hpp"
#include "text/json_text.hpp"
#include "text/strict_json.hpp"
#include "text/utf8.hpp"

namespace nb = nanobind;

namespace searchlib {

using namespace highlighting;

namespace {

size_t num_bytes(const FieldTexts& texts) {
  size_t sum = 0;
  for (const FieldText& text : texts.texts) sum += text.utf8.size();
  return sum;
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
  for (const uint32_t doc : docs) {
    const size_t segment = snapshot.place_of(checked_doc(doc, snapshot.num_docs())).segment;
    const FieldParts* parts = &snapshot.segments()[segment].segment->field(field);
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

// Of which texts something is wanted: one, or all of them.
struct Wanted {
  size_t first, end;
  size_t size() const { return end - first; }
};

Wanted wanted(const MarkedTexts& marked, const std::optional<size_t>& only) {
  if (only && *only >= marked.spans.size()) throw nb::index_error("there is no text of that number");
  return only ? Wanted{*only, *only + 1} : Wanted{0, marked.spans.size()};
}

// Each of the texts that are wanted, decoded, with its number.
template <class Sink>
void each_text(const MarkedTexts& marked, const Wanted& some, Sink&& sink) {
  std::u32string chars;
  for (size_t i = some.first; i < some.end; ++i) sink(i, decoded(marked.texts->texts[i], chars));
}

nb::list all_fragments(const MarkedTexts& marked, const Abbreviations& abbreviations, const nb::int_& count,
                       const nb::int_& size, const nb::object& fragment_type, const nb::object& span_type,
                       const std::optional<size_t>& only) {
  const Wanted some = wanted(marked, only);
  const size_t most = checked_size(count), length = checked_size(size);
  nb::list list = list_of(some.size());
  each_text(marked, some, [&](size_t i, Text text) {
    std::vector<Fragment> found;
    {
      const Released released(marked.texts->texts[i].utf8.size());
      found = choose_fragments(text, marked.spans[i], most, length, abbreviations);
    }
    set_item(list, i - some.first, fragments_to_python(text, found, fragment_type, span_type));
  });
  return list;
}

// {"field":…,"text":…,"start":…,"end":…,"spans":[[…]]}
void put_fragment(Text text, const Fragment& one, std::string_view json_field, std::string& chars,
                  std::string& out) {
  chars.clear();
  for (const char32_t c : text.substr(one.start, one.end - one.start)) utf8::append(chars, c);
  out += R"({"field":)";
  out += json_field;
  out += R"(,"text":)";
  put_json_string(chars, out);
  out +=
      R"(,"start":)" + std::to_string(one.start) + R"(,"end":)" + std::to_string(one.end) + R"(,"spans":[)";
  for (const Span& span : one.spans) {
    if (&span != one.spans.data()) out += ',';
    out += '[' + std::to_string(span.start) + ',' + std::to_string(span.end) + ']';
  }
  out += "]}";
}

// The fragments that have matches, as JSON, with commas between. None: of a text with halves of surrogate pairs.
nb::list json_fragments(const MarkedTexts& marked, const Abbreviations& abbreviations, const nb::int_& count,
                        const nb::int_& size, const nb::str& field) {
  const Wanted some = wanted(marked, std::nullopt);
  const size_t most = checked_size(count), length = checked_size(size);
  nb::list list = list_of(some.size());
  std::string json_field, chars, out;
  put_json_string(Utf8Text(field).view(), json_field);
  std::u32string text;
  for (size_t i = 0; i < some.size(); ++i) {
    out.clear();
    const FieldText& one = marked.texts->texts[i];
    const bool is_strict = !has_surrogates(one.utf8);
    if (is_strict && !marked.spans[i].empty()) {
      const Released released(one.utf8.size());
      for (const Fragment& found :
           choose_fragments(decoded(one, text), marked.spans[i], most, length, abbreviations)) {
        if (found.spans.empty()) continue;
        if (!out.empty()) out += ',';
        put_fragment(text, found, json_field, chars, out);
      }
    }
    set_item(list, i, is_strict ? nb::object(nb::bytes(out.data(), out.size())) : nb::none());
  }
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
  const size_t most = whole ? 0 : checked_size(nb::cast<nb::int_>(count));
  const size_t length = checked_size(size);
  nb::list list = list_of(some.size());
  std::u32string shown;
  each_text(marked, some, [&](size_t i, Text text) {
    shown.clear();
    {
      const Released released(marked.texts->texts[i].utf8.size());
      if (whole) {
        render_whole(text, marked.spans[i], style, shown);
      } else {
        const auto found = choose_fragments(text, marked.spans[i], most, length, abbreviations);
        render_fragments(text, found, style, shown);
      }
    }
    set_item(list, i - some.first, to_str(Text(shown)));
  });
  return list;
}

}  // namespace

void bind_highlight(nb::module_& module) {
  bind_field_texts(module);
  bind_fragments(module);
  nb::class_<MarkedTexts>(module, "MarkedTexts")
      .def("spans", all_spans, nb::arg("span_type"), nb::arg("only") = nb::none())
      .def("fragments", all_fragments, nb::arg("abbreviations"), nb::arg("count"), nb::arg("size"),
           nb::arg("fragment_type"), nb::arg("span_type"), nb::arg("only") = nb::none())
      .def("json_fragments", json_fragments, nb::arg("abbreviations"), nb::arg("count"), nb::arg("size"),
           nb::arg("field"))
      .def("render", render, nb::arg("abbreviations"), nb::arg("count").none(), nb::arg("size"),
           nb::kw_only(), nb::arg("html"), nb::arg("before"), nb::arg("after"), nb::arg("separator"),
           nb::arg("only") = nb::none());
  module.def("mark_texts", mark_texts, nb::arg("texts"), nb::arg("marks"), nb::arg("analyzer"),
             nb::arg("resolve"), nb::arg("snapshot").none() = nb::none(), nb::arg("field") = 0,
             nb::arg("docs") = std::vector<uint32_t>());
  module.def("mark_keywords", mark_keywords, nb::arg("texts"), nb::arg("marks"), nb::arg("fold"));
}

}  // namespace searchlib
