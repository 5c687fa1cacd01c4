#include "text/form_span.hpp"

#include <algorithm>
#include <array>

#include "text/scanner.hpp"

namespace searchlib {
namespace {

constexpr std::array<bool, 256> kJoints = [] {
  std::array<bool, 256> joints{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (byte < 0x80) {
      joints[byte] = byte < 'a' || byte > 'z';
    } else {
      // The second bytes of А to Я and of letters that stand nowhere near, and the first bytes of other alphabets.
      joints[byte] = (byte >= 0x90 && byte < 0xB0) || (byte >= 0xC0 && byte != 0xD0 && byte != 0xD1);
    }
  }
  return joints;
}();

}  // namespace

size_t first_form_joint(std::string_view bytes) {
  const auto found =
      std::find_if(bytes.begin(), bytes.end(), [](char byte) { return kJoints[static_cast<uint8_t>(byte)]; });
  return found == bytes.end() ? std::string_view::npos : static_cast<size_t>(found - bytes.begin());
}

uint32_t form_span(std::string_view form, bool divides) {
  if (first_form_joint(form) == std::string_view::npos) return 1;
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
