// Python's side of translations/: the keys of terms, and the lines of a table.

#include "bind_translations.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/analyzer.hpp"
#include "analysis/form_cache.hpp"
#include "bind_strings.hpp"
#include "bind_text.hpp"
#include "text/scanner.hpp"
#include "translations/table_rows.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

// Between terms, which are scanned as one text: a hyphen at a line's end would join them.
constexpr std::string_view kBetween = "\n;\n";

using Lemmas = std::vector<std::string>;

// The lemmas of each form. Those that the core declined come from Python.
std::vector<Lemmas> lemmas_of(const FormCache& cache, const nb::callable& resolve) {
  std::vector<Lemmas> lemmas;
  std::vector<std::string> asked;
  for (const Analysis& analysis : cache.analyses()) {
    Lemmas& its = lemmas.emplace_back();
    if (!analysis.declined) its.assign(analysis.lemmas.begin(), analysis.lemmas.end());
    if (its.empty()) asked.push_back(analysis.form);
  }
  if (asked.empty()) return lemmas;
  const auto answers = nb::cast<std::vector<Lemmas>>(nb::list(resolve(nb::cast(asked))));
  size_t next = 0;
  for (Lemmas& its : lemmas) {
    if (!its.empty()) continue;
    its = answers.at(next);
    if (its.empty()) its.push_back(asked[next]);
    ++next;
  }
  return lemmas;
}

// Of each term how many words it has, and what it is looked up under: the first lemmas of several words, and of one word
// the term itself if that is among the lemmas.
nb::list keys_of_terms(const Analyzer& analyzer, const nb::list& terms, const nb::callable& resolve) {
  std::vector<std::string> kept;
  std::string text;
  std::vector<size_t> ends;
  for (nb::handle term : terms) {
    std::string& its = kept.emplace_back(Utf8Text(nb::cast<nb::str>(term)).view());
    std::replace(its.begin(), its.end(), '\n', ' ');
    text.append(its).append(kBetween);
    ends.push_back(text.size());
  }
  FormCache cache(analyzer);
  std::vector<std::vector<std::vector<uint32_t>>> words(kept.size());  // of each word the forms at its place
  size_t number = 0;
  uint32_t before = UINT32_MAX;
  scan(text, 0, analyzer.rules(), [&](const RawToken& token) {
    const uint32_t form = cache.id_of(token.raw(text));
    while (token.begin >= ends[number]) ++number;
    if (token.span > 1) return;
    if (token.position == before) {  // what an abbreviation stands for
      words[number].back().push_back(form);
    } else {
      words[number].push_back({form});
    }
    before = token.position;
  });
  const std::vector<Lemmas> lemmas = lemmas_of(cache, resolve);
  nb::list found;
  for (size_t i = 0; i < kept.size(); ++i) {
    std::string key;
    if (words[i].size() == 1) {
      const std::string own = Analyzer::match_key(kept[i]);
      const bool is_lemma = std::any_of(words[i][0].begin(), words[i][0].end(), [&](uint32_t form) {
        return std::find(lemmas[form].begin(), lemmas[form].end(), own) != lemmas[form].end();
      });
      key = is_lemma ? own : lemmas[words[i][0].front()].front();
    } else {
      for (const std::vector<uint32_t>& word : words[i])
        key.append(key.empty() ? "" : " ").append(lemmas[word.front()].front());
    }
    found.append(nb::make_tuple(words[i].size(), nb::str(key.data(), key.size())));
  }
  return found;
}

// The lines, how many keys there are, the words of the longest, and the pairs of which a side has no key.
nb::tuple translation_lines(const nb::dict& pairs, const nb::dict& keys, size_t most, int units,
                            std::string_view root) {
  TableRows rows;
  nb::list useless;
  for (const auto& [pair, weight] : pairs) {
    if (!PyTuple_Check(pair.ptr()) || PyTuple_GET_SIZE(pair.ptr()) != 2)
      throw nb::type_error("a pair is a word and its translation");
    const auto key_of = [&](Py_ssize_t side) {
      PyObject* key = PyDict_GetItemWithError(keys.ptr(), PyTuple_GET_ITEM(pair.ptr(), side));
      if (key == nullptr) throw nb::key_error("a side of a pair without a key");
      return utf8_of(key);
    };
    const std::string_view key = key_of(0);
    const std::string_view other = key_of(1);
    if (key.empty() || other.empty()) {
      useless.append(pair);
    } else if (key != other) {
      rows.add(key, utf8_of(PyTuple_GET_ITEM(pair.ptr(), 1)), nb::cast<double>(weight));
    }
  }
  const std::string lines = rows.lines(most, units, root);
  return nb::make_tuple(nb::bytes(lines.data(), lines.size()), rows.num_keys(), rows.max_words(), useless);
}

}  // namespace

void bind_translations(nb::module_& module) {
  module.def("keys_of_terms", &keys_of_terms, nb::arg("analyzer"), nb::arg("terms"), nb::arg("resolve"));
  module.def("translation_lines", &translation_lines, nb::arg("pairs"), nb::arg("keys"), nb::arg("most"),
             nb::arg("units"), nb::arg("root"));
}

}  // namespace searchlib
