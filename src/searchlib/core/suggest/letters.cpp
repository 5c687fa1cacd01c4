#include "suggest/letters.hpp"

#include <array>
#include <cmath>
#include <string_view>

#include "text/unicode.hpp"
#include "text/utf8.hpp"
#include "text/yo.hpp"

namespace searchlib {
namespace {

struct Key {
  float x = 0;
  float y = -1;  // below 0: on no keyboard
};

constexpr size_t kLatin = 26;
constexpr size_t kCyrillic = 32;

// a–z, then а–я; every other letter has no index.
size_t index_of(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return letter - U'a';
  if (letter >= U'а' && letter <= U'я') return kLatin + (letter - U'а');
  return SIZE_MAX;
}

std::array<Key, kLatin + kCyrillic> make_keys() {
  constexpr std::u32string_view kRows[2][3] = {{U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"},
                                               {U"йцукенгшщзхъ", U"фывапролджэ", U"ячсмитьбю"}};
  constexpr float kShift[3] = {0, 0.25F, 0.75F};  // how far a row stands to the right of the first
  std::array<Key, kLatin + kCyrillic> keys;
  for (const auto& layout : kRows) {
    for (size_t row = 0; row < 3; ++row) {
      for (size_t column = 0; column < layout[row].size(); ++column) {
        keys[index_of(layout[row][column])] = {static_cast<float>(column) + kShift[row],
                                               static_cast<float>(row)};
      }
    }
  }
  return keys;
}

const std::array<Key, kLatin + kCyrillic> kKeys = make_keys();

}  // namespace

char32_t fold_letter(char32_t letter) {
  if (letter < 0x80) return letter >= U'A' && letter <= U'Z' ? letter + 32 : letter;
  if (letter >= U'а' && letter <= U'я') return letter;
  if (letter >= U'А' && letter <= U'Я') return letter + 32;
  const auto folded = unicode::folding(letter);
  return fold_yo(folded.size() == 1 ? folded[0] : letter);
}

std::u32string fold_letters(std::string_view utf8) {
  std::u32string letters;
  const auto* at = reinterpret_cast<const uint8_t*>(utf8.data());
  const uint8_t* end = at + utf8.size();
  while (at != end) {
    const utf8::Decoded decoded = utf8::decode(at, end);
    letters.push_back(fold_letter(decoded.code_point));
    at += decoded.length;
  }
  return letters;
}

bool are_neighbours(char32_t left, char32_t right) {
  const size_t first = index_of(left);
  const size_t second = index_of(right);
  if (first == SIZE_MAX || second == SIZE_MAX || (first < kLatin) != (second < kLatin)) return false;
  const Key& a = kKeys[first];
  const Key& b = kKeys[second];
  return a.y >= 0 && b.y >= 0 && std::abs(a.x - b.x) <= 1.01F && std::abs(a.y - b.y) <= 1.01F;
}

bool sound_alike(char32_t left, char32_t right) {
  constexpr std::u32string_view kPairs = U"оаеиеэияыишщжшсздтбпвфгкьъaeeioaiyscczckkqvwou";
  for (size_t i = 0; i + 1 < kPairs.size(); i += 2) {
    if ((left == kPairs[i] && right == kPairs[i + 1]) || (left == kPairs[i + 1] && right == kPairs[i]))
      return true;
  }
  return false;
}

}  // namespace searchlib
