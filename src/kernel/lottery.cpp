#include "kernel/lottery.hpp"

#include <algorithm>
#include <numeric>

namespace veche {

hash256 lottery_seed(const hash256& root, const hash256& randomness) {
    return sha256({"veche-seed-v1", as_bytes(root), as_bytes(randomness)});
}

hash256 lottery_key(const hash256& seed, std::string_view call, std::string_view programme,
                    std::string_view applicant) {
    constexpr std::string_view zero("\0", 1);
    return sha256(
        {"veche-lottery-v1", zero, as_bytes(seed), zero, call, zero, programme, zero, applicant});
}

std::vector<std::size_t> lottery_order(const hash256& seed, std::string_view call,
                                       std::string_view programme,
                                       std::span<const std::string> applicants) {
    std::vector<hash256> keys;
    keys.reserve(applicants.size());
    for (const std::string& one : applicants)
        keys.push_back(lottery_key(seed, call, programme, one));
    std::vector<std::size_t> order(applicants.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return keys[a] != keys[b] ? keys[a] < keys[b] : applicants[a] < applicants[b];
    });
    return order;
}

}  // namespace veche
