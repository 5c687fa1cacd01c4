// Reads one field of a stored document, a JSON object in UTF-8, without reading the rest: a string, or a list of
// strings. What else a value may be, and what is no such object, is for a whole reader of JSON.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

enum class JsonField {
  kText,    // a string, or a list of them
  kAbsent,  // not there, or null
  kOther,   // anything else
};

// json_name: as put_json_string writes it, with its quotes. values: replaced; unescaped, not checked to be UTF-8.
JsonField read_json_field(std::string_view object, std::string_view json_name,
                          std::vector<std::string>& values);

// The n-th line, from 0; `found` is false if there are not so many.
std::string_view line_of(std::string_view lines, size_t number, bool& found);

}  // namespace searchlib
