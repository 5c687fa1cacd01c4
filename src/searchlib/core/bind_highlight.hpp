// What the bindings of highlight/ have in common: texts and spans as Python has them. Offsets are in code points.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bind.hpp"
#include "highlight/field_texts.hpp"
#include "highlight/fragments.hpp"

namespace searchlib {

// utf8: what utf8::is_known().
nanobind::str to_str(std::string_view utf8);
nanobind::str to_str(highlighting::Text text);
std::u32string chars_of(const nanobind::str& text);

nanobind::list list_of(size_t size);
void set_item(nanobind::list& list, size_t index, nanobind::object item);

nanobind::list spans_to_python(std::span<const highlighting::Span> spans, const nanobind::object& span_type);
nanobind::list fragments_to_python(highlighting::Text text,
                                   const std::vector<highlighting::Fragment>& fragments,
                                   const nanobind::object& fragment_type, const nanobind::object& span_type);

// Of a Python number of at least 1.
size_t checked_size(const nanobind::int_& number);

// Registrars, called by that of bind_highlight.cpp.
void bind_field_texts(nanobind::module_& module);
void bind_fragments(nanobind::module_& module);

}  // namespace searchlib
