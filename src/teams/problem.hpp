#pragma once
// A call as the search reads it: people, sites and labels by number.

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/ratio.hpp"
#include "teams/call.hpp"

namespace veche::teams {

constexpr std::uint32_t nowhere = UINT32_MAX;

struct option {
    std::uint32_t person = 0;
    std::uint32_t site = 0;
    std::int64_t utility = 0;
    int128 weight = 0;  ///< what the search maximises
};

/// A window on those who carry a label. Rules of one site and one family exclude each other: nobody
/// carries two labels of a family.
struct rule {
    std::uint32_t site = 0;
    std::uint32_t label = 0;  ///< 0: everyone
    std::uint32_t family = 0;
    std::int64_t min = 0;
    std::int64_t max = 0;  ///< everyone at most
    window of;
};

struct problem {
    std::vector<std::string> people, sites;  ///< their ids
    std::vector<std::uint32_t> begins;       ///< person p: options [begins[p], begins[p + 1])
    std::vector<option> options;
    std::vector<std::uint32_t> rule_begins;  ///< site s: rules; the first is that of its size
    std::vector<rule> rules;
    std::vector<std::vector<std::uint8_t>> has;  ///< by label, by person
    std::uint32_t families = 1;

    [[nodiscard]] std::uint32_t people_count() const {
        return static_cast<std::uint32_t>(people.size());
    }
    [[nodiscard]] std::uint32_t sites_count() const {
        return static_cast<std::uint32_t>(sites.size());
    }
};

/// Refuses a call that is none. People and sites stand in the order of their lots, so that the
/// order of rows in a file decides nothing.
result<problem> read(const call&);

}  // namespace veche::teams
