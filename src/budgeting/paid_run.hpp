#pragma once
// A run of shares with what was paid, ready for a certificate.

#include <string>
#include <vector>

#include "budgeting/certificate.hpp"

namespace veche::budgeting {

struct paid_run {
    std::vector<std::uint32_t> bought;
    std::vector<purchase> purchases;  ///< of each its row in a certificate
    std::string endowment;
    std::int64_t cost = 0;
    std::int64_t runs = 0;
};

}  // namespace veche::budgeting
