#include "assembly/tally.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

/// What the rule is applied to.
struct poll {
    std::vector<charter::voter> nameless;    ///< of a show of hands without names
    std::span<const charter::voter> voters;  ///< those, or of the roll
    std::vector<charter::ballot> said;       ///< by position
    charter::circumstances around;
};

/// A show of hands without names: any assignment of the counts gives the same outcome, because the
/// rule looks at nothing else, and any voter who said something is as good as another.
void poll_hands(const vote& v, poll& out) {
    hand_count left = *v.counted;
    for (std::size_t i = 0; i < v.marks.size(); ++i) {
        out.nameless.push_back({v.roll->electors[i].seat, {}, {}});
        out.said.push_back(v.marks[i].ballot == charter::ballot::excluded
                               ? charter::ballot::excluded
                           : left.yes-- > 0     ? charter::ballot::yes
                           : left.no-- > 0      ? charter::ballot::no
                           : left.abstain-- > 0 ? charter::ballot::abstain
                                                : charter::ballot::absent);
    }
    out.voters = out.nameless;
    out.around.chair.reset();
}

void poll_ballots(const vote& v, poll& out) {
    out.voters = v.roll->voters;
    const auto& procedure = v.roll->procedure;
    for (std::uint32_t i = 0; i < v.marks.size(); ++i) {
        out.said.push_back(counting_ballot(v, i));
        const bool by_proxy = v.marks[i].how == cast_how::proxy || v.cast_by.contains(i);
        if (by_proxy && procedure.proxies && !procedure.proxies->quorum)
            out.around.represented.insert(v.roll->electors[i].seat);
    }
    out.around.split_weight = procedure.split.value_or("");
    for (const auto& [position, votes] : v.splits)
        out.around.splits.emplace(v.roll->electors[position].seat, votes);
}

/// Neither copied nor moved: `voters` may look into it.
void take_poll(const vote& v, const std::optional<std::string>& chair, poll& out) {
    out.around.chair = chair;
    out.around.blocs = v.roll->blocs;
    // A silence procedure closes at its end, or earlier only when nobody is left to break it.
    out.around.silence_over = true;
    out.said.reserve(v.marks.size());
    if (v.counted)
        poll_hands(v, out);
    else
        poll_ballots(v, out);
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
    poll of;
    take_poll(v, chair, of);
    auto verdict = charter::judge(v.roll->rule, of.voters, of.said, of.around);
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
    poll of;
    take_poll(v, v.chair, of);
    of.around.margins = margins;
    charter::ballot_map ballots;
    for (std::size_t i = 0; i < of.said.size(); ++i) ballots.emplace(of.voters[i].id, of.said[i]);
    auto out = charter::evaluate(v.roll->rule, of.voters, ballots, of.around);
    // Nobody of a show of hands without names is named.
    if (v.counted)
        for (charter::turning& one : out.margins) one.voters.clear();
    return out;
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
