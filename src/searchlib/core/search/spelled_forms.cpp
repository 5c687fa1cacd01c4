#include "search/spelled_forms.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "analysis/analyzer.hpp"
#include "analysis/english_spellings.hpp"
#include "analysis/spellings.hpp"
#include "search/deadline.hpp"
#include "search/form_walk.hpp"
#include "text/scanner.hpp"

namespace searchlib {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<uint8_t>(byte) < 0x80; });
}

// Whether there is a letter beyond ASCII that is not Cyrillic.
bool may_have_marks(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char byte) {
    const auto unit = static_cast<uint8_t>(byte);
    return unit >= 0xC0 && unit != 0xD0 && unit != 0xD1;
  });
}

// Whether a word is of Cyrillic letters and has no other spelling, as nearly all such words: only those with
// letters of before 1918, or that are Roman numerals, have one.
bool is_plain_cyrillic(std::string_view word) {
  bool cyrillic = true;
  for (const char byte : word) {
    const auto unit = static_cast<uint8_t>(byte);
    cyrillic = cyrillic && unit >= 0x80 && (unit < 0xC0 || unit == 0xD0 || unit == 0xD1);
  }
  return cyrillic && !spellings::modern_russian(word) && !spellings::roman_numeral(word);
}

// Calls take(spelling) for the other ways to write a word, by the rules of analysis/ that need no dictionary,
// until it returns true, which is returned.
template <class Take>
bool any_spelling(std::string_view word, Take&& take) {
  const auto takes = [&](const std::optional<std::string>& other) { return other && take(*other); };
  if (may_have_marks(word) && takes(spellings::without_marks(word))) return true;
  if (takes(spellings::without_dots(word)) || takes(spellings::without_apostrophes(word))) return true;
  if (takes(spellings::roman_numeral(word))) return true;
  if (const auto joined = spellings::without_hyphens(word); joined && take(joined->form)) return true;
  if (takes(spellings::joined_code(word)) || takes(spellings::dimensions(word))) return true;
  if (takes(spellings::local_telephone(word)) || takes(spellings::without_name_dot(word))) return true;
  if (takes(spellings::decade(word)) || takes(spellings::code_of_plural(word))) return true;
  if (const auto number = spellings::plain_number(word); number && take(number->plain)) return true;
  if (const auto whole = spellings::undivided(word); whole && take(whole->joined)) return true;
  if (const auto modern = spellings::modern_russian(word); modern && take(Analyzer::match_key(modern->form)))
    return true;
  if (!is_ascii(word)) return false;
  std::vector<std::string> american;
  english::add_other_spellings(word, [](std::string_view, const std::string&) { return true; }, american);
  return std::any_of(american.begin(), american.end(), take);
}

bool is_spelling(std::string_view term, std::string_view word) {
  return any_spelling(word, [&](const std::string& other) { return other == term; });
}

class Reader {
 public:
  Reader(const Words& words, const FormPattern& pattern) : words_(words), matcher_(pattern) {}

  // Whether the form has another spelling that matches. Rules alone would find some that nobody uses: one of
  // these terms, which match, must be a spelling of the form, or of another of its terms.
  bool is_spelled(const WordEntry& form, std::string_view key, std::span<const FormOfTerm> of) {
    if (is_plain_cyrillic(key)) return false;
    const std::string written = Analyzer::match_key(key);
    return std::any_of(of.begin(), of.end(), [&](const FormOfTerm& one) {
      const std::string term = words_.keys().key_at(one.term);
      if (is_spelling(term, written)) return true;
      const auto& terms = form.form.terms;
      return std::any_of(terms.begin(), terms.end(),
                         [&](uint32_t other) {
                           return other != one.term && is_spelling(term, words_.keys().key_at(other));
                         }) &&
             any_spelling(written, [&](const std::string& other) { return matcher_.next(0, other); });
    });
  }

 private:
  const Words& words_;
  FormMatcher matcher_;
};

constexpr std::u32string_view kJoiners = FormAutomaton::kJoiners;
constexpr std::string_view kBetweenParts = "-._/@";

bool is_joiner(char32_t letter) { return kJoiners.find(letter) != std::u32string_view::npos; }
bool is_digit(char32_t letter) { return letter >= U'0' && letter <= U'9'; }

// The pattern without those of its letters for which `leaves` is true of their number.
template <class Leaves>
FormPattern without(const FormPattern& pattern, Leaves&& leaves) {
  FormPattern rest = pattern;
  rest.letters.clear();
  rest.runs.assign(1, pattern.runs.front());
  for (size_t i = 0; i < pattern.letters.size(); ++i) {
    if (leaves(i)) {
      rest.runs.back() = rest.runs.back() || pattern.runs[i + 1];
    } else {
      rest.letters.push_back(pattern.letters[i]);
      rest.runs.push_back(pattern.runs[i + 1]);
    }
  }
  return rest;
}

// Whether a separator between thousands is a letter of the pattern: 1,000*; the last group of one that goes on may be
// short: 1,000,0*.
bool is_separator(const FormPattern& pattern, size_t at) {
  const std::u32string& letters = pattern.letters;
  const auto separates = [&](size_t place) { return letters[place] == U',' || letters[place] == U'\''; };
  if (!separates(at) || at == 0 || !is_digit(letters[at - 1])) return false;
  size_t end = at + 1;
  while (end < letters.size() && is_digit(letters[end]) && !pattern.runs[end]) ++end;
  if (end - at == 4) return true;
  return end - at < 4 && end == letters.size() && pattern.runs.back() && at >= 5 && separates(at - 4) &&
         is_separator(pattern, at - 4);
}

// Whether another spelling of a form means a pattern that passes over joiners, and what it stands under says so.
class JoinedReader {
 public:
  JoinedReader(const Words& words, const FormPattern& pattern)
      : words_(words),
        matcher_(pattern),
        plain_(without(pattern, [&](size_t at) { return is_separator(pattern, at); })),
        has_separators_(plain_.letters.size() != pattern.letters.size()),
        plain_matcher_(plain_) {}

  bool has_separators() const { return has_separators_; }

  bool is_meant(const WordEntry& form, std::string_view key) {
    if (is_plain_cyrillic(key)) return false;
    const std::string written = Analyzer::match_key(key);
    if (has_separators_ && plain_matcher_.next(0, written)) return true;
    return any_spelling(written, [&](const std::string& other) {
      return (matcher_.next(0, other) || (has_separators_ && plain_matcher_.next(0, other))) &&
             is_said(form, written, other);
    });
  }

 private:
  bool is_said(const WordEntry& form, const std::string& written, const std::string& other) const {
    if (written.find("\xC2\xAC") != std::string::npos) return true;
    std::vector<std::string> terms;
    for (const uint32_t term : form.form.terms) terms.push_back(words_.keys().key_at(term));
    return std::any_of(terms.begin(), terms.end(), [&](const std::string& term) {
      return term == other || std::any_of(terms.begin(), terms.end(), [&](const std::string& longer) {
               return longer != term && is_spelling(term, longer);
             });
    });
  }

  const Words& words_;
  FormMatcher matcher_;
  const FormPattern plain_;
  const bool has_separators_;
  FormMatcher plain_matcher_;
};

// Whether a pattern matches some of the parts of a form, side by side, that are no form of their own: `b_c` of
// a_b_c/d, and not a_b_c.
class RunReader {
 public:
  explicit RunReader(const FormPattern& pattern) : matcher_(pattern), goes_on_(pattern.runs.back()) {}

  bool is_meant(std::string_view key) {
    constexpr size_t kMostBorders = 24;
    const std::string written = Analyzer::match_key(key);
    std::vector<size_t> begins{0}, ends;
    for (size_t at = written.find_first_of(kBetweenParts); at != std::string::npos;
         at = written.find_first_of(kBetweenParts, at + 1)) {
      const bool number = written[at] == '.' && at > 0 && at + 1 < written.size() &&
                          is_digit(static_cast<uint8_t>(written[at - 1])) &&
                          is_digit(static_cast<uint8_t>(written[at + 1]));
      if (number || begins.size() > kMostBorders) continue;
      ends.push_back(at);
      begins.push_back(at + 1);
    }
    if (goes_on_) ends.clear();
    ends.push_back(written.size());
    for (const size_t begin : begins) {
      for (const size_t end : ends) {
        if (end > begin && matcher_.next(0, std::string_view(written).substr(begin, end - begin)))
          return !is_form_inside(key);
      }
    }
    return false;
  }

 private:
  bool is_form_inside(std::string_view key) {
    bool found = false;
    scan(key, 0, {true, kNoAbbreviations}, [&](const RawToken& token) {
      const bool inside = token.end - token.begin < key.size();
      found = found || (inside && matcher_.next(0, Analyzer::match_key(token.raw(key))));
    });
    return found;
  }

  FormMatcher matcher_;
  const bool goes_on_;
};

// Whether a pattern has a joiner between parts and a letter, and may begin or end inside a form.
bool may_be_run(const FormPattern& pattern) {
  const auto joins = [](char32_t letter) {
    return letter < 0x80 && kBetweenParts.find(static_cast<char>(letter)) != std::string_view::npos;
  };
  const auto is_letter = [&](char32_t letter) {
    return letter != FormPattern::kAnyOne && !is_joiner(letter) && !is_digit(letter);
  };
  return pattern.edits == 0 && !(pattern.runs.front() && pattern.runs.back()) &&
         std::any_of(pattern.letters.begin(), pattern.letters.end(), joins) &&
         std::any_of(pattern.letters.begin(), pattern.letters.end(), is_letter);
}

}  // namespace

std::vector<SpelledForm> joined_forms(const Words& words, const FormPattern& pattern, bool in_parts,
                                      const std::vector<uint32_t>& known) {
  std::vector<SpelledForm> found;
  Deadline& deadline = Deadline::current();
  const auto is_known = [&](uint32_t form) { return std::binary_search(known.begin(), known.end(), form); };
  const auto has_joiner = [](std::string_view key) {
    return key.find_first_of("-'.,_/@\xC2") != std::string_view::npos;  // ¬ is C2 AC
  };
  const FormPattern bare = without(pattern, [&](size_t at) { return is_joiner(pattern.letters[at]); });
  if (!pattern.runs.front() && !bare.letters.empty()) {
    JoinedReader reader(words, pattern);
    walk_words(words, FormMatcher(bare, true), is_form,
               [&](const WordEntry& word, const FormMatcher& matcher) {
                 deadline.tick();
                 const std::string_view key = matcher.key();
                 const bool may_be = reader.has_separators() || has_joiner(key);
                 if (may_be && !is_known(word.index) && reader.is_meant(word, key))
                   found.push_back({word, std::string(key)});
                 return true;
               });
  }
  if (!in_parts || !may_be_run(pattern)) return found;
  FormPattern open = pattern;
  open.runs.front() = open.runs.back() = true;
  RunReader reader(pattern);
  const auto size = static_cast<std::ptrdiff_t>(found.size());
  walk_words(words, FormMatcher(open), is_form, [&](const WordEntry& word, const FormMatcher& matcher) {
    deadline.tick();
    const bool is_found = std::any_of(found.begin(), found.begin() + size,
                                      [&](const SpelledForm& one) { return one.word.index == word.index; });
    if (!is_found && !is_known(word.index) && reader.is_meant(matcher.key()))
      found.push_back({word, std::string(matcher.key())});
    return true;
  });
  return found;
}

std::vector<SpelledForm> spelled_forms(const Words& words, const FormPattern& pattern,
                                       std::vector<FormOfTerm> forms, const std::vector<uint32_t>& known) {
  std::erase_if(
      forms, [&](const FormOfTerm& one) { return std::binary_search(known.begin(), known.end(), one.form); });
  std::sort(forms.begin(), forms.end());
  std::vector<SpelledForm> found;
  Deadline& deadline = Deadline::current();
  Reader reader(words, pattern);
  for (auto at = forms.begin(); at != forms.end();) {
    deadline.tick();
    const uint32_t block = at->form / kDictionaryBlock;
    WordReader entries = words.read(block);
    WordEntry word;
    bool has_word = entries.next(word);
    words.keys().scan_block(block, [&](uint32_t index, std::string_view key) {
      if (at == forms.end() || at->form / kDictionaryBlock != block) return false;
      if (index != at->form) return true;
      const auto end =
          std::find_if(at, forms.end(), [&](const FormOfTerm& one) { return one.form != index; });
      while (has_word && word.index != index) has_word = entries.next(word);
      if (!has_word || !is_form(word.kind))
        throw CorruptIndexError("a number of a form is that of another word");
      if (reader.is_spelled(word, key, {at, end})) found.push_back({word, std::string(key)});
      at = end;
      return true;
    });
  }
  return found;
}

}  // namespace searchlib
