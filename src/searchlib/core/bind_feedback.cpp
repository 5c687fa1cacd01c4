// Python's side of what documents are about: their first lemmas counted (analysis/lemma_counter.hpp), and the best of
// those that some documents have in common (search/bo1.hpp).

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <string_view>
#include <vector>

#include "analysis/lemma_counter.hpp"
#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_highlight.hpp"
#include "build/term_vectors_writer.hpp"
#include "highlight/beginnings.hpp"
#include "search/bo1.hpp"

namespace nb = nanobind;

namespace searchlib {

using namespace highlighting;

namespace {

// Of each document the texts of one field after the other, as much of them as is read.
void read_documents(LemmaCounter& counter, const std::vector<uint64_t>& documents, const nb::sequence& fields,
                    const std::vector<std::string>& endings, size_t max_chars, const nb::callable& resolve) {
  std::vector<const FieldTexts*> texts;
  for (nb::handle field : fields) {
    texts.push_back(&checked_cast<const FieldTexts&>(field));
    if (texts.back()->texts.size() != documents.size()) throw nb::value_error("a text of each document");
  }
  if (endings.size() != documents.size()) throw nb::value_error("an ending of each document");
  std::vector<Beginning> values;
  for (size_t i = 0; i < documents.size(); ++i) {
    values.clear();
    for (const FieldTexts* field : texts) append_beginnings(field->texts[i], endings[i], max_chars, values);
    counter.read(documents[i], values,
                 [&](const std::string& form) { return nb::cast<std::string>(resolve(to_str(form))); });
  }
}

// (lemma, places) of each.
nb::list common_lemmas(LemmaCounter& counter, const std::vector<uint64_t>& documents, uint32_t least) {
  nb::list rows;
  for (const CountedLemma& found : counter.common(documents, least))
    rows.append(nb::make_tuple(to_str(counter.lemma(found.lemma)), found.places));
  return rows;
}

// (weight, lemma) of each.
nb::list best_words(Bo1& bo1, const std::vector<uint64_t>& documents, uint32_t least, size_t count,
                    const nb::callable& says_nothing) {
  const auto asked = [&](std::string_view lemma) { return nb::cast<bool>(says_nothing(to_str(lemma))); };
  nb::list rows;
  for (const Bo1::Word& word : bo1.best(documents, least, count, asked))
    rows.append(nb::make_tuple(word.weight, to_str(word.lemma)));
  return rows;
}

// Those that were neither read nor have vectors.
std::vector<uint32_t> unread_documents(Bo1& bo1, const std::vector<uint32_t>& documents, uint64_t first) {
  std::vector<uint32_t> unread;
  for (const uint32_t doc : documents) {
    if (!bo1.knows(doc, first + doc)) unread.push_back(doc);
  }
  return unread;
}

std::vector<size_t> checked_fields(std::vector<size_t> fields, const Snapshot& snapshot) {
  for (const size_t field : fields) checked_field(field, snapshot.num_fields());
  return fields;
}

}  // namespace

void bind_feedback(nb::module_& module) {
  module.attr("VECTOR_CHARS") = kVectorChars;
  nb::class_<LemmaCounter>(module, "LemmaCounter")
      .def(nb::init<std::shared_ptr<const Analyzer>>(), nb::arg("analyzer"))
      .def("make_room", &LemmaCounter::make_room)
      .def("knows", &LemmaCounter::knows, nb::arg("document"))
      .def("read", &read_documents, nb::arg("documents"), nb::arg("texts"), nb::arg("endings"),
           nb::arg("max_chars"), nb::arg("resolve"))
      .def("common", &common_lemmas, nb::arg("documents"), nb::arg("least"));
  nb::class_<Bo1>(module, "Bo1")
      .def(
          "__init__",
          [](Bo1* self, std::shared_ptr<LemmaCounter> counter, const Snapshot& snapshot,
             std::vector<size_t> fields, std::vector<size_t> vectors) {
            if (fields.empty()) throw nb::value_error("the texts come from a field at least");
            new (self) Bo1(std::move(counter), snapshot, checked_fields(std::move(fields), snapshot),
                           checked_fields(std::move(vectors), snapshot));
          },
          nb::keep_alive<1, 3>(), nb::arg("counter"), nb::arg("snapshot"), nb::arg("fields"),
          nb::arg("vectors") = std::vector<size_t>())
      .def("unread", unread_documents, nb::arg("documents"), nb::arg("first"))
      .def("best", best_words, nb::arg("documents"), nb::arg("least"), nb::arg("count"),
           nb::arg("says_nothing"));
}

}  // namespace searchlib
