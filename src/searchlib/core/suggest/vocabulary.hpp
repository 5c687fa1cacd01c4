// The vocabulary of some fields of a snapshot, the forms and lemmas of all its segments, searched by what looks
// like them: forms a few edits away, forms that begin so, lemmas that sound like a name. Takes and returns match
// keys, with the number of documents that hold them (deleted ones among them, until a merge). It knows no queries.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/snapshot.hpp"
#include "suggest/name_sieve.hpp"
#include "suggest/names.hpp"

namespace searchlib {

struct FoundForm {
  std::string key;  // match key
  uint64_t df = 0;  // documents, summed over segments, fields and spellings (ёлка, елка)
};

struct NearForm : FoundForm {
  unsigned distance = 0;  // edits
  double cost = 0;        // typing_cost
};

// How a form may begin that was begun with a slip. df: of all forms that begin so, and are as near.
struct NearBeginning : FoundForm {
  double cost = 0;  // typing_cost
};

struct FoundName {
  std::string lemma;
  uint64_t df = 0;        // live documents
  double similarity = 0;  // Jaro–Winkler of the romanised names
};

class SnapshotVocabulary {
 public:
  // surname_endings: how words end that may be surnames, though they are no lemmas.
  SnapshotVocabulary(std::shared_ptr<const Snapshot> snapshot, std::vector<size_t> fields,
                     std::vector<std::string> surname_endings);

  // The forms at most `bound` edits from a word, in no particular order; never the word itself. Thread-safe,
  // as all here.
  std::vector<NearForm> near(std::string_view word, unsigned bound) const;

  // The beginnings one edit from letters that somebody typed, the last of which was meant: ташкен for ташкн. The
  // most frequent first; no form begins with the letters themselves.
  std::vector<NearBeginning> beginnings_near(std::string_view letters, size_t limit) const;

  // The most frequent forms that begin with a prefix, or have another spelling that does, the best first, of
  // equal ones in byte order. Exact but for forms that are none of the best 4 · limit + 64 of any segment and
  // field, and for other spellings where more than 4,096 words begin so.
  std::vector<FoundForm> complete(std::string_view prefix, size_t limit) const;

  // How many documents hold a form of that match key.
  uint64_t form_df(std::string_view key) const;

  // The spellings that a form of that match key may have, the likeliest first, and how many documents hold each.
  std::vector<FoundForm> spellings(std::string_view key) const;

  // The match keys of a lemma's forms, in byte order.
  std::vector<FoundForm> forms_of(std::string_view lemma) const;

  // The lemmas whose consonants are those of a name, in either script, at least so similar, the most similar
  // first; not the name itself. Surnames that are lemmas of no form are among them as forms.
  std::vector<FoundName> names(std::string_view name, double min_similarity) const;

 private:
  struct Source {
    size_t field;
    const FieldParts* parts;
  };

  uint64_t df_as_spelt(std::string_view form) const;
  bool ends_as_surname(std::string_view word) const;

  using Found = std::unordered_map<std::string, FoundName>;
  // Among the words of a source from one on, as long as they are before another.
  void find_names(const Name& name, const std::vector<ConsonantRun>& consonants, const Source& source,
                  std::string_view begin, std::string_view end, double min_similarity, Found& found) const;
  void consider(const Name& name, std::string lemma, double min_similarity, Found& found) const;

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<size_t> fields_;
  std::vector<std::string> surname_endings_;
  std::vector<Source> sources_;  // each field of each segment
};

}  // namespace searchlib
