#include "search/doc_set.hpp"

#include "search/deadline.hpp"

namespace searchlib {

void subtract(std::vector<uint32_t>& docs, const std::vector<uint32_t>& others) {
  auto other = others.begin();
  std::erase_if(docs, [&](uint32_t doc) {
    while (other != others.end() && *other < doc) ++other;
    return other != others.end() && *other == doc;
  });
}

void DocSet::drop(std::vector<uint32_t>& docs) {
  std::vector<uint32_t> matches = docs;
  keep(matches);
  subtract(docs, matches);
}

void DocSet::add_to(DocFlags& flags) {
  docs_.clear();
  list(flags.begin(), flags.end(), docs_);
  for (const uint32_t doc : docs_) flags.set(doc);
}

void DocSet::add_to(DocBits& bits) {
  const uint64_t num_docs = bits.size() * 64;
  if (cost() * kSparse < num_docs) {
    const uint64_t span = std::max<uint64_t>(kListed * num_docs / std::max<uint64_t>(cost(), 1), 1);
    for (uint32_t doc = next_doc(0); doc < num_docs; doc = next_doc(doc)) {
      const auto end = static_cast<uint32_t>(std::min<uint64_t>(doc + span, num_docs));
      Deadline::current().tick(16);
      docs_.clear();
      list(doc, end, docs_);
      for (const uint32_t found : docs_) bits[found / 64] |= uint64_t{1} << (found % 64);
      doc = end;
    }
    return;
  }
  DocFlags flags;
  for (uint32_t doc = next_doc(0); doc < num_docs; doc = next_doc(doc)) {
    const uint32_t begin = doc / 64 * 64;
    const auto end = static_cast<uint32_t>(std::min<uint64_t>(begin + DocFlags::kSize, num_docs));
    Deadline::current().tick(16);
    flags.enter(begin, end);
    add_to(flags);
    flags.add_to(bits);
    doc = end;
  }
}

void DocSet::keep_in(DocFlags& flags, uint64_t) {
  scratch().enter(flags.begin(), flags.end());
  add_to(scratch());
  flags.keep(scratch());
}

void DocSet::drop_from(DocFlags& flags) {
  scratch().enter(flags.begin(), flags.end());
  add_to(scratch());
  flags.drop(scratch());
}

uint32_t DocSet::count_in(DocFlags& flags, uint64_t num_set) {
  keep_in(flags, num_set);
  return flags.count();
}

uint32_t DocSet::count(uint32_t begin, uint32_t end, DocFlags& flags) {
  flags.enter(begin, end);
  add_to(flags);
  return flags.count();
}

}  // namespace searchlib
