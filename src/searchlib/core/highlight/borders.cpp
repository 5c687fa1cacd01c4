#include "highlight/borders.hpp"

#include <algorithm>
#include <array>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text/char_facts.hpp"
#include "text/normalise.hpp"

namespace searchlib::highlighting {
namespace {

using unicode::facts;

// A window is read from a little earlier, so that the word before a full stop is seen whole.
constexpr size_t kLookBack = 40;

bool is_space(char32_t c) { return facts(c).space(); }
bool is_one_of(char32_t c, Text some) { return some.find(c) != Text::npos; }

bool is_stop(char32_t c) { return c == U'.' || c == U'!' || c == U'?' || c == U'…'; }

// Neither space nor part of a word.
bool is_sign(char32_t c) {
  const unicode::Facts known = facts(c);
  return !known.space() && !known.alphanumeric() && c != U'_';
}

size_t skip_spaces(Text text, size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Of the word in small letters: most are at hand.
const AbbreviationPlaces* find_folded(Text word, const Abbreviations& abbreviations) {
  std::array<char32_t, 32> small;
  if (word.size() <= small.size()) {
    const auto lower = [](char32_t c) {
      const bool capital = (c >= U'A' && c <= U'Z') || (c >= U'А' && c <= U'Я');
      return capital ? c + 32 : c;
    };
    const auto is_common = [](char32_t c) { return c < 0x80 || (c >= U'А' && c <= U'я'); };
    if (std::all_of(word.begin(), word.end(), is_common)) {
      std::transform(word.begin(), word.end(), small.begin(), lower);
      return abbreviations.find({small.data(), word.size()});
    }
  }
  std::u32string folded(word);
  fold_case(folded);
  return abbreviations.find(folded);
}

bool is_abbreviation(Text before, char32_t following, const Abbreviations& abbreviations) {
  const size_t least = before.size() > kLookBack ? before.size() - kLookBack : 0;
  size_t begin = before.size();
  while (begin > least && (facts(before[begin - 1]).alphanumeric() || is_one_of(before[begin - 1], U"_.'’-")))
    --begin;
  const Text word = before.substr(begin);
  const size_t dot = word.rfind(U'.');
  Text last = dot == Text::npos ? word : word.substr(dot + 1);
  const auto is_letter = [](char32_t c) { return facts(c).alphabetic(); };
  if (dot != Text::npos && !last.empty() && last.size() <= 2 &&
      std::all_of(last.begin(), last.end(), is_letter))  // U.S., т.е., и т.д.
    return true;
  if (last.size() == 1 && facts(last[0]).upper()) return true;  // А. С. Пушкин, J. Smith
  constexpr Text kAround = U"'’-";
  while (!last.empty() && is_one_of(last.front(), kAround)) last.remove_prefix(1);
  while (!last.empty() && is_one_of(last.back(), kAround)) last.remove_suffix(1);
  if (last.empty() || last.size() > abbreviations.longest()) return false;
  if (last.find(U'İ') != Text::npos) return false;  // it alone is folded in two ways
  const AbbreviationPlaces* const found = find_folded(last, abbreviations);
  if (found == nullptr) return false;
  const bool is_digit = following >= U'0' && following <= U'9';
  return is_digit ? found->before_number : found->before_name;
}

bool is_flag_letter(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

bool is_safe(Text text, size_t offset) {
  if (offset == 0 || offset >= text.size()) return true;
  const char32_t before = text[offset - 1], after = text[offset];
  if (before < 0x80 && after < 0x80) return before != U'\r' || after != U'\n';
  if (facts(after).attached()) return false;
  if (before == 0x200D || (after >= 0x1F3FB && after <= 0x1F3FF))
    return false;  // joined and toned pictograms
  if (before >= 0xD800 && before <= 0xDBFF && after >= 0xDC00 && after <= 0xDFFF) return false;
  return !(is_flag_letter(before) && is_flag_letter(after));
}

size_t safe_after(Text text, size_t low, size_t high) {
  while (low < high && !is_safe(text, low)) ++low;
  return low;
}

std::string_view bytes_of(Text word) {
  return {reinterpret_cast<const char*>(word.data()), word.size() * sizeof(char32_t)};
}

bool ends_sentence(char32_t c) {
  return (c == U'\n') | (c == U'.') | (c == U'!') | (c == U'?') | (c == U'…');
}

// Which of eight characters ends_sentence(): nothing but 0 is sure to be right.
#if defined(__SSE2__)
uint32_t may_end(const char32_t* eight) {
  const auto four = [](const char32_t* from) {
    const __m128i chars = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const auto is = [&](int c) { return _mm_cmpeq_epi32(chars, _mm_set1_epi32(c)); };
    return _mm_or_si128(_mm_or_si128(_mm_or_si128(is('\n'), is('.')), _mm_or_si128(is('!'), is('?'))),
                        is(0x2026));
  };
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(four(eight), four(eight + 4))));
}
#else
uint32_t may_end(const char32_t* eight) { return std::any_of(eight, eight + 8, ends_sentence); }
#endif

}  // namespace

void Abbreviations::add(Text word, AbbreviationPlaces places) {
  const uint32_t number = words_.find_or_add(bytes_of(word));
  places_.resize(words_.size());
  places_[number] = places;
  longest_ = std::max(longest_, word.size());
}

const AbbreviationPlaces* Abbreviations::find(Text word) const {
  const uint32_t number = words_.find(bytes_of(word));
  return number == StringTable::kNone ? nullptr : &places_[number];
}

Sentences::Sentences(Text text, const Abbreviations& abbreviations)
    : text_(text), abbreviations_(abbreviations) {
  stops_.reserve(16 + text.size() / 64);
  constexpr size_t kAtOnce = 8;  // few of so many have any, which one look tells
  const auto add_from = [&](size_t at, size_t end) {
    for (; at < end; ++at) {
      if (ends_sentence(text[at])) stops_.push_back(static_cast<uint32_t>(at));
    }
  };
  size_t at = 0;
  for (; at + kAtOnce <= text.size(); at += kAtOnce) {
    if (may_end(text.data() + at) != 0) add_from(at, at + kAtOnce);
  }
  add_from(at, text.size());
}

// Reads one window. A sentence ends in . ! ? or … with what closes it («!»), a space, and no small letter; or at
// an empty line.
template <class Sink>
void Sentences::read(size_t begin, size_t end, Sink&& sink) const {
  const Text window = text_.substr(begin, end - begin);
  const size_t size = window.size();
  auto stop = std::lower_bound(stops_.begin(), stops_.end(), begin);
  size_t seen = 0;  // the spaces behind a stop are looked at once
  size_t at = 0;
  while (true) {
    while (stop != stops_.end() && *stop < begin + at) ++stop;
    if (stop == stops_.end() || *stop >= begin + size) return;
    size_t start = *stop - begin;
    if (window[start] == U'\n') {
      size_t behind = start + 1;
      while (behind < size && window[behind] != U'\n' && is_space(window[behind])) ++behind;
      if (behind == size || window[behind] != U'\n') {
        at = start + 1;
        continue;
      }
      at = skip_spaces(window, behind);
      if (start >= seen) sink(at);
      continue;
    }
    size_t marks = start;
    while (start > at && is_sign(window[start - 1])) --start;
    while (marks < size && is_sign(window[marks])) ++marks;
    at = marks;
    if (at == size || !is_space(window[at]) || start < seen) continue;
    while (marks > start && is_one_of(window[marks - 1], U"»”’\"')]")) --marks;
    size_t words = marks;
    while (words > start && is_stop(window[words - 1])) --words;
    if (words == marks) continue;
    const size_t next = skip_spaces(window, at);
    size_t letters = next;
    while (letters < size && is_one_of(window[letters], U"«“„\"'([—–-")) ++letters;
    if (letters < size && is_space(window[letters])) ++letters;
    if (letters >= size || !facts(window[letters]).alphanumeric()) continue;
    seen = next;
    if (facts(window[letters]).lower()) continue;
    const bool full_stop = marks == words + 1 && window[words] == U'.';
    if (!full_stop || !is_abbreviation(window.substr(0, words), window[letters], abbreviations_)) sink(next);
  }
}

void Sentences::borders(size_t low, size_t high, std::vector<size_t>& out) const {
  out.clear();
  const size_t begin = low > kLookBack ? low - kLookBack : 0;
  if (low == 0) out.push_back(0);
  if (begin < text_.size()) {
    read(begin, high + kLookBack, [&](size_t border) {
      if (begin + border >= low && begin + border <= high) out.push_back(begin + border);
    });
  }
  if (high >= text_.size() && low <= text_.size()) out.push_back(text_.size());
}

size_t word_border_after(Text text, size_t low, size_t high) {
  if (low == 0 || is_space(text[low - 1])) return low;
  for (size_t offset = low; offset < high; ++offset) {
    if (!is_space(text[offset])) continue;
    while (offset < high && is_space(text[offset])) ++offset;
    return offset;
  }
  return safe_after(text, low, high);
}

size_t word_border_before(Text text, size_t low, size_t high) {
  if (high >= text.size() || is_space(text[high])) return high;
  for (size_t offset = high; offset > low; --offset) {
    if (!is_space(text[offset - 1])) continue;
    while (offset > low && is_space(text[offset - 1])) --offset;
    return offset;
  }
  return safe_before(text, low, high);
}

size_t safe_before(Text text, size_t low, size_t high) {
  while (high > low && !is_safe(text, high)) --high;
  return high;
}

}  // namespace searchlib::highlighting
