// A string as JSON in UTF-8, as Python's json writes it with ensure_ascii=False.

#pragma once

#include <string>
#include <string_view>

namespace searchlib {

void put_json_string(std::string_view utf8, std::string& out);

}  // namespace searchlib
