#pragma once
// Judges a published certificate with the files alone: no engine, none of its steps. Lots are drawn
// anew from the seed, what is set aside is worked out anew.

#include <string>

#include "matching/certificate.hpp"
#include "matching/market_file.hpp"

namespace veche::matching {

/// Empty where it holds; otherwise the first fault found, in a sentence.
std::string check_certificate(const market_file&, const match_certificate&);

}  // namespace veche::matching
