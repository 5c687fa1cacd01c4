// EnglishMorphology for Python: it holds the buffer of its table, and gives tuples of lemmas.

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include "analysis/english.hpp"
#include "analysis/english_spellings.hpp"
#include "analysis/english_words.hpp"
#include "bind.hpp"
#include "bind_buffer.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

std::shared_ptr<EnglishMorphology> open_table(nb::handle table) {
  const HeldBuffer held(table);
  return std::make_shared<EnglishMorphology>(held.bytes(), held.owner());
}

nb::object as_tuple(const std::vector<std::string>& lemmas) {
  nb::object tuple = nb::steal(PyTuple_New(static_cast<Py_ssize_t>(lemmas.size())));
  if (!tuple.is_valid()) throw nb::python_error();
  for (size_t i = 0; i < lemmas.size(); ++i) {
    PyObject* lemma =
        PyUnicode_FromStringAndSize(lemmas[i].data(), static_cast<Py_ssize_t>(lemmas[i].size()));
    if (lemma == nullptr) throw nb::python_error();
    PyTuple_SET_ITEM(tuple.ptr(), static_cast<Py_ssize_t>(i), lemma);
  }
  return tuple;
}

nb::object lemmas_of(const EnglishMorphology& morphology, std::string_view word) {
  std::vector<std::string> lemmas;
  if (!morphology.lemmas(word, lemmas)) return nb::none();
  return as_tuple(lemmas);
}

nb::list lemmas_of_many(const EnglishMorphology& morphology, const std::vector<std::string>& words) {
  std::vector<std::vector<std::string>> results(words.size());
  {
    nb::gil_scoped_release no_gil;
    for (size_t i = 0; i < words.size(); ++i) morphology.lemmas(words[i], results[i]);
  }
  nb::list tuples;
  for (const auto& lemmas : results) tuples.append(as_tuple(lemmas));
  return tuples;
}

nb::dict closed_class() {
  nb::dict words;
  for (const auto& [word, lemmas] : english::closed_class_words()) {
    words[nb::str(word.data(), word.size())] = nb::str(lemmas.data(), lemmas.size()).attr("split")();
  }
  return words;
}

// What the word is across the ocean by rule alone: no dictionary is asked.
std::vector<std::string> respellings(std::string_view word) {
  std::vector<std::string> found;
  english::add_other_spellings(word, [](std::string_view, const std::string&) { return true; }, found);
  return found;
}

}  // namespace

void bind_english(nb::module_& module) {
  nb::class_<EnglishMorphology>(module, "EnglishMorphology")
      .def(nb::new_(&open_table), nb::arg("table"))
      .def("lemmas", &lemmas_of, nb::arg("word"))
      .def("lemmas_many", &lemmas_of_many, nb::arg("words"))
      .def("known", &EnglishMorphology::known, nb::arg("word"))
      .def_prop_ro("table_checksum", &EnglishMorphology::table_checksum)
      .def_ro_static("RULES_VERSION", &EnglishMorphology::kRulesVersion)
      .def_static("closed_class", &closed_class);
  module.def("english_respellings", &respellings, nb::arg("word"));
}

}  // namespace searchlib
