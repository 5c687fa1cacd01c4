#include "search/spelled_forms.hpp"

#include <algorithm>
#include <optional>

#include "analysis/analyzer.hpp"
#include "analysis/english_spellings.hpp"
#include "analysis/spellings.hpp"
#include "search/deadline.hpp"

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
  if (const auto number = spellings::plain_number(word); number && take(number->plain)) return true;
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

}  // namespace

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
