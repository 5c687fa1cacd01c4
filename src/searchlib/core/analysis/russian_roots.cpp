#include "analysis/russian_roots.hpp"

#include <algorithm>
#include <array>

namespace searchlib::russian {
namespace {

using Suffixes = std::vector<std::string_view>;

// From words between spaces, the longest first.
Suffixes suffixes(std::string_view text) {
  Suffixes found;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](std::string_view left, std::string_view right) { return left.size() > right.size(); });
  return found;
}

constexpr std::string_view kOfVerbs = "изирова ирова ова ева ыва ива ну ир а е и я о у ы";
constexpr std::string_view kOfAdjectives =
    "истическ ическ тельн ительн ательн ственн енн онн анн янн альн ивн лив чив оват еват озн ск н ов ев ист";
constexpr std::string_view kOfActions = "изирование ирование ование евание ывание ивание ание яние ение тие";
#define SEARCHLIB_QUALITIES "ованность анность енность ственность тельство ность ость есть ество ство"
constexpr std::string_view kOfQualities = SEARCHLIB_QUALITIES;
constexpr std::string_view kOfNouns = SEARCHLIB_QUALITIES
    " итель атель тель ник ница щик чик щица чица истка истика ист изм ец изация яция ация иция уция ция ика "
    "ка ок ек ик ица ие ье ия";
#undef SEARCHLIB_QUALITIES

// Letters of a root, of two bytes each: shorter ones are those of too many words…
constexpr size_t kLeast = 4 * 2;
// …unless the suffix is a verb's, or an action's: решить, решение.
constexpr size_t kLeastOfVerbs = 3 * 2;

// Letters that stand for each other at the end of a root; the first one is written.
constexpr std::array<std::string_view, 3> kAlternating = {"тщч", "дж", "сш"};

bool is_russian(std::string_view word) {
  for (size_t i = 0; i < word.size(); i += 2) {
    const std::string_view letter = word.substr(i, 2);
    if (letter.size() < 2 || letter < "а" || letter > "я") return false;
  }
  return true;
}

bool ends_with_one_of(std::string_view word, std::string_view letters) {
  return word.size() >= 2 && letters.find(word.substr(word.size() - 2)) != std::string_view::npos;
}

// Cuts the longest suffix that leaves so much; what was cut, or nothing.
std::string_view cut(std::string_view& word, const Suffixes& suffixes, size_t least) {
  for (const std::string_view suffix : suffixes) {
    if (word.size() < least + suffix.size() || !word.ends_with(suffix)) continue;
    word.remove_suffix(suffix.size());
    return suffix;
  }
  return {};
}

// Of a noun, or an adverb: свободно.
std::string_view root_of_noun(std::string_view word) {
  static const Suffixes nouns = suffixes(kOfNouns);
  static const Suffixes qualities = suffixes(kOfQualities);
  static const Suffixes adjectives = suffixes(kOfAdjectives);
  std::string_view root = word;
  const std::string_view suffix = cut(root, nouns, kLeast);
  if (std::find(qualities.begin(), qualities.end(), suffix) != qualities.end()) {
    cut(root, adjectives, kLeast);
  } else if (suffix.empty() && word.ends_with("о")) {
    std::string_view adverb = word.substr(0, word.size() - 2);
    if (!cut(adverb, adjectives, kLeast).empty()) return adverb;
  }
  return root;
}

// Without what joins root and suffix, and with one letter for those that alternate.
std::string level(std::string_view root, size_t least) {
  if (root.size() > least && ends_with_one_of(root, "аеиоуыюяьй")) root.remove_suffix(2);
  if (root.ends_with("нн") || root.ends_with("жд")) root.remove_suffix(2);
  if (root.size() > least && root.ends_with("л") &&
      ends_with_one_of(root.substr(0, root.size() - 2), "бпвмф"))
    root.remove_suffix(2);
  std::string levelled(root);
  for (const std::string_view letters : kAlternating) {
    if (ends_with_one_of(root, letters)) levelled.replace(root.size() - 2, 2, letters.substr(0, 2));
  }
  return levelled;
}

}  // namespace

std::string root_of(std::string_view lemma) {
  static const Suffixes verbs = suffixes(kOfVerbs);
  static const Suffixes adjectives = suffixes(kOfAdjectives);
  static const Suffixes actions = suffixes(kOfActions);
  if (!is_russian(lemma)) return {};
  std::string_view root = lemma;
  size_t least = kLeast;
  if (root.ends_with("ться") || root.ends_with("тись")) root.remove_suffix(2 * 2);
  if (root.ends_with("ть") || root.ends_with("ти")) {
    least = kLeastOfVerbs;
    root.remove_suffix(2 * 2);
    cut(root, verbs, least);
  } else if (root.ends_with("ый") || root.ends_with("ий") || root.ends_with("ой")) {
    root.remove_suffix(2 * 2);
    cut(root, adjectives, least);
  } else if (!cut(root, actions, kLeastOfVerbs).empty()) {
    least = kLeastOfVerbs;
  } else {
    root = root_of_noun(root);
  }
  const std::string levelled = level(root, least);
  return levelled.size() >= least ? levelled : std::string();
}

std::vector<std::string> beginnings_of(const std::string& root) {
  for (const std::string_view letters : kAlternating) {
    if (!ends_with_one_of(root, letters)) continue;
    std::vector<std::string> beginnings;
    for (size_t i = 0; i < letters.size(); i += 2)
      beginnings.push_back(root.substr(0, root.size() - 2) + std::string(letters.substr(i, 2)));
    return beginnings;
  }
  return {root};
}

}  // namespace searchlib::russian
