#include "search/relatives.hpp"

#include <set>

#include "analysis/russian_roots.hpp"
#include "analysis/stems.hpp"
#include "search/deadline.hpp"

namespace searchlib {
namespace {

using Beginnings = std::vector<std::string>;

template <std::string (*beginning_of)(const std::string&)>
Beginnings beginning(const std::string& stem) {
  std::string found = beginning_of(stem);
  return found.empty() ? Beginnings() : Beginnings{std::move(found)};
}

}  // namespace

std::optional<Kinship> kinship(std::string_view name) {
  if (name == "root") return Kinship{russian::root_of, russian::beginnings_of};
  if (name == "english") return Kinship{english::stem_of, beginning<english::beginning_of>};
  if (name == "russian") return Kinship{russian::stem_of, beginning<russian::beginning_of>};
  return std::nullopt;
}

std::vector<std::string> relatives(const Snapshot& snapshot, size_t field, const Kinship& kinship,
                                   const std::vector<std::string>& lemmas, size_t limit) {
  std::set<std::string> wanted;
  for (const std::string& lemma : lemmas) wanted.insert(kinship.left_of(lemma));
  wanted.erase("");
  std::set<std::string> found;
  for (const std::string& left : wanted) {
    for (const std::string& beginning : kinship.beginnings_of(left)) {
      for (const SnapshotSegment& part : snapshot.segments()) {
        Deadline::current().tick();
        part.segment->field(field).words.terms_with_prefix(beginning, limit, [&](std::string_view term) {
          if (kinship.left_of(term) == left) found.emplace(term);
        });
      }
    }
  }
  for (const std::string& lemma : lemmas) found.erase(lemma);
  return {found.begin(), found.end()};
}

}  // namespace searchlib
