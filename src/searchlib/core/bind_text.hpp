// A Python string as UTF-8, for the bindings that scan text.

#pragma once

#include <nanobind/nanobind.h>

#include <string_view>

namespace searchlib {

// Borrows the string's own UTF-8. A string with lone surrogates has none: those become three bytes each,
// which the scanner takes for borders. The text has fewer than 2³² bytes; a longer one raises ValueError.
class Utf8Text {
 public:
  explicit Utf8Text(const nanobind::str& text);
  std::string_view view() const { return view_; }

 private:
  nanobind::object owner_;
  std::string_view view_;
};

}  // namespace searchlib
