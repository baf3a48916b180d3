#include "calls/pairs.hpp"

#include <algorithm>

namespace veche::calls {
namespace {

bool same_lines(const application& a, const application& b) {
    const auto& mine = a.asked.pairs;
    const auto& theirs = b.asked.pairs;
    return std::equal(mine.begin(), mine.end(), theirs.begin(), theirs.end(),
                      [](const pair_wish& one, const pair_wish& other) {
                          return one.mine == other.partners && one.partners == other.mine;
                      });
}

/// Whether it gave up, or lost, what it was offered.
bool gave_up(const application& a) {
    const offer* last = a.current();
    return last && last->status != offer_status::open && last->status != offer_status::accepted;
}

}  // namespace

std::optional<pair_state> pair_state_of(const state& s, const application& a) {
    if (!a.asked.partner) return std::nullopt;
    const application* other = s.find(a.call, *a.asked.partner);
    if (!other || other->asked.partner != a.applicant) return pair_state::one_sided;
    if (!same_lines(a, *other)) return pair_state::differing;
    for (const application* one : {&a, other})
        if (one->withdrawn || one->set_aside || one->eligible == eligibility::ineligible ||
            one->alone || gave_up(*one) || (!one->offers.empty() && !one->offers.back().paired))
            return pair_state::apart;
    return pair_state::agreed;
}

const application* partner_of(const state& s, const application& a) {
    if (pair_state_of(s, a) != pair_state::agreed) return nullptr;
    const application* other = s.find(a.call, *a.asked.partner);
    return a.in_run() && other->in_run() ? other : nullptr;
}

std::vector<place_id> named_by(const submit_application& asked) {
    std::vector<place_id> out;
    const auto add = [&](const place_id& id) {
        if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    };
    for (const pair_wish& one : asked.pairs)
        if (one.mine) add(*one.mine);
    for (const place_id& one : asked.choices) add(one);
    return out;
}

std::int32_t line_of(const state& s, const application& a, const offer& got) {
    if (!got.programme) return 1;
    if (!got.paired) {
        const auto& all = a.asked.choices;
        const auto at = std::find(all.begin(), all.end(), *got.programme);
        return at == all.end() ? 0 : static_cast<std::int32_t>(at - all.begin()) + 1;
    }
    const application* other = s.find(a.call, *a.asked.partner);
    const offer* theirs = nullptr;
    for (const offer& one : other->offers)
        if (one.paired && one.round == got.round) theirs = &one;
    const auto& lines = a.asked.pairs;
    const auto at = std::find_if(lines.begin(), lines.end(), [&](const pair_wish& one) {
        return one.mine == got.programme &&
               one.partners == (theirs ? theirs->programme : std::nullopt);
    });
    return at == lines.end() ? 0 : static_cast<std::int32_t>(at - lines.begin()) + 1;
}

}  // namespace veche::calls
