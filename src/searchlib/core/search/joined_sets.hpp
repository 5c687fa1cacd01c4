// Sets of documents (doc_set.hpp) of others: what any of several has, or all of several and none of others.

#pragma once

#include "search/doc_set.hpp"

namespace searchlib {

using DocSets = std::vector<DocSetPtr>;

class UnionSet : public DocSet {
 public:
  explicit UnionSet(DocSets children, uint32_t num_docs)
      : children_(std::move(children)), num_docs_(num_docs) {}
  uint64_t cost() const override;
  uint32_t next_doc(uint32_t doc) override;
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;
  using DocSet::add_to;
  void add_to(DocFlags& flags) override;
  // |A ∪ B| = |A| + |B \ A|: where one is by far the largest, only what the others have beside it is looked for.
  std::optional<Apart> apart() override;

 private:
  DocSets children_;
  uint32_t num_docs_;
};

class IntersectionSet : public DocSet {
 public:
  // wanted: one at least. verified: what must match as well, and takes long to ask a document: what is left is asked.
  IntersectionSet(DocSets wanted, DocSets unwanted, uint32_t num_docs, DocSets verified = {});
  uint64_t cost() const override { return wanted_.front()->cost(); }
  uint32_t next_doc(uint32_t doc) override;
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;
  using DocSet::add_to;
  void add_to(DocFlags& flags) override;
  uint32_t count(uint32_t begin, uint32_t end, DocFlags& flags) override;
  // |A \ B| = |A| − |A ∩ B|, where B is rarer.
  std::optional<Apart> apart() override;

 private:
  // What is left of [begin, end): in the flags, of which there are at most so many, or, as soon as these are few, as
  // a list. num_wanted: only the first ones are asked.
  struct Left {
    bool listed;
    uint64_t count;
  };
  Left reduce(uint32_t begin, uint32_t end, DocFlags& flags, size_t num_wanted);
  bool is_sparse(uint64_t count, uint32_t begin, uint32_t end, const DocSet& other) const;

  DocSets wanted_;  // the rarest first
  DocSets unwanted_;
  DocSets verified_;
  uint32_t num_docs_;
  std::vector<uint32_t> docs_;
  std::unique_ptr<DocFlags> own_;
};

// How many documents of a set are live. deleted: null if all are.
uint64_t count_live(DocSetPtr set, DocSetPtr deleted, uint32_t num_docs);

}  // namespace searchlib
