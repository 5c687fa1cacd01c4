#include "analysis/abbreviations.hpp"

#include <algorithm>
#include <iterator>

namespace searchlib {
namespace {

constexpr Abbreviation kAbbreviations[] = {
    {"amt", "amount", true},
    {"approx", "approximately", true},
    {"apr", "april", true},
    {"attn", "attention", true},
    {"aug", "august", true},
    {"bn", "billion", true},
    {"corp", "corporation", false},
    {"dec", "december", true},
    {"dept", "department", true},
    {"dr", "doctor", false},
    {"feb", "february", true},
    {"fri", "friday", true},
    {"govt", "government", true},
    {"hr", "hour", true},
    {"hrs", "hour hr", true},
    {"im", "i be", true},
    {"intl", "international", true},
    {"jan", "january", true},
    {"jr", "junior", false},
    {"lb", "pound", true},
    {"lbs", "pound lb", true},
    {"ltd", "limited", false},
    {"min", "minute", false},
    {"mins", "minute min", true},
    {"mn", "million", true},
    {"mon", "monday", true},
    {"mr", "mister", false},
    {"mt", "mount", false},
    {"nov", "november", true},
    {"oct", "october", true},
    {"pls", "please", true},
    {"plz", "please", true},
    {"pm", "p.m", false},
    {"ppl", "people person", true},
    {"prof", "professor", false},
    {"sat", "saturday", false},
    {"sec", "second", false},
    {"secs", "second sec", true},
    {"sep", "september", true},
    {"sept", "september", true},
    {"sr", "senior", false},
    {"thu", "thursday", true},
    {"thur", "thursday", true},
    {"thurs", "thursday", true},
    {"thx", "thanks thank", true},
    {"tue", "tuesday", true},
    {"tues", "tuesday", true},
    {"univ", "university", true},
    {"vs", "versus", true},
    {"wed", "wednesday", false},
    {"yr", "year", true},
    {"yrs", "year yr", true},
};

constexpr bool before(const Abbreviation& left, const Abbreviation& right) { return left.word < right.word; }
static_assert(std::is_sorted(std::begin(kAbbreviations), std::end(kAbbreviations), before));

}  // namespace

const Abbreviation* english_abbreviation(std::string_view word) {
  const auto* found = std::lower_bound(std::begin(kAbbreviations), std::end(kAbbreviations),
                                       Abbreviation{word, {}, false}, before);
  return found != std::end(kAbbreviations) && found->word == word ? found : nullptr;
}

}  // namespace searchlib
