#include "search/joined_sets.hpp"

#include <iterator>

#include "search/stretches.hpp"

namespace searchlib {
namespace {

DocSetPtr united(DocSets sets, uint32_t num_docs) {
  if (sets.size() == 1) return std::move(sets.front());
  return std::make_unique<UnionSet>(std::move(sets), num_docs);
}

}  // namespace

uint64_t UnionSet::cost() const {
  uint64_t cost = 0;
  for (const DocSetPtr& child : children_) cost += child->cost();
  return cost;
}

uint32_t UnionSet::next_doc(uint32_t doc) {
  uint32_t next = kNoMoreDocs;
  for (const DocSetPtr& child : children_) {
    if (next <= doc) break;
    next = std::min(next, child->next_doc(doc));
  }
  return next;
}

void UnionSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  std::vector<uint32_t> all, each, both;
  for (const DocSetPtr& child : children_) {
    Deadline::current().tick(kTicksOfStretch);
    each.clear();
    child->list(begin, end, each);
    both.clear();
    std::set_union(all.begin(), all.end(), each.begin(), each.end(), std::back_inserter(both));
    all.swap(both);
  }
  docs.insert(docs.end(), all.begin(), all.end());
}

void UnionSet::keep(std::vector<uint32_t>& docs) {
  std::vector<uint32_t> left = docs;
  for (const DocSetPtr& child : children_) {
    if (left.empty()) return;
    Deadline::current().tick(kTicksOfStretch);
    child->drop(left);
  }
  subtract(docs, left);
}

void UnionSet::add_to(DocFlags& flags) {
  for (const DocSetPtr& child : children_) {
    Deadline::current().tick(kTicksOfStretch);
    child->add_to(flags);
  }
}

std::optional<DocSet::Apart> UnionSet::apart() {
  const auto rarer = [](const DocSetPtr& left, const DocSetPtr& right) {
    return left->cost() < right->cost();
  };
  const auto largest = std::max_element(children_.begin(), children_.end(), rarer);
  const std::optional<uint64_t> known = (*largest)->num_live();
  if (!known || (cost() - (*largest)->cost()) * kSparse > num_docs_) return std::nullopt;
  DocSets unwanted;
  unwanted.push_back(std::move(*largest));
  children_.erase(largest);
  DocSets wanted;
  wanted.push_back(united(std::move(children_), num_docs_));
  return Apart{*known, false,
               std::make_unique<IntersectionSet>(std::move(wanted), std::move(unwanted), num_docs_)};
}

IntersectionSet::IntersectionSet(DocSets wanted, DocSets unwanted, uint32_t num_docs, DocSets verified)
    : wanted_(std::move(wanted)),
      unwanted_(std::move(unwanted)),
      verified_(std::move(verified)),
      num_docs_(num_docs) {
  std::stable_sort(wanted_.begin(), wanted_.end(), [](const DocSetPtr& left, const DocSetPtr& right) {
    return left->cost() < right->cost();
  });
}

uint32_t IntersectionSet::next_doc(uint32_t doc) {
  for (const DocSetPtr& child : wanted_) {
    if (doc == kNoMoreDocs) break;
    doc = child->next_doc(doc);
  }
  return doc;
}

void IntersectionSet::list(uint32_t begin, uint32_t end, std::vector<uint32_t>& docs) {
  std::vector<uint32_t> found;
  wanted_.front()->list(begin, end, found);
  for (size_t i = 1; i < wanted_.size() && !found.empty(); ++i) {
    Deadline::current().tick(kTicksOfStretch);
    wanted_[i]->keep(found);
  }
  for (size_t i = 0; i < unwanted_.size() && !found.empty(); ++i) unwanted_[i]->drop(found);
  for (size_t i = 0; i < verified_.size() && !found.empty(); ++i) verified_[i]->keep(found);
  docs.insert(docs.end(), found.begin(), found.end());
}

void IntersectionSet::keep(std::vector<uint32_t>& docs) {
  for (size_t i = 0; i < wanted_.size() && !docs.empty(); ++i) wanted_[i]->keep(docs);
  for (size_t i = 0; i < unwanted_.size() && !docs.empty(); ++i) unwanted_[i]->drop(docs);
  for (size_t i = 0; i < verified_.size() && !docs.empty(); ++i) verified_[i]->keep(docs);
}

bool IntersectionSet::is_sparse(uint64_t count, uint32_t begin, uint32_t end, const DocSet& other) const {
  return count * kSparse < other.cost() * (end - begin) / std::max(num_docs_, 1U);
}

IntersectionSet::Left IntersectionSet::reduce(uint32_t begin, uint32_t end, DocFlags& flags,
                                              size_t num_wanted) {
  flags.enter(begin, end);
  wanted_.front()->add_to(flags);
  Left left{false, flags.count()};
  docs_.clear();
  const auto may_list = [&](const DocSet& other) {
    if (left.listed || !is_sparse(left.count, begin, end, other)) return;
    left.listed = true;
    flags.list(docs_);
  };
  for (size_t i = 1; i < num_wanted && left.count > 0; ++i) {
    Deadline::current().tick(kTicksOfStretch);
    may_list(*wanted_[i]);
    if (left.listed) {
      wanted_[i]->keep(docs_);
    } else {
      wanted_[i]->keep_in(flags, left.count);
    }
    left.count = left.listed ? docs_.size() : flags.count();
  }
  for (size_t i = 0; i < unwanted_.size() && left.count > 0; ++i) {
    Deadline::current().tick(kTicksOfStretch);
    may_list(*unwanted_[i]);
    if (left.listed) {
      unwanted_[i]->drop(docs_);
      left.count = docs_.size();
    } else {
      unwanted_[i]->drop_from(flags);
    }
  }
  if (!verified_.empty() && !left.listed) left.count = flags.count();
  for (size_t i = 0; i < verified_.size() && left.count > 0; ++i) {
    Deadline::current().tick(kTicksOfStretch);
    if (!left.listed) flags.list(docs_);
    left.listed = true;
    verified_[i]->keep(docs_);
    left.count = docs_.size();
  }
  return left;
}

void IntersectionSet::add_to(DocFlags& flags) {
  if (!own_) own_ = std::make_unique<DocFlags>();
  const Left left = reduce(flags.begin(), flags.end(), *own_, wanted_.size());
  if (left.count == 0) return;
  if (!left.listed) {
    flags.add(*own_);
    return;
  }
  for (const uint32_t doc : docs_) flags.set(doc);
}

uint32_t IntersectionSet::count(uint32_t begin, uint32_t end, DocFlags& flags) {
  const bool has_last = wanted_.size() > 1 && verified_.empty();
  const Left left = reduce(begin, end, flags, wanted_.size() - static_cast<size_t>(has_last));
  if (left.count == 0) return 0;
  if (!has_last) return left.listed ? static_cast<uint32_t>(docs_.size()) : flags.count();
  if (!left.listed && !is_sparse(left.count, begin, end, *wanted_.back()))
    return wanted_.back()->count_in(flags, left.count);
  if (!left.listed) flags.list(docs_);
  wanted_.back()->keep(docs_);
  return static_cast<uint32_t>(docs_.size());
}

std::optional<DocSet::Apart> IntersectionSet::apart() {
  if (wanted_.size() > 1 || unwanted_.empty() || !verified_.empty()) return std::nullopt;
  const std::optional<uint64_t> known = wanted_.front()->num_live();
  uint64_t others = 0;
  for (const DocSetPtr& each : unwanted_) others += each->cost();
  if (!known || others > wanted_.front()->cost()) return std::nullopt;
  wanted_.push_back(united(std::move(unwanted_), num_docs_));
  return Apart{*known, true, std::make_unique<IntersectionSet>(std::move(wanted_), DocSets(), num_docs_)};
}

uint64_t count_live(DocSetPtr set, DocSetPtr deleted, uint32_t num_docs) {
  if (const std::optional<uint64_t> known = set->num_live()) return *known;
  if (std::optional<DocSet::Apart> apart = set->apart()) {
    const uint64_t rest = count_live(std::move(apart->rest), std::move(deleted), num_docs);
    return apart->minus ? apart->known - rest : apart->known + rest;
  }
  if (deleted) {
    DocSets wanted, unwanted;
    wanted.push_back(std::move(set));
    unwanted.push_back(std::move(deleted));
    set = std::make_unique<IntersectionSet>(std::move(wanted), std::move(unwanted), num_docs);
  }
  uint64_t count = 0;
  DocFlags flags;
  for_each_stretch(
      *set, num_docs, [&](const std::vector<uint32_t>& docs) { count += docs.size(); },
      [&](uint32_t begin, uint32_t end) { count += set->count(begin, end, flags); });
  return count;
}

}  // namespace searchlib
