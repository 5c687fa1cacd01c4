#include "text/form_span.hpp"

#include <algorithm>

#include "text/scanner.hpp"

namespace searchlib {
namespace {

// Nearly all forms are small letters of two alphabets, or digits, and take one position.
bool may_be_wide(std::string_view form) {
  for (size_t at = 0; at < form.size(); ++at) {
    const auto byte = static_cast<uint8_t>(form[at]);
    if (byte < 0x80) {
      if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9')) return true;
    } else if (byte >= 0xC0) {
      const auto next = static_cast<uint8_t>(at + 1 < form.size() ? form[at + 1] : 0);
      if (byte != 0xD1 && !(byte == 0xD0 && next >= 0xB0)) return true;
    }
  }
  return false;
}

}  // namespace

uint32_t form_span(std::string_view form, bool divides) {
  if (!may_be_wide(form)) return 1;
  uint32_t span = 0;
  bool first = true;
  scan(form, 0, {divides, kNoAbbreviations}, [&](const RawToken& token) {
    if (first && token.begin == 0 && token.end == form.size()) span = token.span;
    first = false;
  });
  if (span > 0) return span;
  // Folding may have made a border within a part (ŉ is an apostrophe and n): hyphens and spaces are still there.
  return 1 + static_cast<uint32_t>(std::count_if(form.begin(), form.end(),
                                                 [](char byte) { return byte == '-' || byte == ' '; }));
}

}  // namespace searchlib
