// The words of a plan whose plain sum bounds what the plan scores: bounding_sum.hpp.

#pragma once

#include <vector>

#include "search/resolve.hpp"

namespace searchlib {

// A word that bounds something of a plan, below its boosts: itself, or an alternative phrase, by one of its words.
struct BoundPart {
  const ResolvedNode* node;  // kWord or kPhrase
  double boost;
  bool is_sure;      // a document that has it scores no less than it
  double extra = 0;  // what phrases add, at most, as a part of what its lemmas score
  double idf = 0;    // of a word: of its most frequent lemma
  // Of a phrase: the lemmas of the word that bounds it, at what the phrase weighs at most.
  std::vector<ResolvedNode::Lemma> of_phrase = {};
};

// Appends the parts of a tree:
//
//   tree  := word | rare | or [tree, …] | max [first, other, …] | maybe [tree, extras] | boost tree
//   first := tree           of these all but the first are not sure: where there is another, it may be all there is
//   other := tree | phrase
//   rare  := phrase         of which a word is in few documents: it is not sure, either
//
// and below an AND, too, words at most boosted. False if it is no such tree.
bool collect_parts(const ResolvedNode& tree, std::vector<BoundPart>& parts);

// The parts of a tree in which whatever a matching document has of its words counts:
//
//   tree := and [tree, …] | not [tree, anything] | boost tree | any
//   any  := word | or [any, …] | boost any
bool collect_counting_parts(const ResolvedNode& tree, std::vector<BoundPart>& parts);

// Raises the parts by what phrases add that stand beside the tree, whose words are among its words:
//
//   extras := phrase | boost phrase | or [extras, …]
bool add_extras(const ResolvedNode& extras, std::vector<BoundPart>& parts);

}  // namespace searchlib
