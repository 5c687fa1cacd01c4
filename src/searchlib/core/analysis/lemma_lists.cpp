#include "analysis/lemma_lists.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "text/yo.hpp"

namespace searchlib {

void fold_and_make_distinct(std::vector<std::string>& lemmas) {
  size_t kept = 0;
  for (size_t i = 0; i < lemmas.size(); ++i) {
    fold_yo(lemmas[i]);
    const auto end = lemmas.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::find(lemmas.begin(), end, lemmas[i]) != end) continue;
    if (kept != i) lemmas[kept] = std::move(lemmas[i]);
    ++kept;
  }
  lemmas.resize(kept);
}

void add_itself(std::vector<std::string>& lemmas, std::string word, bool first) {
  fold_yo(word);
  const auto found = std::find(lemmas.begin(), lemmas.end(), word);
  if (!first && found != lemmas.end()) return;
  if (found != lemmas.end()) lemmas.erase(found);
  lemmas.insert(first ? lemmas.begin() : lemmas.end(), std::move(word));
}

void add_words(std::string_view words, std::vector<std::string>& lemmas) {
  while (!words.empty()) {
    const size_t size = std::min(words.find(' '), words.size());
    lemmas.emplace_back(words.substr(0, size));
    words.remove_prefix(std::min(size + 1, words.size()));
  }
}

}  // namespace searchlib
