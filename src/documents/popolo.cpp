#include "documents/popolo.hpp"

#include <map>

#include "documents/election_words.hpp"
#include "documents/vote_words.hpp"

namespace veche::documents {
namespace {

using charter::ballot;

struct popolo_organization {
    std::string id;
    std::string name;
    std::string classification;
    std::optional<std::string> parent_id;
};
VECHE_FIELDS_HERE(popolo_organization, (id, "Id."), (name, "Name."), (classification, "Kind."),
                  (parent_id, "The organization above."))

struct popolo_person {
    std::string id;
    std::string name;
};
VECHE_FIELDS_HERE(popolo_person, (id, "Id."), (name, "Title, never a private name."))

struct popolo_membership {
    std::string person_id;
    std::string organization_id;
    std::optional<std::string> on_behalf_of_id;
    std::string role;
    std::optional<date> start_date;
    std::optional<date> end_date;
};
VECHE_FIELDS_HERE(popolo_membership, (person_id, "Who."),
                  (organization_id, "In which organization."),
                  (on_behalf_of_id, "For which member."), (role, "Seat or office."),
                  (start_date, "First day."), (end_date, "Last day."))

struct popolo_event {
    std::string id;
    std::string name;
    std::string classification = "session";
    std::string organization_id;
    std::string location;
    std::string status;
    std::string start_date;
    std::optional<std::string> end_date;
};
VECHE_FIELDS_HERE(popolo_event, (id, "Id."), (name, "Title."), (classification, "Kind."),
                  (organization_id, "The body that sits."), (location, "Where."),
                  (status, "State."), (start_date, "Beginning."), (end_date, "End."))

/// Our extension: Popolo knows one creator of a motion, and no co-signers.
struct popolo_sponsor {
    std::string person_id;
    std::string role;
    std::string date;
};
VECHE_FIELDS_HERE(popolo_sponsor, (person_id, "Who."), (role, "The seat."), (date, "When it came."))

struct popolo_motion {
    std::string id;
    std::string organization_id;
    std::string legislative_session_id;
    std::string text;
    std::optional<std::string> result;
    std::optional<std::string> creator_id;
    std::vector<popolo_sponsor> x_sponsors;
};
VECHE_FIELDS_HERE(popolo_motion, (id, "Id."), (organization_id, "The body."),
                  (legislative_session_id, "The session."), (text, "The question."),
                  (result, "Result."), (creator_id, "Who tabled it."),
                  (x_sponsors, "Seats that support it."))

struct popolo_count {
    std::string option;
    std::int32_t value = 0;
};
VECHE_FIELDS_HERE(popolo_count, (option, "Option."), (value, "Number of votes."))

struct popolo_vote {
    std::optional<std::string> voter_id;
    std::string option;
    std::optional<std::string> group_id;
    std::string role;
    std::optional<std::string> x_cast;
    std::optional<std::string> x_proxy;
    std::optional<charter::split_votes> x_split;
    std::optional<std::string> x_corrected;
};
VECHE_FIELDS_HERE(popolo_vote, (voter_id, "Who voted; nobody where the seat is vacant."),
                  (option, "What was said."), (group_id, "The member."), (role, "The seat."),
                  (x_cast, "hand: entered by the chair; proxy: cast by another seat."),
                  (x_proxy, "The seat that cast it by proxy."), (x_split, "How votes were split."),
                  (x_corrected, "What the voter says since was meant."))

/// Our extension: the rule by which the counts became the result.
struct popolo_rule {
    std::string id;
    std::string name;
    std::string source;
    std::string text;
    std::optional<json::raw_json> definition;
    std::optional<std::string> outcome;
    std::optional<std::int64_t> entry;
    std::vector<std::string> reasons;
};
VECHE_FIELDS_HERE(popolo_rule, (id, "Id of the rule."), (name, "Name."), (source, "Legal source."),
                  (text, "The rule in its text form."), (definition, "The rule in its JSON form."),
                  (outcome, "The outcome in our words, finer than `result`."),
                  (entry, "Journal entry of the result."), (reasons, "Why, step by step."))

struct popolo_vote_event {
    std::string id;
    std::string motion_id;
    std::string organization_id;
    std::string legislative_session_id;
    std::string start_date;
    std::optional<std::string> end_date;
    std::optional<std::string> result;
    std::vector<popolo_count> counts;
    std::vector<popolo_vote> votes;
    popolo_rule x_rule;
    std::optional<bool> x_secret;
    std::optional<std::string> x_hands;
    std::optional<std::int32_t> x_round;
    std::optional<std::string> x_round_before;
    std::optional<std::string> x_amendment;
    std::vector<std::string> x_bundle;
    std::optional<std::int32_t> x_part;
    std::optional<bool> x_urgency;
};
VECHE_FIELDS_HERE(popolo_vote_event, (id, "Id."), (motion_id, "The motion."),
                  (organization_id, "The body."), (legislative_session_id, "The session."),
                  (start_date, "Opened."), (end_date, "Closed."), (result, "pass or fail."),
                  (counts, "Counts."), (votes, "Vote by vote."), (x_rule, "The rule."),
                  (x_secret, "True where only the totals are known."),
                  (x_hands, "counted or named: a show of hands that the chair entered."),
                  (x_round, "The round, where there are several."),
                  (x_round_before, "The vote of the round before."),
                  (x_amendment, "The amendment that was voted on, not the motion."),
                  (x_bundle, "All motions or amendments that the vote decided together."),
                  (x_part, "The part of the motion that was voted on."),
                  (x_urgency, "True where it was the urgency of the motion."))

struct popolo_package {
    std::vector<popolo_organization> organizations;
    std::vector<popolo_person> persons;
    std::vector<popolo_membership> memberships;
    std::vector<popolo_event> events;
    std::vector<popolo_motion> motions;
    std::vector<popolo_vote_event> vote_events;
};
VECHE_FIELDS_HERE(popolo_package, (organizations, "Bodies and members."), (persons, "Persons."),
                  (memberships, "Who sits where."), (events, "Sessions."), (motions, "Motions."),
                  (vote_events, "Votes."))

std::string body_key(const body_id& id) {
    return "body/" + id.value;
}
std::string member_key(const member_id& id) {
    return "member/" + id.value;
}

/// To the second: the schemas know no fractions of one.
std::string moment_text(instant at) {
    return to_text(at).substr(0, 19) + "Z";
}
std::optional<std::string> moment_text(const std::optional<instant>& at) {
    return at ? std::optional(moment_text(*at)) : std::nullopt;
}

/// The standard's word for a ballot.
std::string option_of(ballot said) {
    return said == ballot::excluded ? "not voting" : std::string(name_of(said));
}

/// Persons and organizations, each told once, in the order of their ids.
class directory {
  public:
    explicit directory(const setting& in) : in_(in) {}
    void body(const body_id& id, const localized& name, std::string kind,
              std::optional<std::string> parent = std::nullopt) {
        const std::string key = body_key(id);
        organizations_[key] = {key, in_.name(name), std::move(kind), std::move(parent)};
    }
    void member(const member_id& id, const localized& name) {
        const std::string key = member_key(id);
        organizations_[key] = {key, in_.name(name), "member", std::nullopt};
    }
    void person(const person_id& id, const localized& title) {
        const std::string name = in_.name(title);
        persons_[id.value] = {id.value, name.empty() ? id.value : name};
    }
    void fill(popolo_package& into) const {
        for (const auto& [id, one] : organizations_) into.organizations.push_back(one);
        for (const auto& [id, one] : persons_) into.persons.push_back(one);
    }

  private:
    const setting& in_;
    std::map<std::string, popolo_organization> organizations_;
    std::map<std::string, popolo_person> persons_;
};

popolo_rule rule_of(const setting& in, const assembly::vote_view& vote) {
    popolo_rule made;
    made.id = vote.rule.id;
    made.name = in.name(vote.rule.name);
    made.source = vote.rule.source;
    made.definition = vote.rule.rule;
    if (vote.rule.rule)
        if (const auto parsed = charter::parse_rule(vote.rule.rule->bytes))
            made.text = charter::rule_text(*parsed);
    if (!vote.result) return made;
    made.outcome = std::string(name_of(vote.result->outcome));
    made.entry = vote.result->seq;
    made.reasons = reason_texts(in, vote.result->lines);
    return made;
}

std::optional<std::string> result_of(const assembly::vote_view& vote) {
    if (!vote.result) return std::nullopt;
    return vote.result->outcome == charter::outcome::adopted ? "pass" : "fail";
}

/// Popolo knows votes on motions only.
void add_question(const assembly::vote_view& vote, popolo_vote_event& made) {
    if (vote.amendment) made.x_amendment = vote.amendment->id.value;
    if (vote.part) made.x_part = vote.part->number;
    if (vote.urgency) made.x_urgency = true;
    if (!vote.bundle) return;
    for (const auto& one : vote.bundle->amendments) made.x_bundle.push_back(one.value);
    if (!made.x_bundle.empty()) return;
    for (const auto& one : vote.bundle->motions) made.x_bundle.push_back(one.id.value);
}

popolo_vote_event vote_event_of(const setting& in, const assembly::vote_view& vote,
                                directory& known) {
    popolo_vote_event made;
    made.id = vote.id.value;
    made.motion_id = vote.motion.value;
    made.organization_id = body_key(vote.body.id);
    made.legislative_session_id = vote.session.value;
    made.start_date = moment_text(vote.opened);
    made.end_date = moment_text(vote.closed);
    made.result = result_of(vote);
    made.counts = {{"yes", vote.counts.yes},
                   {"no", vote.counts.no},
                   {"abstain", vote.counts.abstain},
                   {"absent", vote.counts.absent},
                   {"not voting", vote.counts.aside}};
    if (vote.counts.split) made.counts.push_back({"split", *vote.counts.split});
    const auto& casting = vote.casting;
    if (casting.hands) made.x_hands = std::string(name_of(*casting.hands));
    made.x_round = casting.round;
    if (casting.before) made.x_round_before = casting.before->value;
    add_question(vote, made);
    made.x_rule = rule_of(in, vote);
    if (vote.secret) made.x_secret = true;
    for (const auto& delegation : vote.delegations) {
        if (delegation.member) known.member(*delegation.member, delegation.name);
        for (const auto& seat : delegation.seats) {
            popolo_vote one;
            one.option = option_of(seat.ballot);
            one.role = seat.seat;
            if (seat.how) one.x_cast = std::string(name_of(*seat.how));
            one.x_proxy = seat.proxy;
            one.x_split = seat.votes;
            if (seat.corrected) one.x_corrected = std::string(name_of(*seat.corrected));
            if (delegation.member) one.group_id = member_key(*delegation.member);
            if (seat.holder) one.voter_id = seat.holder->value;
            if (seat.holder) known.person(*seat.holder, seat.holder_title);
            made.votes.push_back(std::move(one));
        }
    }
    return made;
}

/// The rule of an election is its method; the reasons are those of every stage.
popolo_rule rule_of(const setting& in, const assembly::election_view& election,
                    const assembly::round_view& round) {
    popolo_rule made;
    made.id = name_of(election.how);
    made.name = in.choice(election.how);
    if (round.result) made.outcome = name_of(round.result->outcome);
    made.entry = round.decided_seq;
    for (const auto& stage : round.stages)
        for (std::string& said : stage_sentences(in, round, stage))
            made.reasons.push_back(std::move(said));
    return made;
}

/// The option of a vote is whom the ballot names first; counts are those of the first count.
popolo_vote_event vote_event_of(const setting& in, const assembly::election_view& election,
                                const assembly::round_view& round, directory& known) {
    popolo_vote_event made;
    made.motion_id = "election/" + election.id.value;
    made.id = made.motion_id + "/" + std::to_string(round.number);
    made.organization_id = body_key(election.body.id);
    made.legislative_session_id = election.session.value;
    made.start_date = moment_text(round.opened);
    made.end_date = moment_text(round.closed);
    if (round.result) made.result = round.result->elected.empty() ? "fail" : "pass";
    if (!round.stages.empty())
        for (const elections::row& row : round.stages.front().rows)
            made.counts.push_back(
                {row.candidate, static_cast<std::int32_t>(row.votes / elections::unit)});
    made.x_rule = rule_of(in, election, round);
    for (const auto& ballot : round.ballots) {
        popolo_vote one;
        one.option = !ballot.cast           ? "absent"
                     : ballot.marks.empty() ? "blank"
                                            : ballot.marks.front().person.value;
        one.role = ballot.seat;
        if (ballot.holder) one.voter_id = ballot.holder->value;
        if (ballot.holder) known.person(*ballot.holder, ballot.holder_title);
        made.votes.push_back(std::move(one));
    }
    for (const auto& one : round.candidates) known.person(one.person, one.name);
    return made;
}

/// An election as a motion with one vote for each round.
void add_election(const setting& in, const assembly::election_view& election, popolo_package& into,
                  directory& known) {
    popolo_motion question{"election/" + election.id.value,
                           body_key(election.body.id),
                           election.session.value,
                           in.name(election.title),
                           {},
                           {},
                           {}};
    if (election.status == assembly::election_status::decided)
        question.result = elected_of(election).empty() ? "fail" : "pass";
    known.body(election.body.id, election.body.name, "body");
    into.motions.push_back(std::move(question));
    for (const auto& round : election.rounds)
        into.vote_events.push_back(vote_event_of(in, election, round, known));
}

void add_membership(const setting& in, const charter::body_view& body,
                    const std::optional<member_id>& member, const localized& role,
                    const charter::holder_view& holder, popolo_package& into, directory& known) {
    popolo_membership made;
    made.person_id = holder.person.value;
    made.organization_id = body_key(body.id);
    if (member) made.on_behalf_of_id = member_key(*member);
    made.role = in.name(role);
    made.start_date = holder.from;
    made.end_date = holder.until;
    known.person(holder.person, holder.title);
    into.memberships.push_back(std::move(made));
}

}  // namespace

std::string popolo_of(const setting& in, const std::vector<charter::body_view>& bodies) {
    popolo_package made;
    directory known(in);
    for (const charter::body_view& body : bodies) {
        known.body(body.id, body.name, body.kind,
                   body.parent ? std::optional(body_key(body.parent->id)) : std::nullopt);
        for (const auto& group : body.members) {
            if (group.member) known.member(*group.member, group.name);
            for (const auto& seat : group.seats)
                if (seat.holder)
                    add_membership(in, body, group.member, seat.name, *seat.holder, made, known);
        }
        for (const auto& office : body.offices) {
            if (office.member) known.member(*office.member, office.member_name);
            for (const auto& holder : office.holders)
                add_membership(in, body, office.member, office.name, holder, made, known);
        }
    }
    known.fill(made);
    return to_json(made);
}

std::string popolo_of(const setting& in, const assembly::session_view& session,
                      const std::vector<assembly::election_view>& elections) {
    popolo_package made;
    directory known(in);
    known.body(session.body.id, session.body.name, "body");
    for (const auto& one : session.joint_with) known.body(one.id, one.name, "body");
    popolo_event sitting;
    sitting.id = session.id.value;
    sitting.name = in.name(session.title);
    sitting.organization_id = body_key(session.body.id);
    sitting.location = in.name(session.venue);
    sitting.status = in.choice(session.status);
    sitting.start_date = moment_text(session.opened.value_or(session.starts));
    sitting.end_date = moment_text(session.closed);
    made.events.push_back(std::move(sitting));
    for (const auto& item : session.agenda)
        for (const auto& motion : item.motions) {
            popolo_motion one{motion.id.value,
                              body_key(motion.body.id),
                              session.id.value,
                              in.name(motion.title),
                              std::nullopt,
                              std::nullopt,
                              {}};
            if (motion.tabled_by) {
                one.creator_id = motion.tabled_by->value;
                known.person(*motion.tabled_by, motion.tabled_by_title);
            }
            for (const auto& by : motion.supporters) {
                one.x_sponsors.push_back({by.person.value, by.seat, moment_text(by.at)});
                known.person(by.person, by.person_title);
            }
            if (motion.status == assembly::motion_status::adopted) one.result = "pass";
            if (motion.status == assembly::motion_status::rejected) one.result = "fail";
            known.body(motion.body.id, motion.body.name, "body");
            made.motions.push_back(std::move(one));
        }
    for (auto vote = session.votes.rbegin(); vote != session.votes.rend(); ++vote)
        made.vote_events.push_back(vote_event_of(in, *vote, known));
    for (const auto& one : elections) add_election(in, one, made, known);
    known.fill(made);
    return to_json(made);
}

}  // namespace veche::documents
