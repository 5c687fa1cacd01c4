// How Python says what a field's text becomes, for the bindings that write: an Analyzer, or, of a keyword, None
// for the value as it is and "fold" for its folded key.

#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/stl/shared_ptr.h>

#include <memory>

#include "analysis/analyzer.hpp"

namespace searchlib {

inline bool folds_keywords(nanobind::handle item) { return nanobind::isinstance<nanobind::str>(item); }

// Null for keywords.
inline std::shared_ptr<const Analyzer> analyzer_of(nanobind::handle item) {
  if (item.is_none()) return nullptr;
  if (!folds_keywords(item)) return nanobind::cast<std::shared_ptr<Analyzer>>(item);
  if (!item.equal(nanobind::str("fold")))
    throw nanobind::value_error("a keyword's analyzer is None or \"fold\"");
  return nullptr;
}

}  // namespace searchlib
