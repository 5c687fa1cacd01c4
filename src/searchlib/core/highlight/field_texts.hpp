// A field's texts of several documents, as they are highlighted: a list's values are joined by line breaks. Each
// is kept as UTF-8, which is scanned, and as code points, which are cut. It knows neither queries nor files.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib::highlighting {

// Code points as Python decodes them with surrogatepass; false for what it would not.
bool decode_strictly(std::string_view utf8, std::u32string& out);

struct FieldText {
  std::string utf8;
  std::vector<uint32_t> ends;  // of each value, in bytes
  std::u32string chars;
  bool is_read = false;  // false: what the document has is for another reader

  // Replaces all of it. False, and nothing is read: not UTF-8 (surrogates as three bytes pass), or too long.
  bool set(const std::vector<std::string>& values);
  std::string_view value(size_t number) const {
    const size_t begin = number == 0 ? 0 : ends[number - 1] + size_t{1};
    return std::string_view(utf8).substr(begin, ends[number] - begin);
  }
};

struct FieldTexts {
  std::vector<FieldText> texts;
};

}  // namespace searchlib::highlighting
