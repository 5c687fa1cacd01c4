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

}  // namespace searchlib
