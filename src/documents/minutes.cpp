#include "documents/minutes.hpp"

#include "documents/vote_words.hpp"

namespace veche::documents {
namespace {

using namespace assembly;

std::string bodies_of(const setting& in, const std::vector<named_body>& bodies) {
    std::string out;
    for (const named_body& one : bodies) out += (out.empty() ? "" : ", ") + in.name(one.name);
    return out;
}

block session_facts(const setting& in, const session_view& session) {
    const auto seats = static_cast<std::int64_t>(session.presence.size());
    return facts_block(
        {{in.text("field.body"), in.name(session.body.name)},
         {in.text("field.joint_with"), bodies_of(in, session.joint_with)},
         {in.text("field.venue"), in.name(session.venue)},
         {in.text("field.starts"), in.moment(session.starts)},
         {in.word("opened"), session.opened ? in.moment(*session.opened) : std::string()},
         {in.word("closed"), session.closed ? in.moment(*session.closed) : std::string()},
         {in.text("field.status"), in.choice(session.status)},
         {in.text("field.reason"), in.name(session.reason)},
         {in.text("session.presence"),
          session.presence_kept
              ? in.text("session.present_of",
                        {{"n", std::int64_t{session.seats_present}}, {"total", seats}})
              : in.text("session.presence_not_kept", {{"total", seats}})}});
}

block presence_table(const setting& in, const session_view& session) {
    std::vector<std::vector<std::string>> rows;
    for (const presence_view& one : session.presence)
        rows.push_back({one.name.empty() ? one.seat : in.name(one.name), in.name(one.member_name),
                        holder_text(in, one.holder, one.holder_title, one.name),
                        in.text(one.present ? "session.present" : "session.not_present")});
    return table_block(in.text("session.presence"),
                       {{in.text("field.seat"), 3},
                        {in.text("field.member"), 2},
                        {in.text("field.holder"), 3},
                        {in.text("field.status"), 2}},
                       rows);
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
              document& into) {
    into.blocks.push_back(heading(std::to_string(item.number) + ". " + in.name(item.title)));
    std::string said = in.choice(item.kind);
    if (item.measure) said += ". " + in.text("session.late_measure", {{"id", item.measure->value}});
    into.blocks.push_back(text_block(std::move(said)));
    add_papers(in, item.papers, into);
    for (const motion_row& motion : item.motions) {
        into.blocks.push_back(subheading(
            in.word("motion", {{"id", motion.id.value}, {"state", in.choice(motion.status)}})));
        if (!motion.vote) into.blocks.push_back(text_block(in.name(motion.title)));
        add_votes_on(in, session, motion.id, into);
    }
}

}  // namespace

document minutes_of(const setting& in, const session_view& session) {
    document made = begin_document(in, "minutes/" + session.id.value, in.word("minutes"),
                                   in.name(session.title));
    made.entries.push_back(session.seq);
    made.blocks.push_back(session_facts(in, session));
    for (const item_view& item : session.agenda) add_item(in, session, item, made);
    if (session.agenda.empty()) made.blocks.push_back(text_block(in.text("session.no_agenda")));
    if (!session.papers.empty()) {
        made.blocks.push_back(heading(in.text("session.papers")));
        add_papers(in, session.papers, made);
    }
    made.blocks.push_back(heading(in.text("session.presence")));
    made.blocks.push_back(presence_table(in, session));
    end_document(in, made);
    return made;
}

}  // namespace veche::documents
