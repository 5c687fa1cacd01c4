// Snowball's stems of English and Russian lemmas (M. F. Porter, https://snowballstem.org): theory and theoretical
// leave different ones, happy and happiness the same. Nothing is indexed under a stem: lemmas of an index that
// leave the same are a query word's relatives.
//
// English is "Porter 2" as NLTK has it, letter by letter, which tests compare; Russian as published, ё being е
// in lemmas. What is not of the language's own letters, or shorter than three of them, leaves nothing.

#pragma once

#include <string>
#include <string_view>

namespace searchlib {

namespace english {
std::string stem_of(std::string_view lemma);
// How all lemmas of a stem begin: happ, for happi. Empty if that is less than three letters: too many do.
std::string beginning_of(const std::string& stem);
}  // namespace english

namespace russian {
std::string stem_of(std::string_view lemma);
// The stem itself; empty if it has less than four letters: вода and водить leave the same.
std::string beginning_of(const std::string& stem);
}  // namespace russian

}  // namespace searchlib
