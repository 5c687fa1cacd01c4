// Documents that are known as a list (doc_set.hpp), or will be when they are first asked for: all of them are found
// then. Of a few documents that something else has led to each may be asked instead.

#pragma once

#include <functional>

#include "search/deadline.hpp"
#include "search/doc_set.hpp"
#include "search/scorer.hpp"

namespace searchlib {

class ListedSet : public DocSet {
 public:
  uint64_t cost() const override { return cost_; }
  uint32_t next_doc(uint32_t doc) override;
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;

 protected:
  explicit ListedSet(uint64_t cost) : cost_(cost) {}
  explicit ListedSet(std::vector<uint32_t> docs) : cost_(docs.size()), found_(std::move(docs)) {}

  // All of them, ascending.
  virtual std::vector<uint32_t> find() = 0;
  // Before they are found: drops the documents that do not match; or false, and nothing is done, where it takes less
  // to find all. docs: one at least.
  virtual bool keep_one_by_one(std::vector<uint32_t>& docs) = 0;

 private:
  size_t place_of(uint32_t doc);

  uint64_t cost_;
  std::optional<std::vector<uint32_t>> found_;
  size_t at_ = 0;  // what is asked next does not stand before it
};

// What a function finds. `scorer` is asked instead as long as few documents are tried.
class FoundSet : public ListedSet {
 public:
  using Find = std::function<std::vector<uint32_t>()>;
  explicit FoundSet(std::vector<uint32_t> docs) : ListedSet(std::move(docs)) {}
  FoundSet(uint64_t cost, Find find, std::function<ScorerPtr()> make_scorer)
      : ListedSet(cost), find_(std::move(find)), make_scorer_(std::move(make_scorer)) {}

 private:
  std::vector<uint32_t> find() override { return find_(); }
  bool keep_one_by_one(std::vector<uint32_t>& docs) override;

  Deadline& deadline_ = Deadline::current();
  Find find_;
  std::function<ScorerPtr()> make_scorer_;
  ScorerPtr scorer_;
  uint64_t num_tried_ = 0;
};

}  // namespace searchlib
