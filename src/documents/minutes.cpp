#include "documents/minutes.hpp"

#include "documents/attendance.hpp"
#include "documents/election_words.hpp"
#include "documents/vote_words.hpp"

namespace veche::documents {
namespace {

using namespace assembly;

/// "Tabled by ...; supported by ..., ...", as far as it is known.
std::string sponsors_of(const setting& in, const motion_row& motion) {
    std::string said;
    if (motion.from) said = in.text("forward.from") + " " + in.name(motion.from->name) + ".";
    if (motion.tabled_by) {
        const std::string title = in.name(motion.tabled_by_title);
        said = in.word("tabled_by", {{"who", title.empty() ? motion.tabled_by->value : title}});
    }
    std::string names;
    for (const supporter_view& one : motion.supporters)
        names += (names.empty() ? "" : ", ") + (one.name.empty() ? one.seat : in.name(one.name));
    if (!names.empty())
        said += (said.empty() ? "" : " ") + in.word("supported_by", {{"who", names}});
    return said;
}

void add_papers(const setting& in, const std::vector<paper_view>& papers, document& into) {
    if (papers.empty()) return;
    std::vector<std::string> points;
    for (const paper_view& one : papers) {
        points.push_back(in.word("paper", {{"title", in.name(one.title)},
                                           {"media", one.content.media},
                                           {"n", one.content.size},
                                           {"hash", one.content.sha256}}));
        into.entries.push_back(one.seq);
    }
    into.blocks.push_back(points_block(std::move(points)));
}

/// Votes are listed the latest first in the view; minutes tell them in their order.
void add_votes_on(const setting& in, const session_view& session, const motion_id& motion,
                  document& into) {
    for (auto vote = session.votes.rbegin(); vote != session.votes.rend(); ++vote)
        if (vote->motion == motion) add_vote(in, *vote, into);
}

void add_item(const setting& in, const session_view& session, const item_view& item,
              const std::vector<election_view>& elections, document& into) {
    const std::string title = item.label + ". " + in.name(item.title);
    into.blocks.push_back(item.depth == 0 ? heading(title) : subheading(title));
    std::string said = in.choice(item.kind);
    if (item.started && item.ended)
        said += ". " + in.word("item_time", {{"from", time_within(in, session, item.started)},
                                             {"until", time_within(in, session, item.ended)}});
    if (item.measure) said += ". " + in.text("session.late_measure", {{"id", item.measure->value}});
    into.blocks.push_back(text_block(std::move(said)));
    add_papers(in, item.papers, into);
    for (const motion_row& motion : item.motions) {
        into.blocks.push_back(subheading(
            in.word("motion", {{"id", motion.id.value}, {"state", in.choice(motion.status)}})));
        if (auto sponsors = sponsors_of(in, motion); !sponsors.empty())
            into.blocks.push_back(text_block(std::move(sponsors)));
        for (const supporter_view& one : motion.supporters) into.entries.push_back(one.seq);
        if (!motion.vote) into.blocks.push_back(text_block(in.name(motion.title)));
        add_votes_on(in, session, motion.id, into);
    }
    for (const election_view& one : elections)
        if (one.item == item.id) add_election(in, one, into);
}

}  // namespace

document minutes_of(const setting& in, const session_view& session,
                    const std::vector<election_view>& elections) {
    document made = begin_document(in, "minutes/" + session.id.value, in.word("minutes"),
                                   in.name(session.title));
    made.entries = attendance_entries(session);
    made.entries.push_back(session.seq);
    made.blocks.push_back(session_facts(in, session));
    for (const item_view& item : session.agenda) add_item(in, session, item, elections, made);
    if (session.agenda.empty()) made.blocks.push_back(text_block(in.text("session.no_agenda")));
    if (!session.papers.empty()) {
        made.blocks.push_back(heading(in.text("session.papers")));
        add_papers(in, session.papers, made);
    }
    made.blocks.push_back(heading(in.word("attendance")));
    for (block& one : attendance_blocks(in, session)) made.blocks.push_back(std::move(one));
    end_document(in, made);
    return made;
}

}  // namespace veche::documents
