#include "rescue/names.hpp"

#include <algorithm>

#include "rescue/letters.hpp"
#include "rescue/sounds.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxLetters = 40;
constexpr size_t kMaxReadings = 32;
constexpr size_t kMinConsonants = 2;

bool is_vowel(char sound) { return std::string_view("aeiou").find(sound) != std::string_view::npos; }

// Sounds are appended one by one: a doubled one counts once.
void append(std::string_view sounds, Name::Reading& reading) {
  for (const char sound : sounds) {
    if (!reading.sound.empty() && reading.sound.back() == sound) continue;
    reading.sound.push_back(sound);
    if (!is_vowel(sound)) reading.consonants.push_back(sound);
  }
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
    if (reading.consonants.size() < kMinConsonants) continue;
    if (is_vowel(reading.sound.front())) reading.consonants.insert(0, 1, 'A');
    readings_.push_back(std::move(reading));
  }
}

double Name::similarity(const Name& other) const {
  double best = 0;
  for (const Reading& mine : readings_) {
    for (const Reading& theirs : other.readings_) {
      if (mine.consonants == theirs.consonants) best = std::max(best, jaro_winkler(mine.sound, theirs.sound));
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
