// Other ways to write Russian words: in one piece or two, in short, in the spelling of before 1918; and the endings that
// others get from them.

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "analysis/spelling_letters.hpp"
#include "analysis/spellings.hpp"

namespace searchlib::spellings {
namespace {

bool contains(std::u32string_view letters, char32_t letter) {
  return letters.find(letter) != std::u32string_view::npos;
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
