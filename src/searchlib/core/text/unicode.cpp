#include "text/unicode.hpp"

#include <algorithm>
#include <iterator>

#include "text/char_facts.hpp"

namespace searchlib::unicode {
namespace {

struct Row {
  uint8_t combining_class;
  uint16_t folding;  // offsets in kStrings
  uint16_t decomposition;
};

struct Composition {
  uint32_t first, second, composed;
};

#include "unicode_tables.inc"

constexpr uint32_t kNumCodePoints = 0x110000;
constexpr uint32_t kHangulBase = 0xAC00, kLeadBase = 0x1100, kVowelBase = 0x1161, kTrailBase = 0x11A7;
constexpr uint32_t kNumLeads = 19, kNumVowels = 21, kNumTrails = 28;

const Row& row(uint32_t code_point) {
  if (code_point >= kNumCodePoints) return kRows[0];
  return kRows[kRowBlocks[kRowIndex[code_point >> 8] * 256u + (code_point & 0xFF)]];
}

std::span<const uint32_t> string_at(uint16_t offset) {
  return {kStrings + offset + 1, kStrings[offset]};  // offset 0 holds the length 0
}

uint32_t compose_hangul(uint32_t first, uint32_t second) {
  if (first - kLeadBase < kNumLeads && second - kVowelBase < kNumVowels)
    return kHangulBase + ((first - kLeadBase) * kNumVowels + (second - kVowelBase)) * kNumTrails;
  const bool open =
      first - kHangulBase < kNumLeads * kNumVowels * kNumTrails && (first - kHangulBase) % kNumTrails == 0;
  if (open && second > kTrailBase && second < kTrailBase + kNumTrails) return first + (second - kTrailBase);
  return 0;
}

}  // namespace

constexpr std::array<uint8_t, 128> ascii_properties() {
  std::array<uint8_t, 128> bits{};
  std::copy_n(kClassBlocks + kClassIndex[0] * 256u, bits.size(), bits.begin());
  return bits;
}

const std::array<uint8_t, 128> kAsciiProperties = ascii_properties();

Properties properties(uint32_t code_point) {
  if (code_point >= kNumCodePoints) return Properties(0);
  return Properties(kClassBlocks[kClassIndex[code_point >> 8] * 256u + (code_point & 0xFF)]);
}

std::span<const uint32_t> folding(uint32_t code_point) { return string_at(row(code_point).folding); }

std::span<const uint32_t> decomposition(uint32_t code_point) {
  return string_at(row(code_point).decomposition);
}

uint8_t combining_class(uint32_t code_point) { return row(code_point).combining_class; }

uint32_t compose(uint32_t first, uint32_t second) {
  if (const uint32_t hangul = compose_hangul(first, second)) return hangul;
  const auto found =
      std::lower_bound(std::begin(kCompositions), std::end(kCompositions), Composition{first, second, 0},
                       [](const Composition& a, const Composition& b) {
                         return a.first != b.first ? a.first < b.first : a.second < b.second;
                       });
  const bool equal = found != std::end(kCompositions) && found->first == first && found->second == second;
  return equal ? found->composed : 0;
}

Facts rare_facts(uint32_t code_point) {
  if (code_point >= kNumCodePoints) return Facts(0);
  return Facts(kFactBlocks[kFactIndex[code_point >> 8] * 256u + (code_point & 0xFF)]);
}

constexpr std::array<uint8_t, 0x500> common_facts() {
  std::array<uint8_t, 0x500> bits{};
  for (size_t code = 0; code < bits.size(); ++code)
    bits[code] = kFactBlocks[kFactIndex[code >> 8] * 256u + (code & 0xFF)];
  return bits;
}

const std::array<uint8_t, 0x500> kCommonFacts = common_facts();

const char* tables_version() { return kTablesVersion; }

}  // namespace searchlib::unicode
