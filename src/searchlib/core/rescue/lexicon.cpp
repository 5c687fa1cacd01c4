#include "rescue/lexicon.hpp"

#include <algorithm>
#include <unordered_map>

#include "lexicon/analyzer.hpp"
#include "rescue/completion.hpp"
#include "rescue/edits.hpp"
#include "rescue/letters.hpp"
#include "search/deadline.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxLetters = 64;  // longer words are no words: nothing is near them

}  // namespace

Lexicon::Lexicon(std::shared_ptr<const Snapshot> snapshot, std::vector<size_t> fields)
    : snapshot_(std::move(snapshot)), fields_(std::move(fields)) {
  for (const SnapshotSegment& segment : snapshot_->segments()) {
    for (const size_t field : fields_) sources_.push_back({field, &segment.segment->field(field)});
  }
}

std::vector<NearForm> Lexicon::near(std::string_view word, unsigned bound) const {
  const std::u32string letters = fold_letters(word);
  if (letters.empty() || letters.size() > kMaxLetters) return {};
  Deadline& deadline = Deadline::current();
  std::unordered_map<std::string, NearForm> found;
  for (const Source& source : sources_) {
    BoundedEdits edits(letters, bound);
    const Words& words = source.parts->words;
    Word word;
    for (uint32_t block = 0; block < words.keys().num_blocks(); ++block) {
      deadline.tick();
      const WordReader reader = words.read(block);
      words.keys().scan_entries(block, [&](uint32_t index, uint64_t shared, std::string_view suffix) {
        const unsigned distance = edits.next(shared, suffix);
        if (distance == 0 || distance > bound || !is_form(reader.kind(index % kDictionaryBlock))) return true;
        std::string key = Analyzer::match_key(edits.form());
        NearForm& entry = found[key];
        entry.key = std::move(key);
        entry.distance = distance;
        words.get(index, word);
        entry.df += word.form.df;
        return true;
      });
    }
  }
  std::vector<NearForm> forms;
  forms.reserve(found.size());
  for (auto& [key, form] : found) {
    form.cost = typing_cost(letters, fold_letters(key));
    forms.push_back(std::move(form));
  }
  std::sort(forms.begin(), forms.end(), [](const NearForm& a, const NearForm& b) { return a.key < b.key; });
  return forms;
}

uint64_t Lexicon::form_df(std::string_view key) const {
  uint64_t df = 0;
  for (const std::string& spelling : spellings_of(key)) {
    for (const Source& source : sources_) {
      const auto form = source.parts->words.find_form(spelling);
      if (form) df += form->df;
    }
  }
  return df;
}

std::vector<FoundForm> Lexicon::complete(std::string_view prefix, size_t limit) const {
  const std::string key = Analyzer::match_key(prefix);
  if (key.empty() || limit == 0) return {};
  std::vector<std::string> nominated;
  for (const std::string& spelling : spellings_of(key)) {
    for (const Source& source : sources_) nominate(source.parts->words, spelling, 4 * limit + 64, nominated);
  }
  for (std::string& form : nominated) form = Analyzer::match_key(form);
  std::sort(nominated.begin(), nominated.end());
  nominated.erase(std::unique(nominated.begin(), nominated.end()), nominated.end());
  std::vector<FoundForm> forms;
  for (const std::string& form : nominated) forms.push_back({form, form_df(form)});
  std::stable_sort(forms.begin(), forms.end(),
                   [](const FoundForm& a, const FoundForm& b) { return a.df > b.df; });
  if (forms.size() > limit) forms.resize(limit);
  return forms;
}

const Lexicon::Keys& Lexicon::keys_of(size_t source, char32_t first, char32_t last) const {
  const std::lock_guard<std::mutex> lock(keys_mutex_);
  const auto [entry, is_new] = keys_.try_emplace({source, first});
  Keys& keys = entry->second;
  if (!is_new) return keys;
  const Dictionary& words = sources_[source].parts->words.keys();
  std::string begin, end;
  utf8::append(begin, first);
  utf8::append(end, last + 1);
  const uint32_t first_block = words.block_of(begin).value_or(0);
  keys.first_word = first_block * kDictionaryBlock;
  CoarseNameKeys coarse;
  bool past = false;
  for (uint32_t block = first_block; block < words.num_blocks() && !past; ++block) {
    // What lies before the range in its first block has keys too: it costs nothing and does no harm. Nor do
    // words that are no terms: they are found in no document.
    words.scan_entries(block, [&](uint32_t, uint64_t shared, std::string_view suffix) {
      past = shared == 0 && suffix >= end;
      if (!past) keys.keys.push_back(coarse.next(shared, suffix));
      return !past;
    });
  }
  return keys;
}

void Lexicon::find_names(const Name& name, uint32_t coarse, size_t source, const Keys& keys,
                         double min_similarity, std::unordered_map<std::string, FoundName>& found) const {
  for (size_t i = 0; i < keys.keys.size(); ++i) {
    if (keys.keys[i] != coarse) continue;
    std::string lemma = sources_[source].parts->word_at(keys.first_word + static_cast<uint32_t>(i));
    if (found.contains(lemma)) continue;
    const double similarity = name.similarity(Name(lemma));
    if (similarity < min_similarity) continue;
    FoundName entry{lemma, 0, similarity};
    for (const size_t field : fields_) entry.df += snapshot_->find(field, lemma).df;
    if (entry.df > 0) found.emplace(std::move(lemma), std::move(entry));
  }
}

std::vector<FoundName> Lexicon::names(std::string_view word, double min_similarity) const {
  const Name name(word);
  if (!name.is_name()) return {};
  const uint32_t coarse = coarse_name_key(word);
  std::unordered_map<std::string, FoundName> found;
  for (size_t source = 0; source < sources_.size(); ++source) {
    for (const char32_t letter : name.initials()) {
      find_names(name, coarse, source, keys_of(source, letter, letter), min_similarity, found);
    }
    // Letters with marks (Élysée): few words, and any of them may be meant.
    find_names(name, coarse, source, keys_of(source, U'À', U'ɏ'), min_similarity, found);
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
