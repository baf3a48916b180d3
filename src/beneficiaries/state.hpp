#pragma once
// Who owes reports, what was reported, and which commitments of the fund are grants or advertising.

#include "beneficiaries/commands.hpp"
#include "kernel/cow.hpp"

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
};

struct state {
    cow_map<party_id, kept<name_payer>> payers;
    cow_map<report_key, report> reports;
    cow_map<spending_id, kept<refer_commitment>> referred;
};

}  // namespace veche::beneficiaries
