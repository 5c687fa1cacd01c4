// Python's side of collect/: what is asked around a query's matches.

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <optional>

#include "bind.hpp"
#include "bind_checks.hpp"
#include "bind_deadline.hpp"
#include "bind_plan.hpp"
#include "collect/facets.hpp"
#include "columns/keys.hpp"

namespace nb = nanobind;

namespace searchlib {
namespace {

using collect::FieldColumn;
using collect::KeyValue;
using collect::MatchSet;
using Timeout = std::optional<double>;

nb::object to_python(const KeyValue& value, bool is_string) {
  if (value.is_missing) return nb::none();
  return is_string ? nb::object(text_of(value.text)) : nb::object(nb::int_(value.number));
}

const FieldColumn& checked(const FieldColumn& column, const Snapshot& snapshot) {
  if (column.segments.size() != snapshot.segments().size())
    throw nb::value_error("a column of another snapshot");
  for (size_t i = 0; i < column.segments.size(); ++i) {
    if (column.segments[i] && column.segments[i]->num_docs() != snapshot.segments()[i].segment->num_docs())
      throw nb::value_error("a column of another snapshot");
  }
  return column;
}

const MatchSet& checked(const MatchSet& matches, const Snapshot& snapshot) {
  bool fits = matches.segments.size() == snapshot.segments().size();
  for (size_t i = 0; fits && i < matches.segments.size(); ++i)
    fits = matches.segments[i].size() == snapshot.segments()[i].segment->num_docs() / 64 + 1;
  if (!fits) throw nb::value_error("matches of another snapshot");
  return matches;
}

// (column or None for the score, reverse, missing first) each.
std::vector<collect::SortKey> keys_of(nb::handle items, const Snapshot& snapshot) {
  std::vector<collect::SortKey> keys;
  for (nb::handle item : owner_of_items(items)) {
    const nb::tuple key = tuple_of(item, 3);
    const FieldColumn* column = key[0].is_none() ? nullptr : &nb::cast<const FieldColumn&>(key[0]);
    if (column != nullptr) checked(*column, snapshot);
    keys.push_back({column, nb::cast<bool>(key[1]), nb::cast<bool>(key[2])});
  }
  if (keys.size() > collect::kMaxKeys) throw nb::value_error("more keys of an order than there may be");
  return keys;
}

// ([key, …], document or None); each key an int, a str for strings, or None for a missing one.
std::optional<collect::After> after_of(nb::handle item, const std::vector<collect::SortKey>& keys) {
  if (item.is_none()) return std::nullopt;
  const nb::tuple pair = tuple_of(item, 2);
  const nb::object values = owner_of_items(pair[0]);
  if (nb::len(values) != keys.size()) throw nb::value_error("a place in another order");
  collect::After after;
  size_t i = 0;
  for (nb::handle value : values) {
    const bool is_string = keys[i].column != nullptr && keys[i].column->has_strings;
    KeyValue key;
    if (!value.is_none()) {
      key.is_missing = false;
      if (is_string)
        key.text = nb::cast<std::string>(value);
      else
        key.number = nb::cast<int64_t>(value);
    }
    after.keys.push_back(std::move(key));
    ++i;
  }
  if (!pair[1].is_none()) after.doc = nb::cast<uint32_t>(pair[1]);
  return after;
}

nb::list hits_of(const std::vector<ScoredDoc>& hits) {
  nb::list found;
  for (const ScoredDoc& hit : hits) found.append(nb::make_tuple(hit.score, hit.doc));
  return found;
}

nb::list keys_of(const collect::SortedHit& hit, const std::vector<collect::SortKey>& keys) {
  nb::list found;
  for (size_t i = 0; i < keys.size(); ++i)
    found.append(to_python(hit.keys[i], keys[i].column != nullptr && keys[i].column->has_strings));
  return found;
}

// The hits, and the keys of the last, or of each.
nb::tuple sort(const Snapshot& snapshot, const MatchSet& matches, nb::handle plan_item, nb::handle key_items,
               size_t limit, nb::handle after_item, Timeout timeout, bool all_keys) {
  const TimedCall call(timeout);
  const CheckedPlan plan(plan_item, snapshot);
  checked(matches, snapshot);
  const std::vector<collect::SortKey> keys = keys_of(key_items, snapshot);
  if (keys.empty()) throw nb::value_error("an order has a key at least");
  const std::optional<collect::After> after = after_of(after_item, keys);
  std::vector<collect::SortedHit> hits;
  {
    nb::gil_scoped_release released;
    hits = collect::sort_matches(matches, *plan, snapshot, keys, limit, after);
  }
  nb::list ranked;
  for (const collect::SortedHit& hit : hits) ranked.append(nb::make_tuple(hit.score, hit.doc));
  nb::list found;
  if (all_keys) {
    for (const collect::SortedHit& hit : hits) found.append(keys_of(hit, keys));
  } else if (!hits.empty()) {
    found = keys_of(hits.back(), keys);
  }
  return nb::make_tuple(ranked, found);
}

nb::tuple terms(const Snapshot& snapshot, const MatchSet& matches, const FieldColumn& column, size_t limit,
                uint64_t least, Timeout timeout) {
  const TimedCall call(timeout);
  checked(matches, snapshot);
  checked(column, snapshot);
  collect::Terms found;
  {
    nb::gil_scoped_release released;
    found = collect::count_terms(matches, column, limit, least);
  }
  nb::list top;
  for (const collect::TermCount& each : found.top)
    top.append(nb::make_tuple(to_python(each.value, column.has_strings), each.count));
  return nb::make_tuple(top, found.distinct, found.docs);
}

nb::tuple ranges(const Snapshot& snapshot, const MatchSet& matches, const FieldColumn& column,
                 const std::vector<std::pair<int64_t, int64_t>>& wanted, Timeout timeout) {
  const TimedCall call(timeout);
  checked(matches, snapshot);
  checked(column, snapshot);
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].first > wanted[i].second || (i > 0 && wanted[i - 1].second >= wanted[i].first))
      throw nb::value_error("ranges ascend and share nothing");
  }
  nb::gil_scoped_release released;
  const collect::Ranges found = collect::count_ranges(matches, column, wanted);
  nb::gil_scoped_acquire held;
  return nb::make_tuple(found.counts, found.docs);
}

std::optional<std::pair<int64_t, int64_t>> extent(const Snapshot& snapshot, const MatchSet& matches,
                                                  const FieldColumn& column, Timeout timeout) {
  const TimedCall call(timeout);
  checked(matches, snapshot);
  checked(column, snapshot);
  nb::gil_scoped_release released;
  return collect::extent_of(matches, column);
}

nb::tuple numbers(const Snapshot& snapshot, const MatchSet& matches, const FieldColumn& column,
                  bool are_doubles, Timeout timeout) {
  const TimedCall call(timeout);
  checked(matches, snapshot);
  checked(column, snapshot);
  collect::Numbers found;
  {
    nb::gil_scoped_release released;
    found = collect::sum_numbers(matches, column, are_doubles);
  }
  const auto high = static_cast<int64_t>(found.integers >> 64);
  const auto low = static_cast<uint64_t>(found.integers);
  const nb::object integers =
      nb::steal<nb::object>(PyNumber_Lshift(nb::int_(high).ptr(), nb::int_(64).ptr())) + nb::int_(low);
  return nb::make_tuple(found.docs, found.values, found.least, found.most,
                        are_doubles ? nb::cast(found.doubles) : integers);
}

nb::list groups(const Snapshot& snapshot, const MatchSet& matches, nb::handle plan_item,
                const FieldColumn& column, nb::handle key_items, size_t limit, size_t hits_of_group,
                Timeout timeout) {
  const TimedCall call(timeout);
  const CheckedPlan plan(plan_item, snapshot);
  checked(matches, snapshot);
  checked(column, snapshot);
  const std::vector<collect::SortKey> keys = keys_of(key_items, snapshot);
  std::vector<collect::Group> found;
  {
    nb::gil_scoped_release released;
    found = collect::group_matches(matches, *plan, snapshot, column, keys, limit, hits_of_group);
  }
  nb::list result;
  for (const collect::Group& group : found)
    result.append(
        nb::make_tuple(to_python(group.value, column.has_strings), group.count, hits_of(group.hits)));
  return result;
}

}  // namespace

void bind_collect(nb::module_& module) {
  module.def("sortable", [](double value) { return columns::key_of_double(value); }, nb::arg("value"));
  module.def("unsortable", [](int64_t bits) { return columns::double_of_key(bits); }, nb::arg("bits"));
  module.def(
      "folded", [](const std::string& text) { return text_of(collect::folded(text)); }, nb::arg("text"));
  nb::class_<FieldColumn>(module, "FieldColumn");
  nb::class_<MatchSet>(module, "MatchSet").def_prop_ro("count", [](const MatchSet& matches) {
    return matches.count;
  });
  auto snapshot = nb::borrow<nb::class_<Snapshot>>(nb::type<Snapshot>());
  snapshot
      .def(
          "column", [](const Snapshot& of, size_t field) { return collect::column_of(of, field); },
          nb::arg("field"))
      .def(
          "matches",
          [](const Snapshot& of, nb::handle item, Timeout timeout) {
            const TimedCall call(timeout);
            const CheckedPlan plan(item, of);
            nb::gil_scoped_release released;
            return collect::matches_of(*plan, of);
          },
          nb::arg("plan"), nb::arg("timeout") = nb::none());
  snapshot.def("sort_matches", sort, nb::arg("matches"), nb::arg("plan"), nb::arg("keys"), nb::arg("limit"),
               nb::arg("after") = nb::none(), nb::arg("timeout") = nb::none(), nb::arg("all_keys") = false);
  snapshot.def("count_terms", terms, nb::arg("matches"), nb::arg("column"), nb::arg("limit"),
               nb::arg("least") = 1, nb::arg("timeout") = nb::none());
  snapshot.def("count_ranges", ranges, nb::arg("matches"), nb::arg("column"), nb::arg("ranges"),
               nb::arg("timeout") = nb::none());
  snapshot.def("extent_of", extent, nb::arg("matches"), nb::arg("column"), nb::arg("timeout") = nb::none());
  snapshot.def("sum_numbers", numbers, nb::arg("matches"), nb::arg("column"), nb::arg("are_doubles"),
               nb::arg("timeout") = nb::none());
  snapshot.def("group_matches", groups, nb::arg("matches"), nb::arg("plan"), nb::arg("column"),
               nb::arg("keys"), nb::arg("limit"), nb::arg("hits_of_group"), nb::arg("timeout") = nb::none());
}

}  // namespace searchlib
