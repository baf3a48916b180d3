#include "assembly/tally.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

/// A show of hands without names: any assignment of the counts gives the same outcome, because the
/// rule looks at nothing else, and any voter who said something is as good as another.
charter::verdict apply_to_counts(const vote& v, charter::circumstances around) {
    std::vector<charter::voter> voters;
    charter::ballot_map ballots;
    hand_count left = *v.counted;
    for (std::size_t i = 0; i < v.marks.size(); ++i) {
        voters.push_back({v.roll->electors[i].seat, {}, {}});
        charter::ballot& said = ballots[voters.back().id];
        said = v.marks[i].ballot;
        if (said == charter::ballot::excluded) continue;
        said = left.yes-- > 0       ? charter::ballot::yes
               : left.no-- > 0      ? charter::ballot::no
               : left.abstain-- > 0 ? charter::ballot::abstain
                                    : charter::ballot::absent;
    }
    around.chair.reset();
    charter::verdict out = charter::evaluate(v.roll->rule, voters, ballots, around);
    for (charter::turning& one : out.margins) one.voters.clear();
    return out;
}

charter::verdict apply_rule(const vote& v, const std::optional<std::string>& chair, bool margins) {
    charter::circumstances around;
    around.chair = chair;
    around.blocs = v.roll->blocs;
    // A silence procedure closes at its end, or earlier only when nobody is left to break it.
    around.silence_over = true;
    around.margins = margins;
    if (v.counted) return apply_to_counts(v, std::move(around));
    charter::ballot_map ballots;
    const auto& procedure = v.roll->procedure;
    for (std::uint32_t i = 0; i < v.marks.size(); ++i) {
        const std::string& seat = v.roll->electors[i].seat;
        ballots.emplace(seat, counting_ballot(v, i));
        const bool by_proxy = v.marks[i].how == cast_how::proxy || v.cast_by.contains(i);
        if (by_proxy && procedure.proxies && !procedure.proxies->quorum)
            around.represented.insert(seat);
    }
    around.split_weight = procedure.split.value_or("");
    for (const auto& [position, votes] : v.splits)
        around.splits.emplace(v.roll->electors[position].seat, votes);
    return charter::evaluate(v.roll->rule, charter::voters_of(v.roll->electors), ballots, around);
}

/// The ballots from position `first` on, as many as one entry takes.
std::vector<seat_ballot> part_of_roll(const vote& v, std::size_t first) {
    std::vector<seat_ballot> part;
    const std::size_t end = std::min(v.marks.size(), first + limits::record_seats);
    for (std::size_t i = first; i < end; ++i) {
        const auto position = static_cast<std::uint32_t>(i);
        seat_ballot& one = part.emplace_back();
        one.seat = v.roll->electors[i].seat;
        one.ballot = counting_ballot(v, position);
        if (one.ballot == charter::ballot::split) one.votes = v.splits.at(position);
    }
    return part;
}

}  // namespace

charter::ballot as_ballot(vote_choice choice) {
    switch (choice) {
        case vote_choice::yes:
            return charter::ballot::yes;
        case vote_choice::no:
            return charter::ballot::no;
        case vote_choice::abstain:
            return charter::ballot::abstain;
    }
    return charter::ballot::absent;
}

std::optional<vote_choice> choice_of(const cast_mark& mark) {
    switch (mark.ballot) {
        case charter::ballot::yes:
            return vote_choice::yes;
        case charter::ballot::no:
            return vote_choice::no;
        case charter::ballot::abstain:
            return vote_choice::abstain;
        case charter::ballot::absent:
        case charter::ballot::excluded:
        case charter::ballot::split:
            break;
    }
    return std::nullopt;
}

bool has_cast(const cast_mark& mark) {
    return mark.ballot == charter::ballot::split || choice_of(mark).has_value();
}

std::optional<instant> closing_time(const charter::state& charter, const std::string& rule_id,
                                    const open_vote& c, instant opened) {
    const charter::rule* rule = charter.parsed_rule(rule_id);
    if (!rule || !rule->silence) return c.closes;
    if (rule->silence->until) return rule->silence->until;
    return plus_days(opened, rule->silence->days.value_or(0));
}

std::string rule_of_vote(const charter::state& charter, const state& s, const open_vote& c) {
    const motion& m = *s.motions.find(c.motion);
    if (c.urgency.value_or(false)) {
        const charter::body* body = charter.find_body(m.body);
        return body->motions ? body->motions->urgency_rule.value_or(m.rule) : m.rule;
    }
    const bundle* b = c.bundle ? s.bundles.find(*c.bundle) : nullptr;
    const bool of_amendments = c.amendment || (b && !b->amendments.empty());
    return of_amendments ? amendment_rule(charter, m) : m.rule;
}

void count_ballot(ballot_counts& counts, charter::ballot ballot) {
    switch (ballot) {
        case charter::ballot::yes:
            ++counts.yes;
            break;
        case charter::ballot::no:
            ++counts.no;
            break;
        case charter::ballot::abstain:
            ++counts.abstain;
            break;
        case charter::ballot::absent:
            ++counts.absent;
            break;
        case charter::ballot::excluded:
            ++counts.aside;
            break;
        case charter::ballot::split:
            counts.split = counts.split.value_or(0) + 1;
            break;
    }
}

ballot_counts count_ballots(const vote& v) {
    ballot_counts counts;
    for (std::uint32_t i = 0; i < v.marks.size(); ++i) count_ballot(counts, counting_ballot(v, i));
    if (v.counted) {
        const hand_count& hands = *v.counted;
        counts.yes = hands.yes;
        counts.no = hands.no;
        counts.abstain = hands.abstain;
        counts.absent -= hands.yes + hands.no + hands.abstain;
    }
    return counts;
}

vote_decided tally(const vote& v, const std::optional<std::string>& chair, closing closed) {
    auto verdict = apply_rule(v, chair, false);
    vote_decided e;
    e.vote = v.id;
    e.motion = v.motion;
    e.amendment = v.amendment;
    e.bundle = v.bundle;
    e.part = v.part;
    if (v.urgency) e.urgency = true;
    e.closed = closed;
    e.outcome = verdict.outcome;
    e.counts = count_ballots(v);
    e.hands = hands_of(v);
    if (!v.counted) e.ballots = part_of_roll(v, 0);
    for (charter::bloc_ballot& bloc : verdict.blocs)
        e.blocs.push_back({{std::move(bloc.id)}, bloc.ballot});
    for (charter::reason_line& line : verdict.reasons)
        e.reasons.push_back({std::move(line.code), std::move(line.args), std::move(line.group),
                             line.depth, line.holds});
    return e;
}

charter::verdict explain(const vote& v, bool margins) {
    return apply_rule(v, v.chair, margins);
}

events rest_of_roll(const vote& v) {
    events rest;
    if (v.counted) return rest;
    for (std::size_t first = limits::record_seats; first < v.marks.size();
         first += limits::record_seats)
        rest.push_back(make_event(roll_continued{v.id, part_of_roll(v, first)}));
    return rest;
}

std::size_t count_blocs(const std::vector<charter::elector>& electors) {
    std::set<std::string_view> voices;
    for (const charter::elector& e : electors)
        voices.insert(e.member.empty() ? std::string_view(e.seat) : e.member.value);
    return voices.size();
}

}  // namespace veche::assembly
