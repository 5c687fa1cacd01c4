// Python's side of search/: snapshots.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/analyzer.hpp"
#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_deadline.hpp"
#include "bind_plan.hpp"
#include "errors.hpp"
#include "search/column_signals.hpp"
#include "search/count.hpp"
#include "search/filter_plan.hpp"
#include "search/form_walk.hpp"
#include "search/parallel.hpp"
#include "search/phrase_scorer.hpp"
#include "search/relatives.hpp"
#include "search/resolve.hpp"
#include "search/term_statistics.hpp"
#include "search/word_count.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

void construct_snapshot(Snapshot* self, nb::sequence segments, nb::sequence parameters, nb::handle totals) {
  std::vector<SnapshotSegment> parts;
  uint64_t num_docs = 0;
  for (nb::handle item : segments) {
    const nb::tuple pair = tuple_of(item, 2);
    SnapshotSegment part;
    part.segment = checked_cast<std::shared_ptr<Segment>>(pair[0]);
    if (!pair[1].is_none()) part.deletes = nb::cast<std::shared_ptr<Deletes>>(pair[1]);
    if (part.deletes && !part.deletes->fits(*part.segment))
      throw nb::value_error("the deletes are those of another segment");
    num_docs += part.segment->num_docs();
    parts.push_back(std::move(part));
  }
  if (num_docs >= kNoMoreDocs) throw nb::value_error("a snapshot has fewer than 4,294,967,295 documents");
  std::vector<Snapshot::FieldParameters> fields;
  for (nb::handle item : parameters) {
    const nb::tuple pair = tuple_of(item, 2);
    fields.push_back({checked_factor(nb::cast<double>(pair[0])), checked_factor(nb::cast<double>(pair[1]))});
  }
  for (const SnapshotSegment& part : parts) {
    if (part.segment->num_fields() != fields.size())
      throw nb::value_error("the segments have another number of fields");
  }
  std::vector<FieldTotals> known;
  if (!totals.is_none()) {
    for (const auto& [with_value, length] : nb::cast<std::vector<std::pair<uint64_t, uint64_t>>>(totals))
      known.push_back({with_value, length});
    if (known.size() != fields.size()) throw nb::value_error("expected the totals of each field");
  }
  new (self) Snapshot(std::move(parts), std::move(fields), std::move(known));
}

nb::list to_list(const std::vector<ScoredDoc>& hits) {
  nb::list result = nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(hits.size())));
  if (!result.is_valid()) nb::raise_python_error();
  Deadline& deadline = Deadline::current();
  for (size_t i = 0; i < hits.size(); ++i) {
    deadline.tick();
    const nb::tuple hit = nb::make_tuple(hits[i].score, hits[i].doc);
    PyList_SET_ITEM(result.ptr(), static_cast<Py_ssize_t>(i), hit.inc_ref().ptr());
  }
  return result;
}

using Timeout = std::optional<double>;

// after: (score, document), where only what comes behind it is wanted. The document may be past the last one.
std::optional<ScoredDoc> after_of(nb::handle item) {
  if (item.is_none()) return std::nullopt;
  const nb::tuple pair = tuple_of(item, 2);
  return ScoredDoc{checked_factor(nb::cast<double>(pair[0])), nb::cast<uint32_t>(pair[1])};
}

nb::list search_hits(const Snapshot& snapshot, nb::handle plan_item, size_t limit, bool exhaustive,
                     Timeout timeout, nb::handle after_item, const std::vector<uint32_t>& guessed) {
  const TimedCall call(timeout);
  const std::optional<ScoredDoc> after = after_of(after_item);
  std::vector<ScoredDoc> hits;
  {
    const CheckedPlan plan(plan_item, snapshot);
    nb::gil_scoped_release released;
    for (const uint32_t doc : guessed) checked_doc(doc, snapshot.num_docs());
    hits = exhaustive ? search_exhaustively(*plan, snapshot, limit, after)
                      : search(*plan, snapshot, limit, after, guessed);
  }
  return to_list(hits);
}

// The same and how many documents match in all.
nb::tuple search_counted_hits(const Snapshot& snapshot, nb::handle plan_item, size_t limit, Timeout timeout) {
  const TimedCall call(timeout);
  CountedDocs found;
  {
    const CheckedPlan plan(plan_item, snapshot);
    nb::gil_scoped_release released;
    found = search_counted(*plan, snapshot, limit);
  }
  return nb::make_tuple(to_list(found.best), found.total);
}

// The hits of several plans, in their order; `threads` of them are searched at a time. The first are searched
// while the iterable still makes the others.
nb::list search_many(const Snapshot& snapshot, nb::iterable plan_items, size_t limit, unsigned threads) {
  const TimedCall call;
  SearchCrew crew(snapshot, limit, threads);
  for (nb::handle item : plan_items) crew.add(CheckedPlan(item, snapshot).release());
  std::vector<std::vector<ScoredDoc>> hits;
  {
    nb::gil_scoped_release released;
    hits = crew.finish();
  }
  nb::list result;
  for (const std::vector<ScoredDoc>& of_plan : hits) result.append(to_list(of_plan));
  return result;
}

// What a field's length makes of a document: (length, 1 − b + b · length / average, k1 times that).
nb::tuple length_of(const Snapshot& snapshot, size_t field, uint32_t doc) {
  checked_field(field, snapshot.num_fields());
  const auto [segment, local] = snapshot.place_of(checked_doc(doc, snapshot.num_docs()));
  const uint8_t* norms = snapshot.segments()[segment].segment->field(field).norms;
  const uint8_t code = norms == nullptr ? 0 : norms[local];
  return nb::make_tuple(decode_length(code), snapshot.lengths(field).norm[code],
                        snapshot.lengths(field).k[code]);
}

// How often a document has a lemma in a field: (tf, the places that each of the signals counts), or None if it is
// not there.
nb::object occurrence(const Snapshot& snapshot, size_t field, const std::string& lemma, uint32_t doc,
                      nb::handle signals, const std::string& form) {
  const WordSignals wanted(signals_of(signals).value_or(SignalWeights{}), form);
  checked_field(field, snapshot.num_fields());
  checked_doc(doc, snapshot.num_docs());
  const Snapshot::Term term = snapshot.find(field, lemma);
  const auto [segment, local] = snapshot.place_of(doc);
  if (!term.in_segment[segment]) return nb::none();
  const FieldParts& parts = snapshot.segments()[segment].segment->field(field);
  const TermInfo& info = *term.in_segment[segment];
  TermCursor cursor(parts, info);
  const LemmaSignals found(wanted, parts, info);
  if (cursor.seek(local) != local) return nb::none();
  nb::dict counts;
  for (size_t number = 0; number < kSignalNames.size(); ++number) {
    const auto signal = static_cast<Signal>(number);
    if (found.weight(signal) > 0) counts[kSignalNames[number].data()] = found.count(signal, cursor);
  }
  return nb::make_tuple(cursor.tf(), counts);
}

// How often a phrase stands in a document, by its fields.
std::vector<double> phrase_frequencies(const Snapshot& snapshot, nb::handle item, uint32_t doc) {
  const CheckedPlan plan(item, snapshot);
  if ((*plan).kind != PlanNode::Kind::kPhrase) throw nb::value_error("expected a phrase");
  const size_t num_fields = (*plan).phrase.size();
  const ResolvedNode resolved = resolve(*plan, snapshot);
  const auto [segment, local] = snapshot.place_of(checked_doc(doc, snapshot.num_docs()));
  const ScorerPtr scorer = make_scorer(resolved, snapshot, segment);
  if (!scorer || !scorer->match(local)) return std::vector<double>(num_fields, 0);
  return static_cast<const PhraseScorer&>(*scorer).frequencies(num_fields);
}

// The match keys of the forms that a pattern matches in any segment, and the lemmas that they stand for.
nb::tuple expand(const Snapshot& snapshot, size_t field, const std::string& kind, const std::string& text,
                 unsigned distance, size_t limit, bool exact) {
  checked_field(field, snapshot.num_fields());
  const TimedCall call;
  const FormPattern pattern = pattern_of(kind, text, distance, exact);
  nb::set keys;
  nb::set lemmas;
  for (const SnapshotSegment& part : snapshot.segments()) {
    const FieldParts& parts = part.segment->field(field);
    for_each_match(parts.words, pattern, true, [&](const WordEntry& word, std::string_view key) {
      if (keys.size() >= limit) return false;
      keys.add(text_of(Analyzer::match_key(key)));
      for (const uint32_t term : word.form.terms) lemmas.add(text_of(parts.word_at(term)));
      return true;
    });
  }
  return nb::make_tuple(keys, lemmas);
}

// So many terms at most, each with its documents and places.
nb::list next_terms(TermStatistics& statistics, size_t limit) {
  const TimedCall call;
  nb::list found;
  TermStatistics::Term term;
  while (found.size() < limit && statistics.next(term))
    found.append(nb::make_tuple(text_of(term.text), term.num_docs, term.num_places));
  return found;
}

}  // namespace

void bind_search(nb::module_& module) {
  module.def("kernels_path", [] { return kernels().name; });
  module.def(
      "field_bounds",
      [](double weight, double ratio, float f) {
        const FieldBound bound(checked_factor(weight), XScale::of_lengths(checked_factor(ratio)));
        return nb::make_tuple(bound.lower(f), bound.upper(f), bound.upper_x(f), float{kSlack});
      },
      nb::arg("weight"), nb::arg("ratio"), nb::arg("f"));
  nb::class_<TermStatistics>(module, "TermStatistics").def("next", next_terms, nb::arg("limit"));
  nb::class_<PlanNode>(module, "Plan")
      .def(
          "__init__",
          [](PlanNode* self, nb::handle plan, const std::optional<nb::dict>& dfs) {
            new (self) PlanNode(dfs ? plan_of(plan, *dfs) : plan_of(plan));
          },
          nb::arg("plan"), nb::arg("dfs") = nb::none());
  nb::class_<WeightedWords>(module, "WeightedWords")
      .def(nb::init<const nb::list&, const std::vector<WeightedWords::Fields>&>(), nb::arg("rows"),
           nb::arg("fields"));
  nb::class_<FilterPlan>(module, "FilterPlan")
      .def(
          "__init__", [](FilterPlan* self, nb::handle plan) { new (self) FilterPlan(plan_of(plan)); },
          nb::arg("plan"));
  nb::class_<Snapshot>(module, "Snapshot")
      .def("__init__", construct_snapshot, nb::arg("segments"), nb::arg("parameters"),
           nb::arg("totals") = nb::none())
      .def(
          "prepared", [](const Snapshot&, nb::handle plan) { return plan_of(plan); }, nb::arg("plan"))
      .def(
          "filtering",
          [](const Snapshot&, nb::handle plan) { return std::make_shared<FilterPlan>(plan_of(plan)); },
          nb::arg("plan"))
      .def_prop_ro("num_docs", &Snapshot::num_docs)
      .def_prop_ro("num_live_docs", &Snapshot::num_live_docs)
      .def("search", search_hits, nb::arg("plan"), nb::arg("limit"), nb::arg("exhaustive") = false,
           nb::arg("timeout") = nb::none(), nb::arg("after") = nb::none(),
           nb::arg("guessed") = std::vector<uint32_t>())
      .def("search_counted", search_counted_hits, nb::arg("plan"), nb::arg("limit"),
           nb::arg("timeout") = nb::none())
      .def(
          "count",
          [](const Snapshot& snapshot, nb::handle item, Timeout timeout) {
            const TimedCall call(timeout);
            const CheckedPlan plan(item, snapshot);
            nb::gil_scoped_release released;
            return count(*plan, snapshot);
          },
          nb::arg("plan"), nb::arg("timeout") = nb::none())
      .def(
          "score_of",
          [](const Snapshot& snapshot, nb::handle plan, uint32_t doc) {
            const CheckedPlan checked(plan, snapshot);
            return score_of(*checked, snapshot, checked_doc(doc, snapshot.num_docs()));
          },
          nb::arg("plan"), nb::arg("doc"))
      .def("expand", expand, nb::arg("field"), nb::arg("kind"), nb::arg("text"), nb::arg("distance"),
           nb::arg("limit"), nb::arg("exact") = false)
      .def("df",
           [](const Snapshot& snapshot, size_t field, const std::string& lemma) {
             Deadline::current().look();  // its callers loop
             return snapshot.find(checked_field(field, snapshot.num_fields()), lemma).df;
           })
      .def(
          "id_of",
          [](const Snapshot& snapshot, uint32_t doc) {
            return text_of(snapshot.id_of(checked_doc(doc, snapshot.num_docs())));
          },
          nb::arg("doc"))
      .def("search_many", search_many, nb::arg("plans"), nb::arg("limit"), nb::arg("threads"))
      .def("occurrence", occurrence, nb::arg("field"), nb::arg("lemma"), nb::arg("doc"),
           nb::arg("signals") = nb::tuple(), nb::arg("form") = "")
      .def("length_of", length_of, nb::arg("field"), nb::arg("doc"))
      .def("phrase_frequencies", phrase_frequencies, nb::arg("phrase"), nb::arg("doc"))
      .def(
          "signals_of",
          [](const Snapshot& snapshot, nb::handle item, uint32_t doc) {
            const CheckedPlan plan(item, snapshot);
            const auto [segment, local] = snapshot.place_of(checked_doc(doc, snapshot.num_docs()));
            return SegmentSignals(*plan, *snapshot.segments()[segment].segment).of(local);
          },
          nb::arg("raised"), nb::arg("doc"))
      .def(
          "relatives",
          [](const Snapshot& snapshot, size_t field, const std::string& kind,
             const std::vector<std::string>& lemmas, size_t limit) {
            const std::optional<Kinship> found = kinship(kind);
            if (!found) throw nb::value_error("kind is root, english or russian");
            return relatives(snapshot, checked_field(field, snapshot.num_fields()), *found, lemmas, limit);
          },
          nb::arg("field"), nb::arg("kind"), nb::arg("lemmas"), nb::arg("limit"))
      .def(
          "terms",
          [](const Snapshot& snapshot, size_t field, std::string prefix, bool places) {
            checked_field(field, snapshot.num_fields());
            return std::make_unique<TermStatistics>(snapshot, field, std::move(prefix), places);
          },
          nb::arg("field"), nb::arg("prefix"), nb::arg("places"), nb::keep_alive<0, 1>())
      .def("totals",
           [](const Snapshot& snapshot, size_t field) {
             const FieldTotals& totals = snapshot.totals(checked_field(field, snapshot.num_fields()));
             return nb::make_tuple(totals.num_docs, totals.total_length);
           })
      .def("count_words", [](const Snapshot& snapshot, size_t field) {
        const TimedCall call;
        checked_field(field, snapshot.num_fields());
        nb::gil_scoped_release released;
        const WordCount count = count_words(snapshot, field);
        return std::pair(count.terms, count.forms);
      });
}

}  // namespace searchlib
