// A stored document as every reader of JSON takes it: Python's json writes and reads more than RFC 8259 has, and dates
// are stored in a form of their own.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace searchlib {

// Whether all of it is one object of RFC 8259, in UTF-8: no NaN, no halves of surrogate pairs. False, too, for what is
// nested more than 64 deep, or has spaces around it, and for a date in another form than dates are stored in. out: the
// same; moments of the fields that have dates, in UTC, end with Z in place of +00:00. dates: the names of these
// fields, as put_json_string writes them.
bool strict_json(std::string_view text, std::span<const std::string> dates, std::string& out);

// Whether it has halves of surrogate pairs, of what utf8::is_known().
bool has_surrogates(std::string_view utf8);

}  // namespace searchlib
