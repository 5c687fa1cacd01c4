// One registrar for each bind_*.cpp; those are the only files that include nanobind.

#pragma once

#include <nanobind/nanobind.h>

namespace searchlib {

void bind_errors(nanobind::module_& module);
void bind_russian(nanobind::module_& module);
void bind_english(nanobind::module_& module);
void bind_bytes(nanobind::module_& module);
void bind_segment(nanobind::module_& module);
void bind_search(nanobind::module_& module);
void bind_text(nanobind::module_& module);
void bind_rescue(nanobind::module_& module);

}  // namespace searchlib
