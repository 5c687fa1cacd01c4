// Sets of documents (doc_set.hpp) that are read from somewhere: a list of postings, bits, norms.

#pragma once

#include <span>

#include "postings/block_reader.hpp"
#include "search/block_join.hpp"
#include "search/deadline.hpp"
#include "search/doc_set.hpp"

namespace searchlib {

// The postings of one term in one field.
class PostingsSet : public DocSet {
 public:
  PostingsSet(const FieldParts& field, const TermInfo& term, uint32_t num_docs,
              std::optional<uint64_t> num_live)
      : blocks_(field, term), df_(term.df), num_docs_(num_docs), num_live_(num_live) {}
  uint64_t cost() const override { return df_; }
  uint32_t next_doc(uint32_t doc) override;
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;
  void drop(std::vector<uint32_t>& docs) override;
  using DocSet::add_to;
  void add_to(DocFlags& flags) override;
  void keep_in(DocFlags& flags, uint64_t num_set) override;
  void drop_from(DocFlags& flags) override;
  uint32_t count_in(DocFlags& flags, uint64_t num_set) override;
  std::optional<uint64_t> num_live() const override { return num_live_; }

 private:
  // visit(docs, count) for the postings in [begin, end), a block at a time; wanted(first, last): whether to load the
  // block of documents that lie between these, inclusive.
  template <class Wanted, class Visit>
  void for_each_block(uint32_t begin, uint32_t end, Wanted&& wanted, Visit&& visit);
  template <class Visit>
  void for_each_in(const DocFlags& flags, uint64_t num_set, Visit&& visit);
  template <class Hit>
  void join(const std::vector<uint32_t>& docs, Hit&& hit);

  Deadline& deadline_ = Deadline::current();
  BlockReader blocks_;
  uint32_t df_;
  uint32_t num_docs_;
  std::optional<uint64_t> num_live_;
  uint32_t block_ = 0;  // what is asked next does not lie before it
  std::unique_ptr<BlockJoin> join_;
  std::vector<uint32_t> kept_;
  std::vector<uint8_t> found_;
};

// Bits, one a document: deleted documents, or those that a pattern met.
class BitsSet : public DocSet {
 public:
  BitsSet(std::span<const uint64_t> bits, uint64_t cost) : bits_(bits), cost_(cost) {}
  uint64_t cost() const override { return cost_; }
  uint32_t next_doc(uint32_t doc) override { return first_doc_from(bits_, doc); }
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;
  void drop(std::vector<uint32_t>& docs) override;
  using DocSet::add_to;
  void add_to(DocFlags& flags) override;
  void add_to(DocBits& bits) override;
  void drop_from(DocFlags& flags) override;

 private:
  bool has(uint32_t doc) const { return doc / 64 < bits_.size() && has_doc(bits_, doc); }

  std::span<const uint64_t> bits_;
  uint64_t cost_;
};

struct BitsHolder {
  DocBits held;
};

// The same of bits that nobody else keeps.
class OwnBitsSet : private BitsHolder, public BitsSet {
 public:
  OwnBitsSet(DocBits bits, uint64_t cost) : BitsHolder{std::move(bits)}, BitsSet(held, cost) {}
};

// Every document of the segment, or, with norms, those whose field has a value.
class AllSet : public DocSet {
 public:
  AllSet(uint32_t num_docs, std::optional<uint64_t> num_live, const uint8_t* norms = nullptr)
      : num_docs_(num_docs), num_live_(num_live), norms_(norms) {}
  uint64_t cost() const override { return num_docs_; }
  uint32_t next_doc(uint32_t doc) override { return doc < num_docs_ ? doc : kNoMoreDocs; }
  void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) override;
  void keep(std::vector<uint32_t>& docs) override;
  using DocSet::add_to;
  void add_to(DocFlags& flags) override;
  void add_to(DocBits& bits) override;
  std::optional<uint64_t> num_live() const override { return num_live_; }

 private:
  uint32_t num_docs_;
  std::optional<uint64_t> num_live_;
  const uint8_t* norms_;
};

}  // namespace searchlib
