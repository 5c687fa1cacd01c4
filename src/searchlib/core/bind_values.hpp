// A document's searched fields, as Python gives them: None, a str, its UTF-8, or a list of str, for each field.

#pragma once

#include <string_view>
#include <vector>

#include "bind_checks.hpp"
#include "bind_strings.hpp"

namespace searchlib {

using FieldValues = std::vector<std::string_view>;

// The values live as long as their strings do.
inline std::vector<FieldValues> values_of(nanobind::handle per_field, size_t num_fields) {
  std::vector<FieldValues> values;
  for (nanobind::handle item : owner_of_items(per_field)) {
    FieldValues& field = values.emplace_back();
    if (item.is_none()) continue;
    if (nanobind::isinstance<nanobind::str>(item)) {
      field.push_back(utf8_of(item));
    } else if (nanobind::isinstance<nanobind::bytes>(item)) {
      field.emplace_back(PyBytes_AS_STRING(item.ptr()), static_cast<size_t>(PyBytes_GET_SIZE(item.ptr())));
    } else {
      for (nanobind::handle value : owner_of_items(item)) field.push_back(utf8_of(value));
    }
  }
  if (values.size() != num_fields) throw nanobind::value_error("one entry a field is expected");
  return values;
}

}  // namespace searchlib
