#pragma once
// Who owes reports, what was reported, and which commitments of the fund are grants or advertising.

#include <map>

#include "beneficiaries/commands.hpp"
#include "kernel/cow.hpp"
#include "kernel/ratio.hpp"

namespace veche::beneficiaries {

/// Who did something, under which office, when and by which entry.
struct doing {
    person_id by;
    std::string as;
    instant at;
    std::uint64_t seq = 0;
};

inline doing done_by(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

/// The newest record holds; `versions` are the entries of all.
template <class Command>
struct kept {
    Command what;
    doing done;
    std::vector<std::uint64_t> versions;
};

struct report_key {
    party_id payer;
    std::int32_t year = 0;
    auto operator<=>(const report_key&) const = default;
};

/// Of one payer for one year: parts from 1 on.
struct report {
    instant first;  ///< when it began to be given
    std::vector<kept<report_payments>> parts;
    // Tallies of all parts.
    std::int64_t rows = 0;
    std::map<unit_id, int128> sums;
};

/// A part of a report.
struct part_place {
    report_key report;
    std::int32_t part = 0;  ///< from 1
    auto operator<=>(const part_place&) const = default;
};
/// Which rows of each part, from 0, are paid to somebody.
using paid_rows = cow_map<part_place, std::vector<std::int32_t>>;

struct state {
    cow_map<party_id, kept<name_payer>> payers;
    cow_map<report_key, report> reports;
    cow_map<spending_id, kept<refer_commitment>> referred;
    /// By recipient as it was named; natural persons under no name. Lists of a recipient look at
    /// its own payments alone.
    cow_map<party_id, paid_rows> paid_to;
};

}  // namespace veche::beneficiaries
