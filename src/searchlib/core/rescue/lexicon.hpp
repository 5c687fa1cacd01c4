// The surface forms and lemmas of a snapshot's fields, searched by what looks like them: forms a few edits
// away, forms that begin so, lemmas that sound like a name. Match keys come in and go out, with the number of
// documents that hold them (deleted ones among them, until a merge). It knows no queries.

#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rescue/names.hpp"
#include "search/snapshot.hpp"

namespace searchlib {

struct FoundForm {
  std::string key;  // match key
  uint64_t df = 0;  // documents, summed over segments, fields and spellings (ёлка, елка)
};

struct NearForm : FoundForm {
  unsigned distance = 0;  // edits
  double cost = 0;        // typing_cost
};

struct FoundName {
  std::string lemma;
  uint64_t df = 0;        // live documents
  double similarity = 0;  // Jaro–Winkler of the romanised names
};

class Lexicon {
 public:
  Lexicon(std::shared_ptr<const Snapshot> snapshot, std::vector<size_t> fields);

  // The forms at most `bound` edits from a word, in no particular order; never the word itself. Thread-safe,
  // as all here.
  std::vector<NearForm> near(std::string_view word, unsigned bound) const;

  // The most frequent forms that begin with a prefix, the best first, of equal ones in byte order. Exact but
  // for forms spread over segments, where each segment and field nominates its best 4 · limit + 64.
  std::vector<FoundForm> complete(std::string_view prefix, size_t limit) const;

  // How many documents hold a form of that match key.
  uint64_t form_df(std::string_view key) const;

  // The lemmas whose consonants are those of a name, in either script, at least so similar, the most similar
  // first; not the name itself. The first call reads every lemma once and keeps four bytes of each.
  std::vector<FoundName> names(std::string_view name, double min_similarity) const;

 private:
  struct Source {
    size_t field;
    const FieldParts* parts;
  };

  // The words of a source that lie in a range of letters, and their coarse keys.
  struct Keys {
    uint32_t first_word = 0;
    std::vector<uint32_t> keys;
  };
  const Keys& keys_of(size_t source, char32_t first, char32_t last) const;
  void find_names(const Name& name, uint32_t coarse, size_t source, const Keys& keys, double min_similarity,
                  std::unordered_map<std::string, FoundName>& found) const;

  std::shared_ptr<const Snapshot> snapshot_;
  std::vector<size_t> fields_;
  std::vector<Source> sources_;  // each field of each segment
  mutable std::mutex keys_mutex_;
  mutable std::map<std::pair<size_t, char32_t>, Keys>
      keys_;  // by source and first letter; entries never move or change
};

}  // namespace searchlib
