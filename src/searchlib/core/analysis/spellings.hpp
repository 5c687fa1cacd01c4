// Other ways to write a token: what people type for it, or find it under. Each function makes one other form
// of a folded one, mostly a shorter one; the analyzer looks up its lemmas or takes it as it is. Nothing here
// knows dictionaries or languages.

#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib::spellings {

// Dotted initials without their dots: u.s → us, ph.d → phd, с.с.с.р → ссср. Two Cyrillic initials are
// somebody's («А.С. Пушкин»), and no acronym.
std::optional<std::string> without_dots(std::string_view form);

// c++ → c, c# → c, .net → net.
std::optional<std::string> without_signs(std::string_view form);

// слово1 → слово: what a footnote's number may stand behind, four letters or more. Where words have parts, it is one.
std::optional<std::string> without_footnote(std::string_view form);

// What a number of three parts or more begins with: 3.11.7 → 3.11. And if `articles`, the number of an article or
// a port, three digits or four, before single digits: 228.1 → 228; its like of measures have a zero there.
std::vector<std::string> number_beginnings(std::string_view form, bool articles);

// The number of a version: v3.11.7, ver2.0 → 3.11.7, 2.0. Without a dot it is a name: v2.
std::optional<std::string_view> number_of_version(std::string_view form);

// What a model's name is without the letters that tell its kinds apart, in one piece: f-16c → f16, т-72б3 → т72.
// Without a hyphen two digits or more, and no more than two letters: H2O is none.
std::optional<std::string> plain_model(std::string_view form);

// A number as computers write it, which is what it equals: 1,000 and 1'000 → 1000, 1,234.56 → 1234.56,
// 3,14 → 3.14. `grouped`: commas or apostrophes stood between thousands, as nothing else looks.
struct Number {
  std::string plain;
  bool grouped;
};
std::optional<Number> plain_number(std::string_view form);

// A number whose thousands dots divide, as no other number's do: 1.000,50 → 1000.50, 1.000.000 → 1000000.
std::optional<std::string> ungrouped_by_dots(std::string_view form);

// A day and a month without their zeros: 05.06.2024 → 5.6.2024; and a number of two digits: 09 → 9.
std::optional<std::string> without_zeros(std::string_view form);

// What people make of an acronym without vowels, without its ending: смска → смс.
std::optional<std::string> acronym_of_diminutive(std::string_view lemma);

// The Latin words that a hyphenated one of both alphabets begins with: wi-fi-роутер → wi-fi.
std::optional<std::string> latin_beginning(std::string_view form);

// Latin letters without their marks: café → cafe, erdoğan → erdogan, łódź → lodz, œuvre → oeuvre.
std::optional<std::string> without_marks(std::string_view form);

// A Roman numeral typed on a Russian keyboard: хх → xx («ХХ век»).
std::optional<std::string> roman_numeral(std::string_view form);

// e-mail → email, co-operation → cooperation. `certain`: all parts are so short (wi-fi) that no dictionary
// need be asked.
struct Joined {
  std::string form;
  bool certain;
};
std::optional<Joined> without_hyphens(std::string_view form);

// A name of letters and digits in one piece: f-16 → f16, ту-154м → ту154м. What begins with digits is one if a
// letter or two follow: 3-d → 3d, 9-а → 9а; not 20-year, 1990-s.
std::optional<std::string> joined_code(std::string_view form);

// Several of a name: f-16s and f16s → f16. Without a hyphen, two digits: H2S is one.
std::optional<std::string> code_of_plural(std::string_view form);

// Whether a word is of Russian letters alone, and long enough to be two.
bool may_be_compound(std::string_view form);

// A Russian word written as one of two, each of so many letters and up: бизнесплан → бизнес-план. `is_first` and
// `is_second` say whether a dictionary has the halves; the longest first half counts.
using IsWord = std::function<bool(std::string_view)>;
std::optional<std::string> hyphenated_compound(std::string_view form, const IsWord& is_first,
                                               const IsWord& is_second);

// A name that people write with a dot or without: node.js → nodejs, asp.net → aspnet. No other ending is part of one.
std::optional<std::string> without_name_dot(std::string_view form);

// A number as telephones have it without spaces, in the groups that no date has: 123-45-67, 415-555-1234.
std::optional<std::string> local_telephone(std::string_view form);

// The square or cube of a length, what it is called in the languages at hand, apart by spaces: м2 → квадратный метр.
std::string_view power_of_length(std::string_view form);

// A number as telephones have it, with the country's digit for the trunk's: 89991234567 → 79991234567.
std::optional<std::string> international(std::string_view form);

// What Russian letters with dots or slashes between them stand for, apart by spaces: н.э → эра, ж/д →
// железнодорожный, к.т.н → кандидат наука; empty if nothing.
std::string_view contracted(std::string_view form);

// Those, but the degrees.
struct Contraction {
  std::string_view form, words;
};
std::span<const Contraction> contractions();

// A decade without its s: 1990s, 1990's and 1990-s → 1990, 80s → 80.
std::optional<std::string> decade(std::string_view form);

// Numbers with a times sign between them, whichever letter stands for it: 10×15, 10х15 (Cyrillic) → 10x15.
std::optional<std::string> dimensions(std::string_view form);

// What stands inside three numbers or more with times signs: 10x15x20 → 10x15, 15x20.
std::vector<std::string> pieces_of_dimensions(std::string_view form);

// A number with a Russian word of four letters or more, as most write them: 10дневный → 10-дневный.
std::optional<std::string> number_and_word(std::string_view form);

// A number with its ending as most write it: 5ти → 5-ти, 1990х → 1990-х.
std::optional<std::string> hyphenated_number(std::string_view form);

// The number that an ending is written to, with a hyphen or none: 1980-х → 1980, 5й → 5, xx-го → xx.
std::optional<std::string> without_number_ending(std::string_view form);

// o'brien → obrien, qur'an → quran, o'zbekiston → ozbekiston.
std::optional<std::string> without_apostrophes(std::string_view form);

// A Cyrillic name behind о', д' or л' in one word: о'коннор → оконнор, д'артаньян → дартаньян.
std::optional<std::string> joined_name(std::string_view form);

// With ъ for an apostrophe, which typewriters had in its place: об'явление → объявление.
std::optional<std::string> with_hard_sign(std::string_view form);

// A Latin word with a Russian ending, as it stands (its case kept, look-alikes not repaired): Google'ом, PDFы,
// iPhone-ом. Its Latin part; `joined`: an apostrophe or a hyphen says for sure where that ends. The endings
// are those of nouns; «Exeмилые» has none of them.
struct Inflected {
  std::u32string_view stem;
  bool joined;
};
std::optional<Inflected> latin_with_ending(std::u32string_view word);

// A Russian word with its ending behind an apostrophe, in small letters: яндекс'ом → яндекс. Я, ю, ё and ь begin
// none of these endings: Ukrainian and Belarusian write them so (здоров'я).
std::optional<std::string> cyrillic_with_ending(std::string_view form);

// Whether a word of three letters may be a plural or, in capitals, a name that ends so: ups and UPS.
inline bool may_end_in_s(std::string_view form) {
  return form.size() == 3 && form[2] == 's' && form[1] != 's' && form[0] >= 'a' && form[0] <= 'z' &&
         form[1] >= 'a' && form[1] <= 'z';
}

// APIs, GPUs: the capitals, two and more, before a small s.
std::optional<std::string_view> acronym_of_plural(std::string_view raw_token);

// Forms of pronouns and auxiliaries that have other lemmas than themselves, of two or three letters: in capitals
// they are names (US, ВАС), and nothing else.
bool is_little_word(std::string_view form);

// A word that a line's end divides, put together: прези¬дентом → президентом. With a hyphen there it may be
// two words in one: премьер-¬министр → премьер-министр, too.
struct Undivided {
  std::string joined, hyphenated;  // the second is empty if there was no hyphen
};
std::optional<Undivided> undivided(std::string_view form);

// A whole with spaces inside (text/spaced.hpp): «т. д.» → т.д., "+7 (999) 123-45-67" → 79991234567, "20 × 30" →
// 20x30. The form
// has one plain space for each run of them. `also`: a further lemma, if any: the number without its first digit.
struct Spaced {
  std::string form, joined, also;
};
std::optional<Spaced> spaced(std::string_view raw_token);

// The spelling before 1918 in today's: бѣлый → белый, домъ → дом, россія → россия. `certain`: no word of
// today has such letters; else, as in Ukrainian «Росія», only a dictionary can tell.
struct Modern {
  std::string form;
  bool certain;
};
std::optional<Modern> modern_russian(std::string_view form);

}  // namespace searchlib::spellings
