#include "english.hpp"

#include <algorithm>
#include <utility>

#include "english_rules.hpp"
#include "english_spellings.hpp"
#include "english_unknown.hpp"
#include "english_words.hpp"

namespace searchlib {
namespace {

using namespace english;

// Longer words are no words of English: a line of base64 need not be searched for its plural. It also bounds
// how deep clitics can be stacked (shouldn't've).
constexpr size_t kLongestWord = 64;

constexpr ClosedClassWord kVerbalClitics[] = {{"'ve", "have"}, {"'ll", "will"}, {"'re", "be"}};

// A clitic is written onto a word: by itself it is none.
bool bears_clitic(std::string_view word, std::string_view clitic) {
  return word.size() > clitic.size() && word.ends_with(clitic);
}

void add_distinct(std::vector<std::string>& out, std::string&& lemma) {
  if (std::find(out.begin(), out.end(), lemma) == out.end()) out.push_back(std::move(lemma));
}

void add_each(std::vector<std::string>& out, std::string_view spaced) {
  while (!spaced.empty()) {
    const size_t size = std::min(spaced.find(' '), spaced.size());
    add_distinct(out, std::string(spaced.substr(0, size)));
    spaced.remove_prefix(std::min(size + 1, spaced.size()));
  }
}

void add_each(std::vector<std::string>& out, std::string_view form, const Candidates& candidates) {
  for (const Candidate& candidate : candidates) add_distinct(out, candidate.apply(form));
}

bool is_pronoun_before_d(std::string_view base) {
  return base == "i" || base == "you" || base == "we" || base == "they" || takes_verbal_s(base);
}

}  // namespace

EnglishMorphology::EnglishMorphology(std::span<const uint8_t> table, std::shared_ptr<const void> owner)
    : owner_(std::move(owner)), table_(table) {}

bool EnglishMorphology::lemmas(std::string_view word, std::vector<std::string>& out) const {
  out.clear();
  if (word.size() > kLongestWord) {
    out.emplace_back(word);
  } else {
    add_lemmas(word, out);
    add_spellings(out);
  }
  return true;
}

bool EnglishMorphology::known(std::string_view word) const {
  if (word.size() > kLongestWord) return false;
  Candidates candidates;
  find_candidates(table_, word, kAllParts, candidates);
  return !candidates.empty() || !closed_class(word).empty();
}

void EnglishMorphology::add_lemmas(std::string_view word, std::vector<std::string>& out) const {
  if (const std::string_view closed = closed_class(word); !closed.empty()) return add_each(out, closed);
  if (word.find('\'') != std::string_view::npos && add_contraction(word, out)) return;
  if (add_from_wordnet(word, out)) return;
  if (word.find('-') != std::string_view::npos) return add_hyphenated(word, out);
  for (std::string& lemma : lemmas_of_unknown(table_, word)) add_distinct(out, std::move(lemma));
}

// A cut where the second word is known; of the first nobody asks (cyber). Only what hyphenates it is found by that, so
// a wrong one does no harm.
void EnglishMorphology::add_compounds(std::string_view word, std::vector<std::string>& out) const {
  constexpr size_t kFewestSecond = 4, kMost = 4;
  if (word.size() > kLongestWord) return;
  size_t count = 0;
  for (size_t first = 1; first + kFewestSecond <= word.size() && count < kMost; ++first) {
    if (!known(word.substr(first))) continue;
    std::vector<std::string> lemmas;
    add_hyphenated(std::string(word.substr(0, first)).append(1, '-').append(word.substr(first)), lemmas);
    for (std::string& lemma : lemmas) add_distinct(out, std::move(lemma));
    ++count;
  }
}

void EnglishMorphology::add_spellings(std::vector<std::string>& out) const {
  const auto profile = [this](std::string_view lemma) {
    return table_.find(hash_finish(hash_extend(kHashStart, lemma)));
  };
  const AreAlike are_alike = [&](std::string_view lemma, const std::string& variant) {
    const Profile other = profile(variant);
    if (!other.known()) return false;
    const Profile own = profile(lemma);
    for (const PartOfSpeech part : {kNoun, kVerb, kAdjective, kAdverb}) {
      if (own.has(part) && other.has(part)) return true;
    }
    return false;
  };
  std::vector<std::string> variants;
  for (const std::string& lemma : out) {
    add_other_spellings(lemma, are_alike, variants);
    if (auto american = with_z(lemma); !american.empty() && !profile(lemma).known())
      variants.push_back(std::move(american));
  }
  for (std::string& variant : variants) add_distinct(out, std::move(variant));
}

bool EnglishMorphology::add_contraction(std::string_view word, std::vector<std::string>& out) const {
  const auto without = [&](size_t clitic_size) { return word.substr(0, word.size() - clitic_size); };
  if (bears_clitic(word, "n't")) {
    const std::string_view auxiliary = negated_auxiliary(without(3));
    if (auxiliary.empty()) return false;
    add_distinct(out, std::string(auxiliary));
    add_distinct(out, "not");
    return true;
  }
  if (bears_clitic(word, "'s")) {
    const std::string_view base = without(2);
    add_lemmas(base, out);
    if (takes_verbal_s(base)) add_distinct(out, "be");
    return true;
  }
  if (bears_clitic(word, "'d")) {
    add_lemmas(without(2), out);
    if (is_pronoun_before_d(without(2))) add_each(out, "would have");
    return true;
  }
  if (word == "i'm") {  // and no other word in 'm: so'm is Uzbek money
    add_each(out, "i be");
    return true;
  }
  for (const auto& [clitic, lemma] : kVerbalClitics) {
    if (!bears_clitic(word, clitic)) continue;
    add_lemmas(without(clitic.size()), out);
    add_distinct(out, std::string(lemma));
    return true;
  }
  if (bears_clitic(word, "'")) {  // dogs'
    add_lemmas(without(1), out);
    return true;
  }
  return false;
}

bool EnglishMorphology::add_from_wordnet(std::string_view word, std::vector<std::string>& out) const {
  Candidates candidates;
  find_candidates(table_, word, kAllParts, candidates);
  const bool listed = !candidates.empty();
  if (!listed) find_unlisted(table_, word, candidates);
  add_each(out, word, candidates);
  if (!listed && !candidates.empty()) add_distinct(out, std::string(word));  // as with any word that it lacks
  return !candidates.empty();
}

// policy-makers → policy-maker: only the last part is inflected, and only as a noun, for in state-owned and
// English-speaking it is an adjective; but re-elected is a verb.
void EnglishMorphology::add_hyphenated(std::string_view word, std::vector<std::string>& out) const {
  const size_t last_at = word.rfind('-') + 1;
  const std::string_view first = word.substr(0, last_at - 1), last = word.substr(last_at);
  Candidates candidates;
  find_candidates(table_, last, is_verbal_prefix(first) ? kAllParts : kOnlyNoun, candidates);
  if (!candidates.empty()) return add_each(out, word, candidates);
  Candidates any;
  find_candidates(table_, last, kAllParts, any);
  if (any.empty()) {
    for (const std::string& lemma : lemmas_of_unknown(table_, last))
      add_distinct(out, std::string(word.substr(0, last_at)) + lemma);
  } else {
    add_distinct(out, std::string(word));
  }
}

}  // namespace searchlib
