#include "analysis/spellings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "analysis/spelling_letters.hpp"
#include "text/unicode.hpp"

namespace searchlib::spellings {
namespace {

bool is_latin(char32_t letter) { return unicode::properties(letter).script() == unicode::Script::kLatin; }

bool contains(std::u32string_view letters, char32_t letter) {
  return letters.find(letter) != std::u32string_view::npos;
}

// Letters whose mark is no separate character, and ligatures that are two letters.
struct Spelt {
  char32_t letter;
  std::u32string_view plain;
};
constexpr std::array<Spelt, 10> kMarked = {{{U'æ', U"ae"},
                                            {U'ð', U"d"},
                                            {U'ø', U"o"},
                                            {U'þ', U"th"},
                                            {U'đ', U"d"},
                                            {U'ħ', U"h"},
                                            {U'ı', U"i"},
                                            {U'ł', U"l"},
                                            {U'œ', U"oe"},
                                            {U'ŋ', U"n"}}};

// Adds the plain letters of one; false if it has none.
bool add_plain(char32_t letter, std::u32string& out) {
  if (letter < 0x80) {
    out += letter;
    return true;
  }
  for (const Spelt& marked : kMarked) {
    if (marked.letter != letter) continue;
    out += marked.plain;
    return true;
  }
  const auto parts = unicode::decomposition(letter);
  if (parts.empty()) return unicode::combining_class(letter) != 0;
  return std::all_of(parts.begin(), parts.end(),
                     [&](uint32_t part) { return add_plain(static_cast<char32_t>(part), out); });
}

// Of nouns; and of those in -ка that people make of acronyms: SMSка, PDFки.
constexpr std::u32string_view kRussianEndings[] = {
    U"а",    U"ам",  U"ами", U"ах", U"е",  U"ев", U"ей", U"ем",  U"и",  U"ка", U"кам",
    U"ками", U"ках", U"ке",  U"ки", U"ов", U"ой", U"ок", U"кой", U"ом", U"ою", U"ку",
    U"у",    U"ы",   U"ь",   U"ью", U"ю",  U"я",  U"ям", U"ями", U"ях", U"ею"};

constexpr std::u32string_view kRussianVowels = U"аеёиоуыэюя";
constexpr std::u32string_view kOldLetters = U"ѣѳѵ";

char32_t modern_letter(char32_t letter) {
  switch (letter) {
    case U'ѣ':
      return U'е';
    case U'ѳ':
      return U'ф';
    case U'ѵ':
    case U'і':
      return U'и';
    default:
      return letter;
  }
}

// Whether one of ѣ ѳ ѵ і ъ is there: nearly all words are turned away before they are decoded.
bool may_be_old(std::string_view form) {
  constexpr std::string_view kSecond = "\xA3\xB3\xB5\x96\x8A";
  for (size_t at = 1; at < form.size(); ++at) {
    if (static_cast<uint8_t>(form[at - 1]) != 0xD1) continue;
    for (const char second : kSecond) {
      if (form[at] == second) return true;
    }
  }
  return false;
}

bool is_small_russian(char32_t letter) { return (letter >= U'а' && letter <= U'я') || letter == U'ё'; }

}  // namespace

std::optional<std::string> without_dots(std::string_view form) {
  constexpr size_t kMaxBytes = 8;  // of two letters
  for (size_t begin = 0, dot = form.find('.');; begin = dot + 1, dot = form.find('.', begin)) {
    if (dot == std::string_view::npos && begin == 0) return std::nullopt;
    if (std::min(dot, form.size()) - begin > kMaxBytes) return std::nullopt;
    if (dot == std::string_view::npos) break;
  }
  std::u32string joined;
  size_t run = 0;
  bool has_single = false, all_latin = true;
  const std::u32string word = decoded(form);
  for (size_t at = 0; at <= word.size(); ++at) {
    if (at == word.size() || word[at] == U'.') {
      has_single = has_single || run == 1;
      run = 0;
      continue;
    }
    if (unicode::properties(word[at]).word_class() != unicode::Class::kLetter || ++run > 2)
      return std::nullopt;
    all_latin = all_latin && is_latin(word[at]);
    joined += word[at];
  }
  if (!has_single || joined.size() < (all_latin ? 2u : 3u)) return std::nullopt;
  return encoded(joined);
}

std::optional<std::string> without_signs(std::string_view form) {
  if (form == ".net") return std::string(form.substr(1));
  const size_t size = form.find_last_not_of("+#") + 1;
  const auto is_letter = [](char byte) { return byte >= 'a' && byte <= 'z'; };
  if (size == form.size() || size == 0) return std::nullopt;
  if (!std::all_of(form.begin(), form.begin() + static_cast<std::ptrdiff_t>(size), is_letter))
    return std::nullopt;
  return std::string(form.substr(0, size));
}

std::optional<std::string> without_footnote(std::string_view form) {
  constexpr size_t kMinLetters = 4, kMaxDigits = 2;
  const size_t end = form.find_last_not_of("0123456789") + 1;
  if (end == form.size() || form.size() - end > kMaxDigits) return std::nullopt;
  const std::u32string letters = decoded(form.substr(0, end));
  if (letters.size() < kMinLetters) return std::nullopt;
  const auto all = [&](unicode::Script script) {
    return std::all_of(letters.begin(), letters.end(),
                       [&](char32_t letter) { return unicode::properties(letter).script() == script; });
  };
  if (!all(unicode::Script::kLatin) && !all(unicode::Script::kCyrillic)) return std::nullopt;
  return std::string(form.substr(0, end));
}

std::optional<Undivided> undivided(std::string_view form) {
  constexpr std::string_view kMark = "\xC2\xAC";
  size_t mark = form.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  Undivided word;
  bool hyphen = false;
  size_t begin = 0;
  for (; mark != std::string_view::npos; mark = form.find(kMark, begin)) {
    const bool has_hyphen = mark > begin && form[mark - 1] == '-';
    hyphen = hyphen || has_hyphen;
    word.joined.append(form.substr(begin, mark - begin - has_hyphen));
    word.hyphenated.append(form.substr(begin, mark - begin));
    begin = mark + kMark.size();
  }
  word.joined.append(form.substr(begin));
  word.hyphenated.append(form.substr(begin));
  if (!hyphen) word.hyphenated.clear();
  return word;
}

std::optional<std::string> without_marks(std::string_view form) {
  const auto is_ascii = [](char byte) { return static_cast<uint8_t>(byte) < 0x80; };
  if (std::all_of(form.begin(), form.end(), is_ascii)) return std::nullopt;
  std::u32string plain;
  for (const char32_t letter : decoded(form)) {
    if (!add_plain(letter, plain)) return std::nullopt;
  }
  return encoded(plain);
}

std::optional<std::string> acronym_of_diminutive(std::string_view lemma) {
  constexpr std::string_view kEnding = "ка";
  constexpr size_t kBytes = 10;  // of five letters
  if (lemma.size() != kBytes || !lemma.ends_with(kEnding)) return std::nullopt;
  const std::string_view stem = lemma.substr(0, lemma.size() - kEnding.size());
  const std::u32string letters = decoded(stem);
  const auto is_consonant = [](char32_t letter) {
    return is_small_russian(letter) && !contains(kRussianVowels, letter) && letter != U'ь' && letter != U'ъ';
  };
  if (!std::all_of(letters.begin(), letters.end(), is_consonant)) return std::nullopt;
  return std::string(stem);
}

std::optional<std::string> latin_beginning(std::string_view form) {
  const size_t cyrillic = form.find_first_of("\xD0\xD1");
  if (cyrillic == std::string_view::npos || cyrillic == 0 || form[cyrillic - 1] != '-') return std::nullopt;
  const std::string_view first = form.substr(0, cyrillic - 1), rest = form.substr(cyrillic);
  const auto is_plain = [](char byte) { return (byte >= 'a' && byte <= 'z') || byte == '-'; };
  const auto is_other = [](char byte) { return static_cast<uint8_t>(byte) >= 0x80 || byte == '-'; };
  if (first.find('-') == std::string_view::npos || !std::all_of(first.begin(), first.end(), is_plain) ||
      !std::all_of(rest.begin(), rest.end(), is_other))
    return std::nullopt;
  return std::string(first);
}

std::optional<Joined> without_hyphens(std::string_view form) {
  constexpr size_t kShort = 3;
  if (form.find('-') == std::string_view::npos) return std::nullopt;
  Joined joined{{}, true};
  size_t part = 0;
  for (const char byte : form) {
    if (is_digit(byte)) return std::nullopt;  // 2010-2012
    part = byte == '-' ? 0 : part + 1;
    joined.certain = joined.certain && static_cast<uint8_t>(byte) < 0x80 && part <= kShort;
    if (byte != '-') joined.form += byte;
  }
  return joined;
}

namespace {
constexpr size_t kLetter = 2, kFirst = 3 * kLetter, kSecond = 4 * kLetter;  // bytes
}  // namespace

bool may_be_compound(std::string_view form) {
  const auto is_russian = [](char byte) { return (byte & 0x80) != 0; };
  return form.size() >= kFirst + kSecond && std::all_of(form.begin(), form.end(), is_russian);
}

std::optional<std::string> hyphenated_compound(std::string_view form, const IsWord& is_first,
                                               const IsWord& is_second) {
  for (size_t cut = form.size() - kSecond; cut >= kFirst; cut -= kLetter) {
    const std::string_view first = form.substr(0, cut), second = form.substr(cut);
    // The second first: hardly an end of a word begins as words do, and most beginnings are some word's.
    if (is_second(second) && is_first(first)) return std::string(first).append(1, '-').append(second);
  }
  return std::nullopt;
}

namespace {

constexpr Contraction kContractions[] = {
    {"а.е.м", "атомный единица масса"},
    {"а/м", "автомобиль"},
    {"а/я", "абонентский ящик"},
    {"б.у", "употребление"},
    {"б/у", "употребление"},
    {"в.д", "восточный долгота"},
    {"в/ч", "воинский часть"},
    {"г.в", "год выпуск"},
    {"г.р", "год рождение"},
    {"ж.-д", "железнодорожный"},
    {"ж.д", "железнодорожный"},
    {"ж/б", "железобетонный"},
    {"ж/д", "железнодорожный"},
    {"з.д", "западный долгота"},
    {"з.п", "зарплата"},
    {"з/п", "зарплата"},
    {"и.о", "исполнять обязанность"},
    {"к/ф", "кинофильм"},
    {"кв.км", "квадратный километр"},
    {"кв.м", "квадратный метр"},
    {"кв.см", "квадратный сантиметр"},
    {"л.с", "лошадиный сила"},
    {"м.н.с", "младший научный сотрудник"},
    {"м/ф", "мультфильм"},
    {"н.с", "научный сотрудник"},
    {"н.э", "эра"},
    {"п/п", "порядок"},
    {"р/с", "расчётный счёт"},
    {"с.-х", "сельскохозяйственный"},
    {"с.н.с", "старший научный сотрудник"},
    {"с.х", "сельскохозяйственный"},
    {"с.ш", "северный широта"},
    {"с/х", "сельскохозяйственный"},
    {"ст.л", "столовый ложка"},
    {"т.н", "называть"},
    {"т.о", "образ"},
    {"т.п", "подобный"},
    {"т.ч", "число"},
    {"у.е", "условный единица"},
    {"х/б", "хлопчатобумажный"},
    {"х/ф", "фильм"},
    {"ч.л", "чайный ложка"},
    {"чл.-корр", "член корреспондент"},
    {"ю.ш", "южный широта"},
};

}  // namespace

std::span<const Contraction> contractions() { return kContractions; }

std::string_view contracted(std::string_view form) {
  const auto is_sign = [](char byte) { return byte == '.' || byte == '/'; };
  if (std::none_of(form.begin(), form.end(), is_sign)) return {};
  for (const Contraction& one : kContractions) {
    if (one.form == form) return one.words;
  }
  if (form.ends_with(".н") && form.size() <= 16) {  // degrees: к.т.н, д.м.н, к.ф.-м.н
    if (form.starts_with("к.")) return "кандидат наука";
    if (form.starts_with("д.")) return "доктор наука";
  }
  return {};
}

std::optional<std::string> without_apostrophes(std::string_view form) {
  const size_t at = form.find('\'');
  if (at == std::string_view::npos || at == 0 || at + 1 == form.size()) return std::nullopt;
  std::string bare(form);
  std::erase(bare, '\'');
  return bare;
}

std::optional<std::string> roman_numeral(std::string_view form) {
  if (!form.starts_with("х") && !form.starts_with("і")) return std::nullopt;
  std::string latin;
  for (const char32_t letter : decoded(form)) {
    if (letter != U'х' && letter != U'і') return std::nullopt;
    latin += letter == U'х' ? 'x' : 'i';
  }
  if (latin.size() < 2) return std::nullopt;
  return latin;
}

std::optional<Inflected> latin_with_ending(std::u32string_view word) {
  constexpr size_t kFewest = 2, kLongestEnding = 4;
  size_t end = word.size();
  while (end > 0 && unicode::properties(word[end - 1]).script() == unicode::Script::kCyrillic) --end;
  if (end == word.size() || word.size() - end > kLongestEnding) return std::nullopt;
  std::u32string ending(word.substr(end));
  fold_case(ending);  // PHPИ has the form of PHPи, and so its lemmas
  if (std::find(std::begin(kRussianEndings), std::end(kRussianEndings), ending) == std::end(kRussianEndings))
    return std::nullopt;
  const bool joined = end > 0 && (word[end - 1] == U'\'' || word[end - 1] == U'-');
  const std::u32string_view stem = word.substr(0, end - joined);
  const auto letters = std::count_if(stem.begin(), stem.end(), is_latin);
  const bool foreign = std::any_of(stem.begin(), stem.end(), [](char32_t next) {
    return unicode::properties(next).word_class() == unicode::Class::kLetter && !is_latin(next);
  });
  if (foreign || static_cast<size_t>(letters) < kFewest || !is_latin(stem.back())) return std::nullopt;
  return Inflected{stem, joined};
}

std::optional<std::string> cyrillic_with_ending(std::string_view form) {
  constexpr size_t kFewest = 3, kLetter = 2;  // bytes of one
  const size_t at = form.find('\'');
  if (at == std::string_view::npos || at < kFewest * kLetter) return std::nullopt;
  const std::u32string ending = decoded(form.substr(at + 1));
  if (ending.empty() || contains(U"яюьё", ending.front())) return std::nullopt;
  if (std::find(std::begin(kRussianEndings), std::end(kRussianEndings), ending) == std::end(kRussianEndings))
    return std::nullopt;
  const std::u32string stem = decoded(form.substr(0, at));
  if (!std::all_of(stem.begin(), stem.end(), is_small_russian)) return std::nullopt;
  return encoded(stem);
}

std::optional<std::string_view> acronym_of_plural(std::string_view raw_token) {
  constexpr size_t kFewest = 2, kMost = 8;
  if (raw_token.size() < kFewest + 1 || raw_token.size() > kMost + 1 || raw_token.back() != 's')
    return std::nullopt;
  const std::string_view acronym = raw_token.substr(0, raw_token.size() - 1);
  const auto is_capital = [](char byte) { return byte >= 'A' && byte <= 'Z'; };
  if (!std::all_of(acronym.begin(), acronym.end(), is_capital)) return std::nullopt;
  return acronym;
}

bool is_little_word(std::string_view form) {
  constexpr std::string_view kWords[] = {
      "am",  "an",  "are", "did", "had", "has", "her", "him", "his", "is",  "its", "me",   "us",
      "was", "вам", "вас", "ее",  "ей",  "ем",  "ему", "ею",  "её",  "им",  "ими", "их",   "мне",
      "нам", "нас", "ней", "нем", "ним", "них", "нём", "тем", "тех", "той", "том", "тому", "ту"};
  return std::find(std::begin(kWords), std::end(kWords), form) != std::end(kWords);
}

std::optional<Modern> modern_russian(std::string_view form) {
  if (!may_be_old(form)) return std::nullopt;
  std::u32string word = decoded(form), modern;
  bool old = false, certain = false, foreign = false;
  for (size_t at = 0; at < word.size(); ++at) {
    const char32_t letter = word[at];
    const bool last = at + 1 == word.size() || word[at + 1] == U'-';
    const char32_t next = last ? 0 : word[at + 1];
    if (letter == U'ъ' && last && at > 0 && is_small_russian(word[at - 1]) &&
        !contains(kRussianVowels, word[at - 1])) {
      old = certain = true;
      continue;
    }
    certain = certain || contains(kOldLetters, letter);
    if (letter == U'і') {
      const bool before_vowel = contains(kRussianVowels, next) || next == U'й' || next == U'ѣ';
      (before_vowel ? old : foreign) = true;  // but for «міръ»; «історія» is Ukrainian
    }
    const char32_t now = modern_letter(letter);
    if (now != U'-' && !is_small_russian(now)) return std::nullopt;
    modern += now;
  }
  if (!certain && (!old || foreign)) return std::nullopt;
  return Modern{encoded(modern), certain};
}

}  // namespace searchlib::spellings
