#include "analysis/abbreviations.hpp"

#include <algorithm>
#include <iterator>

#include "analysis/table_filter.hpp"

namespace searchlib {
namespace {

constexpr Abbreviation kAbbreviations[] = {
    {"acct", "account", false},
    {"amt", "amount", true},
    {"approx", "approximately", true},
    {"appt", "appointment", false},
    {"apr", "april", true},
    {"assn", "association", false},
    {"assoc", "associate", false},
    {"asst", "assistant", false},
    {"attn", "attention", true},
    {"aug", "august", true},
    {"avg", "average", false},
    {"bldg", "building", false},
    {"blvd", "boulevard", false},
    {"bn", "billion", true},
    {"bros", "brother", false},
    {"capt", "captain", false},
    {"chap", "chapter", false},
    {"cm", "centimeter centimetre", false},
    {"cmdr", "commander", false},
    {"cont", "continue", false},
    {"contd", "continue", false},
    {"corp", "corporation", false},
    {"cpl", "corporal", false},
    {"dept", "department", true},
    {"dist", "district distance", false},
    {"doz", "dozen", false},
    {"dr", "doctor", false},
    {"excl", "exclude", false},
    {"feb", "february", true},
    {"govt", "government", true},
    {"hosp", "hospital", false},
    {"hr", "hour", true},
    {"hrs", "hour hr", true},
    {"hwy", "highway", false},
    {"hwys", "highway", false},
    {"im", "i be", true},
    {"inc", "incorporated", false},
    {"incl", "include", false},
    {"intl", "international", true},
    {"jr", "junior", false},
    {"kcal", "kilocalorie", false},
    {"kg", "kilogram", false},
    {"km", "kilometer kilometre", false},
    {"kwh", "kilowatt hour", false},
    {"lb", "pound", true},
    {"lbs", "pound lb", true},
    {"lt", "lieutenant", false},
    {"ltd", "limited", false},
    {"max", "maximum", false},
    {"messrs", "mister", false},
    {"mg", "milligram", false},
    {"mgmt", "management", false},
    {"mgr", "manager", false},
    {"mins", "minute min", true},
    {"misc", "miscellaneous", false},
    {"ml", "milliliter millilitre", false},
    {"mm", "millimeter millimetre", false},
    {"mn", "million", true},
    {"mph", "mile", false},
    {"mr", "mister", false},
    {"mrs", "missis", false},
    {"mt", "mount", false},
    {"natl", "national", false},
    {"nov", "november", true},
    {"oct", "october", true},
    {"orig", "original", false},
    {"oz", "ounce", false},
    {"pkg", "package", false},
    {"pls", "please", true},
    {"plz", "please", true},
    {"pm", "p.m", false},
    {"ppl", "people person", true},
    {"prof", "professor", false},
    {"qty", "quantity", false},
    {"refs", "reference", false},
    {"rpm", "revolution", false},
    {"sec", "second", false},
    {"secs", "second sec", true},
    {"sect", "section", false},
    {"sep", "september", true},
    {"sept", "september", true},
    {"sgt", "sergeant", false},
    {"sr", "senior", false},
    {"supt", "superintendent", false},
    {"tbsp", "tablespoon", false},
    {"thur", "thursday", true},
    {"thurs", "thursday", true},
    {"thx", "thanks thank", true},
    {"tsp", "teaspoon", false},
    {"tues", "tuesday", true},
    {"univ", "university", true},
    {"vs", "versus", true},
    {"yds", "yard", true},
    {"yr", "year", true},
    {"yrs", "year yr", true},
};

constexpr bool before(const Abbreviation& left, const Abbreviation& right) { return left.word < right.word; }
static_assert(std::is_sorted(std::begin(kAbbreviations), std::end(kAbbreviations), before));

constexpr TableFilter kFilter(kAbbreviations);

}  // namespace

std::span<const Abbreviation> english_abbreviations() { return kAbbreviations; }

const Abbreviation* english_abbreviation(std::string_view word) {
  if (!kFilter.may_hold(word)) return nullptr;
  const auto* found = std::lower_bound(std::begin(kAbbreviations), std::end(kAbbreviations),
                                       Abbreviation{word, {}, false}, before);
  return found != std::end(kAbbreviations) && found->word == word ? found : nullptr;
}

}  // namespace searchlib
