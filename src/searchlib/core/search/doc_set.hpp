// The documents of one segment that a node of a plan matches, for who counts them and wants no scores: deleted ones
// are among them.
//
// A set is asked in either of two ways, which may take turns: by stretches of documents as flags, where it is dense;
// by lists of documents, where what leads is rare. Contract: stretches and lists ascend from call to call, and inside
// of each; so does next_doc. cost() bounds the number of documents from above, roughly.

#pragma once

#include <memory>
#include <optional>

#include "postings/doc_bits.hpp"
#include "search/doc_flags.hpp"

namespace searchlib {

class DocSet;
using DocSetPtr = std::unique_ptr<DocSet>;

class DocSet {
 public:
  virtual ~DocSet() = default;
  virtual uint64_t cost() const = 0;
  // A document ≥ doc that no match from doc on lies before; kNoMoreDocs if there is none left.
  virtual uint32_t next_doc(uint32_t doc) = 0;

  // Appends the matches of [begin, end).
  virtual void list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) = 0;
  // Drops the documents that do not match.
  virtual void keep(std::vector<uint32_t>& docs) = 0;
  // Drops those that do.
  virtual void drop(std::vector<uint32_t>& docs);

  // Sets the matches of the flags' stretch; what is set stays so.
  virtual void add_to(DocFlags& flags);
  // Sets all matches, of a set that was not asked before: a bit a document of the segment.
  virtual void add_to(DocBits& bits);
  // The same as keep and drop, of a stretch. num_set: how many flags are set, at most.
  virtual void keep_in(DocFlags& flags, uint64_t num_set);
  virtual void drop_from(DocFlags& flags);
  // How many of the flags that are set it matches; the flags may be spoilt.
  virtual uint32_t count_in(DocFlags& flags, uint64_t num_set);
  // How many match in [begin, end), by flags that it may use.
  virtual uint32_t count(uint32_t begin, uint32_t end, DocFlags& flags);

  // How many of them are live, if that is known without looking.
  virtual std::optional<uint64_t> num_live() const { return std::nullopt; }
  // The number of its live documents is `known`, plus or minus that of those of `rest`. Spoils the set.
  struct Apart {
    uint64_t known;
    bool minus;
    DocSetPtr rest;
  };
  // Nothing where that would not be the shorter way.
  virtual std::optional<Apart> apart() { return std::nullopt; }

 protected:
  DocFlags& scratch() {
    if (!scratch_) scratch_ = std::make_unique<DocFlags>();
    return *scratch_;
  }

 private:
  std::unique_ptr<DocFlags> scratch_;
  std::vector<uint32_t> docs_;
};

// Of two ascending lists: what is in the first and not in the second.
void subtract(std::vector<uint32_t>& docs, const std::vector<uint32_t>& others);

// So many documents at a time are passed from set to set, where lists are.
constexpr uint64_t kListed = 4096;

// Where the rarest of several sets has no more than one of so many documents, lists are the shorter way.
constexpr uint64_t kSparse = 64;

}  // namespace searchlib
