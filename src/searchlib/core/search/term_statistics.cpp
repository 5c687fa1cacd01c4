#include "search/term_statistics.hpp"

#include <utility>

#include "postings/block_reader.hpp"
#include "search/deadline.hpp"

namespace searchlib {

TermStatistics::TermStatistics(const Snapshot& snapshot, size_t field, std::string prefix, bool places)
    : snapshot_(snapshot),
      field_(field),
      prefix_(std::move(prefix)),
      places_(places),
      words_(snapshot.dictionaries(field), prefix_) {}

bool TermStatistics::next(Term& term) {
  term.num_docs = term.num_places = 0;
  const auto see = [&](size_t source, const WordEntry& word) {
    if (is_term(word.kind)) add(snapshot_.segments()[source], word.term, term);
  };
  while (words_.next(see)) {
    Deadline::current().tick();
    if (!words_.key().starts_with(prefix_)) return false;
    if (term.num_docs == 0) continue;
    term.text = words_.key();
    return true;
  }
  return false;
}

void TermStatistics::add(const SnapshotSegment& part, const TermInfo& info, Term& term) const {
  const FieldParts& field = part.segment->field(field_);
  // Of a field that is not stored nobody noted what the deleted documents held: they are looked for.
  const bool known = !part.deletes || !field.knows_lengths();
  if (known) term.num_docs += info.df - (part.deletes ? part.deletes->df_delta(field_, info.index) : 0);
  if (known && !places_) return;
  Deadline& deadline = Deadline::current();
  BlockReader blocks(field, info);
  for (uint32_t block = 0; block < blocks.num_blocks(); ++block) {
    deadline.tick();
    blocks.load(block);
    for (uint32_t i = 0; i < blocks.count(); ++i) {
      if (part.deletes && part.deletes->contains(blocks.docs()[i])) continue;
      if (!known) ++term.num_docs;
      if (places_) term.num_places += blocks.tfs()[i];
    }
  }
}

}  // namespace searchlib
