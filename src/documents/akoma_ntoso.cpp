#include "documents/akoma_ntoso.hpp"

#include "documents/act.hpp"
#include "documents/akoma_parts.hpp"
#include "documents/election_words.hpp"
#include "documents/minutes.hpp"
#include "documents/order_words.hpp"
#include "documents/vote_words.hpp"

namespace veche::documents {
namespace {

using namespace assembly;

/// Attributes that every element of the text with a place of its own carries.
attributes placed(std::string eid) {
    return {{"eId", std::move(eid)}};
}

void refer_presence(const setting& in, const session_view& session, akoma& made) {
    made.refer("TLCOrganization", "body", session.body.id.value, in.name(session.body.name));
    for (const named_body& one : session.joint_with)
        made.refer("TLCOrganization", "body", one.id.value, in.name(one.name));
    for (const presence_view& one : session.presence) {
        made.refer("TLCRole", "seat", one.seat, in.name(one.name));
        if (one.holder)
            made.refer("TLCPerson", "person", one.holder->value, in.name(one.holder_title));
    }
    for (const vote_view& vote : session.votes) made.refer_voters(vote);
    made.refer("TLCConcept", "presence", "present", in.text("session.present"));
    made.refer("TLCConcept", "presence", "seats", in.text("session.presence"));
}

/// Who tabled the motion and who supports it, as proponents of the document.
void write_sponsors(const setting& in, const motion_row& motion, akoma& made) {
    const auto proponent = [&](const person_id& who, const localized& title,
                               const std::string& name, const std::string& seat) {
        attributes with{{"refersTo", "#person-" + eid_part(who.value)}};
        if (!seat.empty()) with.emplace_back("as", "#seat-" + eid_part(seat));
        const std::string said = name.empty() ? in.name(title) : name;
        made.out.leaf("docProponent", said.empty() ? who.value : said, with);
    };
    if (motion.tabled_by) {
        made.out.open("p");
        made.out.text(in.text("motion.tabled_by") + ": ");
        proponent(*motion.tabled_by, motion.tabled_by_title, {}, {});
        made.out.close();
    }
    if (motion.supporters.empty()) return;
    made.out.open("p");
    made.out.text(in.text("motion.supported_by") + ": ");
    for (const supporter_view& one : motion.supporters) {
        if (&one != &motion.supporters.front()) made.out.text(", ");
        proponent(one.person, one.person_title, in.name(one.name), one.seat);
    }
    made.out.close();
}

void refer_sponsors(const setting& in, const session_view& session, akoma& made) {
    for (const item_view& item : session.agenda)
        for (const motion_row& motion : item.motions) {
            if (motion.tabled_by)
                made.refer("TLCPerson", "person", motion.tabled_by->value,
                           in.name(motion.tabled_by_title));
            for (const supporter_view& one : motion.supporters) {
                made.refer("TLCPerson", "person", one.person.value, in.name(one.person_title));
                made.refer("TLCRole", "seat", one.seat, in.name(one.name));
            }
        }
}

/// Each signature with its office or seat, its person and its day.
void write_signatures(const setting& in, const decision_view& decision, akoma& made) {
    for (std::size_t i = 0; i < decision.signatures.size(); ++i) {
        const signature_view& one = decision.signatures[i];
        const std::string name = in.name(one.name).empty() ? one.as : in.name(one.name);
        const std::string eid = "signature-" + std::to_string(i + 1);
        const attributes role{{"eId", eid + "__role-1"},
                              {"refersTo", "#signatory-" + eid_part(one.as)}};
        made.out.open("p");
        if (one.person && one.at) {
            made.out.open("signature",
                          {{"eId", eid}, {"refersTo", "#person-" + eid_part(one.person->value)}});
            made.out.leaf("role", name, role);
            made.out.text(", ");
            made.out.leaf("date", in.moment(*one.at), {{"date", to_text(date_of(*one.at))}});
            made.out.close();
        } else {
            made.out.leaf("role", name, role);
            made.out.text(": " + in.text("act.unsigned"));
        }
        made.out.close();
    }
}

void write_analysis(const session_view& session, akoma& made) {
    if (!session.presence_kept && session.votes.empty()) return;
    made.out.open("analysis", {{"source", "#organization-veche"}});
    made.out.open("parliamentary");
    if (session.presence_kept) {
        made.out.open("quorumVerification", {{"eId", "quorum-1"}, {"href", "#rollcall-presence"}});
        made.out.empty("count", {{"eId", "quorum-1__count-present"},
                                 {"value", std::to_string(session.seats_present)},
                                 {"refersTo", "#presence-present"}});
        made.out.empty("count", {{"eId", "quorum-1__count-seats"},
                                 {"value", std::to_string(session.presence.size())},
                                 {"refersTo", "#presence-seats"}});
        made.out.close();
    }
    for (auto vote = session.votes.rbegin(); vote != session.votes.rend(); ++vote)
        made.voting(*vote);
    made.out.close();
    made.out.close();
}

void write_presence(const setting& in, const session_view& session, akoma& made) {
    made.out.open("rollCall", placed("rollcall-presence"));
    made.heading(in.text("session.presence"));
    for (const presence_view& one : session.presence)
        made.paragraph(in.name(one.name) + " (" +
                       holder_text(in, one.holder, one.holder_title, one.name) +
                       "): " + in.text(one.present ? "session.present" : "session.not_present"));
    if (session.presence.empty()) made.paragraph(in.text("session.presence"));
    made.out.close();
}

void write_papers(const setting& in, const std::vector<paper_view>& papers, akoma& made) {
    for (const paper_view& one : papers) {
        made.out.open("p");
        made.out.leaf("ref", in.name(one.title).empty() ? one.id.value : in.name(one.title),
                      {{"href", in.site + "/papers/" + one.content.sha256}});
        made.out.text(" " + one.content.media + ", SHA-256 " + one.content.sha256);
        made.out.close();
    }
}

void write_vote(const setting& in, const vote_view& vote, akoma& made) {
    made.paragraph(in.text("field.rule") + ": " + in.name(vote.rule.name));
    made.paragraph(counts_text(in, vote.counts));
    if (vote.casting.hands) made.paragraph(in.choice(*vote.casting.hands));
    if (vote.result)
        made.paragraph(in.text("vote.result") + ": " + in.choice(vote.result->outcome));
    made.out.open("rollCall", placed("rollcall-" + eid_part(vote.id.value)));
    made.heading(in.text("vote.names"));
    made.roll(vote);
    made.out.close();
}

/// Who was elected, and the count in sentences; its figures are in the minutes and on the journal.
void write_election(const setting& in, const election_view& election, akoma& made) {
    attributes with = placed("election-" + eid_part(election.id.value));
    with.emplace_back("name", "election");
    made.out.open("debateSection", with);
    made.heading(in.name(election.title));
    made.paragraph(in.choice(election.how) + ", " + in.choice(election.status));
    for (const round_view& round : election.rounds)
        for (const elections::stage& stage : round.stages) {
            made.paragraph(stage_title(in, round, stage));
            for (const std::string& said : stage_sentences(in, round, stage)) made.paragraph(said);
        }
    if (const auto elected = elected_of(election); !elected.empty())
        made.paragraph(in.text("election.elected") + ": " + candidates_text(in, elected));
    made.out.close();
}

void write_item(const setting& in, const session_view& session, const item_view& item,
                const std::vector<election_view>& elections, akoma& made) {
    attributes with = placed("item-" + std::to_string(item.number));
    with.emplace_back("name", "item");
    made.out.open("debateSection", with);
    made.out.leaf("num", item.label);
    made.heading(in.name(item.title));
    made.paragraph(in.choice(item.kind));
    write_papers(in, item.papers, made);
    for (const motion_row& motion : item.motions) {
        attributes motion_with = placed("motion-" + eid_part(motion.id.value));
        motion_with.emplace_back("name", "motion");
        made.out.open("debateSection", motion_with);
        made.heading(in.name(motion.title));
        made.paragraph(
            in.word("motion", {{"id", motion.id.value}, {"state", in.choice(motion.status)}}));
        write_sponsors(in, motion, made);
        for (auto vote = session.votes.rbegin(); vote != session.votes.rend(); ++vote)
            if (vote->motion == motion.id) write_vote(in, *vote, made);
        made.out.close();
    }
    for (const election_view& one : elections)
        if (one.item == item.id) write_election(in, one, made);
    made.out.close();
}

void write_body_text(const setting& in, const decision_view& decision, akoma& made) {
    std::vector<std::string> texts = paragraphs(in.name(decision.text));
    if (texts.empty()) texts.push_back(in.name(decision.title));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        made.out.open("paragraph", placed("para-" + std::to_string(i + 1)));
        made.out.leaf("num", std::to_string(i + 1));
        made.out.open("content");
        made.paragraph(texts[i]);
        made.out.close();
        made.out.close();
    }
}

void write_orders(const setting& in, const decision_view& decision, akoma& made) {
    for (const enactment_view& order : decision.enactments) {
        made.out.open("section", placed("order-" + std::to_string(order.number)));
        made.out.leaf("num", std::to_string(order.number));
        made.heading(order_title(in, order.type));
        made.out.open("content");
        for (const labelled& fact : order_facts(in, order))
            made.paragraph(fact.label + ": " + fact.text);
        if (order.seq)
            made.paragraph(in.word("carried_out_by") + ": " + std::to_string(*order.seq));
        made.paragraph(order.type);
        made.out.close();
        made.out.close();
    }
}

}  // namespace

std::string minutes_akoma_ntoso(const setting& in, const session_view& session,
                                const std::vector<election_view>& elections) {
    akoma made(in, "debate", session.id.value, date_of(session.opened.value_or(session.starts)));
    refer_presence(in, session, made);
    refer_sponsors(in, session, made);
    made.begin("body-" + eid_part(session.body.id.value));
    write_analysis(session, made);
    made.end_meta(minutes_of(in, session, elections));
    made.out.open("preface");
    made.paragraph(in.word("minutes") + ": " + in.name(session.title));
    made.paragraph(in.moment(session.opened.value_or(session.starts)));
    made.out.close();
    made.out.open("debateBody");
    write_presence(in, session, made);
    for (const item_view& item : session.agenda) write_item(in, session, item, elections, made);
    if (!session.papers.empty()) {
        made.out.open("debateSection", {{"eId", "papers"}, {"name", "papers"}});
        made.heading(in.text("session.papers"));
        write_papers(in, session.papers, made);
        made.out.close();
    }
    made.out.close();
    made.out.close();
    made.out.close();
    return made.out.take();
}

std::string act_akoma_ntoso(const setting& in, const decision_view& decision,
                            const vote_view& vote) {
    akoma made(in, "act", decision.id.value, date_of(decision.at));
    made.refer_voters(vote);
    for (const signature_view& one : decision.signatures) {
        made.refer("TLCRole", "signatory", one.as, in.name(one.name));
        if (one.person)
            made.refer("TLCPerson", "person", one.person->value, in.name(one.person_title));
    }
    made.begin("body-" + eid_part(decision.body.id.value));
    made.out.open("analysis", {{"source", "#organization-veche"}});
    made.out.open("parliamentary");
    made.voting(vote);
    made.out.close();
    made.out.close();
    made.end_meta(act_of(in, decision, vote));
    made.out.open("preface");
    made.paragraph(in.text("decision.number", {{"id", decision.id.value}}));
    made.paragraph(in.name(decision.title));
    made.out.close();
    made.out.open("body");
    write_body_text(in, decision, made);
    write_orders(in, decision, made);
    made.out.close();
    made.out.open("conclusions");
    made.paragraph(in.name(decision.body.name) + ", " + in.moment(decision.at));
    write_signatures(in, decision, made);
    made.paragraph(counts_text(in, vote.counts));
    made.roll(vote);
    made.out.close();
    made.out.close();
    made.out.close();
    return made.out.take();
}

}  // namespace veche::documents
