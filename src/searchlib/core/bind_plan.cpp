#include "bind_plan.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "bind_checks.hpp"
#include "errors.hpp"
#include "search/filter_plan.hpp"
#include "search/forms.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

using Kind = PlanNode::Kind;

// Scorers nest as the plan does; a plan this deep is no query that a person means.
constexpr int kMaxDepth = 200;
constexpr unsigned kMaxDistance = 2;

// An attribute of a node. Its name is interned: else Python would not find it in the cache of its type.
class Attribute {
 public:
  explicit Attribute(const char* name) : name_(PyUnicode_InternFromString(name)) {
    if (name_ == nullptr) nb::raise_python_error();
  }

  nb::object of(nb::handle node) const {
    PyObject* value = PyObject_GetAttr(node.ptr(), name_);
    if (value != nullptr) return nb::steal(value);
    if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) nb::raise_python_error();
    PyErr_Clear();
    throw nb::type_error("expected a node of searchlib.plan, with all of its attributes");
  }

  template <class T>
  T as(nb::handle node) const {
    T value{};
    if (!nb::try_cast<T>(of(node), value))
      throw nb::type_error("an attribute of a plan's node is of another type than searchlib.plan says");
    return value;
  }

  double factor(nb::handle node) const { return checked_factor(as<double>(node)); }
  nb::object items(nb::handle node) const { return owner_of_items(of(node)); }

 private:
  PyObject* name_;
};

struct Attributes {
  Attribute asked{"asked"}, by_segment{"by_segment"}, child{"child"}, children{"children"}, column{"column"},
      divides{"divides"}, high{"high"}, includes_high{"includes_high"}, includes_low{"includes_low"},
      low{"low"}, ranges{"ranges"}, strings{"strings"}, distance{"distance"}, exact_fields{"exact_fields"},
      factor{"factor"}, field{"field"}, fields{"fields"}, form{"form"}, kind{"kind"}, lemmas{"lemmas"},
      offsets{"offsets"}, pattern{"pattern"}, raises{"raises"}, related{"related"}, score{"score"},
      signals{"signals"}, slop{"slop"}, text{"text"}, weight{"weight"}, words{"words"};
};

// Never destroyed: the interpreter may be gone by then.
const Attributes& attributes() {
  static const Attributes* const made = new Attributes;
  return *made;
}

Kind kind_of(nb::handle node) {
  static const std::vector<PyObject*>* const interned = [] {
    auto* names = new std::vector<PyObject*>;
    for (const auto& [name, kind] : PlanNode::kNames) names->push_back(PyUnicode_InternFromString(name));
    return names;
  }();
  const nb::object name = attributes().kind.of(node);
  for (size_t i = 0; i < interned->size();
       ++i) {  // a class's `kind` is interned, too: mostly the same object
    if ((*interned)[i] == name.ptr()) return PlanNode::kNames[i].second;
  }
  const auto spelled = attributes().kind.as<std::string>(node);
  for (const auto& [known, kind] : PlanNode::kNames) {
    if (spelled == known) return kind;
  }
  throw nb::value_error("a plan's node of unknown kind");
}

using Strings = std::vector<std::string>;

// related_weight, signals: of all the word's fields; 0: what they weigh is not looked at.
WordField word_of(nb::handle field, double related_weight, const std::optional<SignalWeights>& signals) {
  const Attributes& of = attributes();
  WordField word{of.field.as<size_t>(field), of.weight.factor(field), of.lemmas.as<Strings>(field)};
  if (related_weight > 0) {
    word.related = of.related.as<Strings>(field);
    word.related_weight = related_weight;
  }
  if (signals) word.signals = {*signals, of.form.as<std::string>(field)};
  return word;
}

PhraseField phrase_of(nb::handle field) {
  const Attributes& of = attributes();
  const auto offsets = of.offsets.as<std::vector<uint32_t>>(field);
  auto words = of.words.as<std::vector<Strings>>(field);
  if (offsets.size() != words.size()) throw nb::value_error("a phrase has one offset for each of its words");
  PhraseField phrase{of.field.as<size_t>(field), of.weight.factor(field), of.divides.as<bool>(field), {}};
  for (size_t i = 0; i < words.size(); ++i) phrase.slots.push_back({offsets[i], std::move(words[i])});
  return phrase;
}

// An end of a stretch of strings: a str, or None.
bool read_end(const nb::object& end, std::vector<std::string>& strings) {
  strings.emplace_back();
  if (end.is_none()) return false;
  if (!nb::try_cast<std::string>(end, strings.back()))
    throw nb::type_error("an end of strings is a str or None, as searchlib.plan says");
  return true;
}

void read_strings(nb::handle item, PlanNode& node) {
  const Attributes& of = attributes();
  node.column = of.column.as<size_t>(item);
  if (node.kind == PlanNode::Kind::kInSet) {
    node.strings = of.strings.as<Strings>(item);
    return;
  }
  node.has_low = read_end(of.low.of(item), node.strings);
  node.has_high = read_end(of.high.of(item), node.strings);
  node.includes_low = of.includes_low.as<bool>(item);
  node.includes_high = of.includes_high.as<bool>(item);
}

// ("recency" or "static", column, weight, scale, origin) each.
void read_raises(nb::handle item, PlanNode& node) {
  for (nb::handle given : attributes().raises.items(item)) {
    const nb::tuple signal = tuple_of(given, 5);
    const auto kind = nb::cast<std::string>(signal[0]);
    if (kind != "recency" && kind != "static") throw nb::value_error("a signal is recency or static");
    const double scale = checked_factor(nb::cast<double>(signal[3]));
    if (scale == 0) throw nb::value_error("a half-life and a pivot are above 0");
    node.raises.push_back({kind == "recency" ? ColumnSignal::Kind::kRecency : ColumnSignal::Kind::kStatic,
                           nb::cast<size_t>(signal[1]), checked_factor(nb::cast<double>(signal[2])), scale,
                           nb::cast<int64_t>(signal[4])});
  }
}

void read_forms(nb::handle item, PlanNode& node) {
  const Attributes& of = attributes();
  const nb::object given = of.pattern.of(item);
  const auto kind = of.kind.as<std::string>(given), text = of.text.as<std::string>(given);
  const auto distance = of.distance.as<unsigned>(given);
  const auto exact = of.exact_fields.as<std::vector<size_t>>(item);
  for (const size_t field : of.fields.as<std::vector<size_t>>(item)) {
    const bool is_exact = std::find(exact.begin(), exact.end(), field) != exact.end();
    node.forms.push_back({field, pattern_of(kind, text, distance, is_exact)});
  }
  node.forms_found = std::make_shared<FormsCache>();
}

// Whether an OR is one with WeightedWords.
bool is_expanded(nb::handle item) {
  static PyObject* const name = PyUnicode_InternFromString("expanded");
  return attributes().kind.of(item).ptr() == name;
}

PlanNode plan_at(nb::handle item, int depth);

void read_expanded(nb::handle item, PlanNode& node, int depth) {
  const Attributes& of = attributes();
  for (nb::handle child : of.asked.items(item)) node.children.push_back(plan_at(child, depth + 1));
  const nb::object words = of.words.of(item);
  for (const PlanNode& word : checked_cast<const WeightedWords&>(words).nodes) node.children.push_back(word);
}

// What passes is a node, or a FilterPlan that was made before.
void read_filter(nb::handle item, PlanNode& node, int depth) {
  for (nb::handle child : attributes().children.items(item)) {
    if (node.children.empty()) {
      node.children.push_back(plan_at(child, depth + 1));
    } else if (node.passes) {
      throw nb::value_error("a filter has two children: what is wanted, and what passes");
    } else if (nb::isinstance<FilterPlan>(child)) {
      node.passes = nb::cast<std::shared_ptr<const FilterPlan>>(child);
    } else {
      node.passes = std::make_shared<const FilterPlan>(plan_at(child, depth + 1));
    }
  }
}

PlanNode plan_at(nb::handle item, int depth) {
  if (depth > kMaxDepth) throw QueryTooComplex("the query nests deeper than 200 levels; write it flatter");
  const Attributes& of = attributes();
  PlanNode node;
  node.kind = kind_of(item);
  switch (node.kind) {
    case Kind::kNothing:
      break;
    case Kind::kAll:
      node.boost = of.score.factor(item);
      break;
    case Kind::kDocs:
      node.boost = of.score.factor(item);
      node.docs = of.by_segment.as<std::vector<std::vector<uint32_t>>>(item);
      break;
    case Kind::kHas:
      node.boost = of.score.factor(item);
      node.field = of.field.as<size_t>(item);
      break;
    case Kind::kInRange:
      node.boost = of.score.factor(item);
      node.column = of.column.as<size_t>(item);
      node.ranges = of.ranges.as<std::vector<std::pair<int64_t, int64_t>>>(item);
      break;
    case Kind::kInStrings:
    case Kind::kInSet:
      node.boost = of.score.factor(item);
      read_strings(item, node);
      break;
    case Kind::kForms:
      node.boost = of.score.factor(item);
      read_forms(item, node);
      break;
    case Kind::kWord: {
      const double related = of.related.factor(item);
      const auto signals = signals_of(of.signals.items(item));
      for (nb::handle field : of.fields.items(item)) node.word.push_back(word_of(field, related, signals));
      break;
    }
    case Kind::kPhrase:
      for (nb::handle field : of.fields.items(item)) node.phrase.push_back(phrase_of(field));
      node.slop = of.slop.as<uint32_t>(item);
      break;
    case Kind::kBoost:
      node.boost = of.factor.factor(item);
      node.children.push_back(plan_at(of.child.of(item), depth + 1));
      break;
    case Kind::kFilter:
      read_filter(item, node, depth);
      break;
    case Kind::kRaised:
      read_raises(item, node);
      for (nb::handle child : of.children.items(item)) node.children.push_back(plan_at(child, depth + 1));
      break;
    case Kind::kOr:
      if (is_expanded(item)) {
        read_expanded(item, node, depth);
        break;
      }
      [[fallthrough]];
    default:  // what combines others; a node that does not lacks the attribute, which is an error
      for (nb::handle child : of.children.items(item)) node.children.push_back(plan_at(child, depth + 1));
  }
  return node;
}

using Dfs = std::map<std::pair<size_t, std::string>, uint64_t>;

std::vector<uint64_t> dfs_of(size_t field, const std::vector<std::string>& lemmas, const Dfs& known) {
  std::vector<uint64_t> dfs;
  for (const std::string& lemma : lemmas) {
    const auto found = known.find({field, lemma});
    if (found == known.end()) throw nb::value_error("a plan has a lemma whose documents were not counted");
    dfs.push_back(found->second);
  }
  return dfs;
}

// What filters is not weighed.
void put_dfs(PlanNode& node, const Dfs& known) {
  for (PlanNode& child : node.children) put_dfs(child, known);
  for (WordField& word : node.word) {
    word.dfs = dfs_of(word.field, word.lemmas, known);
    word.related_dfs = dfs_of(word.field, word.related, known);
  }
  for (PhraseField& phrase : node.phrase) {
    for (PhraseField::Slot& slot : phrase.slots) slot.dfs = dfs_of(phrase.field, slot.lemmas, known);
  }
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

// Ranges ascend, and every segment has a column of that type, or none.
bool fit_column(const PlanNode& node, const Snapshot& snapshot) {
  const bool of_strings = node.kind != Kind::kInRange;
  for (size_t i = 0; i < node.ranges.size(); ++i) {
    if (node.ranges[i].first > node.ranges[i].second) return false;
    if (i > 0 && node.ranges[i].first <= node.ranges[i - 1].second) return false;
  }
  return std::all_of(
      snapshot.segments().begin(), snapshot.segments().end(), [&](const SnapshotSegment& part) {
        const columns::Columns& columns = part.segment->columns();
        return node.column < columns.size() && (columns.type(node.column) == 'k') == of_strings;
      });
}

// Every segment has dates for recency, and numbers for static scores.
bool fit_signals(const PlanNode& node, const Snapshot& snapshot) {
  return std::all_of(node.raises.begin(), node.raises.end(), [&](const ColumnSignal& signal) {
    return std::all_of(snapshot.segments().begin(), snapshot.segments().end(),
                       [&](const SnapshotSegment& part) {
                         const columns::Columns& columns = part.segment->columns();
                         if (signal.column >= columns.size() || !(signal.weight <= 1e6)) return false;
                         const char type = columns.type(signal.column);
                         return type == 'q' || (type == 'd' && signal.kind == ColumnSignal::Kind::kStatic);
                       });
  });
}

// What is added up before it saturates has one k1, and weights with which that stays a number.
template <class Field>
bool fit_together(const std::vector<Field>& fields, const Snapshot& snapshot) {
  constexpr double kMostWeight = 1e100;
  return std::all_of(fields.begin(), fields.end(), [&](const Field& field) {
    return field.field < snapshot.num_fields() && field.weight <= kMostWeight &&
           snapshot.k1(field.field) == snapshot.k1(fields[0].field);
  });
}

void check_plan(const PlanNode& node, const Snapshot& snapshot) {
  const bool pair = node.kind == Kind::kNot || node.kind == Kind::kMaybe;
  const bool values =
      node.kind == Kind::kInRange || node.kind == Kind::kInStrings || node.kind == Kind::kInSet;
  bool good = !pair || node.children.size() == 2;
  good = good && (node.kind != Kind::kFilter || (node.children.size() == 1 && node.passes));
  good = good && (node.kind != Kind::kDocs || fit_documents(node.docs, snapshot));
  good = good && (node.kind != Kind::kHas || node.field < snapshot.num_fields());
  good = good && (!values || fit_column(node, snapshot)) && fit_signals(node, snapshot);
  good = good && (node.kind != Kind::kRaised || node.children.size() == 1);
  for (const FormsField& forms : node.forms) good = good && forms.field < snapshot.num_fields();
  good = good && fit_together(node.word, snapshot) && fit_together(node.phrase, snapshot);
  if (!good) throw nb::value_error("a plan that does not fit the snapshot");
  for (const PlanNode& child : node.children) check_plan(child, snapshot);
  if (node.passes) check_plan(node.passes->plan(), snapshot);
}

}  // namespace

std::optional<SignalWeights> signals_of(nb::handle pairs) {
  std::optional<SignalWeights> weights;
  for (nb::handle item : owner_of_items(pairs)) {
    const nb::tuple pair = tuple_of(item, 2);
    std::string name;
    double weight = 0;
    if (!nb::try_cast<std::string>(pair[0], name) || !nb::try_cast<double>(pair[1], weight))
      throw nb::type_error("a signal is a name and a weight, as searchlib.plan says");
    const auto known = std::find(kSignalNames.begin(), kSignalNames.end(), name);
    if (known == kSignalNames.end()) throw nb::value_error("a signal of unknown name");
    if (!weights) weights.emplace();
    (*weights)[static_cast<size_t>(known - kSignalNames.begin())] = checked_factor(weight);
  }
  return weights;
}

FormPattern pattern_of(const std::string& kind, const std::string& text, unsigned distance, bool exact) {
  if (distance > kMaxDistance) throw nb::value_error("a fuzzy pattern allows 1 or 2 edits");
  if (kind == "prefix") return {FormPattern::Kind::kPrefix, text, 0, !exact};
  if (kind == "wildcard") return {FormPattern::Kind::kWildcard, text, 0, !exact};
  if (kind == "fuzzy") return {FormPattern::Kind::kFuzzy, text, distance, !exact};
  throw nb::value_error("a pattern of unknown kind");
}

WeightedWords::WeightedWords(const nb::list& rows, const std::vector<Fields>& fields) {
  nodes.reserve(nb::len(rows));
  for (nb::handle item : rows) {
    const nb::tuple row = tuple_of(item, 3);
    const Strings lemmas{nb::cast<std::string>(row[1])};
    PlanNode& boost = nodes.emplace_back();
    boost.kind = Kind::kBoost;
    boost.boost = checked_factor(nb::cast<double>(row[0]));
    PlanNode& word = boost.children.emplace_back();
    word.kind = Kind::kWord;
    for (const auto& [field, weight] : fields.at(nb::cast<size_t>(row[2])))
      word.word.push_back({field, checked_factor(weight), lemmas});
  }
}

PlanNode plan_of(nb::handle item) { return plan_at(item, 0); }

PlanNode plan_of(nb::handle item, const nb::dict& dfs) {
  Dfs known;
  for (const auto& [key, df] : dfs) known[nb::cast<Dfs::key_type>(key)] = nb::cast<uint64_t>(df);
  PlanNode plan = plan_of(item);
  put_dfs(plan, known);
  return plan;
}

CheckedPlan::CheckedPlan(nb::handle item, const Snapshot& snapshot) {
  if (nb::isinstance<PlanNode>(item)) {
    plan_ = nb::cast<const PlanNode*>(item);
  } else {
    plan_ = &own_.emplace(plan_of(item));
  }
  check_plan(*plan_, snapshot);
}

}  // namespace searchlib
