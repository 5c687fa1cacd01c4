// A field's texts of several documents, as they are highlighted: a list's values are joined by line breaks. Each
// is kept as UTF-8, which is scanned; what is cut is decoded. It knows neither queries nor files.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib::highlighting {

struct FieldText {
  std::string utf8;
  std::vector<uint32_t> ends;  // of each value, in bytes
  size_t num_chars = 0;        // code points
  bool is_read = false;        // false: what the document has is for another reader

  // Replaces all of it, by values that are moved from. False, and nothing is there: not UTF-8 (surrogates as three
  // bytes pass), or too long.
  bool set(std::vector<std::string>& values);
  std::string_view value(size_t number) const {
    const size_t begin = number == 0 ? 0 : ends[number - 1] + size_t{1};
    return std::string_view(utf8).substr(begin, ends[number] - begin);
  }

 private:
  bool join(std::vector<std::string>& values);  // false: too long
};

// The code points of a text; out is replaced.
std::u32string_view decoded(const FieldText& text, std::u32string& out);

struct FieldTexts {
  std::vector<FieldText> texts;
};

}  // namespace searchlib::highlighting
