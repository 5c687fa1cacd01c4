#include "text/spaced.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string_view>

#include "text/chars.hpp"
#include "text/parts.hpp"

namespace searchlib::scanning {
namespace {

bool is_hyphen(uint32_t code_point) {
  return code_point == '-' || (code_point >= 0x2010 && code_point <= 0x2013);
}

// ---- «т. д.»

// Abbreviations of small letters that are one word, dots and spaces left out. The first letter may be a capital,
// as it is where a sentence begins.
constexpr std::string_view kKnown[] = {"тд",  "тп",  "те", "нэ", "тк", "тн", "то", "ио",  "тч",  "бу",
                                       "чл",  "стл", "лс", "уе", "сш", "юш", "вд", "зд",  "мб",  "дб",
                                       "нс",  "гв",  "гр", "жд", "сх", "зп", "тс", "снс", "мнс", "чтд",
                                       "аем", "eg",  "ie", "am", "pm", "ps", "nb", "aka", "rip", "asap"};

bool is_known(std::string_view letters) {
  if (std::find(std::begin(kKnown), std::end(kKnown), letters) != std::end(kKnown)) return true;
  constexpr size_t kDegree = 6;  // bytes of к. т. н., д. м. н.
  return letters.size() == kDegree && letters.ends_with("н") &&
         (letters.starts_with("к") || letters.starts_with("д"));
}

constexpr int kMaxInitials = 4;
constexpr std::string_view kSpoon = "ст";  // ст. л.: the one that begins with two letters

// A Russian or Latin capital in small, in the bytes that it has.
void lower_letter(char* letter, size_t size) {
  const auto first = static_cast<uint8_t>(letter[0]), last = static_cast<uint8_t>(letter[size - 1]);
  if (size == 1 && first >= 'A' && first <= 'Z') letter[0] = static_cast<char>(first | 0x20);
  if (size != 2 || first != 0xD0 || last < 0x90 || last >= 0xB0) return;
  letter[0] = static_cast<char>(last < 0xA0 ? 0xD0 : 0xD1);
  letter[1] = static_cast<char>(last < 0xA0 ? last + 0x20 : last - 0x20);
}

Range initials_from(const uint8_t* begin, const uint8_t* text_end) {
  char letters[kMaxInitials * 4];
  size_t size = 0;
  int count = 0;
  bool all_upper = true, spaced = false;
  const uint8_t* at = begin;
  const uint8_t* end = nullptr;  // behind the last dot
  const auto left = static_cast<size_t>(text_end - begin);
  const bool spoon = left > kSpoon.size() && std::memcmp(begin, kSpoon.data(), kSpoon.size()) == 0;
  while (count < kMaxInitials) {
    const Char letter = char_at(at, text_end);
    if (!letter.letter()) break;
    const size_t length = spoon && count == 0 ? kSpoon.size() : letter.length;
    const uint8_t* const dot = at + length;
    if (dot == text_end || *dot != '.') break;
    all_upper = all_upper && letter.upper();
    std::memcpy(letters + size, at, length);
    if (count == 0) lower_letter(letters, length);
    size += length;
    ++count;
    end = at = dot + 1;
    if (spaced && is_known(std::string_view(letters, size))) return {begin, end};
    for (Char next = char_at(at, text_end); is_inner_space(next.code_point) && at - end < 6;
         next = char_at(at, text_end)) {
      at += next.length;
    }
    spaced = spaced || at != end;
  }
  // The space behind the last dot is no part of it, so one before that is needed.
  const bool inside = end != nullptr && std::any_of(begin, end, [](uint8_t byte) {
                        return byte == ' ' || byte == 0xA0 || byte == 0xAF || byte == 0x89;
                      });
  if (count < 2 || !all_upper || !inside) return {begin, begin};
  return {begin, end};
}

// ---- +7 (999) 123-45-67

constexpr int kMinDigits = 10, kMaxDigits = 15, kMaxGroups = 8;

// The number that begins with a plus, a bracket, or 7 or 8 and nothing behind it.
Range telephone_from(const uint8_t* text, const uint8_t* begin, const uint8_t* text_end) {
  const bool plus = begin != text && begin[-1] == '+';
  const bool bracket = begin != text && begin[-1] == '(';
  int digits = 0, groups = 0, brackets = bracket ? 1 : 0;
  const uint8_t* at = begin;
  const uint8_t* end = begin;
  while (at != text_end && is_ascii_digit(*at) && groups < kMaxGroups) {
    const uint8_t* const group = at;
    while (at != text_end && is_ascii_digit(*at)) ++at;
    digits += static_cast<int>(at - group);
    ++groups;
    end = at;
    if (digits > kMaxDigits || at - group > 11) return {begin, begin};
    bool hyphen = false;
    for (int separators = 0; separators < 3 && at != text_end && !is_ascii_digit(*at); ++separators) {
      const Char next = char_at(at, text_end);
      if (is_hyphen(next.code_point)) {
        if (hyphen) break;
        hyphen = true;
      } else if (next.code_point == '(') {
        if (brackets++ > 0) return {begin, begin};
      } else if (next.code_point == ')') {
        if (brackets++ != 1) break;
      } else if (!is_inner_space(next.code_point)) {
        break;
      }
      at += next.length;
    }
  }
  const Char behind = char_at(end, text_end);
  if (behind.letter()) return {begin, begin};
  if (groups < 3 || brackets == 1 || digits < kMinDigits) return {begin, begin};
  if (!plus && digits != (bracket ? 10 : 11)) return {begin, begin};
  return {plus || bracket ? begin - 1 : begin, end};
}

}  // namespace

Range find_spaced_whole(const uint8_t* text, const uint8_t* begin, const uint8_t* end,
                        const uint8_t* text_end) {
  if (!may_begin_spaced_whole(text, begin, end, text_end)) return {begin, begin};
  return is_ascii_digit(*begin) ? telephone_from(text, begin, text_end) : initials_from(begin, text_end);
}

bool is_spaced_whole(std::string_view token) {
  const auto* const text = reinterpret_cast<const uint8_t*>(token.data());
  const uint8_t* const end = text + token.size();
  const uint8_t* const begin = find_word(text, end);
  if (begin == end) return false;
  const Range whole = find_spaced_whole(text, begin, read_word(begin, end).end, end);
  return whole.begin == text && whole.end == end;
}

uint32_t count_positions(std::string_view inside, bool divides) {
  const auto* at = reinterpret_cast<const uint8_t*>(inside.data());
  const uint8_t* const end = at + inside.size();
  uint32_t count = 0;
  while ((at = find_word(at, end)) != end) {
    const WordEnd word = read_word(at, end);
    if (word.more) {
      Parts parts(at, end, divides);
      at = parts.read(at, word);
      count += parts.size();
    } else {
      at = word.end;
      ++count;
    }
  }
  return count;
}

}  // namespace searchlib::scanning
