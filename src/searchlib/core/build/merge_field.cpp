#include "build/merge_field.hpp"

#include <algorithm>
#include <utility>

#include "postings/term_cursor.hpp"

namespace searchlib {
namespace {

// Several dictionaries walked together in the order of their keys: the sources that hold the least key, again
// and again.
class JointWalk {
 public:
  explicit JointWalk(const std::vector<const Words*>& sources) {
    for (const Words* words : sources) {
      walkers_.emplace_back(*words);
      alive_.push_back(walkers_.back().next());
    }
  }

  // visit(source, word) for each source that holds the next key; false at the end.
  template <class Visit>
  bool next(Visit&& visit) {
    bool found = false;
    for (size_t i = 0; i < walkers_.size(); ++i) {
      if (!alive_[i] || (found && walkers_[i].key() >= key_)) continue;
      key_ = walkers_[i].key();
      found = true;
    }
    for (size_t i = 0; i < walkers_.size(); ++i) {
      if (!alive_[i] || walkers_[i].key() != key_) continue;
      visit(i, walkers_[i].word());
      alive_[i] = walkers_[i].next();
    }
    return found;
  }
  const std::string& key() const { return key_; }  // of the last step

 private:
  std::vector<WordWalker> walkers_;
  std::vector<bool> alive_;
  std::string key_;
};

}  // namespace

FieldMerge::FieldMerge(const std::vector<MergeSource>& sources, size_t index, const MergeField& config,
                       const DocMap& docs)
    : sources_(sources), index_(index), config_(config), docs_(docs) {}

void FieldMerge::write(PartSink& sink) {
  for (size_t i = 0; i < sources_.size(); ++i) {
    live_dfs_.push_back(sources_[i].deletes == nullptr ? std::vector<uint32_t>() : live_form_dfs(i));
  }
  join_words();
  number_words();
  FieldPartsWriter writer(sink, config_.name, stats(), norms(), lengths());
  write_words(writer);
  writer.finish();
}

FieldStats FieldMerge::stats() const {
  FieldStats stats;
  stats.num_docs = docs_.num_docs;
  stats.k1 = config_.k1;
  stats.b = config_.b;
  stats.positional = config_.positional;
  for (size_t i = 0; i < sources_.size(); ++i) {
    stats.docs_with_value += parts(i).stats.docs_with_value;
    stats.total_length += parts(i).stats.total_length;
    if (sources_[i].deletes == nullptr) continue;
    stats.docs_with_value -= sources_[i].deletes->field(index_).docs_with_value;
    stats.total_length -= sources_[i].deletes->field(index_).total_length;
  }
  return stats;
}

Bytes FieldMerge::norms() const {
  Bytes norms(docs_.num_docs);
  for (size_t i = 0; i < sources_.size(); ++i) {
    if (parts(i).norms == nullptr) continue;  // the field is younger than that segment
    for (size_t doc = 0; doc < docs_.of_source[i].size(); ++doc) {
      if (docs_.of_source[i][doc] != kDropped) norms[docs_.of_source[i][doc]] = parts(i).norms[doc];
    }
  }
  return norms;
}

std::vector<uint32_t> FieldMerge::lengths() const {
  if (!config_.keeps_lengths) return {};
  std::vector<uint32_t> lengths(docs_.num_docs);
  for (size_t i = 0; i < sources_.size(); ++i) {
    for (uint32_t doc = 0; doc < docs_.of_source[i].size(); ++doc) {
      if (docs_.of_source[i][doc] != kDropped) lengths[docs_.of_source[i][doc]] = parts(i).length_of(doc);
    }
  }
  return lengths;
}

// How many live documents hold each form, read off the places. A place that two forms share (a hyphenated
// whole and its part with one lemma) names only the first, so the largest count among a form's lemmas is
// taken.
std::vector<uint32_t> FieldMerge::live_form_dfs(size_t source) const {
  const FieldParts& field = parts(source);
  std::vector<uint32_t> dfs(field.words.size(), 0);
  std::vector<uint32_t> counts;
  std::vector<uint32_t> last_doc;
  for (WordWalker walker(field.words); walker.next();) {
    if (!is_term(walker.word().kind)) continue;
    const std::vector<uint32_t>& forms = walker.word().forms;
    TermCursor cursor(field, walker.word().term);
    counts.assign(forms.size(), 0);
    last_doc.assign(forms.size(), kNoMoreDocs);
    while (cursor.next() != kNoMoreDocs) {
      if (docs_.of_source[source][cursor.doc()] == kDropped) continue;
      if (!field.stats.positional) {
        if (!counts.empty()) ++counts[0];
        continue;
      }
      for (const Place& place : cursor.places()) {
        if (place.form_rank >= forms.size())
          throw CorruptIndexError("a place names a form that its term lacks");
        counts[place.form_rank] += static_cast<uint32_t>(last_doc[place.form_rank] != cursor.doc());
        last_doc[place.form_rank] = cursor.doc();
      }
    }
    for (size_t rank = 0; rank < forms.size(); ++rank)
      dfs[forms[rank]] = std::max(dfs[forms[rank]], counts[rank]);
  }
  return dfs;
}

std::vector<const Words*> FieldMerge::dictionaries() const {
  std::vector<const Words*> dictionaries;
  for (size_t i = 0; i < sources_.size(); ++i) dictionaries.push_back(&parts(i).words);
  return dictionaries;
}

uint32_t FieldMerge::live_df(size_t source, const Word& word) const {
  if (!is_form(word.kind)) return 0;
  return live_dfs_[source].empty() ? word.form.df : live_dfs_[source][word.index];
}

void FieldMerge::join_words() {
  for (size_t i = 0; i < sources_.size(); ++i) joined_.emplace_back(parts(i).words.size(), kDropped);
  JointWalk walk(dictionaries());
  Joined joint;
  while (walk.next([&](size_t source, const Word& word) {
    joined_[source][word.index] = static_cast<uint32_t>(words_.size());
    joint.form_df += live_df(source, word);
    joint.is_term |= is_term(word.kind) && live_dfs_[source].empty();
  })) {
    words_.push_back(std::exchange(joint, {}));
  }
}

// A term of a source with deletes lives if a form of it does: that form's places are the term's.
void FieldMerge::number_words() {
  for (size_t i = 0; i < sources_.size(); ++i) {
    if (live_dfs_[i].empty()) continue;
    for (WordWalker walker(parts(i).words); walker.next();) {
      const Word& word = walker.word();
      if (!is_term(word.kind)) continue;
      const bool lives = std::any_of(word.forms.begin(), word.forms.end(),
                                     [&](uint32_t form) { return live_dfs_[i][form] > 0; });
      words_[joined_[i][word.index]].is_term |= lives;
    }
  }
  uint32_t num_words = 0;
  for (Joined& word : words_) {
    if (word.is_term || word.form_df > 0) word.number = num_words++;
  }
}

void FieldMerge::write_words(FieldPartsWriter& writer) {
  std::vector<Found> found;
  size_t num_found = 0;  // the entries behind are kept for their memory
  JointWalk walk(dictionaries());
  const auto take = [&](size_t source, const Word& word) {
    if (num_found == found.size()) found.emplace_back();
    found[num_found].source = source;
    found[num_found++].word = word;
  };
  for (size_t at = 0; walk.next(take); ++at, num_found = 0) {
    const Joined& joint = words_[at];
    if (joint.number == kDropped) continue;
    const std::span<const Found> sources(found.data(), num_found);
    if (joint.form_df > 0) take_form(joint.form_df, sources);
    const FormInfo* form = joint.form_df > 0 ? &form_ : nullptr;
    if (!joint.is_term) {
      writer.add(walk.key(), nullptr, form);
      continue;
    }
    rank_forms(sources);
    places_.clear();
    for (const Found& entry : sources) add_places(entry);
    if (places_.empty()) throw CorruptIndexError("a form's documents are not those of its terms");
    for (uint32_t& word : ranked_) word = words_[word].number;
    const FieldPartsWriter::Term term{ranked_, places_};
    writer.add(walk.key(), &term, form);
  }
}

// Every segment gives a form the same lemmas, so those of the first one where it lives will do.
void FieldMerge::take_form(uint32_t df, std::span<const Found> sources) {
  form_.df = df;
  form_.terms.clear();
  const auto source = std::find_if(sources.begin(), sources.end(),
                                   [&](const Found& found) { return live_df(found.source, found.word) > 0; });
  for (const uint32_t term : source->word.form.terms) {
    const Joined& joint = words_[joined_[source->source][term]];
    if (joint.is_term) form_.terms.push_back(joint.number);
  }
}

// The term's forms, the most frequent first, by their place in words_.
void FieldMerge::rank_forms(std::span<const Found> sources) {
  ranked_.clear();
  for (const Found& found : sources) {
    if (!is_term(found.word.kind)) continue;
    for (const uint32_t form : found.word.forms) {
      const uint32_t joint = joined_[found.source][form];
      if (words_[joint].form_df > 0) ranked_.push_back(joint);
    }
  }
  std::sort(ranked_.begin(), ranked_.end(), [&](uint32_t left, uint32_t right) {
    return words_[left].form_df != words_[right].form_df ? words_[left].form_df > words_[right].form_df
                                                         : left < right;
  });
  ranked_.erase(std::unique(ranked_.begin(), ranked_.end()), ranked_.end());
}

void FieldMerge::add_places(const Found& found) {
  if (!is_term(found.word.kind)) return;
  const size_t source = found.source;
  std::vector<uint32_t> new_rank(found.word.forms.size(), 0);
  for (size_t rank = 0; rank < new_rank.size(); ++rank) {
    const uint32_t form = joined_[source][found.word.forms[rank]];
    const auto place = std::find(ranked_.begin(), ranked_.end(), form);
    if (place != ranked_.end()) new_rank[rank] = static_cast<uint32_t>(place - ranked_.begin());
  }
  TermCursor cursor(parts(source), found.word.term);
  while (cursor.next() != kNoMoreDocs) {
    const uint32_t doc = docs_.of_source[source][cursor.doc()];
    if (doc == kDropped) continue;
    if (!config_.positional) {
      for (uint32_t i = 0; i < cursor.tf(); ++i) places_.push_back({doc, i, 0});
      continue;
    }
    for (const Place& place : cursor.places()) {
      if (place.form_rank >= new_rank.size())
        throw CorruptIndexError("a place names a form that its term lacks");
      places_.push_back({doc, place.position, new_rank[place.form_rank]});
    }
  }
}

}  // namespace searchlib
