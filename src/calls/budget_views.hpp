#pragma once
// What one can know of a budget on which citizens vote. Projects and the rule are everybody's;
// votes are counted and shown when the voting is over, and a ballot only to whoever cast it.

#include "calls/calls.hpp"

namespace veche::calls {

/// Where a project stands on its way to the ballot paper.
enum class project_standing : std::uint8_t {
    proposed,   ///< not judged yet
    on_ballot,  ///< citizens can name it
    left_out,   ///< not judged in time, or with an appeal that waited
    ineligible,
    taken_off  ///< withdrawn or set aside after the ballot paper was fixed
};
VECHE_CHOICES(project_standing, proposed, on_ballot, left_out, ineligible, taken_off)

struct project_row {
    person_id project;
    localized title;
    localized about;
    std::optional<amount> asks;
    std::optional<map_place> place;
    project_standing standing{};
    localized set_aside_reason;
    std::optional<project_figures> counted;
    std::optional<offer_status> offer;
};
VECHE_FIELDS(project_row, (project, "Number of the applicant."), (title, "Title."),
             (about, "What it is."), (asks, "Its cost."), (place, "Where it is."),
             (standing, "Whether it is on the ballot paper."),
             (set_aside_reason, "Why it was taken off."), (counted, "What the run said of it."),
             (offer, "What became of its grant."))

struct my_ballot {
    std::vector<vote_mark> marks;
    std::optional<member_id> member;
    std::int64_t seq = 0;
};
VECHE_FIELDS(my_ballot, (marks, "Projects named."), (member, "The member named."),
             (seq, "Entry of the journal."))

struct member_votes_row {
    std::optional<member_id> member;
    localized name;
    std::int64_t ballots = 0;
};
VECHE_FIELDS(member_votes_row, (member, "The member; nothing where voters named none."),
             (name, "Its name."), (ballots, "Ballots."))

struct voting_query {
    static constexpr wire_info wire{
        "calls.voting", 1, "The projects of a budget, how one votes, and how it came out."};
    call_id call;
};
VECHE_FIELDS(voting_query, (call, "The call."))

struct voting_view {
    call_id call;
    localized title;
    call_stage stage{};
    voting_terms terms;
    amount budget;
    std::int64_t seq = 0;
    std::vector<project_row> projects;
    std::int32_t on_ballot = 0;
    std::optional<std::int64_t> opened_seq;
    std::optional<std::int64_t> ballots;
    std::string root;
    std::optional<std::int64_t> closed_seq;
    std::vector<member_votes_row> members;
    std::optional<amount> spent;
    std::string endowment;
    std::vector<person_id> lottery;
    std::optional<my_ballot> mine;
    bool can_vote = false;
};
VECHE_FIELDS(voting_view, (call, "The call."), (title, "Title of the call."),
             (stage, "Where it stands."), (terms, "How one votes and how it is counted."),
             (budget, "The budget."), (seq, "Entry that opened the call."),
             (projects, "Projects, by the numbers of applicants."),
             (on_ballot, "How many citizens can name."),
             (opened_seq, "Entry that fixed the ballot paper."),
             (ballots, "Ballots that count; when the voting is over."),
             (root, "Merkle root of their records."), (closed_seq, "Entry that bound them."),
             (members, "Ballots by the member that voters named."),
             (spent, "Cost of what was chosen."),
             (endowment, "Minor units that each ballot held at the beginning."),
             (lottery, "Projects in the order of their lots, once they are drawn."),
             (mine, "Your ballot."), (can_vote, "Whether you can vote now."))

struct taker_row {
    person_id project;
    localized title;
    std::int64_t supporters = 0;
    amount paid;
};
VECHE_FIELDS(taker_row, (project, "The project that was paid for."), (title, "Its title."),
             (supporters, "Supporters of the project explained who paid for it."),
             (paid, "What they paid, cut to minor units."))

struct project_query {
    static constexpr wire_info wire{"calls.project", 1,
                                    "A project of a budget, and where its voters' money went."};
    call_id call;
    person_id project;
};
VECHE_FIELDS(project_query, (call, "The call."), (project, "Number of the applicant."))

struct project_view {
    call_id call;
    localized title;
    call_stage stage{};
    project_row row;
    std::int64_t seq = 0;
    std::optional<std::int64_t> run_seq;
    std::int64_t voters = 0;
    std::optional<amount> held;
    std::optional<amount> left;
    std::optional<amount> missing;
    std::vector<taker_row> taken_by;
    std::optional<amount> taken_by_others;
    std::optional<amount> price;
    std::optional<std::string> exact_price;
    std::optional<std::int64_t> paid_in_full;
    std::optional<std::int64_t> paid_less;
    std::optional<amount> would_have_sufficed;
    bool shares_rose = false;
    bool own = false;
};
VECHE_FIELDS(project_view, (call, "The call."), (title, "Title of the call."),
             (stage, "Where the call stands."), (row, "The project."),
             (seq, "Entry of the application."), (run_seq, "Entry of the run."),
             (voters, "Ballots in all."), (held, "Money of its supporters at the beginning."),
             (left, "Of it in the end, or just before it was bought."),
             (missing, "By how much that falls short of the cost."),
             (taken_by, "What its supporters paid for."),
             (taken_by_others, "What went to projects that few of its supporters share."),
             (price, "The most that a supporter paid for each point, cut."),
             (exact_price, "The same as a fraction, in minor units."),
             (paid_in_full, "Supporters who paid that."),
             (paid_less, "Supporters who paid all they had left."),
             (would_have_sufficed, "Cost at which it would have been funded, all else as it is."),
             (shares_rose, "Whether shares rose, so that no such cost is certain."),
             (own, "Whether it is yours."))

struct ballots_query {
    static constexpr wire_info wire{
        "calls.ballots", 1, "All ballots of a budget in Pabulib's form, when voting is over."};
    call_id call;
};
VECHE_FIELDS(ballots_query, (call, "The call."))

struct ballots_view {
    std::string file;
    std::vector<std::string> count;
    std::int64_t ballots = 0;
    std::string root;
};
VECHE_FIELDS(ballots_view, (file, "Projects that can be funded and all ballots, as a .pb file."),
             (count, "Options of `veche share` that count it as the call says."),
             (ballots, "How many ballots."), (root, "Merkle root of their records."))

result<voting_view> ask(const world&, const voting_query&, const viewer&);
result<project_view> ask(const world&, const project_query&, const viewer&);
result<ballots_view> ask(const world&, const ballots_query&, const viewer&);

}  // namespace veche::calls
