#include "search/form_pattern.hpp"

#include <algorithm>

#include "errors.hpp"
#include "lexicon/analyzer.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxPatternLength = 256;

std::u32string decode(std::string_view utf8) {
  std::u32string out;
  for (size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<uint8_t>(utf8[i]);
    const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0x7F >> length);
    for (size_t j = 1; j < length && i + j < utf8.size(); ++j) {
      code = code << 6 | (static_cast<uint8_t>(utf8[i + j]) & 0x3F);
    }
    out.push_back(code);
    i += length;
  }
  return out;
}

}  // namespace

FormPattern::FormPattern(Kind kind, std::string_view text, unsigned distance)
    : kind_(kind), distance_(distance) {
  if (kind != Kind::kWildcard) {
    prefix_ = Analyzer::match_key(text);
    pattern_ = decode(prefix_);
  } else {
    // Fold the literal stretches, keep the wildcards.
    std::string literal;
    const auto flush = [&] {
      pattern_ += decode(Analyzer::match_key(literal));
      literal.clear();
    };
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        literal.push_back(text[++i]);
      } else if (text[i] == '*' || text[i] == '?') {
        flush();
        if (text[i] == '?') pattern_.push_back(kAnyOne);
        if (text[i] == '*' && (pattern_.empty() || pattern_.back() != kAnyRun)) pattern_.push_back(kAnyRun);
      } else {
        literal.push_back(text[i]);
      }
    }
    flush();
  }
  if (pattern_.size() > kMaxPatternLength) {
    throw QueryTooComplex("a pattern has at most 256 characters, this one " +
                          std::to_string(pattern_.size()));
  }
}

bool FormPattern::matches(std::string_view match_key) const {
  if (kind_ == Kind::kPrefix) return match_key.starts_with(prefix_);
  const std::u32string key = decode(match_key);
  return kind_ == Kind::kWildcard ? matches_wildcard(key) : matches_fuzzy(key);
}

// The last run alone is taken back on a mismatch: what stood before it has matched as early as it can.
bool FormPattern::matches_wildcard(const std::u32string& key) const {
  size_t at = 0;
  size_t in_key = 0;
  size_t run = SIZE_MAX;
  size_t run_in_key = 0;
  while (in_key < key.size()) {
    if (at < pattern_.size() && pattern_[at] == kAnyRun) {
      run = at++;
      run_in_key = in_key;
    } else if (at < pattern_.size() && (pattern_[at] == kAnyOne || pattern_[at] == key[in_key])) {
      ++at;
      ++in_key;
    } else if (run != SIZE_MAX) {
      at = run + 1;
      in_key = ++run_in_key;
    } else {
      return false;
    }
  }
  while (at < pattern_.size() && pattern_[at] == kAnyRun) ++at;
  return at == pattern_.size();
}

bool FormPattern::matches_fuzzy(const std::u32string& key) const {
  const size_t longer = std::max(key.size(), pattern_.size());
  if (longer - std::min(key.size(), pattern_.size()) > distance_) return false;
  std::vector<unsigned> before_last, last(pattern_.size() + 1), row(pattern_.size() + 1);
  for (size_t j = 0; j < last.size(); ++j) last[j] = static_cast<unsigned>(j);
  for (size_t i = 1; i <= key.size(); ++i) {
    row[0] = static_cast<unsigned>(i);
    unsigned least = row[0];
    for (size_t j = 1; j < row.size(); ++j) {
      const bool same = key[i - 1] == pattern_[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && key[i - 1] == pattern_[j - 2] && key[i - 2] == pattern_[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > distance_) return false;
    before_last = last;
    last.swap(row);
  }
  return last.back() <= distance_;
}

}  // namespace searchlib
