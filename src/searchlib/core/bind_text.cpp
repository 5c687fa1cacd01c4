// Python's side of text/ and analysis/: tokens of a text and their lemmas. Offsets are in code points.

#include "bind_text.hpp"

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <span>

#include "analysis/abbreviations.hpp"
#include "analysis/analyzer.hpp"
#include "analysis/english.hpp"
#include "analysis/finder.hpp"
#include "analysis/form_cache.hpp"
#include "analysis/russian.hpp"
#include "analysis/russian_overrides.hpp"
#include "bind.hpp"
#include "text/abbreviation_table.hpp"
#include "text/form_span.hpp"
#include "text/normalise.hpp"
#include "text/offsets.hpp"
#include "text/scanner.hpp"
#include "text/unicode.hpp"
#include "text/yo.hpp"

namespace nb = nanobind;

namespace searchlib {

Utf8Text::Utf8Text(const nb::str& text) : owner_(text) {
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (data == nullptr) {
    PyErr_Clear();
    owner_ = nb::steal(PyUnicode_AsEncodedString(text.ptr(), "utf-8", "surrogatepass"));
    if (!owner_.is_valid()) throw nb::python_error();
    data = PyBytes_AsString(owner_.ptr());
    size = PyBytes_Size(owner_.ptr());
  }
  if (static_cast<uint64_t>(size) > std::numeric_limits<uint32_t>::max())
    throw nb::value_error("a text has fewer than 4 GiB as UTF-8; cut it into several");
  view_ = {data, static_cast<size_t>(size)};
}

namespace {

nb::str to_str(std::string_view text) { return nb::str(text.data(), text.size()); }

nb::tuple to_tuple(std::span<const std::string> strings) {
  nb::list list;
  for (const std::string& string : strings) list.append(to_str(string));
  return nb::tuple(list);
}

nb::tuple analysis_to_python(const Analysis& analysis) {
  const std::span<const std::string> lemmas = analysis.lemmas;
  return nb::make_tuple(to_str(analysis.form), analysis.declined ? nb::none() : nb::object(to_tuple(lemmas)));
}

// (start, end) of a token in code points; ask in the scanner's order.
std::pair<size_t, size_t> span_of(const RawToken& token, std::string_view text, CodePointOffsets& offsets) {
  const size_t start = offsets.at(token.begin);
  return {start, start + count_code_points(text.substr(token.begin, token.end - token.begin))};
}

nb::list scan_text(const nb::str& text, bool divides) {
  const Utf8Text utf8(text);
  CodePointOffsets offsets(utf8.view());
  nb::list rows;
  scan(utf8.view(), 0, {divides, kNoAbbreviations}, [&](const RawToken& token) {
    const auto [start, end] = span_of(token, utf8.view(), offsets);
    rows.append(nb::make_tuple(start, end, token.position, token.span));
  });
  return rows;
}

// (start, end) of each whole with spaces inside that is no number: «т. д.», a telephone number.
nb::list spaced_wholes_of(const nb::str& text) {
  const Utf8Text utf8(text);
  CodePointOffsets offsets(utf8.view());
  nb::list rows;
  scan(utf8.view(), 0, {true, kNoAbbreviations}, [&](const RawToken& token) {
    const auto [start, end] = span_of(token, utf8.view(), offsets);
    if (token.span > 1 && scanning::is_spaced_whole(token.raw(utf8.view())))
      rows.append(nb::make_tuple(start, end));
  });
  return rows;
}

// Whether a token that might stand for something by itself is capitalised, and the word behind it, too: Jan Hus.
bool is_name_beside(std::string_view text, const RawToken& token) {
  std::string small;
  for (const char byte : text.substr(token.begin, token.end - token.begin)) {
    if ((byte & ~0x20) < 'A' || (byte & ~0x20) > 'Z') return false;
    small += static_cast<char>(byte | 0x20);
  }
  if (small.empty() || small.front() == text[token.begin] || small.size() > kMaxAbbreviationBytes)
    return false;
  const auto rows = rows_of_abbreviation(small);
  const bool alone =
      std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.contexts & kAlone; });
  const size_t next = std::min(text.find_first_not_of(' ', token.end), text.size());
  if (!alone || next == token.end) return false;
  const auto* const end = reinterpret_cast<const uint8_t*>(text.data()) + text.size();
  return scanning::char_at(end - (text.size() - next), end).upper();
}

// Where words stand that abbreviations stand for, and these, apart by spaces; none for a name that is no abbreviation.
nb::list readings_of(const nb::str& text) {
  const Utf8Text utf8(text);
  CodePointOffsets offsets(utf8.view());
  nb::list rows;
  std::string words;
  scan(utf8.view(), 0, {true, kCyrillicAbbreviations | kLatinAbbreviations}, [&](const RawToken& token) {
    if (!token.stands_for.empty()) {
      words.append(words.empty() ? "" : " ").append(token.stands_for);
      return;
    }
    if (!words.empty() || is_name_beside(utf8.view(), token))
      rows.append(nb::make_tuple(offsets.at(token.begin), words));
    words.clear();
  });
  return rows;
}

// Those in Latin letters or the others, by the word, and what goes on behind its full stop: "A" a name, "0" a
// number, "*" anything.
nb::dict sentence_abbreviations(bool latin) {
  nb::dict found;
  const auto add = [&](std::string_view word, const char* places) {
    const bool is_ascii = std::all_of(word.begin(), word.end(), [](char byte) { return (byte & 0x80) == 0; });
    if (is_ascii != latin) return;
    const nb::str key(word.data(), word.size());
    nb::object behind = nb::str(places);
    if (found.contains(key)) behind = found[key] + behind;
    found[key] = behind;
  };
  for (const AbbreviationRow& row : abbreviation_rows()) {
    if (row.contexts & (kDotName | kBetweenNames)) add(row.token, "A");
    if (row.contexts & (kNumberBehind | kRomanBehind)) add(row.token, "0");
    if (row.contexts & (kDot | kNumber | kYear | kRomanBefore)) add(row.token, "*");
  }
  for (const Abbreviation& one : english_abbreviations()) add(one.word, "*");
  for (const std::string_view word : russian::abbreviations()) add(word, "*");
  return found;
}

std::string fold_case_of(const nb::str& form) {
  std::u32string word;
  decode(Utf8Text(form).view(), word);
  fold_case(word);
  std::string folded;
  encode(word, folded);
  return folded;
}

template <class Dictionary>
Route route(std::shared_ptr<const Dictionary> dictionary, bool python) {
  if (dictionary == nullptr) return {nullptr, python};
  return {std::make_shared<MorphologyOf<Dictionary>>(std::move(dictionary)), python};
}

std::shared_ptr<Analyzer> make_analyzer(std::shared_ptr<EnglishMorphology> english,
                                        std::shared_ptr<RussianMorphology> russian,
                                        const std::vector<std::string>& python_scripts, bool parts) {
  const auto python = [&](const char* script) {
    return std::find(python_scripts.begin(), python_scripts.end(), script) != python_scripts.end();
  };
  return std::make_shared<Analyzer>(route<EnglishMorphology>(std::move(english), python("latin")),
                                    route<RussianMorphology>(std::move(russian), python("cyrillic")),
                                    Route{nullptr, python("arabic")}, parts);
}

nb::tuple analyze(const Analyzer& analyzer, const nb::str& token) {
  Analysis analysis;
  analyzer.analyze(Utf8Text(token).view(), analysis);
  return analysis_to_python(analysis);
}

nb::tuple tokens(const Analyzer& analyzer, const nb::str& text, bool asked) {
  const Utf8Text utf8(text);
  CodePointOffsets offsets(utf8.view());
  FormCache cache(analyzer);
  nb::list rows, analyses;
  scan(utf8.view(), 0, analyzer.rules(), [&](const RawToken& token) {
    const uint32_t form = cache.id_of(token.raw(utf8.view()));
    const auto [start, end] = span_of(token, utf8.view(), offsets);
    rows.append(nb::make_tuple(form, token.position, start, end, token.span));
  });
  for (Analysis analysis : cache.analyses()) {
    if (asked) analyzer.ask(analysis);
    analyses.append(analysis_to_python(analysis));
  }
  return nb::make_tuple(rows, analyses);
}

std::vector<WordGroup> to_groups(const nb::iterable& python_groups) {
  std::vector<WordGroup> groups;
  for (nb::handle item : python_groups) {
    WordGroup& group = groups.emplace_back();
    for (nb::handle lemma : item.attr("lemmas")) group.lemmas.push_back(nb::cast<std::string>(lemma));
    const nb::object forms = item.attr("forms");
    group.any_form = forms.is_none();
    if (group.any_form) continue;
    for (nb::handle form : forms) group.forms.insert(nb::cast<std::string>(form));
  }
  return groups;
}

nb::list found_to_python(const Finder& finder, std::string_view text, const nb::object& match_type) {
  CodePointOffsets offsets(text);
  std::vector<nb::object> groups_of_form;
  nb::list matches;
  for (const Finder::Found& found : finder.found()) {
    const std::vector<uint32_t>& groups = finder.groups_of(found.form);
    if (groups.empty()) continue;
    if (groups_of_form.size() <= found.form) groups_of_form.resize(found.form + 1);
    nb::object& python_groups = groups_of_form[found.form];
    if (!python_groups.is_valid()) python_groups = nb::tuple(nb::cast(groups));
    const auto [start, end] = span_of(found.token, text, offsets);
    matches.append(match_type(start, end, found.token.position, found.token.span, python_groups));
  }
  return matches;
}

nb::list find(const Analyzer& analyzer, const nb::str& text, const nb::iterable& groups,
              const nb::callable& resolve, const nb::object& match_type) {
  const Utf8Text utf8(text);
  Finder finder(analyzer, to_groups(groups));
  {
    const nb::gil_scoped_release released;
    finder.scan(utf8.view());
  }
  if (!finder.declined().empty()) {
    finder.supply(nb::cast<std::vector<std::vector<std::string>>>(resolve(nb::cast(finder.declined()))));
  }
  return found_to_python(finder, utf8.view(), match_type);
}

}  // namespace

void bind_text(nb::module_& module) {
  module.attr("ANALYSIS_RULES") = Analyzer::kRulesVersion;
  module.attr("UNICODE_TABLES") = unicode::tables_version();
  module.def("scan", &scan_text, nb::arg("text"), nb::arg("parts") = true);
  module.def("abbreviations", [] {
    nb::list rows;
    for (const AbbreviationRow& row : abbreviation_rows())
      rows.append(nb::make_tuple(to_str(row.token), to_str(row.words)));
    return rows;
  });
  module.def("sentence_abbreviations", &sentence_abbreviations, nb::arg("latin"));
  module.def("contractions", [] {
    nb::list rows;
    for (const spellings::Contraction& one : spellings::contractions())
      rows.append(nb::make_tuple(to_str(one.form), to_str(one.words)));
    return rows;
  });
  module.def("readings", &readings_of, nb::arg("text"));
  module.def("spaced_wholes", &spaced_wholes_of, nb::arg("text"));
  module.def(
      "match_key", [](const nb::str& form) { return Analyzer::match_key(Utf8Text(form).view()); },
      nb::arg("form"));
  module.def(
      "keyword_key", [](const nb::str& value) { return Analyzer::keyword_key(Utf8Text(value).view()); },
      nb::arg("value"));
  module.def(
      "form_span", [](const nb::str& form, bool parts) { return form_span(Utf8Text(form).view(), parts); },
      nb::arg("form"), nb::arg("parts") = true);
  module.def("fold_case", &fold_case_of, nb::arg("form"));
  module.def("is_little_word", &spellings::is_little_word, nb::arg("form"));
  module.def(
      "fold_yo",
      [](const nb::str& text) {
        std::string folded(Utf8Text(text).view());
        fold_yo(folded);
        return folded;
      },
      nb::arg("text"));
  nb::class_<Analyzer>(module, "Analyzer")
      .def(nb::new_(&make_analyzer), nb::kw_only(), nb::arg("english").none() = nb::none(),
           nb::arg("russian").none() = nb::none(), nb::arg("python_scripts") = std::vector<std::string>(),
           nb::arg("parts") = true)
      .def("analyze", &analyze, nb::arg("token"))
      .def(
          "reads",
          [](const Analyzer& analyzer, const nb::str& abbreviation) {
            const Utf8Text text(abbreviation);
            const std::string_view word = text.view();
            if (word.empty()) return false;
            const bool latin = static_cast<uint8_t>(word.front()) < 0x80;
            return (analyzer.rules().abbreviations &
                    (latin ? kLatinAbbreviations : kCyrillicAbbreviations)) != 0;
          },
          nb::arg("abbreviation"))
      .def("tokens", &tokens, nb::arg("text"), nb::arg("asked") = false)
      .def("find", &find, nb::arg("text"), nb::arg("groups"), nb::arg("resolve"), nb::arg("match_type"));
}

}  // namespace searchlib
