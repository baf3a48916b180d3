#include "documents/attendance.hpp"

#include "documents/vote_words.hpp"

namespace veche::documents {
namespace {

using namespace assembly;

std::string bodies_of(const setting& in, const std::vector<named_body>& bodies) {
    std::string out;
    for (const named_body& one : bodies) out += (out.empty() ? "" : ", ") + in.name(one.name);
    return out;
}

std::string optional_moment(const setting& in, const std::optional<instant>& at) {
    return at ? in.moment(*at) : std::string();
}

/// What the list says of a seat: the word, and who comes instead.
std::string attendance_text(const setting& in, const presence_view& of) {
    std::string said = in.choice(of.attends);
    if (of.mode) said += ", " + in.choice(*of.mode);
    if (of.attends == attendance::represented) said += ": " + in.name(of.substitute);
    return said;
}

block seats_table(const setting& in, const session_view& session) {
    std::vector<std::vector<std::string>> rows;
    for (const presence_view& one : session.presence)
        rows.push_back({one.name.empty() ? one.seat : in.name(one.name), in.name(one.member_name),
                        holder_text(in, one.holder, one.holder_title, one.name),
                        attendance_text(in, one), time_within(in, session, one.came),
                        time_within(in, session, one.left)});
    return table_block(in.word("attendance"),
                       {{in.text("field.seat"), 4},
                        {in.text("field.member"), 2},
                        {in.text("field.holder"), 4},
                        {in.text("attendance.attends"), 4},
                        {in.text("attendance.came"), 2},
                        {in.text("attendance.left"), 2}},
                       rows);
}

block guests_table(const setting& in, const session_view& session) {
    std::vector<std::vector<std::string>> rows;
    for (const guest_view& one : session.guests) {
        std::string said = one.answer ? in.choice(*one.answer) : std::string();
        if (!one.substitute.empty()) said += ": " + in.name(one.substitute);
        rows.push_back({in.name(one.role), said});
    }
    return table_block(in.text("attendance.guests"),
                       {{in.text("attendance.role"), 3}, {in.text("attendance.answer"), 2}}, rows);
}

}  // namespace

std::string time_within(const setting& in, const session_view& session,
                        const std::optional<instant>& at) {
    if (!at) return {};
    const instant began = session.opened.value_or(session.starts);
    const bool same_day =
        render::local_date(*at, in.around) == render::local_date(began, in.around);
    return same_day ? render::time_text(*at, in.around) : in.moment(*at);
}

std::vector<std::int64_t> attendance_entries(const session_view& session) {
    std::vector<std::int64_t> entries;
    if (session.notice) entries.push_back(session.notice->seq);
    for (const presence_view& one : session.presence)
        entries.insert(entries.end(), one.entries.begin(), one.entries.end());
    return entries;
}

block session_facts(const setting& in, const session_view& session) {
    const auto seats = static_cast<std::int64_t>(session.presence.size());
    std::int64_t came = 0;
    for (const presence_view& one : session.presence) came += one.came ? 1 : 0;
    return facts_block(
        {{in.text("field.body"), in.name(session.body.name)},
         {in.text("field.joint_with"), bodies_of(in, session.joint_with)},
         {in.text("field.venue"), in.name(session.venue)},
         {in.text("field.mode"), in.choice(session.mode)},
         {in.text("field.starts"), in.moment(session.starts)},
         {in.text("field.ends"), optional_moment(in, session.ends)},
         {in.word("opened"), optional_moment(in, session.opened)},
         {in.word("closed"), optional_moment(in, session.closed)},
         {in.text("field.status"), in.choice(session.status)},
         {in.text("field.reason"), in.name(session.reason)},
         {in.text("attendance.sent"),
          session.notice ? in.moment(session.notice->sent) : std::string()},
         {in.text("session.presence"),
          session.presence_kept ? in.text("session.present_of", {{"n", came}, {"total", seats}})
                                : in.text("session.presence_not_kept", {{"total", seats}})}});
}

std::vector<block> attendance_blocks(const setting& in, const session_view& session) {
    std::vector<block> made{seats_table(in, session)};
    if (!session.guests.empty()) {
        made.push_back(subheading(in.text("attendance.guests")));
        made.push_back(guests_table(in, session));
    }
    return made;
}

document attendance_of(const setting& in, const session_view& session) {
    document made = begin_document(in, "attendance/" + session.id.value, in.word("attendance"),
                                   in.name(session.title));
    made.entries = attendance_entries(session);
    made.entries.push_back(session.seq);
    made.blocks.push_back(session_facts(in, session));
    for (block& one : attendance_blocks(in, session)) made.blocks.push_back(std::move(one));
    end_document(in, made);
    return made;
}

}  // namespace veche::documents
