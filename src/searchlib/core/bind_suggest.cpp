// Python's side of suggest/: what in a vocabulary looks or sounds like a word.

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_deadline.hpp"
#include "bind_text.hpp"
#include "suggest/letters.hpp"
#include "suggest/name_sieve.hpp"
#include "suggest/typing_cost.hpp"
#include "suggest/vocabulary.hpp"
#include "text/normalise.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

constexpr unsigned kMaxEdits = 8;  // its states grow with them
constexpr size_t kMaxCompletions = size_t{1} << 30;

nb::str to_str(std::string_view text) { return nb::str(text.data(), text.size()); }

// What a search that may be long finds for a word, without the interpreter's lock.
template <class Search>
auto searched(const nb::str& word, const Search& search) {
  const Utf8Text utf8(word);
  const TimedCall call;
  nb::gil_scoped_release released;
  return search(utf8.view());
}

std::shared_ptr<SnapshotVocabulary> make_vocabulary(std::shared_ptr<Snapshot> snapshot,
                                                    std::vector<size_t> fields,
                                                    std::vector<std::string> surname_endings) {
  for (const size_t field : fields) checked_field(field, snapshot->num_fields());
  return std::make_shared<SnapshotVocabulary>(std::move(snapshot), std::move(fields),
                                              std::move(surname_endings));
}

nb::list near(const SnapshotVocabulary& vocabulary, const nb::str& word, unsigned bound) {
  if (bound > kMaxEdits) throw nb::value_error("a search for similar words allows at most 8 edits");
  const auto forms = searched(word, [&](std::string_view utf8) { return vocabulary.near(utf8, bound); });
  nb::list found;
  for (const NearForm& form : forms)
    found.append(nb::make_tuple(to_str(form.key), form.df, form.distance, form.cost));
  return found;
}

nb::list beginnings_near(const SnapshotVocabulary& vocabulary, const nb::str& letters, size_t limit) {
  const auto beginnings =
      searched(letters, [&](std::string_view utf8) { return vocabulary.beginnings_near(utf8, limit); });
  nb::list found;
  for (const NearBeginning& one : beginnings) found.append(nb::make_tuple(to_str(one.key), one.df, one.cost));
  return found;
}

nb::list pairs_of(const std::vector<FoundForm>& forms) {
  nb::list found;
  for (const FoundForm& form : forms) found.append(nb::make_tuple(to_str(form.key), form.df));
  return found;
}

nb::list complete(const SnapshotVocabulary& vocabulary, const nb::str& prefix, size_t limit) {
  const auto forms = searched(prefix, [&](std::string_view utf8) {
    return vocabulary.complete(utf8, std::min(limit, kMaxCompletions));
  });
  return pairs_of(forms);
}

nb::list names(const SnapshotVocabulary& vocabulary, const nb::str& name, double min_similarity) {
  const auto found =
      searched(name, [&](std::string_view utf8) { return vocabulary.names(utf8, min_similarity); });
  nb::list rows;
  for (const FoundName& entry : found)
    rows.append(nb::make_tuple(to_str(entry.lemma), entry.df, entry.similarity));
  return rows;
}

double cost(const nb::str& typed, const nb::str& meant) {
  return typing_cost(fold_letters(Utf8Text(typed).view()), fold_letters(Utf8Text(meant).view()));
}

nb::list consonants(const nb::str& word) {
  const Name name(Utf8Text(word).view());
  nb::list readings;
  for (const Name::Reading& reading : name.readings()) {
    readings.append(nb::make_tuple(to_str(reading.consonants), to_str(reading.sound)));
  }
  return readings;
}

}  // namespace

void bind_suggest(nb::module_& module) {
  nb::class_<SnapshotVocabulary>(module, "SnapshotVocabulary")
      .def("near", near, nb::arg("word"), nb::arg("bound"))
      .def("beginnings_near", beginnings_near, nb::arg("letters"), nb::arg("limit"))
      .def("complete", complete, nb::arg("prefix"), nb::arg("limit"))
      .def("form_df",
           [](const SnapshotVocabulary& vocabulary, const nb::str& key) {
             Deadline::current().look();  // its callers loop
             return vocabulary.form_df(Utf8Text(key).view());
           })
      .def("spellings",
           [](const SnapshotVocabulary& vocabulary, const nb::str& key) {
             return pairs_of(vocabulary.spellings(Utf8Text(key).view()));
           })
      .def("forms_of",
           [](const SnapshotVocabulary& vocabulary, const nb::str& lemma) {
             return pairs_of(vocabulary.forms_of(Utf8Text(lemma).view()));
           })
      .def("names", names, nb::arg("name"), nb::arg("min_similarity"));
  nb::borrow<nb::class_<Snapshot>>(nb::type<Snapshot>())
      .def("vocabulary", make_vocabulary, nb::arg("fields"), nb::arg("surname_endings"));
  module.def("typing_cost", cost, nb::arg("typed"), nb::arg("meant"));
  module.def("name_readings", consonants, nb::arg("word"));
  module.def(
      "name_similarity",
      [](const nb::str& left, const nb::str& right) {
        return Name(Utf8Text(left).view()).similarity(Name(Utf8Text(right).view()));
      },
      nb::arg("left"), nb::arg("right"));
  module.def(
      "name_initials",
      [](const nb::str& word) {
        nb::list initials;
        const Name name(Utf8Text(word).view());
        for (const std::u32string_view initial : name.initials()) {
          std::string letters;
          encode(initial, letters);
          initials.append(to_str(letters));
        }
        return initials;
      },
      nb::arg("word"));
  module.def(
      "may_agree",
      [](const nb::str& left, const nb::str& right) {
        const auto mine = clear_consonants(Utf8Text(left).view());
        const auto theirs = clear_consonants(Utf8Text(right).view());
        return mine && theirs && may_agree(*mine, *theirs);
      },
      nb::arg("left"), nb::arg("right"));
}

}  // namespace searchlib
