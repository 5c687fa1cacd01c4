#include "highlight/field_texts.hpp"

#include <limits>

#include "text/utf8.hpp"

namespace searchlib::highlighting {

bool decode_strictly(std::string_view utf8, std::u32string& out) {
  out.resize(utf8.size());
  char32_t* to = out.data();
  const auto* at = reinterpret_cast<const uint8_t*>(utf8.data());
  const uint8_t* const end = at + utf8.size();
  while (at != end) {
    const uint8_t lead = *at;
    if (lead < 0x80) {
      *to++ = lead;
      ++at;
    } else if (lead < 0xE0) {
      if (lead < 0xC2 || end - at < 2 || !utf8::is_continuation(at[1])) return false;
      *to++ = (lead & 0x1Fu) << 6 | (at[1] & 0x3Fu);
      at += 2;
    } else {
      const utf8::Decoded decoded = utf8::decode(at, end);
      if (decoded.code_point > 0x10FFFF || decoded.code_point < (decoded.length == 3 ? 0x800u : 0x10000u))
        return false;
      *to++ = decoded.code_point;
      at += decoded.length;
    }
  }
  out.resize(static_cast<size_t>(to - out.data()));
  return true;
}

bool FieldText::set(const std::vector<std::string>& values) {
  utf8.clear();
  ends.clear();
  for (const std::string& value : values) {
    if (!ends.empty()) utf8 += '\n';
    utf8 += value;
    if (utf8.size() >= std::numeric_limits<uint32_t>::max()) return is_read = false;
    ends.push_back(static_cast<uint32_t>(utf8.size()));
  }
  return is_read = decode_strictly(utf8, chars);
}

}  // namespace searchlib::highlighting
