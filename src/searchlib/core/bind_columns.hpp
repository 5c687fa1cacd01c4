// Makes the fields that have columns of (name, type) pairs.

#pragma once

#include <nanobind/nanobind.h>

#include <vector>

#include "columns/columns.hpp"

namespace searchlib {

// Throws what Python calls ValueError for a type that there is not.
std::vector<columns::ColumnField> column_fields(nanobind::sequence fields);

}  // namespace searchlib
