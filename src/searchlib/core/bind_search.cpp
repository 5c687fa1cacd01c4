// Python's side of search/: snapshots, and plans as nested tuples.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_deadline.hpp"
#include "errors.hpp"
#include "lexicon/analyzer.hpp"
#include "search/forms_scorer.hpp"
#include "search/parallel.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// Scorers nest as the plan does; a plan this deep is no query that a person means.
constexpr int kMaxDepth = 200;
constexpr unsigned kMaxDistance = 2;

const std::map<std::string, Kind, std::less<>> kKinds = {
    {"nothing", Kind::kNothing}, {"all", Kind::kAll},     {"docs", Kind::kDocs},     {"word", Kind::kWord},
    {"has", Kind::kHas},         {"forms", Kind::kForms}, {"phrase", Kind::kPhrase}, {"and", Kind::kAnd},
    {"or", Kind::kOr},           {"max", Kind::kMax},     {"not", Kind::kNot},       {"maybe", Kind::kMaybe},
    {"boost", Kind::kBoost},
};

FormPattern pattern_of(const std::string& kind, const std::string& text, unsigned distance) {
  if (distance > kMaxDistance) throw nb::value_error("a fuzzy pattern allows 1 or 2 edits");
  if (kind == "prefix") return {FormPattern::Kind::kPrefix, text, 0};
  if (kind == "wildcard") return {FormPattern::Kind::kWildcard, text, 0};
  if (kind == "fuzzy") return {FormPattern::Kind::kFuzzy, text, distance};
  throw nb::value_error("a pattern of unknown kind");
}

WordField word_of(nb::handle item) {
  const nb::tuple field = tuple_of(item, 3);
  return {nb::cast<size_t>(field[0]), checked_factor(nb::cast<double>(field[1])),
          nb::cast<std::vector<std::string>>(field[2])};
}

// Lemmas that a word is related to, a list for each of its fields.
void add_related(std::vector<WordField>& word, nb::handle lists, double weight) {
  const auto related = nb::cast<std::vector<std::vector<std::string>>>(lists);
  if (related.size() != word.size()) throw nb::value_error("one list of related lemmas a field is expected");
  for (size_t i = 0; i < word.size(); ++i) {
    word[i].related = related[i];
    word[i].related_weight = weight;
  }
}

PhraseField phrase_of(nb::handle item) {
  const nb::tuple field = tuple_of(item, 3);
  PhraseField phrase{nb::cast<size_t>(field[0]), checked_factor(nb::cast<double>(field[1])), {}};
  for (nb::handle entry : nb::cast<nb::sequence>(field[2])) {
    const nb::tuple slot = tuple_of(entry, 2);
    phrase.slots.push_back({nb::cast<uint32_t>(slot[0]), nb::cast<std::vector<std::string>>(slot[1])});
  }
  return phrase;
}

size_t num_items(Kind kind) {
  switch (kind) {
    case Kind::kNothing:
      return 1;
    case Kind::kDocs:
    case Kind::kHas:
    case Kind::kForms:
    case Kind::kPhrase:
    case Kind::kBoost:
      return 3;
    default:
      return 2;
  }
}

// ("all", score), ("docs", score, [documents by segment]), ("has", score, field), ("forms", score, [(field,
// kind, text, distance)]),
// ("boost", factor, node), ("word", [(field, boost, lemmas)]), or, with
// related lemmas, ("word", [(field, boost, lemmas)], [related of each field], weight), ("phrase", [(field,
// boost, [(offset, lemmas)])], slop),
// ("and"|"or"|"max"|"not"|"maybe", [children])
PlanNode plan_of(nb::handle item, int depth = 0) {
  if (depth > kMaxDepth) throw QueryTooComplex("the query nests deeper than 200 levels; write it flatter");
  const auto kind = kKinds.find(nb::cast<std::string>(tuple_of(item, 1)[0]));
  if (kind == kKinds.end()) throw nb::value_error("a plan's node of unknown kind");
  PlanNode node;
  node.kind = kind->second;
  const nb::tuple tuple = tuple_of(item, num_items(node.kind));
  switch (node.kind) {
    case Kind::kNothing:
      break;
    case Kind::kAll:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      break;
    case Kind::kDocs:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      node.docs = nb::cast<std::vector<std::vector<uint32_t>>>(tuple[2]);
      break;
    case Kind::kHas:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      node.field = nb::cast<size_t>(tuple[2]);
      break;
    case Kind::kForms:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      for (nb::handle entry : nb::cast<nb::sequence>(tuple[2])) {
        const nb::tuple form = tuple_of(entry, 4);
        node.forms.push_back({nb::cast<size_t>(form[0]),
                              pattern_of(nb::cast<std::string>(form[1]), nb::cast<std::string>(form[2]),
                                         nb::cast<unsigned>(form[3]))});
      }
      break;
    case Kind::kWord:
      for (nb::handle field : nb::cast<nb::sequence>(tuple[1])) node.word.push_back(word_of(field));
      if (tuple.size() > 2) add_related(node.word, tuple[2], nb::cast<double>(tuple[3]));
      break;
    case Kind::kPhrase:
      for (nb::handle field : nb::cast<nb::sequence>(tuple[1])) node.phrase.push_back(phrase_of(field));
      node.slop = nb::cast<uint32_t>(tuple[2]);
      break;
    case Kind::kBoost:
      node.boost = checked_factor(nb::cast<double>(tuple[1]));
      node.children.push_back(plan_of(tuple[2], depth + 1));
      break;
    default:
      for (nb::handle child : nb::cast<nb::sequence>(tuple[1]))
        node.children.push_back(plan_of(child, depth + 1));
  }
  return node;
}

// Each segment's documents ascend, and are there.
bool fit_documents(const std::vector<std::vector<uint32_t>>& docs, const Snapshot& snapshot) {
  if (docs.size() != snapshot.segments().size()) return false;
  for (size_t i = 0; i < docs.size(); ++i) {
    const auto falls = [](uint32_t left, uint32_t right) { return left >= right; };
    if (std::adjacent_find(docs[i].begin(), docs[i].end(), falls) != docs[i].end()) return false;
    if (!docs[i].empty() && docs[i].back() >= snapshot.segments()[i].segment->num_docs()) return false;
  }
  return true;
}

void check_plan(const PlanNode& node, const Snapshot& snapshot) {
  const bool pair = node.kind == Kind::kNot || node.kind == Kind::kMaybe;
  bool good = !pair || node.children.size() == 2;
  good = good && (node.kind != Kind::kDocs || fit_documents(node.docs, snapshot));
  good = good && (node.kind != Kind::kHas || node.field < snapshot.num_fields());
  for (const FormsField& forms : node.forms) good = good && forms.field < snapshot.num_fields();
  for (const WordField& word : node.word) good = good && word.field < snapshot.num_fields();
  for (const PhraseField& phrase : node.phrase) good = good && phrase.field < snapshot.num_fields();
  if (!good) throw nb::value_error("a plan that does not fit the snapshot");
  for (const PlanNode& child : node.children) check_plan(child, snapshot);
}

// A plan given as tuples, read for one call, or as a Plan, read when that was made.
class CheckedPlan {
 public:
  CheckedPlan(nb::handle item, const Snapshot& snapshot) {
    if (nb::isinstance<PlanNode>(item)) {
      plan_ = nb::cast<const PlanNode*>(item);
    } else {
      plan_ = &own_.emplace(plan_of(item));
    }
    check_plan(*plan_, snapshot);
  }
  CheckedPlan(const CheckedPlan&) = delete;
  CheckedPlan& operator=(const CheckedPlan&) = delete;

  const PlanNode& operator*() const { return *plan_; }
  PlanNode release() { return own_ ? *std::move(own_) : *plan_; }

 private:
  std::optional<PlanNode> own_;
  const PlanNode* plan_;
};

void construct_snapshot(Snapshot* self, nb::sequence segments, nb::sequence parameters) {
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
  new (self) Snapshot(std::move(parts), std::move(fields));
}

nb::list to_list(const std::vector<ScoredDoc>& hits) {
  nb::list result = nb::steal<nb::list>(PyList_New(static_cast<Py_ssize_t>(hits.size())));
  if (!result.is_valid()) nb::raise_python_error();
  for (size_t i = 0; i < hits.size(); ++i) {
    const nb::tuple hit = nb::make_tuple(hits[i].score, hits[i].doc);
    PyList_SET_ITEM(result.ptr(), static_cast<Py_ssize_t>(i), hit.inc_ref().ptr());
  }
  return result;
}

using Timeout = std::optional<double>;

nb::list search_hits(const Snapshot& snapshot, nb::handle plan_item, size_t limit, bool exhaustive,
                     Timeout timeout) {
  std::vector<ScoredDoc> hits;
  {
    const TimedCall call(timeout);
    const CheckedPlan plan(plan_item, snapshot);
    nb::gil_scoped_release released;
    hits = exhaustive ? search_exhaustively(*plan, snapshot, limit) : search(*plan, snapshot, limit);
  }
  return to_list(hits);
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

// What BM25 knows of a lemma in a document: (tf, length, df, idf, K), or None if it is not there.
nb::object occurrence(const Snapshot& snapshot, size_t field, const std::string& lemma, uint32_t doc) {
  checked_field(field, snapshot.num_fields());
  checked_doc(doc, snapshot.num_docs());
  const Snapshot::Term term = snapshot.find(field, lemma);
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    if (doc < part.first_doc || doc - part.first_doc >= part.segment->num_docs() || !term.in_segment[i])
      continue;
    const FieldParts& parts = part.segment->field(field);
    const uint32_t local = doc - part.first_doc;
    TermCursor cursor(parts, *term.in_segment[i]);
    if (cursor.seek(local) != local) return nb::none();
    const uint8_t norm = parts.norms[local];
    return nb::make_tuple(cursor.tf(), decode_length(norm), term.df, snapshot.idf(field, term.df),
                          snapshot.k_table(field)[norm]);
  }
  return nb::none();
}

// The match keys of the forms that a pattern matches in any segment, and the lemmas that they stand for.
nb::tuple expand(const Snapshot& snapshot, size_t field, const std::string& kind, const std::string& text,
                 unsigned distance, size_t limit) {
  checked_field(field, snapshot.num_fields());
  const TimedCall call;
  const FormPattern pattern = pattern_of(kind, text, distance);
  nb::set keys;
  nb::set lemmas;
  Word word;
  for (const SnapshotSegment& part : snapshot.segments()) {
    const FieldParts& parts = part.segment->field(field);
    for (const uint32_t form : matching_forms(parts, pattern)) {
      if (keys.size() >= limit) return nb::make_tuple(keys, lemmas);
      parts.words.get(form, word);
      keys.add(text_of(Analyzer::match_key(parts.word_at(form))));
      for (const uint32_t term : word.form.terms) lemmas.add(text_of(parts.word_at(term)));
    }
  }
  return nb::make_tuple(keys, lemmas);
}

}  // namespace

void bind_search(nb::module_& module) {
  module.def("kernels_path", [] { return kernels().name; });
  nb::class_<PlanNode>(module, "Plan")
      .def(
          "__init__", [](PlanNode* self, nb::handle plan) { new (self) PlanNode(plan_of(plan)); },
          nb::arg("plan"));
  nb::class_<Snapshot>(module, "Snapshot")
      .def("__init__", construct_snapshot, nb::arg("segments"), nb::arg("parameters"))
      .def_prop_ro("num_docs", &Snapshot::num_docs)
      .def_prop_ro("num_live_docs", &Snapshot::num_live_docs)
      .def("search", search_hits, nb::arg("plan"), nb::arg("limit"), nb::arg("exhaustive") = false,
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
           nb::arg("limit"))
      .def("df",
           [](const Snapshot& snapshot, size_t field, const std::string& lemma) {
             return snapshot.find(checked_field(field, snapshot.num_fields()), lemma).df;
           })
      .def(
          "id_of",
          [](const Snapshot& snapshot, uint32_t doc) {
            return text_of(snapshot.id_of(checked_doc(doc, snapshot.num_docs())));
          },
          nb::arg("doc"))
      .def("search_many", search_many, nb::arg("plans"), nb::arg("limit"), nb::arg("threads"))
      .def("occurrence", occurrence, nb::arg("field"), nb::arg("lemma"), nb::arg("doc"))
      .def("totals", [](const Snapshot& snapshot, size_t field) {
        const FieldTotals& totals = snapshot.totals(checked_field(field, snapshot.num_fields()));
        return nb::make_tuple(totals.num_docs, totals.total_length);
      });
}

}  // namespace searchlib
