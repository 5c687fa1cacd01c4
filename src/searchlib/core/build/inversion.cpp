#include "build/inversion.hpp"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <utility>

#include "build/buffered_vectors.hpp"
#include "build/field_lengths.hpp"
#include "build/field_parts_writer.hpp"
#include "build/ordered_pipeline.hpp"
#include "build/table_order.hpp"
#include "build/term_vectors_writer.hpp"

namespace searchlib {
namespace {

// Terms are sorted and encoded so many entries at a time: what that takes stays in a core's cache. There are
// no more buckets than that, lest the entries of one batch scatter too thinly.
constexpr uint64_t kBucketEntries = 1 << 15;
constexpr uint64_t kMaxBuckets = 1024;

// What an entry takes in the postings, positions apart: seldom more.
constexpr uint64_t kBytesPerEntry = 2;

// Below, other threads would cost more than they save.
constexpr size_t kMinTokensForHelpers = 1 << 16;

// Lemmas are counted in the order of their bytes, and with them their pairs: a lemma and a form of it, the
// most frequent form first.
class FieldInversion {
 public:
  FieldInversion(BufferedField field, size_t helpers)
      : field_(std::move(field)), helpers_(field_.buffer.num_tokens < kMinTokensForHelpers ? 0 : helpers) {}

  void write(PartSink& sink) {
    sort_words();
    words_ = WordOrder(field_.lexicon.forms(), forms_, field_.lexicon.lemmas(), lemmas_);
    number_pairs();
    cut_buckets();
    distribute();
    FieldPartsWriter writer(sink, field_.config.name, stats_of(field_.config, field_.buffer),
                            norms_of(field_.buffer), lengths_of(field_.config, field_.buffer));
    writer.expect(num_entries_ * kBytesPerEntry);
    write_terms(writer);
    while (next_word_ < words_.words.size()) write_word(words_.words[next_word_++], nullptr, writer);
    writer.finish();
    if (field_.config.keeps_vectors) {
      const auto num_words = static_cast<uint32_t>(words_.words.size());
      sink.whole(field_.config.name + ".vectors",
                 buffered_vectors(field_.buffer, terms_of_vectors(), num_words));
    }
  }

 private:
  struct Entry {
    uint32_t pair;
    uint32_t doc;
    uint32_t position;
  };
  static_assert(sizeof(Entry) == kInversionEntryBytes);

  // A batch's entries, by bucket and, inside a bucket, in the order of documents and positions.
  struct BatchEntries {
    Room entries;
    std::vector<size_t> ends;  // of each bucket
  };
  struct PairPlace {
    uint32_t pair;
    uint32_t bucket;
  };
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  // Of a pair: its lemma, and its form by its rank among that lemma's.
  struct RankedForm {
    uint32_t lemma;
    uint32_t rank;
  };
  // Of a form: most have one place, which is kept at hand. All forms together, of which the next token has any,
  // shall be in the cache.
  struct FormPlaces {
    static constexpr uint32_t kSeveral = 1U << 31;
    uint32_t first;   // a pair; or, of several, where they begin in pair_places_
    uint32_t second;  // its bucket; or how many they are, and kSeveral
  };
  struct Bucket {
    Range lemmas;
    uint64_t num_entries = 0;
  };
  struct BucketTask {
    size_t bucket = 0;
    EncodedTerms encoded;
  };
  struct Worker {
    TermEncoder encoder;
    std::vector<Occurrence> places;
    std::vector<size_t> starts;     // of each lemma in places
    std::vector<Occurrence*> next;  // where its next one goes
  };

  void sort_words() {
    for_each_in_parallel(2, helpers_, [&](size_t table) {
      if (table == 0) {
        forms_ = TableOrder(field_.lexicon.forms(), used_forms());
      } else {
        lemmas_ = TableOrder(field_.lexicon.lemmas(), used_lemmas());
      }
    });
  }

  std::vector<bool> used_forms() const {
    std::vector<bool> used;
    for (const FormUse& use : field_.uses) used.push_back(use.count > 0);
    return used;
  }

  std::vector<bool> used_lemmas() const {
    std::vector<bool> used(field_.lexicon.lemmas().size(), false);
    for (uint32_t form = 0; form < field_.uses.size(); ++form) {
      if (field_.uses[form].count == 0) continue;
      for (const uint32_t lemma : field_.lexicon.lemmas_of(form)) used[lemma] = true;
    }
    return used;
  }

  void number_pairs() {
    pairs_at_.assign(lemmas_.ids.size() + 1, 0);
    for (const uint32_t form : forms_.ids) {
      for (const uint32_t lemma : field_.lexicon.lemmas_of(form)) ++pairs_at_[lemmas_.number[lemma] + 1];
    }
    std::partial_sum(pairs_at_.begin(), pairs_at_.end(), pairs_at_.begin());
    form_of_pair_.resize(pairs_at_.back());
    of_pair_.resize(pairs_at_.back());
    std::vector<uint32_t> next(pairs_at_.begin(), pairs_at_.end() - 1);
    for (const uint32_t form : forms_.ids) {
      for (const uint32_t lemma : field_.lexicon.lemmas_of(form)) {
        const uint32_t number = lemmas_.number[lemma];
        of_pair_[next[number]] = {number, next[number] - pairs_at_[number]};
        form_of_pair_[next[number]++] = form;
      }
    }
    for (size_t lemma = 0; lemma + 1 < pairs_at_.size(); ++lemma) {
      const auto begin = form_of_pair_.begin() + pairs_at_[lemma];
      const auto end = form_of_pair_.begin() + pairs_at_[lemma + 1];
      // Forms came in the order of their bytes; a stable sort keeps it among equals.
      if (end - begin > 1) {
        std::stable_sort(begin, end, [&](uint32_t left, uint32_t right) {
          return field_.uses[left].df > field_.uses[right].df;
        });
      }
    }
  }

  void cut_buckets() {
    for (const uint32_t form : form_of_pair_) num_entries_ += field_.uses[form].count;
    const uint64_t limit = std::max(kBucketEntries, num_entries_ / kMaxBuckets);
    std::vector<uint32_t> bucket_of_lemma(lemmas_.ids.size());
    for (uint32_t lemma = 0; lemma < bucket_of_lemma.size(); ++lemma) {
      uint64_t entries = 0;
      for (const uint32_t form : forms_of(lemma)) entries += field_.uses[form].count;
      if (buckets_.empty() || buckets_.back().num_entries + entries > limit) {
        buckets_.push_back({{lemma, lemma}, 0});
      }
      buckets_.back().lemmas.end = lemma + 1;
      buckets_.back().num_entries += entries;
      bucket_of_lemma[lemma] = static_cast<uint32_t>(buckets_.size() - 1);
    }
    place_pairs(bucket_of_lemma);
  }

  // For each form its pairs, and the buckets that they belong to.
  void place_pairs(const std::vector<uint32_t>& bucket_of_lemma) {
    places_of_form_.assign(field_.lexicon.forms().size(), {});
    uint32_t at = 0;
    for (const uint32_t form : forms_.ids) {
      const auto count = static_cast<uint32_t>(field_.lexicon.lemmas_of(form).size());
      if (count == 1) continue;
      places_of_form_[form] = {at, FormPlaces::kSeveral};
      at += count;
    }
    pair_places_.resize(at);
    for (uint32_t pair = 0; pair < form_of_pair_.size(); ++pair) {
      const uint32_t form = form_of_pair_[pair];
      FormPlaces& places = places_of_form_[form];
      const PairPlace place{pair, bucket_of_lemma[of_pair_[pair].lemma]};
      if (places.second & FormPlaces::kSeveral) {
        pair_places_[places.first + (places.second++ & ~FormPlaces::kSeveral)] = place;
      } else {
        places = {place.pair, place.bucket};
      }
    }
  }

  // The first step: each batch's tokens by bucket.
  void distribute() {
    entries_.resize(field_.buffer.batches.size());
    for_each_in_parallel(entries_.size(), helpers_, [&](size_t batch) { distribute(batch); });
    spare_.clear();
  }

  // Of a batch that is distributed already, if it is large enough.
  Room take_room(size_t num_bytes) {
    const std::lock_guard lock(spare_mutex_);
    const auto found = std::find_if(spare_.begin(), spare_.end(),
                                    [&](const Room& room) { return room.num_bytes() >= num_bytes; });
    if (found == spare_.end()) return Room(num_bytes);
    Room room = std::move(*found);
    spare_.erase(found);
    return room;
  }

  void give_room(Room&& room) {
    const std::lock_guard lock(spare_mutex_);
    spare_.push_back(std::move(room));
  }

  void distribute(size_t batch_number) {
    std::unique_ptr<TokenBatch>& batch = field_.buffer.batches[batch_number];
    BatchEntries& out = entries_[batch_number];
    std::vector<size_t> next(buckets_.size() + 1, 0);
    for (const BufferedToken& token : batch->all_tokens())
      for_each_place(token.form, [&](PairPlace place) { ++next[place.bucket + 1]; });
    std::partial_sum(next.begin(), next.end(), next.begin());
    out.entries = take_room(next.back() * sizeof(Entry));
    auto* const entries = out.entries.as<Entry>();
    for (uint32_t doc = 0; doc < batch->num_docs(); ++doc) {
      const uint32_t number = batch->first_doc + doc;
      for (const BufferedToken& token : batch->tokens_of(doc)) {
        for_each_place(token.form, [&](PairPlace place) {
          entries[next[place.bucket]++] = {place.pair, number, token.position};
        });
      }
    }
    next.pop_back();  // each bucket's begin has become its end
    out.ends = std::move(next);
    give_room(std::exchange(batch->tokens, Room()));
  }

  // The second step: each bucket's entries by lemma, and encoded.
  void write_terms(FieldPartsWriter& writer) {
    std::vector<Worker> workers;
    for (size_t i = 0; i <= helpers_; ++i) workers.push_back({writer.encoder(), {}, {}, {}});
    OrderedPipeline<BucketTask> pipeline(helpers_);
    size_t next = 0;
    pipeline.run(
        [&](BucketTask& task) {
          task.bucket = next;
          return next++ < buckets_.size();
        },
        [&](BucketTask& task, size_t worker) {
          encode(buckets_[task.bucket], task.bucket, workers[worker], task.encoded);
        },
        [&](BucketTask& task) { write_bucket(buckets_[task.bucket], task.encoded, writer); });
  }

  void encode(const Bucket& bucket, size_t number, Worker& worker, EncodedTerms& out) const {
    const uint32_t first = bucket.lemmas.begin;
    size_t at = 0;
    worker.starts.clear();
    for (uint32_t lemma = first; lemma < bucket.lemmas.end; ++lemma) {
      worker.starts.push_back(at);
      for (const uint32_t form : forms_of(lemma)) at += field_.uses[form].count;
    }
    if (worker.places.size() < at) worker.places.resize(at);
    worker.next.clear();
    for (const size_t start : worker.starts) worker.next.push_back(worker.places.data() + start);
    for (const BatchEntries& batch : entries_) {
      const size_t end = batch.ends[number];
      const auto* const entries = batch.entries.as<Entry>();
      for (size_t i = number == 0 ? 0 : batch.ends[number - 1]; i < end; ++i) {
        const Entry& entry = entries[i];
        const RankedForm form = of_pair_[entry.pair];
        *worker.next[form.lemma - first]++ = {entry.doc, entry.position, form.rank};
      }
    }
    out.clear();
    for (uint32_t lemma = first; lemma < bucket.lemmas.end; ++lemma) {
      Occurrence* const begin = worker.places.data() + worker.starts[lemma - first];
      out.add(worker.encoder, {begin, worker.next[lemma - first]}, forms_of(lemma).size());
    }
  }

  // With the words that stand between its terms.
  void write_bucket(const Bucket& bucket, const EncodedTerms& encoded, FieldPartsWriter& writer) {
    writer.append_lists(encoded);
    for (uint32_t lemma = bucket.lemmas.begin; lemma < bucket.lemmas.end; ++lemma) {
      while (next_word_ < words_.of_lemma[lemma]) write_word(words_.words[next_word_++], nullptr, writer);
      form_numbers_.clear();
      for (const uint32_t form : forms_of(lemma)) {
        form_numbers_.push_back(words_.of_form[forms_.number[form]]);
      }
      const WordsWriter::Term term = encoded.term(lemma - bucket.lemmas.begin, form_numbers_);
      write_word(words_.words[next_word_++], &term, writer);
    }
  }

  void write_word(const WordOrder::Places& word, const WordsWriter::Term* term, FieldPartsWriter& writer) {
    if (word.form == TableOrder::kUnused) {
      writer.add_encoded(lemma_at(word.lemma), term, nullptr);
      return;
    }
    const uint32_t form = forms_.ids[word.form];
    form_info_.df = field_.uses[form].df;
    form_info_.terms.clear();
    for (const uint32_t lemma : field_.lexicon.lemmas_of(form)) {
      form_info_.terms.push_back(words_.of_lemma[lemmas_.number[lemma]]);
    }
    writer.add_encoded(form_at(word.form), term, &form_info_);
  }

  // Of each form what it is in a term vector: its first lemma's number among the words, or why there is none.
  std::vector<uint32_t> terms_of_vectors() const {
    std::vector<uint32_t> terms(field_.lexicon.forms().size(), kNoTerm);
    for (uint32_t form = 0; form < terms.size(); ++form) {
      const std::span<const uint32_t> lemmas = field_.lexicon.lemmas_of(form);
      if (lemmas.empty()) continue;
      const uint32_t place = lemmas_.number[lemmas.front()];
      if (!is_of_vectors(field_.lexicon.lemmas()[lemmas.front()])) {
        terms[form] = kLeftOut;
      } else if (place != TableOrder::kUnused) {
        terms[form] = words_.of_lemma[place];
      }
    }
    return terms;
  }

  std::string_view form_at(uint32_t place) const { return field_.lexicon.forms()[forms_.ids[place]]; }
  std::string_view lemma_at(uint32_t place) const { return field_.lexicon.lemmas()[lemmas_.ids[place]]; }
  std::span<const uint32_t> forms_of(uint32_t lemma) const {
    return std::span(form_of_pair_).subspan(pairs_at_[lemma], pairs_at_[lemma + 1] - pairs_at_[lemma]);
  }
  template <class Sink>
  void for_each_place(uint32_t form, Sink&& sink) const {
    const FormPlaces places = places_of_form_[form];
    if (!(places.second & FormPlaces::kSeveral)) return sink({places.first, places.second});
    const uint32_t end = places.first + (places.second & ~FormPlaces::kSeveral);
    for (uint32_t at = places.first; at < end; ++at) sink(pair_places_[at]);
  }

  BufferedField field_;
  size_t helpers_;
  TableOrder forms_;
  TableOrder lemmas_;
  std::vector<uint32_t> pairs_at_;  // of each lemma
  std::vector<uint32_t> form_of_pair_;
  std::vector<RankedForm> of_pair_;
  std::vector<FormPlaces> places_of_form_;
  std::vector<PairPlace> pair_places_;
  std::vector<Bucket> buckets_;
  uint64_t num_entries_ = 0;  // of all
  std::vector<BatchEntries> entries_;
  std::mutex spare_mutex_;
  std::vector<Room> spare_;
  WordOrder words_;
  size_t next_word_ = 0;                // to be written
  std::vector<uint32_t> form_numbers_;  // of the term that is written
  FormInfo form_info_;                  // … and what it is as a form
};

}  // namespace

void write_field(BufferedField field, size_t helpers, PartSink& sink) {
  FieldInversion(std::move(field), helpers).write(sink);
}

}  // namespace searchlib
