#include "search/form_pattern.hpp"

#include <algorithm>

#include "analysis/analyzer.hpp"
#include "errors.hpp"
#include "text/normalise.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxPatternLength = 256;

}  // namespace

FormPattern::FormPattern(Kind kind, std::string_view text, unsigned distance, bool match_keys)
    : runs(1), edits(kind == Kind::kFuzzy ? distance : 0), folds(match_keys) {
  if (kind == Kind::kWildcard) {
    add_wildcard(text);
  } else {
    add_letters(text);
    runs.back() = kind == Kind::kPrefix;
  }
  const auto length = letters.size() + static_cast<size_t>(std::count(runs.begin(), runs.end(), true)) -
                      (kind == Kind::kPrefix ? 1 : 0);
  if (length > kMaxPatternLength) {
    throw QueryTooComplex("a pattern has at most 256 characters, this one " + std::to_string(length));
  }
}

FormPattern::FormPattern(std::u32string word, unsigned bound)
    : letters(std::move(word)), runs(letters.size() + 1), edits(bound) {}

FormPattern FormPattern::near_beginning(std::u32string letters, unsigned edits) {
  FormPattern pattern(std::move(letters), edits);
  pattern.runs.back() = true;
  pattern.last_is_sure = true;
  return pattern;
}

void FormPattern::add_letters(std::string_view literal) {
  std::u32string folded;
  decode(folds ? Analyzer::match_key(literal) : std::string(literal), folded);
  letters += folded;
  runs.resize(letters.size() + 1);
}

// Folds the literal stretches, keeps the wildcards.
void FormPattern::add_wildcard(std::string_view text) {
  std::string literal;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      literal.push_back(text[++i]);
    } else if (text[i] == '*' || text[i] == '?') {
      add_letters(literal);
      literal.clear();
      if (text[i] == '*') {
        runs.back() = true;
      } else {
        letters.push_back(kAnyOne);
        runs.push_back(false);
      }
    } else {
      literal.push_back(text[i]);
    }
  }
  add_letters(literal);
}

}  // namespace searchlib
