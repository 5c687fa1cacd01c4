#include "rescue/lexicon.hpp"

#include <algorithm>
#include <unordered_map>

#include "lexicon/analyzer.hpp"
#include "rescue/completion.hpp"
#include "rescue/edits.hpp"
#include "rescue/letters.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxLetters = 64;  // longer words are no words: nothing is near them

uint32_t df_of(std::span<const uint8_t> payload) { return ByteReader(payload).varint32(); }

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
  std::unordered_map<std::string, NearForm> found;
  for (const Source& source : sources_) {
    BoundedEdits edits(letters, bound);
    for (uint32_t block = 0; block < source.parts->forms.num_blocks(); ++block) {
      source.parts->forms.scan_entries(
          block, [&](uint32_t, uint64_t shared, std::string_view suffix, std::span<const uint8_t> payload) {
            const unsigned distance = edits.next(shared, suffix);
            if (distance == 0 || distance > bound) return true;
            std::string key = Analyzer::match_key(edits.form());
            NearForm& entry = found[key];
            entry.key = std::move(key);
            entry.distance = distance;
            entry.df += df_of(payload);
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
      const auto block = source.parts->forms.block_of(spelling);
      if (!block) continue;
      source.parts->forms.scan_block(*block,
                                     [&](uint32_t, std::string_view form, std::span<const uint8_t> payload) {
                                       if (form == spelling) df += df_of(payload);
                                       return form < spelling;
                                     });
    }
  }
  return df;
}

std::vector<FoundForm> Lexicon::complete(std::string_view prefix, size_t limit) const {
  const std::string key = Analyzer::match_key(prefix);
  if (key.empty() || limit == 0) return {};
  std::vector<std::string> nominated;
  for (const std::string& spelling : spellings_of(key)) {
    for (const Source& source : sources_) nominate(source.parts->forms, spelling, 4 * limit + 64, nominated);
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

const std::vector<std::vector<uint32_t>>& Lexicon::consonants() const {
  std::call_once(consonants_made_, [&] {
    std::vector<std::vector<uint32_t>> made;
    for (const Source& source : sources_) {
      std::vector<uint32_t>& keys = made.emplace_back();
      keys.reserve(source.parts->terms.size());
      for (uint32_t block = 0; block < source.parts->terms.num_blocks(); ++block) {
        source.parts->terms.scan_block(block,
                                       [&](uint32_t, std::string_view lemma, std::span<const uint8_t>) {
                                         keys.push_back(coarse_name_key(lemma));
                                         return true;
                                       });
      }
    }
    consonants_ = std::move(made);
  });
  return consonants_;
}

std::vector<FoundName> Lexicon::names(std::string_view name, double min_similarity) const {
  const Name wanted(name);
  if (!wanted.is_name()) return {};
  const uint32_t coarse = coarse_name_key(name);
  std::unordered_map<std::string, FoundName> found;
  for (size_t i = 0; i < sources_.size(); ++i) {
    const std::vector<uint32_t>& keys = consonants()[i];
    for (uint32_t term = 0; term < keys.size(); ++term) {
      if (keys[term] != coarse) continue;
      std::string lemma = sources_[i].parts->term_at(term);
      if (lemma == name || found.contains(lemma)) continue;
      const double similarity = wanted.similarity(Name(lemma));
      if (similarity < min_similarity) continue;
      FoundName entry{lemma, 0, similarity};
      for (const size_t field : fields_) entry.df += snapshot_->find(field, lemma).df;
      if (entry.df > 0) found.emplace(std::move(lemma), std::move(entry));
    }
  }
  std::vector<FoundName> names;
  for (auto& [lemma, entry] : found) names.push_back(std::move(entry));
  std::sort(names.begin(), names.end(), [](const FoundName& a, const FoundName& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.lemma < b.lemma;
  });
  return names;
}

}  // namespace searchlib
