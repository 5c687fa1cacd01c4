// RussianMorphology for Python. The buffers that it is given stay exported until the last owner, in Python or
// in the core, is gone.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <memory>
#include <optional>
#include <span>

#include "analysis/json_strings.hpp"
#include "analysis/russian.hpp"
#include "analysis/russian_overrides.hpp"
#include "analysis/russian_roots.hpp"
#include "analysis/stems.hpp"
#include "bind.hpp"
#include "bind_buffer.hpp"
#include "errors.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace searchlib {
namespace {

using Lemmas = std::vector<std::string>;

JsonStrings strings_in(std::span<const uint8_t> file, const char* name) {
  auto strings = JsonStrings::read(file);
  if (!strings) throw CorruptIndexError(std::string(name) + " is no list of strings", name);
  return *std::move(strings);
}

std::shared_ptr<RussianMorphology> open_morphology(nb::handle words, nb::handle probabilities,
                                                   nb::handle paradigms,
                                                   const std::vector<nb::object>& prediction_suffixes,
                                                   nb::handle suffixes, nb::handle tags,
                                                   Lemmas paradigm_prefixes, uint32_t max_suffix_letters) {
  const auto owners = std::make_shared<std::vector<std::shared_ptr<const void>>>();
  const auto hold = [&](nb::handle source) {
    const HeldBuffer held(source);
    owners->push_back(held.owner());
    return held.bytes();
  };
  russian::DictionaryFiles files;
  files.words = hold(words);
  files.probabilities = hold(probabilities);
  files.paradigms = hold(paradigms);
  for (const nb::object& ending : prediction_suffixes) files.prediction_suffixes.push_back(hold(ending));
  files.suffixes = strings_in(hold(suffixes), "suffixes.json");
  files.tags = strings_in(hold(tags), "gramtab-opencorpora-int.json");
  files.paradigm_prefixes = std::move(paradigm_prefixes);
  files.max_suffix_letters = max_suffix_letters;
  files.owner = owners;
  return std::make_shared<RussianMorphology>(std::move(files));
}

std::optional<Lemmas> lemmas_of(const RussianMorphology& morphology, std::string_view word, bool overrides) {
  Lemmas lemmas;
  const bool accepted = overrides ? morphology.lemmas(word, lemmas) : morphology.raw_lemmas(word, lemmas);
  return accepted ? std::optional(std::move(lemmas)) : std::nullopt;
}

nb::object to_python(const std::optional<Lemmas>& lemmas) {
  if (!lemmas) return nb::none();
  nb::list list;
  for (const std::string& lemma : *lemmas) list.append(nb::str(lemma.data(), lemma.size()));
  return nb::tuple(list);
}

nb::list lemmas_of_many(const RussianMorphology& morphology, const std::vector<std::string>& words,
                        bool overrides) {
  std::vector<std::optional<Lemmas>> found(words.size());
  {
    nb::gil_scoped_release release;
    for (size_t i = 0; i < words.size(); ++i) found[i] = lemmas_of(morphology, words[i], overrides);
  }
  nb::list result;
  for (const auto& lemmas : found) result.append(to_python(lemmas));
  return result;
}

}  // namespace

void bind_russian(nb::module_& module) {
  module.def("russian_root", [](const std::string& lemma) { return russian::root_of(lemma); }, "lemma"_a);
  module.def("russian_stem", [](const std::string& lemma) { return russian::stem_of(lemma); }, "lemma"_a);
  module.def("english_stem", [](const std::string& lemma) { return english::stem_of(lemma); }, "lemma"_a);
  nb::class_<RussianMorphology> type(module, "RussianMorphology");
  type.def(nb::new_(&open_morphology), "words"_a, "probabilities"_a, "paradigms"_a, "prediction_suffixes"_a,
           "suffixes"_a, "tags"_a, "paradigm_prefixes"_a, "max_suffix_letters"_a);
  type.def(
      "lemmas",
      [](const RussianMorphology& self, const std::string& word, bool overrides) {
        return to_python(lemmas_of(self, word, overrides));
      },
      "word"_a, nb::kw_only(), "overrides"_a = true);
  type.def("lemmas_many", &lemmas_of_many, "words"_a, nb::kw_only(), "overrides"_a = true);
  type.def(
      "known", [](const RussianMorphology& self, const std::string& word) { return self.known(word); },
      "word"_a);
  type.def(
      "known_name",
      [](const RussianMorphology& self, const std::string& word) { return self.known_name(word); }, "word"_a);
  type.def_static(
      "override",
      [](const std::string& word) {
        Lemmas lemmas;
        return to_python(russian::override_lemmas(word, lemmas) ? std::optional(std::move(lemmas))
                                                                : std::nullopt);
      },
      "word"_a);
  type.attr("rules") = russian::kRussianRules;
}

}  // namespace searchlib
