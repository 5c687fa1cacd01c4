#include "analysis/russian_hypotheses.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "analysis/russian_parser.hpp"
#include "text/yo.hpp"

namespace searchlib::russian {
namespace {

// All the letters here take two bytes.
constexpr size_t kLetter = 2;
constexpr size_t kShortestStem = 3 * kLetter;
constexpr size_t kShortestSurname = 5 * kLetter;
constexpr size_t kShortestAdjective = 6 * kLetter;
constexpr size_t kMostParts = 4;  // of a hyphenated name

using Ending = std::string_view;

constexpr std::array<Ending, 4> kSurnames = {"ов", "ев", "ин", "ын"};
// The endings of nouns and of adjectives that are names, the longest first.
constexpr std::array<Ending, 43> kEndings = {
    "ого", "его", "ому", "ему", "ыми", "ими", "ами", "ями", "ом", "ем", "им", "ым", "ой", "ей", "ою",
    "ею",  "ью",  "ая",  "яя",  "ую",  "юю",  "ое",  "ее",  "ые", "ый", "ий", "ых", "их", "ам", "ям",
    "ах",  "ях",  "ов",  "ев",  "а",   "у",   "е",   "ы",   "и",  "о",  "я",  "ю",  "ь"};
// Behind a vowel these are of a noun in -й: деплоя, деплоем.
constexpr std::array<Ending, 11> kOfYot = {"я", "ю", "е", "и", "ем", "ей", "ею", "ям", "ях", "ями", "ев"};
// An adjective's, or a letter of the noun and its ending: Аглая, Аглаю; Фатома, Фатому.
constexpr std::array<Ending, 3> kOfTwoKinds = {"ая", "ому", "ему"};
// The vowel that the other cases lose: Вовчок, Вовчка.
constexpr std::array<Ending, 3> kFleeting = {"ок", "ек", "ец"};

template <size_t N>
bool is_one_of(const std::array<Ending, N>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

template <size_t N>
bool ends_with_one_of(std::string_view word, const std::array<Ending, N>& list) {
  return std::any_of(list.begin(), list.end(), [&](Ending ending) { return word.ends_with(ending); });
}

bool ends_with_letter_of(std::string_view word, std::string_view letters) {
  if (word.size() < kLetter) return false;
  for (size_t i = 0; i < letters.size(); i += kLetter) {
    if (word.ends_with(letters.substr(i, kLetter))) return true;
  }
  return false;
}

bool ends_with_vowel(std::string_view word) { return ends_with_letter_of(word, "аеиоуыэюя"); }

std::string without_yo(std::string_view word) {
  std::string folded(word);
  fold_yo(folded);
  return folded;
}

// Small letters of Russian, and hyphens.
bool is_russian(std::string_view word) {
  for (size_t at = 0; at < word.size();) {
    if (word[at] == '-') {
      ++at;
      continue;
    }
    const std::string_view letter = word.substr(at, kLetter);
    if (letter.size() < kLetter || letter < "а" || letter > "я") return false;
    at += kLetter;
  }
  return true;
}

struct Surname {
  std::string_view nominative, ending;  // both empty if the word is no form of one
};

// A letter by its two bytes.
constexpr uint32_t letter_at(std::string_view word, size_t at) {
  return static_cast<uint32_t>(static_cast<uint8_t>(word[at])) << 8 | static_cast<uint8_t>(word[at + 1]);
}
constexpr uint32_t code_of(std::string_view letter) { return letter_at(letter, 0); }

// How many bytes of the word may be the ending that a surname takes, a woman's and a family's too: а у е ы ым ой ых
// ыми; -о and -ом are those of places (Кемерово).
size_t ending_of_surname(std::string_view word) {
  const auto letter = [&](size_t from_end) { return letter_at(word, word.size() - from_end * kLetter); };
  switch (letter(1)) {
    case code_of("а"):
    case code_of("у"):
    case code_of("е"):
    case code_of("ы"):
    case code_of("о"):
      return kLetter;
    case code_of("м"):
      return letter(2) == code_of("ы") || letter(2) == code_of("о") ? 2 * kLetter : 0;
    case code_of("й"):
      return letter(2) == code_of("о") ? 2 * kLetter : 0;
    case code_of("х"):
      return letter(2) == code_of("ы") ? 2 * kLetter : 0;
    case code_of("и"):
      return letter(2) == code_of("м") && letter(3) == code_of("ы") ? 3 * kLetter : 0;
    default:
      return 0;
  }
}

// Whether it ends in -ов, -ев, -ин or -ын.
bool is_surname(std::string_view word) {
  if (word.size() < kShortestSurname) return false;
  const uint32_t last = letter_at(word, word.size() - kLetter);
  const uint32_t before = letter_at(word, word.size() - 2 * kLetter);
  if (last == code_of("в")) return before == code_of("о") || before == code_of("е");
  return last == code_of("н") && (before == code_of("и") || before == code_of("ы"));
}

Surname as_surname(std::string_view word) {
  if (is_surname(word)) return {word, {}};
  if (word.size() <= kShortestSurname) return {};
  const size_t ending = ending_of_surname(word);
  const std::string_view rest = word.substr(0, word.size() - ending);
  return ending > 0 && is_surname(rest) ? Surname{rest, word.substr(rest.size())} : Surname{};
}

// One word; the views that its methods take are of letters without ё.
class Guesser {
 public:
  Guesser(const Dictionary& dictionary, std::vector<std::string>& lemmas)
      : dictionary_(dictionary), lemmas_(lemmas) {}

  void add(std::string_view lemma) { add(lemma, lemma); }

  // As it is to be written, if it is not there in any spelling.
  void add(std::string_view lemma, std::string_view written) {
    if (!contains(lemmas_, lemma)) lemmas_.emplace_back(written);
  }

  void of_known(std::string_view word) {
    if (const Surname surname = as_surname(word); !surname.nominative.empty() && may_be_one(surname))
      add(surname.nominative);
    for (size_t i = 0, size = lemmas_.size(); i < size; ++i) {
      const std::string place = without_yo(lemmas_[i]);
      if (place.size() >= kShortestAdjective && ends_with_one_of(place, kPlaces))
        add(place.substr(0, place.size() - 2 * kLetter) + "ий");
    }
  }

  void of_unknown(std::string_view word) {
    if (word.find('-') != std::string_view::npos) return of_compound(word);
    if (word.size() < kShortestStem) return;
    const Surname surname = as_surname(word);
    if (const std::string nominative(surname.nominative); !nominative.empty()) {
      add(nominative);
      if (const Lemmas found = known_lemmas(nominative); is_adjective(found, nominative)) add_all(found);
      add_all(known_lemmas(nominative + "а"));  // Абрикосова, of the apricot's colour
    }
    // Айгулью, Сибелью: names of women.
    if (word.ends_with("улью") || word.ends_with("елью"))
      add(std::string(word.substr(0, word.size() - kLetter)));
    for (const std::string& stem : stems(word)) {
      add(stem);
      if (stem != surname.nominative) add_what_is_known_of(stem);
    }
    add_known_forms(word);
  }

 private:
  using Lemmas = std::vector<std::string>;
  static constexpr std::array<Ending, 2> kTowns = {"ск", "цк"};
  static constexpr std::array<Ending, 4> kPlaces = {"ское", "цкое", "ская", "цкая"};

  static bool contains(const Lemmas& lemmas, std::string_view wanted) {
    return std::any_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) {
      return lemma == wanted || (lemma.size() == wanted.size() && without_yo(lemma) == wanted);
    });
  }

  bool is_known(std::string_view word) const {
    bool found = false;
    if (word.size() <= Dictionary::kMaxWordBytes)
      dictionary_.find_word(word, [&](std::string_view, const Record&) { found = true; });
    return found;
  }

  // Whether the dictionary has it as a name, among others maybe: Зябликово, not «дерево».
  bool is_name(std::string_view word) const {
    bool found = false;
    if (word.size() <= Dictionary::kMaxWordBytes) {
      dictionary_.find_word(word, [&](std::string_view, const Record& record) {
        found = found || dictionary_.tags().is_name(dictionary_.tag_of(record));
      });
    }
    return found;
  }

  // What the dictionary says of the word; empty if it does not have it.
  Lemmas known_lemmas(const std::string& word) const {
    Lemmas found;
    if (is_known(word)) Parser(dictionary_, word).lemmas(found);
    return found;
  }

  void add_all(const Lemmas& lemmas) {
    for (const std::string& lemma : lemmas) add(without_yo(lemma));
  }

  // Черёмухов, Черёмухово: to the dictionary nothing but short forms of «черёмуховый».
  static bool is_adjective(const Lemmas& lemmas, const std::string& nominative) {
    return !lemmas.empty() && std::all_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) {
      const std::string plain = without_yo(lemma);
      return plain == nominative + "ый" || plain == nominative + "ой";
    });
  }

  // Whether a form that the dictionary knows as another word's may be a surname's, whose nominative is no
  // lemma there: fists are Кулаков; «ореховой» is of nuts, but Орехов a surname; Зябликово is a village.
  bool may_be_one(const Surname& surname) const {
    const std::string nominative(surname.nominative);
    if (const std::string place = nominative + "о"; contains(lemmas_, place) && is_name(place)) return true;
    if (surname.ending.empty()) return !is_adjective(lemmas_, nominative);
    if (!contains(lemmas_, nominative + "ый") && !contains(lemmas_, nominative + "ой")) return false;
    return contains(known_lemmas(nominative), nominative);
  }

  // What is left without the endings that the word may have, mostly one.
  static std::vector<std::string> stems(std::string_view word) {
    std::vector<std::string> found;
    for (const Ending ending : kEndings) {
      if (!word.ends_with(ending)) continue;
      std::string stem(word.substr(0, word.size() - ending.size()));
      if (ends_with_vowel(stem)) {
        if (is_one_of(kOfYot, ending)) {
          stem += "й";
        } else if (ending.size() > kLetter) {
          continue;
        }
      }
      while (stem.ends_with("ь")) stem.resize(stem.size() - kLetter);
      if (stem.size() < kShortestStem) continue;
      found.push_back(std::move(stem));
      if (!is_one_of(kOfTwoKinds, ending)) break;
    }
    if (word.size() > 2 * kLetter + kLetter && ends_with_one_of(word, kFleeting)) {
      const std::string_view stem = word.substr(0, word.size() - 2 * kLetter);
      if (!ends_with_vowel(stem) && stem.size() > kLetter)
        found.push_back(std::string(stem).append(word.substr(word.size() - kLetter)));
    }
    return found;
  }

  // The nominative may be a form of another word (Кир, of «кира»), or one that the dictionary does not
  // decline (Авдеенко): then the word has that word's lemmas.
  void add_what_is_known_of(const std::string_view stem) {
    const std::string nominative(stem);
    if (const Lemmas found = known_lemmas(nominative); !contains(found, nominative)) add_all(found);
    if (nominative.ends_with("к") && contains(known_lemmas(nominative + "о"), nominative + "о"))
      add(nominative + "о");
  }

  // The other cases of a nominative may be forms of other words (Вовка, a boy; Дмитровском, an adjective):
  // then the nominative has their lemmas.
  void add_known_forms(std::string_view word) {
    static constexpr std::array<Ending, 3> kAdjectives = {"ий", "ый", "ой"};
    const std::string nominative(word);
    if (ends_with_letter_of(word, "аеиоуыэюяйьъ")) {
      if (word.size() >= kShortestAdjective && ends_with_one_of(word, kAdjectives))
        add_all(known_lemmas(nominative.substr(0, nominative.size() - 2 * kLetter) + "ого"));
      return;
    }
    add_all(known_lemmas(nominative + "а"));
    add_all(known_lemmas(nominative + (ends_with_one_of(word, kSurnames) ? "ым" : "ов")));
    if (ends_with_one_of(word, kTowns)) add_all(known_lemmas(nominative + "ий"));
  }

  // Петровой-Водкиной → петров-водкин, Усть-Каменогорском → усть-каменогорск: with its parts in the
  // nominative, or the last one alone. What the dictionary knows part by part needs no guess.
  void of_compound(std::string_view word) {
    std::array<std::string_view, kMostParts> parts;
    size_t count = 0;
    bool is_new = false;
    for (size_t begin = 0; begin <= word.size();) {
      const size_t end = std::min(word.find('-', begin), word.size());
      if (end == begin || count == kMostParts) return;
      const std::string_view part = parts[count++] = word.substr(begin, end - begin);
      is_new = is_new || !as_surname(part).nominative.empty() || !is_known(part);
      begin = end + 1;
    }
    if (!is_new) return;
    const std::string last = nominative_of(parts[count - 1]);
    std::string all;
    for (size_t i = 0; i + 1 < count; ++i) all += nominative_of(parts[i]) + "-";
    const std::string before(word.substr(0, word.size() - parts[count - 1].size()));
    add(before + last);
    add(all + last);
    if (ends_with_one_of(last, kTowns) && is_known(last + "ий")) add(before + last + "ий");  // its «…ском»
  }

  std::string nominative_of(std::string_view part) const {
    const std::string whole(part);
    if (const Surname surname = as_surname(part); !surname.nominative.empty())
      return std::string(surname.nominative);
    if (const Lemmas found = known_lemmas(whole); !found.empty()) return without_yo(found.front());
    const std::vector<std::string> found = stems(part);
    return found.empty() ? whole : found.front();
  }

  const Dictionary& dictionary_;
  Lemmas& lemmas_;
};

}  // namespace

void add_hypotheses(const Dictionary& dictionary, std::string_view word, bool known,
                    std::vector<std::string>& lemmas) {
  Guesser guesser(dictionary, lemmas);
  const std::string plain = without_yo(word);
  if (known) return guesser.of_known(plain);
  guesser.add(plain, word);
  if (is_russian(plain)) guesser.of_unknown(plain);
}

}  // namespace searchlib::russian
