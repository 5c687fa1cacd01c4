// Between Python and the core: the core trusts the numbers that it is given, so wrong ones end here, as
// IndexError (no such field or document) or ValueError (no such shape).

#pragma once

#include <nanobind/nanobind.h>

#include <cmath>
#include <cstdint>

namespace searchlib {

inline size_t checked_field(size_t field, size_t num_fields) {
  if (field >= num_fields) throw nanobind::index_error("there is no field of that number");
  return field;
}

inline uint32_t checked_doc(uint32_t doc, uint32_t num_docs) {
  if (doc >= num_docs) throw nanobind::index_error("there is no document of that number");
  return doc;
}

// A weight, or one of BM25's parameters.
inline double checked_factor(double factor) {
  if (!std::isfinite(factor) || factor < 0)
    throw nanobind::value_error("expected a finite number, 0 or more");
  return factor;
}

// nanobind reads a tuple's items without a look at its size.
inline nanobind::tuple tuple_of(nanobind::handle item, size_t size) {
  if (!nanobind::isinstance<nanobind::tuple>(item) || nanobind::len(item) < size)
    throw nanobind::value_error("expected a tuple, and all of its items");
  return nanobind::borrow<nanobind::tuple>(item);
}

// A list or a tuple: it owns its items, so strings may be borrowed from it. What makes its items as they are
// asked for, as a str does, would take them away again.
inline nanobind::object owner_of_items(nanobind::handle items) {
  if (!nanobind::isinstance<nanobind::list>(items) && !nanobind::isinstance<nanobind::tuple>(items))
    throw nanobind::type_error("expected a list or a tuple");
  return nanobind::borrow(items);
}

// A bound object; nanobind would make None a null pointer.
template <class T>
T checked_cast(nanobind::handle item) {
  if (item.is_none()) throw nanobind::type_error("expected an object, got None");
  return nanobind::cast<T>(item);
}

}  // namespace searchlib
