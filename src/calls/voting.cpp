#include "calls/voting.hpp"

#include <algorithm>
#include <map>

#include "calls/root.hpp"

namespace veche::calls {
namespace {

std::size_t slate_position(const call& c, const person_id& applicant) {
    const auto at = std::lower_bound(c.slate().begin(), c.slate().end(), applicant);
    return static_cast<std::size_t>(at - c.slate().begin());
}

result<void> check_ballot_terms(const voting_terms& v) {
    const bool points = v.ballots == ballot_form::points;
    if (points != v.points.has_value() || points != v.most_points.has_value())
        return refuse(refusals::points_unsaid, "voting.points");
    if (points) {
        VECHE_CHECK(check_range(*v.points, "voting.points", 1, max_points));
        VECHE_CHECK(check_range(*v.most_points, "voting.most_points", 1, *v.points));
    }
    const auto slate = static_cast<std::int64_t>(max_slate);
    VECHE_CHECK(check_range(v.least.value_or(1), "voting.least", 1, slate));
    VECHE_CHECK(check_range(v.most.value_or(max_slate), "voting.most", v.least.value_or(1), slate));
    // Whoever must name so many projects must have a point for each.
    if (points && v.least.value_or(1) > *v.points)
        return refuse(refusals::points_too_few, "voting.least");
    return {};
}

result<void> check_count_terms(const voting_terms& v) {
    const bool rise = v.rest == rest_rule::add1 || v.rest == rest_rule::add1_utilitarian;
    if (rise != v.stop.has_value() || rise != v.step.has_value() || rise != v.rises.has_value())
        return refuse(refusals::rises_unsaid, "voting.rest");
    if (rise) {
        VECHE_CHECK(check_range(*v.step, "voting.step", 1, max_voted_budget));
        VECHE_CHECK(check_range(*v.rises, "voting.rises", 1, max_rises));
    }
    if (v.equals.size() > 2 || (v.equals.size() == 2 && v.equals[0] == v.equals[1]))
        return refuse(refusals::equals_repeated, "voting.equals");
    return {};
}

}  // namespace

bool on_slate(const call& c, const person_id& applicant) {
    return std::binary_search(c.slate().begin(), c.slate().end(), applicant);
}

std::optional<instant> judged_until(const call& c) {
    if (!c.asked.voting) return std::nullopt;
    return c.asked.voting->votes_from;
}

vote_opened begin_vote(const state& s, const call& c) {
    vote_opened out{c.asked.call, {}, {}};
    each_application(s, c.asked.call, [&](const application& a) {
        if (a.in_run()) {
            out.projects.push_back(a.applicant);
        } else if (!a.withdrawn && !a.set_aside) {
            const bool waits = a.appeal && !a.appeal->upheld;
            if (a.eligible == eligibility::unjudged || waits) out.left_out.push_back(a.applicant);
        }
    });
    return out;
}

ballot packed(const call& c, const vote& asked, std::uint64_t seq) {
    ballot out;
    out.seq = seq;
    for (const vote_mark& one : asked.marks)
        out.marks.push_back({static_cast<std::uint16_t>(slate_position(c, one.project)),
                             static_cast<std::uint16_t>(one.points.value_or(1))});
    std::sort(out.marks.begin(), out.marks.end());
    out.marks.shrink_to_fit();
    return out;
}

std::vector<vote_mark> unpacked(const call& c, const ballot& one) {
    std::vector<vote_mark> out;
    for (const ballot_mark& mark : one.marks) {
        vote_mark& made = out.emplace_back();
        made.project = c.slate()[mark.project];
        if (c.asked.voting->ballots == ballot_form::points) made.points = mark.points;
    }
    return out;
}

vote_closed end_vote(const state& s, const call& c) {
    const ballot_box& box = *s.ballots.find(c.asked.call);
    std::vector<std::string> records;
    records.reserve(static_cast<std::size_t>(box.size()));
    std::map<std::optional<member_id>, std::int64_t> members;
    for (const auto& [voter, one] : box.by_voter()) {
        const std::optional<member_id> member = box.member_of(*one);
        records.push_back(to_json(ballot_record{unpacked(c, *one), member, *voter}));
        ++members[member];
    }
    vote_closed out{c.asked.call, box.size(), to_hex(merkle_root(records)), {}};
    for (const auto& [member, ballots] : members) out.members.push_back({member, ballots});
    return out;
}

result<void> check_voting(const open_call& c) {
    if (by_vote(c) != c.voting.has_value()) return refuse(refusals::voting_missing, "voting");
    if (!c.voting) return {};
    VECHE_CHECK(check_range(c.budget->minor, "budget.minor", 1, max_voted_budget));
    if (!draws_lots(c)) return refuse(refusals::vote_needs_lots, "rules.ties");
    if (c.rules.unfilled != unfilled_rule::none)
        return refuse(refusals::vote_one_round, "rules.unfilled");
    if (!c.criteria.empty()) return refuse(refusals::vote_not_assessed, "criteria");
    VECHE_CHECK(check_ballot_terms(*c.voting));
    return check_count_terms(*c.voting);
}

result<void> check_voting_times(const open_call& c) {
    if (!c.voting) return {};
    if (c.voting->votes_from <= c.closes)
        return refuse(refusals::voting_times, "voting.votes_from");
    if (c.voting->votes_until <= c.voting->votes_from)
        return refuse(refusals::voting_times, "voting.votes_until");
    return {};
}

result<void> check_slate_open(const call& c) {
    if (c.vote_open)
        return refuse(refusals::slate_fixed, "call", to_text(c.asked.voting->votes_from));
    return {};
}

result<void> check_slate_room(const world& w, const call& c) {
    if (!by_vote(c.asked)) return {};
    std::size_t there = 0;
    each_application(w.own, c.asked.call, [&](const application& a) { there += a.in_run(); });
    if (there >= max_slate)
        return refuse(refusals::slate_full, "applicant", std::to_string(max_slate));
    return {};
}

result<void> check_project(const world& w, const call& c, const submit_application& asked) {
    if (!by_vote(c.asked)) {
        if (!asked.about.empty() || asked.place)
            return refuse(refusals::project_only, asked.place ? "place" : "about");
        return {};
    }
    VECHE_CHECK(check_text(w, asked.about, "about", max_text_bytes));
    constexpr std::int32_t degree = 1'000'000;
    if (asked.place && (std::abs(std::int64_t{asked.place->latitude}) > 90 * degree ||
                        std::abs(std::int64_t{asked.place->longitude}) > 180 * degree))
        return refuse(refusals::place_malformed, "place");
    return {};
}

}  // namespace veche::calls
