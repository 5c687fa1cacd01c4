#include "suggest/names.hpp"

#include <algorithm>

#include "suggest/letters.hpp"
#include "suggest/sounds.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxLetters = 40;
constexpr size_t kMaxReadings = 32;
constexpr size_t kFewConsonants =
    1;  // Yuri, Ilya: so much alike is little that all their sounds must be the same
constexpr size_t kMinSoundsOfFew = 3;
constexpr double kVowelMore = 0.25;
constexpr double kOtherVoice = 0.8;
constexpr double kOtherInitial = 1.2;

bool is_vowel(char sound) { return std::string_view("aeiou").find(sound) != std::string_view::npos; }

// Sounds are appended one by one: a doubled one counts once.
void append(std::string_view sounds, Name::Reading& reading) {
  for (const char sound : sounds) {
    const char sound_class = sound == 'z' || sound == 'S' ? 's' : sound;
    if (!reading.sound.empty() && reading.sound.back() == sound_class) continue;
    reading.sound.push_back(sound_class);
    if (!is_vowel(sound_class)) reading.consonants.push_back(sound_class);
    if (sound_class == 's') reading.hisses.push_back(sound);
  }
}

// How far the s and z of two readings with the same consonants are from each other: Сахаров is no Захаров.
double hisses_distance(const Name::Reading& left, const Name::Reading& right) {
  double sum = 0;
  for (size_t i = 0; i < left.hisses.size(); ++i) {
    const bool differ = left.hisses[i] != right.hisses[i] && left.hisses[i] != 'S' && right.hisses[i] != 'S';
    if (differ) sum += i == 0 && left.sound.front() == 's' ? kOtherInitial : kOtherVoice;
  }
  return sum;
}

// How far two vowels are from each other in names: Trump is Трамп, Churchill is Черчилль, but
// Paris is no Парус.
double vowel_distance(char left, char right) {
  if (left == right) return 0;
  const auto are = [&](std::string_view pair) {
    return (left == pair[0] && right == pair[1]) || (left == pair[1] && right == pair[0]);
  };
  if (are("ao") || are("ae") || are("ei") || are("ou") || are("au")) return 0.5;
  return are("eu") || are("eo") ? 0.75 : 1;
}

// The same for what stands between two consonants. A vowel more beside another is little (Nazarbayev,
// Назарбаев), a silent e is common (Charles, Чарльз), any other by itself makes another name (Galina, глина).
double gap_distance(std::string_view left, std::string_view right) {
  if (left.size() > right.size()) std::swap(left, right);
  if (left.empty()) {
    if (right.empty()) return 0;
    return (right[0] == 'e' ? 0.5 : 0.9) + kVowelMore * static_cast<double>(right.size() - 1);
  }
  // Every vowel of the shorter one stands for one of the longer one, in order.
  constexpr double kImpossible = 1e9;
  std::vector<double> last(right.size() + 1), row(right.size() + 1);
  for (size_t j = 1; j < last.size(); ++j) last[j] = last[j - 1] + kVowelMore;
  for (const char vowel : left) {
    row[0] = kImpossible;
    for (size_t j = 1; j < row.size(); ++j) {
      row[j] = std::min(row[j - 1] + kVowelMore, last[j - 1] + vowel_distance(vowel, right[j - 1]));
    }
    last.swap(row);
  }
  return last.back();
}

// The distance of the vowels of two readings with the same consonants. What follows the last consonant is an
// ending, which languages change as they like: Lukashenka, Лукашенко.
double vowels_distance(std::string_view left, std::string_view right) {
  double sum = 0;
  for (;;) {
    const size_t end_left = std::min(left.find_first_not_of("aeiou"), left.size());
    const size_t end_right = std::min(right.find_first_not_of("aeiou"), right.size());
    const double gap = gap_distance(left.substr(0, end_left), right.substr(0, end_right));
    if (end_left == left.size() || end_right == right.size()) return sum + gap / 2;
    sum += gap;
    left.remove_prefix(end_left + 1);
    right.remove_prefix(end_right + 1);
  }
}

// 0.8 is a distance of one seventh a sound: Mohammed and Мухаммад.
double reading_similarity(const Name::Reading& left, const Name::Reading& right) {
  const auto num_sounds = static_cast<double>(std::max(left.sound.size(), right.sound.size()));
  const double distance =
      (vowels_distance(left.sound, right.sound) + hisses_distance(left, right)) / num_sounds;
  return std::min(jaro_winkler(left.sound, right.sound), std::max(0.0, 1 - distance * 1.4));
}

}  // namespace

Name::Name(std::string_view word) {
  const std::u32string letters = name_letters(word);
  if (letters.empty() || letters.size() > kMaxLetters) return;
  const Script script = script_of(letters);
  if (script == Script::kOther) return;
  cyrillic_ = script == Script::kCyrillic;
  std::vector<Reading> readings(1);
  for (size_t i = 0; i < letters.size();) {
    const Sounds sounds = sounds_at(letters, i, cyrillic_);
    const size_t known = readings.size();
    for (size_t option = 1; option < sounds.num_options && readings.size() + known <= kMaxReadings;
         ++option) {
      for (size_t j = 0; j < known; ++j) {
        readings.push_back(readings[j]);
        append(sounds.options[option], readings.back());
      }
    }
    for (size_t j = 0; j < known; ++j) append(sounds.options[0], readings[j]);
    i += sounds.letters;
  }
  for (Reading& reading : readings) {
    const size_t consonants = reading.consonants.size();
    if (consonants == 0 || (consonants <= kFewConsonants && reading.sound.size() < kMinSoundsOfFew)) continue;
    if (is_vowel(reading.sound.front())) reading.consonants.insert(0, 1, 'A');
    readings_.push_back(std::move(reading));
  }
}

std::vector<std::u32string_view> Name::initials() const {
  std::vector<std::u32string_view> initials;
  for (const Reading& reading : readings_) {
    const auto own = initials_of(reading.sound.front());
    initials.insert(initials.end(), own.begin(), own.end());
  }
  if (!initials.empty()) initials.push_back(U"gh");  // may be silent before any sound
  std::sort(initials.begin(), initials.end());
  // What begins with another of them is among those: c, ch.
  const auto is_among = [](std::u32string_view shorter, std::u32string_view longer) {
    return longer.starts_with(shorter);
  };
  initials.erase(std::unique(initials.begin(), initials.end(), is_among), initials.end());
  return initials;
}

double Name::similarity(const Name& other) const {
  double best = 0;
  for (const Reading& mine : readings_) {
    for (const Reading& theirs : other.readings_) {
      if (mine.consonants != theirs.consonants) continue;
      const size_t consonants = mine.consonants.size() - (mine.consonants.front() == 'A');
      if (consonants <= kFewConsonants) {
        if (mine.sound == theirs.sound && mine.hisses == theirs.hisses) return 1;
      } else {
        best = std::max(best, reading_similarity(mine, theirs));
      }
    }
  }
  return best;
}

double jaro_winkler(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return left.size() == right.size() ? 1 : 0;
  const size_t longer = std::max(left.size(), right.size());
  const size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
  std::vector<bool> taken(right.size());
  std::string matched;
  for (size_t i = 0; i < left.size(); ++i) {
    const size_t stop = std::min(right.size(), i + window + 1);
    for (size_t j = i > window ? i - window : 0; j < stop; ++j) {
      if (taken[j] || left[i] != right[j]) continue;
      taken[j] = true;
      matched.push_back(left[i]);
      break;
    }
  }
  if (matched.empty()) return 0;
  size_t out_of_order = 0;
  for (size_t j = 0, k = 0; j < right.size(); ++j) {
    if (taken[j] && right[j] != matched[k++]) ++out_of_order;
  }
  const auto matches = static_cast<double>(matched.size());
  const double jaro =
      (matches / static_cast<double>(left.size()) + matches / static_cast<double>(right.size()) +
       (matches - static_cast<double>(out_of_order) / 2) / matches) /
      3;
  size_t prefix = 0;
  while (prefix < std::min({left.size(), right.size(), size_t{4}}) && left[prefix] == right[prefix]) ++prefix;
  return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

}  // namespace searchlib
