// A token to its form and its ordered lemma set. Raw bytes of one token come in; the lexicon's key and the lemmas go
// out. It repairs and folds characters, routes words by script, and knows nothing of positions or of files.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// One language's dictionary. Implementations are immutable and thread-safe.
struct Morphology {
  virtual ~Morphology() = default;
  // Replaces `out` by the distinct lemmas of a lower-cased NFC word, the most probable first; false: not its alphabet.
  virtual bool lemmas(std::string_view word, std::vector<std::string>& out) const = 0;
};

// What happens to words of one script.
struct Route {
  std::shared_ptr<const Morphology> morphology;  // null: no native language
  bool python = false;                           // a language that only Python knows: decline
};

struct Analysis {
  std::string form;                 // the lexicon's key
  std::vector<std::string> lemmas;  // ё folded, distinct, the most probable first; empty if declined
  bool declined = false;            // Python supplies the lemmas of `form`
};

class Analyzer {
 public:
  Analyzer() = default;
  Analyzer(Route latin, Route cyrillic, Route arabic);

  // Any bytes may come in. Thread-safe.
  void analyze(std::string_view raw_token, Analysis& out) const;

  // The form with capitals lowered and ё → е: what prefix and wildcard queries are compared with.
  static std::string match_key(std::string_view form);

 private:
  Route latin_, cyrillic_, arabic_;
};

}  // namespace searchlib
