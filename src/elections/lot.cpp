#include "elections/lot.hpp"

#include "elections/refusal.hpp"
#include "kernel/hash.hpp"

namespace veche::elections {

result<std::size_t> lot_drum::draw(std::span<const std::string> among, std::vector<lot>& record) {
    if (!seed_) {
        std::string names;
        for (const std::string& one : among) names += (names.empty() ? "" : ", ") + one;
        return refuse(refusals::lot_needed, "seed", names);
    }
    const std::string number = std::to_string(++drawn_);
    std::size_t drawn = 0;
    hash256 lowest{};
    for (std::size_t i = 0; i < among.size(); ++i) {
        const hash256 h = sha256({"veche lot 1\n", *seed_, "\n", number, "\n", among[i], "\n"});
        if (i == 0 || h < lowest) {
            lowest = h;
            drawn = i;
        }
    }
    record.push_back({drawn_, {among.begin(), among.end()}, among[drawn]});
    return drawn;
}

}  // namespace veche::elections
