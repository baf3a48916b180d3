// A ballot on the projects of a budget.

#include <algorithm>

#include "calls/voting.hpp"

namespace veche::calls {
namespace {

/// On the ballot paper, and not withdrawn or taken off since.
bool can_be_voted(const world& w, const call& c, const person_id& project) {
    const application* a = on_slate(c, project) ? w.own.find(c.asked.call, project) : nullptr;
    return a && a->in_run();
}

/// The form of the ballot, before anything is looked up.
result<void> check_ballot_form(const voting_terms& v, const std::vector<vote_mark>& marks) {
    std::vector<person_id> named;
    for (const vote_mark& one : marks) named.push_back(one.project);
    VECHE_CHECK(check_ids(named, "marks", max_slate));
    const auto least = static_cast<std::size_t>(v.least.value_or(1));
    const auto most = static_cast<std::size_t>(v.most.value_or(max_slate));
    if (marks.size() < least || marks.size() > most)
        return refuse(refusals::ballot_size, "marks", std::to_string(least), std::to_string(most));
    return {};
}

result<void> check_ballot_points(const voting_terms& v, const std::vector<vote_mark>& marks) {
    std::int64_t all = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::string field = "marks." + std::to_string(i) + ".points";
        const auto& points = marks[i].points;
        if (v.ballots == ballot_form::approval) {
            if (points) return refuse(refusals::ballot_no_points, field);
            continue;
        }
        all += points.value_or(0);
        if (points.value_or(0) < 1 || *points > *v.most_points || all > *v.points)
            return refuse(refusals::ballot_points, field, std::to_string(*v.most_points),
                          std::to_string(*v.points));
    }
    return {};
}

}  // namespace

result<events> decide(const world& w, const vote& c, const context& ctx) {
    VECHE_CHECK(by_applicant(ctx));
    const call* of = VECHE_TRY(find_call(w, c.call));
    if (!by_vote(of->asked)) return refuse(refusals::not_voted, "call");
    const voting_terms& v = *of->asked.voting;
    if (ctx.at < v.votes_from || ctx.at >= v.votes_until)
        return refuse(refusals::vote_not_open, "call", to_text(v.votes_from),
                      to_text(v.votes_until));
    VECHE_CHECK(check_ballot_form(v, c.marks));
    if (c.member && !w.charter.find_member(*c.member))
        return refuse(refusals::member_unknown, "member", c.member->value);
    for (std::size_t i = 0; i < c.marks.size(); ++i)
        if (!can_be_voted(w, *of, c.marks[i].project))
            return refuse(refusals::project_off_ballot, "marks." + std::to_string(i) + ".project",
                          c.marks[i].project.value);
    return check_ballot_points(v, c.marks).map([] { return events{}; });
}

}  // namespace veche::calls
