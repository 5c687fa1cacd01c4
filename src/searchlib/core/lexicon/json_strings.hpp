// A JSON array of strings, which is all that the Russian dictionary's two text files are. In: the file. Out:
// the strings. It knows no other JSON; what it does not know is an error.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace searchlib {

// The strings of `["a", "б"]`; none if the bytes are anything else.
std::optional<std::vector<std::string>> read_json_strings(std::span<const uint8_t> json);

}  // namespace searchlib
