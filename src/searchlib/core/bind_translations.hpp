// Python's side of translations/.

#pragma once

#include <nanobind/nanobind.h>

namespace searchlib {

void bind_translations(nanobind::module_& module);

}  // namespace searchlib
