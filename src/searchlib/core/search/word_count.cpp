#include "search/word_count.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "postings/words.hpp"
#include "search/deadline.hpp"

namespace searchlib {
namespace {

// The keys of one segment's dictionary in order, with their kinds; of the entries nothing else is read.
class KindWalker {
 public:
  explicit KindWalker(const Words& words) : words_(&words) {}

  bool next() {
    if (reader_ && ++at_ < words_->keys().entries_of(block_ - 1)) {
      if (!keys_->next()) throw CorruptIndexError("a dictionary's block holds too few keys");
    } else {
      if (block_ == words_->keys().num_blocks()) return false;
      Deadline::current().tick();
      reader_.emplace(words_->read(block_));
      keys_.emplace(words_->keys().block(block_).keys);
      ++block_;
      at_ = 0;
    }
    key_.resize(keys_->shared());
    key_ += keys_->suffix();
    return true;
  }
  const std::string& key() const { return key_; }
  WordKind kind() const { return reader_->kind(at_); }

 private:
  const Words* words_;
  uint32_t block_ = 0, at_ = 0;
  std::optional<KeyReader> keys_;
  std::optional<WordReader> reader_;
  std::string key_;
};

}  // namespace

WordCount count_words(const Snapshot& snapshot, size_t field) {
  const auto words_of = [&](const SnapshotSegment& one) -> const Words& {
    return one.segment->field(field).words;
  };
  if (snapshot.segments().size() == 1) {
    const Words& words = words_of(snapshot.segments().front());
    return {words.num_terms(), words.num_forms()};
  }
  std::vector<KindWalker> walkers;
  for (const SnapshotSegment& one : snapshot.segments()) {
    walkers.emplace_back(words_of(one));
    if (!walkers.back().next()) walkers.pop_back();
  }
  WordCount count;
  const auto is_behind = [](const KindWalker* left, const KindWalker* right) {
    return left->key() > right->key();
  };
  std::vector<KindWalker*> heap;
  for (KindWalker& walker : walkers) heap.push_back(&walker);
  std::make_heap(heap.begin(), heap.end(), is_behind);
  std::string key;
  bool term = false, form = false;
  const auto add = [&] {
    count.terms += term;
    count.forms += form;
    term = form = false;
  };
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), is_behind);
    KindWalker& first = *heap.back();
    if (first.key() != key) {
      add();
      key = first.key();
    }
    term = term || is_term(first.kind());
    form = form || is_form(first.kind());
    if (first.next()) {
      std::push_heap(heap.begin(), heap.end(), is_behind);
    } else {
      heap.pop_back();
    }
  }
  add();
  return count;
}

}  // namespace searchlib
