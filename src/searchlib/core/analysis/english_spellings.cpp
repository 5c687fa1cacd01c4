#include "analysis/english_spellings.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace searchlib::english {
namespace {

enum class Where { kAnywhere, kAtEnd, kBeforeLetter, kBeforeVowel };

// Where `from` is replaced by `to`: behind `min_before` letters of which one is a vowel if there must be any,
// in a lemma of `min_size` letters.
struct Rule {
  std::string_view from, to;
  Where where = Where::kAnywhere;
  size_t min_before = 0, min_size = 0;
  std::string_view not_after = {};
};

constexpr Rule kRules[] = {
    {"our", "or", Where::kAnywhere, 2},         // colour, neighbourhood; not tour, course, scouring
    {"ise", "ize", Where::kAnywhere, 2},        // organise, organiser
    {"isa", "iza", Where::kAnywhere, 2},        // organisation
    {"isi", "izi", Where::kAnywhere, 2},        // organising
    {"yze", "yse", Where::kAnywhere, 2},        // analyze, paralyzed
    {"tre", "ter", Where::kAtEnd, 2, 0, "tu"},  // centre, metre; not outre
    {"bre", "ber", Where::kAtEnd, 2, 0, "m"},   // fibre, calibre; not timbre
    {"ogue", "og", Where::kAtEnd, 3},           // catalogue, dialogue
    {"ence", "ense", Where::kAtEnd, 3},         // defence, licence
    {"gramme", "gram", Where::kAtEnd},          // programme, kilogramme
    {"gement", "gment", Where::kAtEnd, 2},      // judgement
    {"ae", "e", Where::kBeforeLetter, 0, 6},    // anaemia, encyclopaedia
    {"oe", "e", Where::kBeforeLetter, 0, 6},    // oestrogen, foetus; not poet
    {"ll", "l", Where::kBeforeVowel, 4},        // counsellor, traveller; not filler
    {"sulph", "sulf"},
    {"sceptic", "skeptic"},
    {"plough", "plow"},
    {"mould", "mold"},
    {"grey", "gray"},
    {"aeroplane", "airplane"},
    {"aluminium", "aluminum"},
    {"ageing", "aging", Where::kAtEnd},
    {"artefact", "artifact"},
    {"connexion", "connection"},
    {"cosy", "cozy"},
    {"disc", "disk", Where::kAtEnd},
    {"enrol", "enroll", Where::kAtEnd},
    {"fulfil", "fulfill", Where::kAtEnd},
    {"gaol", "jail"},
    {"instalment", "installment"},
    {"jewellery", "jewelry"},
    {"manoeuvre", "maneuver"},
    {"moustache", "mustache"},
    {"practise", "practice"},
    {"pyjama", "pajama"},
    {"skilful", "skillful"},
    {"wilful", "willful"},
    {"woollen", "woolen"},
    {"yoghurt", "yogurt"},
};

// The rules that may have to do with a word, as bits: those whose first two letters stand in it side by side, and
// so do the next one and its neighbour. Nearly all are turned away by that.
constexpr size_t kLetters = 26;
static_assert(std::size(kRules) <= 64);
constexpr size_t kNoPair = kLetters * kLetters;

constexpr size_t pair_of(char first, char second) {
  const auto left = static_cast<uint8_t>(first - 'a'), right = static_cast<uint8_t>(second - 'a');
  return left < kLetters && right < kLetters ? left * kLetters + right : kNoPair;
}

struct RulesOfPair {
  uint64_t first = 0, second = 0;  // by their first pair of letters, and by their second
};

constexpr std::array<RulesOfPair, kNoPair + 1> rules_of_pairs() {
  std::array<RulesOfPair, kNoPair + 1> rules{};
  for (size_t i = 0; i < std::size(kRules); ++i) {
    const std::string_view from = kRules[i].from;
    rules[pair_of(from[0], from[1])].first |= uint64_t{1} << i;
    if (from.size() > 2) rules[pair_of(from[1], from[2])].second |= uint64_t{1} << i;
  }
  return rules;
}
constexpr auto kRulesOfPairs = rules_of_pairs();
static_assert(kRulesOfPairs[kNoPair].first == 0 && kRulesOfPairs[kNoPair].second == 0);

constexpr uint64_t rules_of_two_letters() {
  uint64_t rules = 0;
  for (size_t i = 0; i < std::size(kRules); ++i) {
    if (kRules[i].from.size() == 2) rules |= uint64_t{1} << i;
  }
  return rules;
}
constexpr uint64_t kRulesOfTwoLetters = rules_of_two_letters();

uint64_t rules_of(std::string_view word) {
  uint64_t first = 0, second = kRulesOfTwoLetters;
  for (size_t at = 1; at < word.size(); ++at) {
    const RulesOfPair& rules = kRulesOfPairs[pair_of(word[at - 1], word[at])];
    first |= rules.first;
    second |= rules.second;
  }
  return first & second;
}

bool is_vowel(char letter) { return std::string_view("aeiouy").find(letter) != std::string_view::npos; }

bool fits(const Rule& rule, std::string_view lemma, size_t at) {
  const std::string_view before = lemma.substr(0, at), behind = lemma.substr(at + rule.from.size());
  if (before.size() < rule.min_before) return false;
  if (rule.min_before > 0 && std::none_of(before.begin(), before.end(), is_vowel)) return false;
  if (!before.empty() && rule.not_after.find(before.back()) != std::string_view::npos) return false;
  switch (rule.where) {
    case Where::kAnywhere:
      return true;
    case Where::kAtEnd:
      return behind.empty();
    case Where::kBeforeLetter:
      return !behind.empty();
    case Where::kBeforeVowel:
      return !behind.empty() && is_vowel(behind.front());
  }
  return false;
}

}  // namespace

void add_other_spellings(std::string_view lemma, const AreAlike& are_alike, std::vector<std::string>& out) {
  uint64_t rules = rules_of(lemma);
  if (rules == 0) return;
  std::string spelling(lemma);  // colourise → colorise → colorize
  while (rules != 0) {
    const auto number = static_cast<size_t>(std::countr_zero(rules));
    rules &= rules - 1;
    const Rule& rule = kRules[number];
    if (lemma.size() < rule.min_size) continue;
    for (size_t at = spelling.find(rule.from); at != std::string::npos;
         at = spelling.find(rule.from, at + 1)) {
      if (!fits(rule, spelling, at)) continue;
      std::string variant = spelling;
      variant.replace(at, rule.from.size(), rule.to);
      if (!are_alike(lemma, variant)) continue;
      out.push_back(variant);
      spelling.swap(variant);
      rules = rules_of(spelling) & ~uint64_t{1} << number;  // those that come after this one
      break;
    }
  }
}

std::string with_z(std::string_view lemma) {
  constexpr size_t kFewestBefore = 4;
  for (const std::string_view ending : {"ise", "iser", "isation"}) {
    if (!lemma.ends_with(ending) || lemma.size() < kFewestBefore + ending.size()) continue;
    std::string american(lemma);
    american[lemma.size() - ending.size() + 1] = 'z';
    return american;
  }
  return {};
}

}  // namespace searchlib::english
