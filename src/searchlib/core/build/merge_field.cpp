#include "build/merge_field.hpp"

#include <algorithm>
#include <optional>

#include "build/ordered_pipeline.hpp"
#include "postings/term_cursor.hpp"

namespace searchlib {
namespace {

// What one thread joins at a time.
constexpr size_t kMaxTermsOfTask = 1024;
constexpr uint64_t kMaxPostingsOfTask = 1 << 16;

// Memory that stays for the next task; what «и» took is given back.
constexpr size_t kSparePlaces = 1 << 19;
constexpr size_t kSpareBytes = 1 << 21;

// Several dictionaries walked together in the order of their keys: the sources that hold the least key, again
// and again.
class JointWalk {
 public:
  explicit JointWalk(const std::vector<const Dictionary*>& dictionaries) {
    for (const Dictionary* dictionary : dictionaries) {
      walkers_.emplace_back(*dictionary);
      alive_.push_back(walkers_.back().next());
    }
  }

  // visit(source, walker) for each source that holds the next key; false at the end.
  template <class Visit>
  bool next(Visit&& visit) {
    std::optional<std::string> least;
    for (size_t i = 0; i < walkers_.size(); ++i) {
      if (alive_[i] && (!least || walkers_[i].key() < *least)) least = walkers_[i].key();
    }
    if (!least) return false;
    for (size_t i = 0; i < walkers_.size(); ++i) {
      if (!alive_[i] || walkers_[i].key() != *least) continue;
      visit(i, walkers_[i]);
      alive_[i] = walkers_[i].next();
    }
    return true;
  }

 private:
  std::vector<DictionaryWalker> walkers_;
  std::vector<bool> alive_;
};

}  // namespace

FieldMerge::FieldMerge(const std::vector<MergeSource>& sources, size_t index, const MergeField& config,
                       const DocMap& docs)
    : sources_(sources), index_(index), config_(config), docs_(docs) {}

void FieldMerge::write(size_t helpers, PartSink& sink) {
  merge_forms();
  FieldPartsWriter writer(sink, config_.name, stats(), norms(), lengths());
  merge_terms(writer, helpers);
  FormInfo info;
  for (const Form& form : forms_) {
    info.df = form.df;
    info.terms.clear();
    for (const uint32_t term : form.old_terms) {
      if (new_term_[form.source][term] != kDropped) info.terms.push_back(new_term_[form.source][term]);
    }
    writer.add_form(form.key, info);
  }
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
  std::vector<uint32_t> dfs(field.forms.size(), 0);
  std::vector<uint32_t> forms;
  std::vector<uint32_t> counts;
  std::vector<uint32_t> last_doc;
  TermPayload payloads;
  for (DictionaryWalker walker(field.terms); walker.next();) {
    if (walker.index() % kDictionaryBlock == 0) payloads.start_block();
    TermCursor cursor(field, payloads.decode(walker.index(), walker.payload(), &forms));
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
    for (size_t rank = 0; rank < forms.size(); ++rank) {
      if (forms[rank] >= dfs.size()) throw CorruptIndexError("a form's number is out of range");
      dfs[forms[rank]] = std::max(dfs[forms[rank]], counts[rank]);
    }
  }
  return dfs;
}

void FieldMerge::merge_forms() {
  std::vector<const Dictionary*> dictionaries;
  std::vector<std::vector<uint32_t>> live(sources_.size());
  for (size_t i = 0; i < sources_.size(); ++i) {
    dictionaries.push_back(&parts(i).forms);
    new_form_.emplace_back(parts(i).forms.size(), kDropped);
    if (sources_[i].deletes != nullptr) live[i] = live_form_dfs(i);
  }
  JointWalk walk(dictionaries);
  Form form;
  const auto take = [&](size_t source, const DictionaryWalker& walker) {
    FormInfo info = decode_form(walker.payload(), parts(source).terms.size());
    if (!live[source].empty()) info.df = live[source][walker.index()];
    if (info.df == 0) return;
    if (form.df == 0) form = {walker.key(), 0, source, std::move(info.terms)};
    form.df += info.df;
    new_form_[source][walker.index()] = static_cast<uint32_t>(forms_.size());
  };
  while (walk.next(take)) {
    if (form.df > 0) forms_.push_back(std::move(form));
    form = {};
  }
}

void FieldMerge::merge_terms(FieldPartsWriter& writer, size_t helpers) {
  std::vector<const Dictionary*> dictionaries;
  for (size_t i = 0; i < sources_.size(); ++i) {
    dictionaries.push_back(&parts(i).terms);
    new_term_.emplace_back(parts(i).terms.size(), kDropped);
  }
  std::vector<TermPayload> payloads(sources_.size());
  JointWalk walk(dictionaries);
  const auto produce = [&](Task& task) {
    task.clear();
    uint64_t num_postings = 0;
    while (task.num_terms < kMaxTermsOfTask && num_postings < kMaxPostingsOfTask) {
      const size_t before = task.num_found;
      std::string& lemma = task.add_term().lemma;
      const bool more = walk.next([&](size_t source, const DictionaryWalker& walker) {
        if (walker.index() % kDictionaryBlock == 0) payloads[source].start_block();
        Found& entry = task.add_found();
        entry.source = source;
        entry.term = payloads[source].decode(walker.index(), walker.payload(), &entry.old_forms);
        num_postings += entry.term.df;
        if (task.num_found == before + 1) lemma = walker.key();
      });
      if (!more) {
        --task.num_terms;
        break;
      }
      task.terms[task.num_terms - 1].end = task.num_found;
    }
    return task.num_terms > 0;
  };
  std::vector<Worker> workers;
  for (size_t i = 0; i <= helpers; ++i) workers.push_back({writer.encoder(), {}, {}});
  OrderedPipeline<Task> pipeline(helpers);
  const auto work = [&](Task& task, size_t number) {
    Worker& worker = workers[number];
    encode(task, worker);
    if (worker.places.capacity() > kSparePlaces) {
      worker.places = {};
      worker.encoder.emplace(writer.encoder());
    }
  };
  pipeline.run(produce, work, [&](Task& task) {
    write_terms(task, writer);
    if (task.encoded.postings.capacity() > kSpareBytes) task.encoded = {};
  });
}

void FieldMerge::encode(Task& task, Worker& worker) const {
  task.encoded.clear();
  size_t begin = 0;
  for (size_t i = 0; i < task.num_terms; ++i) {
    Joined& term = task.terms[i];
    const std::span<const Found> found = std::span(task.found).subspan(begin, term.end - begin);
    begin = term.end;
    rank_forms(found, term.ranked);
    worker.places.clear();
    for (const Found& entry : found) add_places(entry, term.ranked, worker);
    task.encoded.add(*worker.encoder, worker.places);
  }
}

// The term's forms that live, the most frequent first.
void FieldMerge::rank_forms(std::span<const Found> found, std::vector<uint32_t>& ranked) const {
  ranked.clear();
  for (const Found& entry : found) {
    for (const uint32_t old : entry.old_forms) {
      if (old >= new_form_[entry.source].size()) throw CorruptIndexError("a form's number is out of range");
      if (new_form_[entry.source][old] != kDropped) ranked.push_back(new_form_[entry.source][old]);
    }
  }
  std::sort(ranked.begin(), ranked.end(), [&](uint32_t left, uint32_t right) {
    return forms_[left].df != forms_[right].df ? forms_[left].df > forms_[right].df : left < right;
  });
  ranked.erase(std::unique(ranked.begin(), ranked.end()), ranked.end());
}

void FieldMerge::add_places(const Found& found, std::span<const uint32_t> new_forms, Worker& worker) const {
  std::vector<uint32_t>& new_rank = worker.new_rank;
  new_rank.assign(found.old_forms.size(), 0);
  for (size_t rank = 0; rank < new_rank.size(); ++rank) {
    const uint32_t form = new_form_[found.source][found.old_forms[rank]];
    const auto place = std::find(new_forms.begin(), new_forms.end(), form);
    if (place != new_forms.end()) new_rank[rank] = static_cast<uint32_t>(place - new_forms.begin());
  }
  TermCursor cursor(parts(found.source), found.term);
  while (cursor.next() != kNoMoreDocs) {
    const uint32_t doc = docs_.of_source[found.source][cursor.doc()];
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

// Terms of deleted documents alone are left out.
void FieldMerge::write_terms(const Task& task, FieldPartsWriter& writer) {
  writer.append_lists(task.encoded);
  size_t begin = 0;
  for (size_t i = 0; i < task.num_terms; ++i) {
    const Joined& term = task.terms[i];
    if (task.encoded.terms[i].df > 0) {
      writer.add_term(term.lemma, term.ranked, task.encoded.terms[i]);
      for (size_t at = begin; at < term.end; ++at) {
        new_term_[task.found[at].source][task.found[at].term.index] = num_terms_;
      }
      ++num_terms_;
    }
    begin = term.end;
  }
}

void FieldMerge::Task::clear() { num_found = num_terms = 0; }

FieldMerge::Found& FieldMerge::Task::add_found() {
  if (num_found == found.size()) found.emplace_back();
  return found[num_found++];
}

FieldMerge::Joined& FieldMerge::Task::add_term() {
  if (num_terms == terms.size()) terms.emplace_back();
  return terms[num_terms++];
}

}  // namespace searchlib
