// Latin and Cyrillic letters that print alike, and which of the two a mixed word means.

#include <algorithm>
#include <array>

#include "text/normalise.hpp"
#include "text/unicode.hpp"

namespace searchlib {
namespace {

using unicode::Script;

struct Pair {
  char32_t latin, cyrillic;
  bool common;  // the Cyrillic letter is one that people type; the rare ones only disguise Latin words
};

// Upright shapes only: italic т looks like m, but no keyboard or scanner mixes them up.
constexpr std::array<Pair, 46> kPairs = {{
    {U'a', U'а', true},
    {U'c', U'с', true},
    {U'e', U'е', true},
    {U'o', U'о', true},
    {U'p', U'р', true},
    {U'x', U'х', true},
    {U'y', U'у', true},
    {U'i', U'і', true},
    {U'ë', U'ё', true},
    {U'ï', U'ї', true},
    {U'A', U'А', true},
    {U'B', U'В', true},
    {U'C', U'С', true},
    {U'E', U'Е', true},
    {U'H', U'Н', true},
    {U'I', U'І', true},
    {U'K', U'К', true},
    {U'M', U'М', true},
    {U'O', U'О', true},
    {U'P', U'Р', true},
    {U'T', U'Т', true},
    {U'X', U'Х', true},
    {U'Y', U'У', true},
    {U'Ë', U'Ё', true},
    {U'Ï', U'Ї', true},
    {U'j', U'ј', false},
    {U'J', U'Ј', false},
    {U's', U'ѕ', false},
    {U'S', U'Ѕ', false},
    {U'h', U'һ', false},
    // Latin letters that carry the stress mark of a Russian word: «Москвá».
    {U'á', U'а', true},
    {U'é', U'е', true},
    {U'í', U'і', true},
    {U'ó', U'о', true},
    {U'ý', U'у', true},
    {U'Á', U'А', true},
    {U'É', U'Е', true},
    {U'Í', U'І', true},
    {U'Ó', U'О', true},
    {U'Ý', U'У', true},
    {U'è', U'е', true},
    {U'È', U'Е', true},
    {U'd', U'ԁ', false},
    {U'q', U'ԛ', false},
    {U'w', U'ԝ', false},
    {U'ə', U'ә', false},
}};

Script script_of(char32_t letter) { return unicode::properties(letter).script(); }

std::ptrdiff_t count(std::u32string_view part, Script script) {
  return std::count_if(part.begin(), part.end(), [&](char32_t next) { return script_of(next) == script; });
}

bool mixes_scripts(std::u32string_view part) {
  return count(part, Script::kLatin) > 0 && count(part, Script::kCyrillic) > 0;
}

char32_t to_latin(char32_t letter) {
  const auto found =
      std::find_if(kPairs.begin(), kPairs.end(), [&](Pair pair) { return pair.cyrillic == letter; });
  return found == kPairs.end() ? 0 : found->latin;
}

char32_t to_cyrillic(char32_t letter) {
  const auto found = std::find_if(kPairs.begin(), kPairs.end(),
                                  [&](Pair pair) { return pair.common && pair.latin == letter; });
  return found == kPairs.end() ? 0 : found->cyrillic;
}

// The part with each letter of script `from` replaced; empty if one of them has no look-alike.
std::u32string rewritten(std::u32string_view part, Script from, char32_t (*look_alike)(char32_t)) {
  std::u32string result(part);
  for (char32_t& next : result) {
    if (script_of(next) != from) continue;
    next = look_alike(next);
    if (next == 0) return {};
  }
  return result;
}

// The longest run of letters of one script.
size_t longest_run(std::u32string_view part, Script script) {
  size_t longest = 0, run = 0;
  for (const char32_t next : part) {
    run = script_of(next) == script ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

struct Reading {
  std::u32string word;  // empty: impossible
  bool known = false;
};

// One way to read the part: with the letters of `replaced` taken for their look-alikes. Three of them in a
// row were typed on purpose («PHPи» lacks a space), unless a dictionary has the result («MOCKва»).
Reading reading(std::u32string_view part, Script replaced, char32_t (*look_alike)(char32_t),
                const Knows& knows) {
  constexpr size_t kOnPurpose = 3;
  Reading result{rewritten(part, replaced, look_alike)};
  if (result.word.empty()) return result;
  result.known = knows(result.word);
  if (!result.known && longest_run(part, replaced) >= kOnPurpose) result.word.clear();
  return result;
}

// «ХIХ век», half typed on a Russian keyboard.
bool is_roman_numeral(std::u32string_view word) {
  return !word.empty() && word.find_first_not_of(U"IVXLCDM") == std::u32string_view::npos;
}

// «С++», «С#»: names of one letter and signs are Latin.
bool is_signed_letter(std::u32string_view part) {
  return part.size() > 1 && (part.back() == U'+' || part.back() == U'#') && looks_latin(part.front());
}

void repair_part(std::u32string& part, const Knows& knows) {
  if (is_signed_letter(part)) part.front() = to_latin(part.front());
  if (!mixes_scripts(part)) return;
  Reading latin = reading(part, Script::kCyrillic, to_latin, knows);
  Reading cyrillic = reading(part, Script::kLatin, to_cyrillic, knows);
  bool is_latin = !latin.word.empty();
  if (is_latin && !cyrillic.word.empty() && !is_roman_numeral(latin.word)) {
    is_latin = latin.known != cyrillic.known ? latin.known
                                             : count(part, Script::kLatin) > count(part, Script::kCyrillic);
  }
  std::u32string& chosen = is_latin ? latin.word : cyrillic.word;
  if (!chosen.empty()) part.swap(chosen);
}

constexpr std::u32string_view kBorders = U"-/@._¬ ";  // of what is repaired by itself

}  // namespace

bool looks_latin(uint32_t letter) {
  const auto found = std::find_if(kPairs.begin(), kPairs.end(),
                                  [&](Pair pair) { return pair.common && pair.cyrillic == letter; });
  return found != kPairs.end();
}

void repair_look_alikes(std::u32string& word, const Knows& knows) {
  if (word.find_first_of(U"+#") == std::u32string::npos && !mixes_scripts(word)) return;
  std::u32string repaired, part;
  for (size_t begin = 0; begin <= word.size();) {
    const size_t end = std::min(word.find_first_of(kBorders, begin), word.size());
    part.assign(word, begin, end - begin);
    repair_part(part, knows);
    repaired += part;
    if (end < word.size()) repaired += word[end];
    begin = end + 1;
  }
  word.swap(repaired);
}

}  // namespace searchlib
