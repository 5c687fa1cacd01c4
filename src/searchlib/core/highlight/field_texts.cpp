#include "highlight/field_texts.hpp"

#include <limits>
#include <utility>

#include "text/known_utf8.hpp"

namespace searchlib::highlighting {

bool FieldText::set(std::vector<std::string>& values) {
  utf8.clear();
  ends.clear();
  for (std::string& value : values) {
    if (ends.empty()) {
      utf8 = std::move(value);
    } else {
      utf8 += '\n';
      utf8 += value;
    }
    if (utf8.size() >= std::numeric_limits<uint32_t>::max()) return is_read = false;
    ends.push_back(static_cast<uint32_t>(utf8.size()));
  }
  num_chars = utf8::extent_of(utf8).count;
  return is_read = utf8::is_known(utf8);
}

std::u32string_view decoded(const FieldText& text, std::u32string& out) {
  // Nothing is filled with zeros that is overwritten at once: the room grows, and stays.
  if (out.size() < text.num_chars) out.resize(text.num_chars);
  return {out.data(), static_cast<size_t>(utf8::decode_known(text.utf8, out.data()) - out.data())};
}

}  // namespace searchlib::highlighting
