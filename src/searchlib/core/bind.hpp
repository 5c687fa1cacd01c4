// One registrar for each bind_*.cpp; those are the only files that include nanobind.

#pragma once

#include <nanobind/nanobind.h>

#include <string_view>

#include "errors.hpp"

namespace searchlib {

// Text that was read from an index, as a str: what is no UTF-8 there was not written by us.
inline nanobind::str text_of(std::string_view utf8) {
  PyObject* text = PyUnicode_DecodeUTF8(utf8.data(), static_cast<Py_ssize_t>(utf8.size()), nullptr);
  if (text == nullptr) {
    PyErr_Clear();
    throw CorruptIndexError("a key or a word of the index is no UTF-8");
  }
  return nanobind::steal<nanobind::str>(text);
}

void bind_errors(nanobind::module_& module);
void bind_russian(nanobind::module_& module);
void bind_english(nanobind::module_& module);
void bind_bytes(nanobind::module_& module);
void bind_columns(nanobind::module_& module);
void bind_segment(nanobind::module_& module);
void bind_build(nanobind::module_& module);
void bind_deadline(nanobind::module_& module);
void bind_search(nanobind::module_& module);
void bind_documents(nanobind::module_& module);
void bind_text(nanobind::module_& module);
void bind_highlight(nanobind::module_& module);
void bind_export(nanobind::module_& module);
void bind_suggest(nanobind::module_& module);
void bind_collect(nanobind::module_& module);
void bind_feedback(nanobind::module_& module);

}  // namespace searchlib
