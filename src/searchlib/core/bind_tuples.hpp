// Tuples with names (records.NamedTuple) made as tuple itself makes them: to call their class would run Python
// code for each, and a page of hits has hundreds.

#pragma once

#include <utility>

#include "bind.hpp"

namespace searchlib {

// One of that class, with all its fields; of a class that is no tuple, whatever it makes of them.
template <class... Values>
nanobind::object tuple_of(const nanobind::object& type, Values&&... values) {
  auto* made_of = reinterpret_cast<PyTypeObject*>(type.ptr());
  if (!PyType_Check(type.ptr()) || !PyType_IsSubtype(made_of, &PyTuple_Type)) {
    return type(std::forward<Values>(values)...);
  }
  nanobind::object made = nanobind::steal(made_of->tp_alloc(made_of, sizeof...(Values)));
  if (!made.is_valid()) nanobind::raise_python_error();
  Py_ssize_t at = 0;
  (PyTuple_SET_ITEM(made.ptr(), at++, nanobind::cast(std::forward<Values>(values)).release().ptr()), ...);
  return made;
}

}  // namespace searchlib
