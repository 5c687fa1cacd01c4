#include "suggest/vocabulary.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

#include "analysis/analyzer.hpp"
#include "search/deadline.hpp"
#include "search/form_walk.hpp"
#include "suggest/completion.hpp"
#include "suggest/letters.hpp"
#include "suggest/name_sieve.hpp"
#include "suggest/typing_cost.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxLetters = 64;  // longer words are no words: nothing is near them, or sounds like them

// Forms that another spelling begins are looked for where so many blocks of words at most begin so: of more,
// they are hardly ever the most frequent.
constexpr uint32_t kMaxSpelledBlocks = 256;

std::string to_utf8(std::u32string_view letters) {
  std::string text;
  for (const char32_t letter : letters) utf8::append(text, letter);
  return text;
}

// Where a line ended inside it: nobody types such a form.
bool is_divided(std::string_view form) { return form.find("\xC2\xAC") != std::string_view::npos; }

// A capital behind small letters, or a space between digits: getUserName and 1 000 stand under forms of their own.
bool has_own_spelling(std::string_view form) {
  const auto is_small = [](char byte) { return (byte < 'A' || byte > 'Z') && byte != ' '; };
  return !form.empty() && is_small(form[0]) &&
         std::any_of(form.begin() + 1, form.end(), [&](char byte) { return !is_small(byte) || byte < 0; });
}

}  // namespace

SnapshotVocabulary::SnapshotVocabulary(std::shared_ptr<const Snapshot> snapshot, std::vector<size_t> fields,
                                       std::vector<std::string> surname_endings)
    : snapshot_(std::move(snapshot)),
      fields_(std::move(fields)),
      surname_endings_(std::move(surname_endings)) {
  for (const SnapshotSegment& segment : snapshot_->segments()) {
    for (const size_t field : fields_) sources_.push_back({field, &segment.segment->field(field)});
  }
}

std::vector<NearForm> SnapshotVocabulary::near(std::string_view word, unsigned bound) const {
  const std::u32string letters = fold_letters(word);
  if (letters.empty() || letters.size() > kMaxLetters) return {};
  const FormPattern pattern(letters, bound);
  std::unordered_map<std::string, NearForm> found;
  for (const Source& source : sources_) {
    for_each_form(source.parts->words, pattern, [&](const WordEntry& word, const FormMatcher& matcher) {
      if (matcher.edits() == 0) return true;
      std::string key = Analyzer::match_key(matcher.key());
      NearForm& entry = found[key];
      entry.key = std::move(key);
      entry.distance = matcher.edits();
      entry.df += word.form.df;
      return true;
    });
  }
  std::vector<NearForm> forms;
  forms.reserve(found.size());
  for (auto& [key, form] : found) {
    if (is_divided(key)) continue;
    form.cost = typing_cost(letters, fold_letters(key));
    forms.push_back(std::move(form));
  }
  std::sort(forms.begin(), forms.end(), [](const NearForm& a, const NearForm& b) { return a.key < b.key; });
  return forms;
}

namespace {

// Whether the last letter that was typed ends a beginning, or stands before the end and was swapped with it.
bool ends_as_typed(std::u32string_view beginning, std::u32string_view letters) {
  const size_t length = letters.size();
  if (beginning.back() == letters.back()) return true;
  return beginning.size() == length && beginning.back() == letters[length - 2] &&
         beginning[length - 2] == letters.back();
}

// How a form begins that begins near some letters: with as many, one more or one less, whatever is likeliest.
NearBeginning beginning_of(std::u32string_view form, std::u32string_view letters) {
  NearBeginning best;
  best.cost = std::numeric_limits<double>::infinity();
  for (const size_t length : {letters.size(), letters.size() + 1, letters.size() - 1}) {
    if (length > form.size() || !ends_as_typed(form.substr(0, length), letters)) continue;
    const double cost = typing_cost(letters, form.substr(0, length));
    if (cost >= best.cost) continue;
    best.cost = cost;
    best.key = to_utf8(form.substr(0, length));
  }
  return best;
}

}  // namespace

std::vector<NearBeginning> SnapshotVocabulary::beginnings_near(std::string_view typed, size_t limit) const {
  const std::u32string letters = fold_letters(typed);
  if (letters.size() < 2 || letters.size() > kMaxLetters) return {};
  const FormPattern pattern = FormPattern::near_beginning(letters, 1);
  std::unordered_map<std::u32string, NearBeginning> known;  // by the letters that decide
  for (const Source& source : sources_) {
    for_each_form(source.parts->words, pattern, [&](const WordEntry& word, const FormMatcher& matcher) {
      if (matcher.edits() == 0 || is_divided(matcher.key())) return true;
      std::u32string form = fold_letters(matcher.key());
      form.resize(std::min(form.size(), letters.size() + 1));
      const auto [entry, is_new] = known.try_emplace(form);
      if (is_new) entry->second = beginning_of(form, letters);
      entry->second.df += word.form.df;
      return true;
    });
  }
  std::unordered_map<std::string, NearBeginning> found;
  for (auto& [form, beginning] : known) {
    if (beginning.key.empty()) continue;
    NearBeginning& entry = found[beginning.key];
    entry.df += beginning.df;
    entry.cost = beginning.cost;
    entry.key = beginning.key;
  }
  std::vector<NearBeginning> ranked;
  for (auto& [key, beginning] : found) ranked.push_back(std::move(beginning));
  std::sort(ranked.begin(), ranked.end(), [](const NearBeginning& a, const NearBeginning& b) {
    return a.df != b.df ? a.df > b.df : a.key < b.key;
  });
  if (ranked.size() > limit) ranked.resize(limit);
  return ranked;
}

uint64_t SnapshotVocabulary::form_df(std::string_view key) const {
  uint64_t df = 0;
  const std::vector<std::string> spellings = spellings_of(key);
  for (const std::string& spelling : spellings) df += df_as_spelt(spelling);
  std::vector<uint32_t> forms;
  WordEntry word;
  for (const Source& source : sources_) {
    const Words& words = source.parts->words;
    if (!words.find_term(key, &forms)) continue;
    for (const uint32_t form : forms) {
      const std::string spelling(words.keys().key_at(form));
      if (!has_own_spelling(spelling) || Analyzer::match_key(spelling) != key) continue;
      if (std::find(spellings.begin(), spellings.end(), spelling) != spellings.end()) continue;
      words.get(form, word);
      df += word.form.df;
    }
  }
  return df;
}

uint64_t SnapshotVocabulary::df_as_spelt(std::string_view form) const {
  uint64_t df = 0;
  for (const Source& source : sources_) {
    if (const auto found = source.parts->words.find_form(form)) df += found->df;
  }
  return df;
}

std::vector<FoundForm> SnapshotVocabulary::complete(std::string_view prefix, size_t limit) const {
  const std::string key = Analyzer::match_key(prefix);
  if (key.empty() || limit == 0) return {};
  const bool is_word = fold_letters(key).size() <= kMaxLetters;
  std::unordered_map<std::string, uint64_t> nominated;  // df so far, by match key
  uint64_t unseen = 0;  // what a form can have at most in those sources that nominated others
  const std::vector<std::string> spellings = spellings_of(key);
  const auto begins_so = [&](std::string_view form) {
    return std::any_of(spellings.begin(), spellings.end(),
                       [&](const std::string& spelling) { return form.starts_with(spelling); });
  };
  for (const std::string& spelling : spellings) {
    for (const Source& source : sources_) {
      const Nominees best = nominate(source.parts->words, spelling, 4 * limit + 64);
      for (const auto& [form, df] : best.forms) {
        if (!is_divided(form)) nominated[Analyzer::match_key(form)] += df;
      }
      unseen += best.least;
      if (spelling != key || !is_word || best.num_blocks > kMaxSpelledBlocks) continue;
      for_each_match(source.parts->words, FormPattern(FormPattern::Kind::kPrefix, spelling, 0), false,
                     [&](const WordEntry& word, std::string_view form) {
                       if (!begins_so(form) && !is_divided(form))
                         nominated[Analyzer::match_key(form)] += word.form.df;
                       return true;
                     });
    }
  }
  std::vector<FoundForm> forms;
  for (auto& [form, df] : nominated) forms.push_back({form, df});
  const auto comes_first = [](const FoundForm& a, const FoundForm& b) {
    return a.df != b.df ? a.df > b.df : a.key < b.key;
  };
  std::sort(forms.begin(), forms.end(), comes_first);
  if (unseen > 0) {  // look the rest up: some may yet be among the first
    const uint64_t needed = forms.size() > limit ? forms[limit - 1].df : 0;
    std::erase_if(forms, [&](const FoundForm& form) { return form.df + unseen < needed; });
    Deadline& deadline = Deadline::current();
    for (FoundForm& form : forms) {
      deadline.tick();
      form.df = form_df(form.key);
    }
    std::sort(forms.begin(), forms.end(), comes_first);
  }
  if (forms.size() > limit) forms.resize(limit);
  return forms;
}

std::vector<FoundForm> SnapshotVocabulary::spellings(std::string_view key) const {
  std::vector<FoundForm> found;
  for (std::string& spelling : spellings_of(key)) {
    const uint64_t df = df_as_spelt(spelling);
    found.push_back({std::move(spelling), df});
  }
  return found;
}

std::vector<FoundForm> SnapshotVocabulary::forms_of(std::string_view lemma) const {
  std::map<std::string, uint64_t> dfs;
  std::vector<uint32_t> forms;
  WordEntry word;
  for (const Source& source : sources_) {
    const Words& words = source.parts->words;
    if (!words.find_term(lemma, &forms)) continue;
    for (const uint32_t form : forms) {
      words.get(form, word);
      dfs[Analyzer::match_key(words.keys().key_at(form))] += word.form.df;
    }
  }
  std::vector<FoundForm> found;
  for (const auto& [form, df] : dfs) found.push_back({form, df});
  return found;
}

// A surname may be no lemma: to a dictionary that lacks it, Токаев is «токаев», of several токай.
bool SnapshotVocabulary::ends_as_surname(std::string_view word) const {
  return std::any_of(surname_endings_.begin(), surname_endings_.end(),
                     [&](const std::string& ending) { return word.ends_with(ending); });
}

void SnapshotVocabulary::find_names(const Name& name, const std::vector<ConsonantRun>& consonants,
                                    const Source& source, std::string_view begin, std::string_view end,
                                    double min_similarity, Found& found) const {
  const Dictionary& keys = source.parts->words.keys();
  NameSieve sieve{consonants};
  Deadline& deadline = Deadline::current();
  walk_keys(keys, keys.block_of(begin).value_or(0), end, sieve, [&](uint32_t) {
    deadline.tick();
    consider(name, Analyzer::match_key(sieve.word()), min_similarity, found);
    return true;
  });
}

void SnapshotVocabulary::consider(const Name& name, std::string lemma, double min_similarity,
                                  Found& found) const {
  if (found.contains(lemma)) return;
  const double similarity = name.similarity(Name(lemma));
  if (similarity < min_similarity) return;
  FoundName entry{lemma, 0, similarity};
  for (const size_t field : fields_) entry.df += snapshot_->find(field, lemma).df;
  if (entry.df == 0 && ends_as_surname(lemma)) entry.df = form_df(lemma);
  if (entry.df > 0) found.emplace(std::move(lemma), std::move(entry));
}

std::vector<FoundName> SnapshotVocabulary::names(std::string_view word, double min_similarity) const {
  if (fold_letters(word).size() > kMaxLetters) return {};
  const Name name(word);
  const auto consonants = clear_consonants(word);
  if (!name.is_name() || !consonants) return {};
  Found found;
  for (const Source& source : sources_) {
    for (const std::u32string_view initial : name.initials()) {
      std::u32string past(initial);
      ++past.back();
      find_names(name, *consonants, source, to_utf8(initial), to_utf8(past), min_similarity, found);
    }
    // Letters with marks (Élysée): few words, and any of them may be meant.
    find_names(name, *consonants, source, "À", "ɐ", min_similarity, found);
  }
  found.erase(std::string(word));
  std::vector<FoundName> names;
  for (auto& [lemma, entry] : found) names.push_back(std::move(entry));
  std::sort(names.begin(), names.end(), [](const FoundName& a, const FoundName& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.lemma < b.lemma;
  });
  return names;
}

}  // namespace searchlib
