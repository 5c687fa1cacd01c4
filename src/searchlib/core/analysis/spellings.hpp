// Other ways to write a token: what people type for it, or find it under. Each function makes one other form
// of a folded one, mostly a shorter one; the analyzer looks up its lemmas or takes it as it is. Nothing here
// knows dictionaries or languages.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace searchlib::spellings {

// Dotted initials without their dots: u.s → us, ph.d → phd, с.с.с.р → ссср. Two Cyrillic initials are
// somebody's («А.С. Пушкин»), and no acronym.
std::optional<std::string> without_dots(std::string_view form);

// c++ → c, c# → c.
std::optional<std::string> without_signs(std::string_view form);

// A number as computers write it, which is what it equals: 1,000 and 1'000 → 1000, 1,234.56 → 1234.56,
// 3,14 → 3.14. `grouped`: commas or apostrophes stood between thousands, as nothing else looks.
struct Number {
  std::string plain;
  bool grouped;
};
std::optional<Number> plain_number(std::string_view form);

// The number that a unit was written onto: 2021г → 2021, 5км → 5, 10kb → 10.
std::optional<std::string> without_unit(std::string_view form);

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

// o'brien → obrien, qur'an → quran, o'zbekiston → ozbekiston.
std::optional<std::string> without_apostrophes(std::string_view form);

// The spelling before 1918 in today's: бѣлый → белый, домъ → дом, россія → россия. `certain`: no word of
// today has such letters; else, as in Ukrainian «Росія», only a dictionary can tell.
struct Modern {
  std::string form;
  bool certain;
};
std::optional<Modern> modern_russian(std::string_view form);

}  // namespace searchlib::spellings
