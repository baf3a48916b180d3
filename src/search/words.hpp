#pragma once
// Words of a text as they are searched: folded, with the place where each stands in it.

#include <string>
#include <string_view>
#include <vector>

namespace veche::search {

struct word_at {
    std::size_t begin = 0;  ///< bytes of the text as it was given
    std::size_t end = 0;
    std::string folded;
};

/// Letters and digits between what are none. Apostrophes, soft hyphens and combining marks belong
/// to the word around them and do not count. A word that mixes Latin and Cyrillic letters is read
/// as Cyrillic where every Latin letter of it has a twin there.
std::vector<word_at> words_of(std::string_view text);

/// The letters of a folded word. Bytes that are no UTF-8 are letters of their own.
std::u32string letters_of(std::string_view folded);

/// How many letters more, fewer, other or swapped with their neighbour make one word of the other,
/// no letter touched twice (optimal string alignment); `most` + 1 where it takes more than `most`.
int distance(std::u32string_view a, std::u32string_view b, int most);

/// Errors that are forgiven in a word: none below four letters or beside a digit, one up to seven,
/// then two.
int errors_forgiven(std::u32string_view word);

}  // namespace veche::search
