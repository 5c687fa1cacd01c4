#include "highlight/field_texts.hpp"

#include <limits>
#include <utility>

#include "text/known_utf8.hpp"

namespace searchlib::highlighting {

bool FieldText::set(std::vector<std::string>& values) {
  *this = {};
  if (!join(values) || !utf8::is_known(utf8)) {
    *this = {};  // decoded() makes room for num_chars, which bytes that are no UTF-8 may exceed
    return false;
  }
  num_chars = utf8::extent_of(utf8).count;
  return is_read = true;
}

bool FieldText::join(std::vector<std::string>& values) {
  for (std::string& value : values) {
    if (ends.empty()) {
      utf8 = std::move(value);
    } else {
      utf8 += '\n';
      utf8 += value;
    }
    if (utf8.size() >= std::numeric_limits<uint32_t>::max()) return false;
    ends.push_back(static_cast<uint32_t>(utf8.size()));
  }
  return true;
}

std::u32string_view decoded(const FieldText& text, std::u32string& out) {
  // Nothing is filled with zeros that is overwritten at once: the room grows, and stays.
  if (out.size() < text.num_chars) out.resize(text.num_chars);
  return {out.data(), static_cast<size_t>(utf8::decode_known(text.utf8, out.data()) - out.data())};
}

}  // namespace searchlib::highlighting
