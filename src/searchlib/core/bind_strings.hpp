// A str's UTF-8, which CPython makes once and keeps with the object.

#pragma once

#include <nanobind/nanobind.h>

#include <string_view>

namespace searchlib {

// Throws Python's UnicodeEncodeError for a lone surrogate. The bytes live as long as the str.
inline std::string_view utf8_of(nanobind::handle text) {
  Py_ssize_t length = 0;
  const char* bytes = PyUnicode_AsUTF8AndSize(text.ptr(), &length);
  if (bytes == nullptr) throw nanobind::python_error();
  return {bytes, static_cast<size_t>(length)};
}

}  // namespace searchlib
