// Strings of JSON in UTF-8: written as Python's json writes them with ensure_ascii=False, and read.

#pragma once

#include <string>
#include <string_view>

namespace searchlib {

void put_json_string(std::string_view utf8, std::string& out);

// Where what needs no unescaping ends: at a quote, a backslash, a control character or the end.
const char* end_of_plain_json(const char* at, const char* end);

// Appends what follows an opening quote, and moves behind the closing one. False for what is no string, and for halves
// of pairs (\ud83d), which are for a whole reader.
bool read_json_string(const char*& at, const char* end, std::string& out);

}  // namespace searchlib
