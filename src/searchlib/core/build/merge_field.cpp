#include "build/merge_field.hpp"

#include <algorithm>
#include <utility>

#include "build/ordered_pipeline.hpp"
#include "build/term_vectors_writer.hpp"
#include "postings/joint_walk.hpp"
#include "postings/term_cursor.hpp"

namespace searchlib {
namespace {

// What one thread joins at a time.
constexpr size_t kMaxWordsOfTask = 1024;
constexpr uint64_t kMaxPostingsOfTask = 1 << 16;

// Memory that stays for the next task; what «и» took is given back.
constexpr size_t kSparePlaces = 1 << 19;
constexpr size_t kSpareBytes = 1 << 21;

}  // namespace

FieldMerge::FieldMerge(const std::vector<MergeSource>& sources, size_t index, const MergeField& config,
                       const DocMap& docs)
    : sources_(sources), index_(index), config_(config), docs_(docs) {}

void FieldMerge::write(size_t helpers, PartSink& sink) {
  for (size_t i = 0; i < sources_.size(); ++i) {
    live_dfs_.push_back(sources_[i].deletes == nullptr ? std::vector<uint32_t>() : live_form_dfs(i));
  }
  join_words();
  number_words();
  FieldPartsWriter writer(sink, config_.name, stats(), norms(), lengths());
  write_words(writer, helpers);
  writer.finish();
  if (config_.keeps_vectors) sink.whole(config_.name + ".vectors", vectors());
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

// How many live documents hold each form, read off the places. A place that two forms share (a
// whole and its part with one lemma) names only the first, so the largest count among a
// form's lemmas is taken.
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

uint32_t FieldMerge::live_df(size_t source, const WordEntry& word) const {
  if (!is_form(word.kind)) return 0;
  return live_dfs_[source].empty() ? word.form.df : live_dfs_[source][word.index];
}

void FieldMerge::join_words() {
  for (size_t i = 0; i < sources_.size(); ++i) joined_.emplace_back(parts(i).words.size(), kDropped);
  JointWalk walk(dictionaries());
  Joined joint;
  while (walk.next([&](size_t source, const WordEntry& word) {
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
      const WordEntry& word = walker.word();
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

void FieldMerge::write_words(FieldPartsWriter& writer, size_t helpers) {
  JointWalk walk(dictionaries());
  size_t joined = 0;
  const auto produce = [&](Task& task) {
    task.num_words = task.num_found = 0;
    uint64_t num_postings = 0;
    while (task.num_words < kMaxWordsOfTask && num_postings < kMaxPostingsOfTask) {
      const size_t before = task.num_found;
      const bool more = walk.next([&](size_t source, const WordEntry& word) {
        Found& found = task.add_found();
        found.source = source;
        found.word = word;
        if (is_term(word.kind)) num_postings += word.term.df;
      });
      if (!more) break;
      if (words_[joined].number == kDropped) {
        task.num_found = before;
      } else {
        TaskWord& word = task.add_word();
        word.key = walk.key();
        word.joined = joined;
        word.end = task.num_found;
      }
      ++joined;
    }
    return task.num_words > 0 || joined < words_.size();
  };
  std::vector<Worker> workers;
  for (size_t i = 0; i <= helpers; ++i) workers.push_back({writer.encoder(), {}, {}});
  const auto work = [&](Task& task, size_t number) {
    Worker& worker = workers[number];
    encode(task, worker);
    if (worker.places.capacity() > kSparePlaces) {
      worker.places = {};
      worker.encoder.emplace(writer.encoder());
    }
  };
  OrderedPipeline<Task> pipeline(helpers);
  pipeline.run(produce, work, [&](Task& task) {
    write_task(task, writer);
    if (task.encoded.postings.capacity() > kSpareBytes) task.encoded = {};
  });
}

void FieldMerge::encode(Task& task, Worker& worker) const {
  task.encoded.clear();
  for (size_t i = 0; i < task.num_words; ++i) {
    TaskWord& word = task.words[i];
    if (!words_[word.joined].is_term) continue;
    rank_forms(task.found_of(i), word.ranked);
    worker.places.clear();
    for (const Found& found : task.found_of(i)) add_places(found, word.ranked, worker);
    if (worker.places.empty()) throw CorruptIndexError("a form's documents are not those of its terms");
    task.encoded.add(*worker.encoder, worker.places, word.ranked.size());
    for (uint32_t& form : word.ranked) form = words_[form].number;
  }
}

void FieldMerge::write_task(const Task& task, FieldPartsWriter& writer) {
  writer.append_lists(task.encoded);
  size_t num_terms = 0;
  for (size_t i = 0; i < task.num_words; ++i) {
    const TaskWord& word = task.words[i];
    const Joined& joint = words_[word.joined];
    if (joint.form_df > 0) take_form(joint.form_df, task.found_of(i));
    const FormInfo* form = joint.form_df > 0 ? &form_ : nullptr;
    if (joint.is_term) {
      const WordsWriter::Term term = task.encoded.term(num_terms++, word.ranked);
      writer.add_encoded(word.key, &term, form);
    } else {
      writer.add_encoded(word.key, nullptr, form);
    }
  }
}

// A document whose vector has a term that no live document has is without one from now on, as in a segment that is
// built of the live documents.
Bytes FieldMerge::vectors() const {
  std::vector<std::vector<uint32_t>> numbers;
  for (size_t i = 0; i < sources_.size(); ++i) numbers.push_back(numbers_of_ranks(i));
  const auto num_words = static_cast<uint32_t>(std::count_if(
      words_.begin(), words_.end(), [](const Joined& word) { return word.number != kDropped; }));
  TermVectorsWriter writer(num_words);
  std::vector<TermVectors::Entry> entries;
  std::vector<TermVectorsWriter::Term> terms;
  const auto read = [&](size_t source, uint32_t doc) {
    terms.clear();
    if (parts(source).norms == nullptr) return true;  // it has no value
    if (!parts(source).vectors || !parts(source).vectors->read(doc, entries)) return false;
    for (const auto& [rank, tf] : entries) {
      if (numbers[source][rank] == kDropped) return false;
      terms.push_back({numbers[source][rank], tf});
    }
    return true;
  };
  const auto for_each_doc = [&](auto&& visit) {
    for (size_t i = 0; i < sources_.size(); ++i) {
      for (uint32_t doc = 0; doc < docs_.of_source[i].size(); ++doc) {
        if (docs_.of_source[i][doc] != kDropped) visit(i, doc);
      }
    }
  };
  for_each_doc([&](size_t source, uint32_t doc) {
    if (read(source, doc)) writer.count(terms);
  });
  writer.rank_terms();
  for_each_doc(
      [&](size_t source, uint32_t doc) { read(source, doc) ? writer.add(terms) : writer.add_none(); });
  return writer.finish();
}

// The numbers in the new dictionary of the terms that a source's vectors name.
std::vector<uint32_t> FieldMerge::numbers_of_ranks(size_t source) const {
  std::vector<uint32_t> numbers;
  if (!parts(source).vectors) return numbers;
  for (uint32_t rank = 0; rank < parts(source).vectors->num_ranks(); ++rank) {
    const Joined& word = words_[joined_[source][parts(source).vectors->word_of(rank)]];
    numbers.push_back(word.is_term ? word.number : kDropped);
  }
  return numbers;
}

FieldMerge::TaskWord& FieldMerge::Task::add_word() {
  if (num_words == words.size()) words.emplace_back();
  return words[num_words++];
}

FieldMerge::Found& FieldMerge::Task::add_found() {
  if (num_found == found.size()) found.emplace_back();
  return found[num_found++];
}

std::span<const FieldMerge::Found> FieldMerge::Task::found_of(size_t word) const {
  const size_t begin = word == 0 ? 0 : words[word - 1].end;
  return std::span(found).subspan(begin, words[word].end - begin);
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
void FieldMerge::rank_forms(std::span<const Found> sources, std::vector<uint32_t>& ranked) const {
  ranked.clear();
  for (const Found& found : sources) {
    if (!is_term(found.word.kind)) continue;
    for (const uint32_t form : found.word.forms) {
      const uint32_t joint = joined_[found.source][form];
      if (words_[joint].form_df > 0) ranked.push_back(joint);
    }
  }
  std::sort(ranked.begin(), ranked.end(), [&](uint32_t left, uint32_t right) {
    return words_[left].form_df != words_[right].form_df ? words_[left].form_df > words_[right].form_df
                                                         : left < right;
  });
  ranked.erase(std::unique(ranked.begin(), ranked.end()), ranked.end());
}

void FieldMerge::add_places(const Found& found, std::span<const uint32_t> ranked, Worker& worker) const {
  if (!is_term(found.word.kind)) return;
  const size_t source = found.source;
  std::vector<uint32_t>& new_rank = worker.new_rank;
  new_rank.assign(found.word.forms.size(), 0);
  for (size_t rank = 0; rank < new_rank.size(); ++rank) {
    const uint32_t form = joined_[source][found.word.forms[rank]];
    const auto place = std::find(ranked.begin(), ranked.end(), form);
    if (place != ranked.end()) new_rank[rank] = static_cast<uint32_t>(place - ranked.begin());
  }
  TermCursor cursor(parts(source), found.word.term);
  while (cursor.next() != kNoMoreDocs) {
    const uint32_t doc = docs_.of_source[source][cursor.doc()];
    if (doc == kDropped) continue;
    if (!config_.positional) {
      for (uint32_t i = 0; i < cursor.tf(); ++i) worker.places.push_back({doc, i, 0});
      continue;
    }
    for (const Place& place : cursor.places()) {
      if (place.form_rank >= new_rank.size())
        throw CorruptIndexError("a place names a form that its term lacks");
      worker.places.push_back({doc, place.position, new_rank[place.form_rank]});
    }
  }
}

}  // namespace searchlib
