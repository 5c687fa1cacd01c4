#include "search/forms.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "postings/block_reader.hpp"
#include "search/deadline.hpp"
#include "search/form_walk.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxCursors = 16;

// The documents of a loaded block that hold a wanted form.
void add_wanted(BlockReader& blocks, PositionsReader& positions, const std::vector<bool>& wanted,
                DocBits& docs) {
  Deadline& deadline = Deadline::current();
  const uint32_t* const tfs = blocks.tfs();
  positions.enter(blocks.loaded(), blocks);
  for (uint32_t i = 0; i < blocks.count(); ++i) {
    const uint32_t doc = blocks.docs()[i];
    if (has_doc(docs, doc)) continue;
    deadline.tick(1 + tfs[i] / 64);
    if (positions.has_rank(i, wanted)) set_doc(docs, doc);
  }
}

void add_docs(const FormsFound::Lemma& lemma, DocBits& docs) {
  Deadline& deadline = Deadline::current();
  if (lemma.term.inlined && lemma.wanted.empty()) {
    if (lemma.term.inlined_doc >= lemma.field->num_docs)
      throw CorruptIndexError("a term's document is out of range");
    deadline.tick();
    set_doc(docs, lemma.term.inlined_doc);
    return;
  }
  BlockReader blocks(*lemma.field, lemma.term);
  std::optional<PositionsReader> positions;
  if (!lemma.wanted.empty()) positions.emplace(*lemma.field->buffer, lemma.term);
  for (uint32_t block = 0; block < blocks.num_blocks(); ++block) {
    deadline.tick();
    blocks.load(block);
    // A loaded block's documents are inside the segment.
    if (positions) {
      add_wanted(blocks, *positions, lemma.wanted, docs);
    } else {
      std::for_each_n(blocks.docs(), blocks.count(), [&](uint32_t doc) { set_doc(docs, doc); });
    }
  }
}

}  // namespace

FormsFound::FormsFound(const std::vector<FormsField>& patterns, const Segment& segment)
    : num_docs_(segment.num_docs()) {
  for (const FormsField& each : patterns) find(segment.field(each.field), each.pattern);
  for (const Lemma& lemma : lemmas_) cost_ += lemma.term.df;
  cost_ += count_bits(docs_);
}

void FormsFound::find(const FieldParts& field, const FormPattern& pattern) {
  Deadline& deadline = Deadline::current();
  std::vector<TermOfForm> of_terms;
  for_each_match(field.words, pattern, true, [&](const WordEntry& word, std::string_view) {
    deadline.tick();
    if (word.kind == WordKind::kPlain) {
      add({&field, word.term, {}});
    } else if (!word.form.terms.empty()) {
      of_terms.push_back({word.form.terms.front(), word.index});
    }
    return true;
  });
  std::sort(of_terms.begin(), of_terms.end());
  add_terms(field, of_terms);
}

void FormsFound::add_terms(const FieldParts& field, const std::vector<TermOfForm>& forms) {
  Deadline& deadline = Deadline::current();
  std::optional<WordReader> reader;
  uint32_t block = UINT32_MAX;
  WordEntry word;
  for (auto at = forms.begin(); at != forms.end();) {
    deadline.tick();
    if (block != at->term / kDictionaryBlock) {
      block = at->term / kDictionaryBlock;
      reader.emplace(field.words.read(block));
    }
    do reader->next(word);
    while (word.index != at->term);
    if (!is_term(word.kind)) throw CorruptIndexError("a number of a term is that of another word");
    const auto end =
        std::find_if(at, forms.end(), [&](const TermOfForm& form) { return form.term != at->term; });
    Lemma lemma{&field, word.term, {}};
    if (static_cast<size_t>(end - at) < word.forms.size()) {
      for (const uint32_t form : word.forms) {
        lemma.wanted.push_back(std::binary_search(at, end, TermOfForm{at->term, form}));
      }
    }
    add(std::move(lemma));
    at = end;
  }
}

void FormsFound::add(Lemma lemma) {
  if (docs_.empty()) {
    lemmas_.push_back(std::move(lemma));
    if (lemmas_.size() <= kMaxCursors) return;
    docs_ = no_docs(num_docs_);
    for (const Lemma& each : lemmas_) add_docs(each, docs_);
    lemmas_ = {};
  } else {
    add_docs(lemma, docs_);
  }
}

void FormsFound::add_to(DocBits& docs) const {
  for (size_t i = 0; i < docs_.size(); ++i) docs[i] |= docs_[i];
  for (const Lemma& lemma : lemmas_) add_docs(lemma, docs);
}

FormsCache::~FormsCache() {
  for (const Entry* entry = newest_.load(); entry != nullptr;) delete std::exchange(entry, entry->next);
}

const FormsFound& FormsCache::find(const std::vector<FormsField>& patterns,
                                   const std::shared_ptr<const Segment>& segment) {
  const Entry* const newest = newest_.load(std::memory_order_acquire);
  for (const Entry* entry = newest; entry != nullptr; entry = entry->next) {
    if (entry->segment == segment) return entry->found;
  }
  // Of two threads that look at once both find, and both are kept: what one has returned stays.
  auto entry = std::make_unique<Entry>(Entry{segment, FormsFound(patterns, *segment), newest});
  while (!newest_.compare_exchange_weak(entry->next, entry.get(), std::memory_order_acq_rel)) {
  }
  return entry.release()->found;
}

}  // namespace searchlib
