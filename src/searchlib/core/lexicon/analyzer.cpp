#include "lexicon/analyzer.hpp"

#include <algorithm>

#include "text/normalise.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

using unicode::Class;
using unicode::Script;

constexpr size_t kMinCapitals = 2, kMaxCapitals = 5;
constexpr size_t kMaxLemmatisedBytes = 256;  // no word is longer, and prediction is not linear

bool is_letter(char32_t next) { return unicode::properties(next).word_class() == Class::kLetter; }
bool is_digit(char32_t next) { return unicode::properties(next).word_class() == Class::kDigit; }
bool is_russian(char32_t lowered) { return (lowered >= U'а' && lowered <= U'я') || lowered == U'ё'; }

// US, МИД: letters alone, all of them capitals.
bool is_capitals(std::u32string_view word) {
  return word.size() >= kMinCapitals && word.size() <= kMaxCapitals &&
         std::all_of(word.begin(), word.end(),
                     [](char32_t next) { return unicode::properties(next).upper(); });
}

// ё → е in UTF-8, in place: D1 91 → D0 B5. No other character contains those two bytes.
void fold_yo(std::string& word) {
  for (size_t at = word.find("\xD1\x91"); at != std::string::npos; at = word.find("\xD1\x91", at + 2)) {
    word[at] = '\xD0';
    word[at + 1] = '\xB5';
  }
}

void fold_and_make_distinct(std::vector<std::string>& lemmas) {
  size_t kept = 0;
  for (size_t i = 0; i < lemmas.size(); ++i) {
    fold_yo(lemmas[i]);
    const auto end = lemmas.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::find(lemmas.begin(), end, lemmas[i]) != end) continue;
    if (kept != i) lemmas[kept] = std::move(lemmas[i]);
    ++kept;
  }
  lemmas.resize(kept);
}

void put_first(std::vector<std::string>& lemmas, std::string word) {
  fold_yo(word);
  std::erase(lemmas, word);
  lemmas.insert(lemmas.begin(), std::move(word));
}

// What a word is made of, as far as routing asks.
struct Survey {
  size_t latin = 0, russian = 0, arabic = 0, letters = 0;
  bool apostrophe = false;
  bool plain = true;  // nothing but letters, apostrophes, hyphens, and numbers between hyphens (20-летие)
};

Survey survey(std::u32string_view lowered) {
  Survey found;
  bool letter_in_part = false, digit_in_part = false;
  for (const char32_t next : lowered) {
    if (next == U'-') {
      letter_in_part = digit_in_part = false;
    } else if (is_letter(next)) {
      const Script script = unicode::properties(next).script();
      found.latin += script == Script::kLatin;
      found.arabic += script == Script::kArabic;
      found.russian += is_russian(next);
      ++found.letters;
      letter_in_part = true;
    } else if (is_digit(next)) {
      digit_in_part = true;
    } else if (next == U'\'') {
      found.apostrophe = true;
    } else if (unicode::properties(next).word_class() != Class::kExtend) {
      found.plain = false;
    }
    if (letter_in_part && digit_in_part) found.plain = false;
  }
  return found;
}

void cut(std::string& form, size_t max_bytes) { form.resize(utf8::prefix(form, max_bytes).size()); }

}  // namespace

void Analyzer::repair(std::u32string& word) const {
  repair_look_alikes(word, [this](const std::u32string& reading) {
    std::u32string lowered = reading;
    fold_case(lowered);
    const Route& route = route_of(lowered);
    std::string text;
    encode(lowered, text);
    return route.morphology && route.morphology->known(text);
  });
}

const Route& Analyzer::route_of(std::u32string_view lowered) const {
  const Survey found = survey(lowered);
  if (found.letters == 0 || !found.plain) return folded_;
  if (found.latin == found.letters) return latin_;
  if (found.russian == found.letters && !found.apostrophe) return cyrillic_;
  if (found.arabic == found.letters) return arabic_;
  return folded_;
}

void Analyzer::analyze(std::string_view raw_token, Analysis& out) const {
  std::u32string word;
  decode(utf8::prefix(raw_token, kMaxFormBytes), word);
  normalise(word);
  if (word.size() > 1 && word.back() == U'.')
    word.pop_back();  // of dotted initials: U.S. and U.S are one form
  repair(word);
  std::u32string lowered = word;
  fold_case(lowered);
  encode(lowered, out.form);
  cut(out.form, kMaxFormBytes);

  const Route& route = out.form.size() > kMaxLemmatisedBytes ? folded_ : route_of(lowered);
  out.lemmas.clear();
  out.declined = route.python;
  const bool capitals = is_capitals(word);
  if (route.python) {
    if (capitals) encode(word, out.form);
    return;
  }
  if (!route.morphology || !route.morphology->lemmas(out.form, out.lemmas) || out.lemmas.empty()) {
    out.lemmas.assign(1, out.form);
  }
  fold_and_make_distinct(out.lemmas);
  if (!capitals) return;
  std::vector<std::string> with_itself = out.lemmas;
  put_first(with_itself, out.form);
  if (with_itself == out.lemmas) return;
  out.lemmas.swap(with_itself);
  encode(word, out.form);
}

std::string Analyzer::match_key(std::string_view form) {
  std::u32string word;
  decode(form, word);
  fold_case(word);
  std::string key;
  encode(word, key);
  fold_yo(key);
  return key;
}

}  // namespace searchlib
