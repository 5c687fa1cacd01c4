#include "search/doc_set.hpp"

#include "search/stretches.hpp"

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
  DocFlags flags;
  for_each_stretch(
      *this, bits.size() * 64,
      [&](const std::vector<uint32_t>& docs) {
        for (const uint32_t doc : docs) set_doc(bits, doc);
      },
      [&](uint32_t begin, uint32_t end) {
        flags.enter(begin, end);
        add_to(flags);
        flags.add_to(bits);
      });
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
