// Which documents of a segment hold one of the surface forms that patterns match: the lemmas' postings, true
// to the text by the form's rank at each place. «люд*» finds «людей» and not a text that says only «человек»,
// though both have one lemma.

#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "postings/segment.hpp"
#include "search/plan.hpp"

namespace searchlib {

class FormsFound {
 public:
  // A lemma that covers some of the forms: each place of a form is posted under each of its lemmas, so its
  // first one is enough.
  struct Lemma {
    const FieldParts* field;
    TermInfo term;
    std::vector<bool> wanted;  // by rank; empty: all of the lemma's forms
  };

  FormsFound(const std::vector<FormsField>& patterns, const Segment& segment);

  bool is_empty() const { return lemmas_.empty() && docs_.empty(); }
  // Few lemmas: «люд*» has some, and the least of their cursors is the next document. *a* has tens of
  // thousands: to read every posting once is far less than to ask each of them for each document. Then there
  // are no lemmas here, but documents.
  const std::vector<Lemma>& lemmas() const { return lemmas_; }
  const DocBits& docs() const { return docs_; }
  uint64_t cost() const { return cost_; }  // of documents, at most

  // Sets the bits of the documents that match.
  void add_to(DocBits& docs) const;

 private:
  // A form that is another word's, and that word.
  struct TermOfForm {
    uint32_t term;
    uint32_t form;
    auto operator<=>(const TermOfForm&) const = default;
  };

  void find(const FieldParts& field, const FormPattern& pattern);
  void add_terms(const FieldParts& field, const std::vector<TermOfForm>& forms);
  void add(Lemma lemma);

  uint32_t num_docs_;
  std::vector<Lemma> lemmas_;
  DocBits docs_;
  uint64_t cost_ = 0;
};

// What was found in each segment, so that one query walks a lexicon once, to search and to count. Any number
// of threads may ask; it has no lock, which a forked child might find held for ever.
class FormsCache {
 public:
  FormsCache() = default;
  ~FormsCache();
  FormsCache(const FormsCache&) = delete;
  FormsCache& operator=(const FormsCache&) = delete;

  const FormsFound& find(const std::vector<FormsField>& patterns,
                         const std::shared_ptr<const Segment>& segment);

 private:
  struct Entry {
    std::shared_ptr<const Segment> segment;
    FormsFound found;
    const Entry* next;
  };
  std::atomic<const Entry*> newest_ = nullptr;
};

}  // namespace searchlib
