#include "search/relatives.hpp"

#include <set>

#include "analysis/russian_roots.hpp"
#include "search/deadline.hpp"

namespace searchlib {

std::vector<std::string> russian_relatives(const Snapshot& snapshot, size_t field,
                                           const std::vector<std::string>& lemmas, size_t limit) {
  std::set<std::string> roots;
  for (const std::string& lemma : lemmas) roots.insert(russian::root_of(lemma));
  roots.erase("");
  std::set<std::string> found;
  for (const std::string& root : roots) {
    for (const std::string& beginning : russian::beginnings_of(root)) {
      for (const SnapshotSegment& part : snapshot.segments()) {
        Deadline::current().tick();
        part.segment->field(field).words.terms_with_prefix(beginning, limit, [&](std::string_view term) {
          if (russian::root_of(term) == root) found.emplace(term);
        });
      }
    }
  }
  for (const std::string& lemma : lemmas) found.erase(lemma);
  return {found.begin(), found.end()};
}

}  // namespace searchlib
