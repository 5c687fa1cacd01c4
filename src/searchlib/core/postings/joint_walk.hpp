// The dictionaries of several segments walked together, whoever wants their words in one order: a merge, or what
// writes postings for others. It knows nothing of documents.

#pragma once

#include <string>
#include <vector>

#include "postings/words.hpp"

namespace searchlib {

// In the order of their keys: the sources that hold the least key, again and again.
class JointWalk {
 public:
  // from: keys below it are passed over.
  explicit JointWalk(const std::vector<const Words*>& sources, std::string_view from = "") {
    for (const Words* words : sources) {
      WordWalker& walker = walkers_.emplace_back(*words, words->keys().block_of(from).value_or(0));
      bool alive = walker.next();
      while (alive && walker.key() < from) alive = walker.next();
      alive_.push_back(alive);
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

}  // namespace searchlib
