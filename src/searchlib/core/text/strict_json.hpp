// Whether a stored document can go out as it is: Python's json writes and reads more than RFC 8259 has.

#pragma once

#include <string_view>

namespace searchlib {

// Whether all of it is one object of RFC 8259, in UTF-8, so that every reader of JSON takes it: no NaN, no halves of
// surrogate pairs. False, too, for what is nested more than 64 deep, or has spaces around it.
bool is_strict_json_object(std::string_view text);

// Whether it has halves of surrogate pairs, of what utf8::is_known().
bool has_surrogates(std::string_view utf8);

}  // namespace searchlib
