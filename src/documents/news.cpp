#include "documents/news.hpp"

#include "documents/vote_words.hpp"

namespace veche::documents {

using namespace assembly;
using programme::measure_row;
using programme::measure_status;
using programme::measure_view;

namespace {

std::string journal_id(std::int64_t seq) {
    return "journal/" + std::to_string(seq);
}

/// Where nobody said when a session ends: calendars want some end.
constexpr std::int64_t session_ms = std::int64_t{3} * 60 * 60 * 1000;

}  // namespace

feed_entry news_of(const setting& in, const decision_row& one) {
    return {"decision/" + one.id.value, "decisions/" + one.id.value,
            one.id.value + ": " + in.name(one.title), in.name(one.body.name), one.at};
}

feed_entry news_of(const setting& in, const session_row& one) {
    return {"session/" + one.id.value + "/" + std::to_string(one.revision),
            "sessions/" + one.id.value, in.name(one.title) + ": " + in.choice(one.status),
            in.moment(one.starts) + " " + in.name(one.venue), one.changed};
}

feed_entry lateness_of(const setting& in, const measure_row& one) {
    return {"late/" + one.id.value + "/" + to_text(one.due), "programme/" + one.id.value,
            one.id.value + ": " + in.name(one.title), in.name(one.owner_name),
            plus_days(start_of(one.due), 1)};
}

std::vector<feed_entry> news_of(const setting& in, const session_view& session) {
    std::vector<feed_entry> out;
    const std::string page = "sessions/" + session.id.value;
    for (const vote_view& vote : session.votes) {
        const std::string path = "votes/" + vote.id.value;
        out.push_back({journal_id(vote.seq), path,
                       in.word("vote_opened", {{"title", question_text(in, vote)}}),
                       in.name(vote.body.name), vote.opened});
        if (vote.result)
            out.push_back({journal_id(vote.result->seq), path,
                           question_text(in, vote) + ": " + in.choice(vote.result->outcome),
                           counts_text(in, vote.counts), vote.result->decided});
    }
    const auto papers = [&](const std::vector<paper_view>& list) {
        for (const paper_view& one : list)
            out.push_back({journal_id(one.seq), page,
                           in.word("paper_attached", {{"title", in.name(one.title)}}),
                           one.content.media, one.at});
    };
    papers(session.papers);
    for (const item_view& item : session.agenda) papers(item.papers);
    return out;
}

std::vector<feed_entry> news_of(const setting& in, const measure_view& of) {
    std::vector<feed_entry> out;
    const std::string page = "programme/" + of.measure.id.value;
    const std::string name = of.measure.id.value + ": " + in.name(of.measure.title);
    out.push_back(
        {journal_id(of.measure.seq), page, name, in.name(of.measure.owner_name), of.added});
    for (const auto& report : of.reports)
        out.push_back({journal_id(report.seq), page,
                       in.word(report.completing ? "measure_done" : "measure_report",
                               {{"id", of.measure.id.value}}),
                       in.name(report.note), report.at});
    for (const auto& change : of.amendments)
        out.push_back({journal_id(change.seq), page,
                       in.word("measure_changed", {{"id", of.measure.id.value}}),
                       change.decision ? change.decision->value : "", change.at});
    for (const auto& one : of.milestones)
        if (one.reached_seq)
            out.push_back({journal_id(*one.reached_seq), page,
                           in.word("milestone_reached",
                                   {{"id", of.measure.id.value}, {"title", in.name(one.title)}}),
                           in.name(one.note), start_of(*one.reached)});
    for (const auto& one : of.reminders) out.push_back(news_of(in, one));
    if (of.overdue_seq) {
        feed_entry late = lateness_of(in, of.measure);
        late.title = in.word("measure_late", {{"id", of.measure.id.value}});
        out.push_back(std::move(late));
    }
    return out;
}

feed_entry news_of(const setting& in, const programme::reminder_row& one) {
    return {journal_id(one.seq), "programme/" + one.measure.value,
            in.word("measure_reminded", {{"id", one.measure.value},
                                         {"n", one.days},
                                         {"day", render::date_text(one.due, in.around)}}),
            in.name(one.title), one.at};
}

std::vector<feed_entry> news_of(const setting& in, const programme::approval_view& of) {
    std::vector<feed_entry> out;
    const std::string page = "approvals/" + of.approval.id.value;
    for (const auto& step : of.steps) {
        const std::string title = in.name(step.title);
        const std::string party = in.name(step.body_name) + (title.empty() ? "" : ", " + title);
        for (const auto& run : step.runs) {
            // Several turns may begin or end with one entry: step and round tell them apart.
            const std::string turn = "/" + step.step.value;
            const std::string who =
                party + (run.round > 1 ? " (" + std::to_string(run.round) + ")" : "");
            out.push_back({journal_id(run.from_seq) + turn + "/from", page,
                           in.word("turn_began", {{"who", who}}), in.name(of.approval.title),
                           run.from});
            if (run.until)
                out.push_back({journal_id(*run.until_seq) + turn + "/until", page,
                               who + ": " + in.choice(run.how), in.name(run.note), *run.until});
        }
    }
    return out;
}

feed_entry lateness_of(const setting& in, const programme::step_row& one) {
    return {"late/approval/" + one.approval.value + "/" + one.step.value + "/" +
                std::to_string(one.seq),
            "approvals/" + one.approval.value,
            in.word("turn_late", {{"who", in.name(one.body_name)}, {"title", in.name(one.title)}}),
            in.name(one.step_title), plus_days(start_of(one.due), 1)};
}

calendar_event event_of(const setting& in, const session_row& one) {
    calendar_event made;
    made.uid = "session-" + one.id.value;
    made.path = "sessions/" + one.id.value;
    made.title = in.name(one.title);
    made.text = in.name(one.body.name);
    made.place = in.name(one.venue);
    made.kind = "SESSION";
    made.starts = one.starts;
    made.ends = one.ends.value_or(instant{one.starts.ms + session_ms});
    made.sequence = one.revision;
    made.stamp = one.changed;
    made.cancelled = one.status == session_status::cancelled;
    return made;
}

std::optional<calendar_event> event_of(const setting& in, const vote_view& one) {
    if (!one.closes) return std::nullopt;
    calendar_event made;
    made.uid = "vote-" + one.id.value;
    made.path = "votes/" + one.id.value;
    made.title = in.word("vote_closes", {{"title", in.name(one.title)}});
    made.text = in.name(one.body.name);
    made.kind = "VOTE";
    made.starts = *one.closes;
    made.sequence = one.closed ? 1 : 0;
    made.stamp = one.closed.value_or(one.opened);
    return made;
}

calendar_event event_of(const setting& in, const measure_view& of) {
    const measure_row& row = of.measure;
    calendar_event made;
    made.uid = "measure-" + row.id.value;
    made.path = "programme/" + row.id.value;
    made.title = in.word("measure_due", {{"id", row.id.value}, {"title", in.name(row.title)}});
    made.text = in.name(row.owner_name) + ": " + in.choice(row.status);
    made.kind = "DEADLINE";
    made.day = row.due;
    made.cancelled = row.status == measure_status::dropped;
    const bool over = made.cancelled || row.status == measure_status::done;
    made.remind = !over;
    made.sequence = static_cast<std::int64_t>(of.amendments.size()) + (over ? 1 : 0);
    made.stamp = of.added;
    for (const auto& one : of.amendments) made.stamp = std::max(made.stamp, one.at);
    for (const auto& one : of.reports) made.stamp = std::max(made.stamp, one.at);
    return made;
}

std::vector<calendar_event> events_of(const setting& in, const measure_view& of) {
    std::vector<calendar_event> out{event_of(in, of)};
    for (const auto& one : of.milestones) {
        calendar_event made;
        made.uid = "milestone-" + of.measure.id.value + "-" + one.id.value;
        made.path = "programme/" + of.measure.id.value;
        made.title =
            in.word("milestone_due", {{"id", of.measure.id.value}, {"title", in.name(one.title)}});
        made.text = in.name(of.measure.owner_name) + ": " + in.choice(one.status);
        made.kind = "MILESTONE";
        made.day = one.due;
        made.cancelled = of.measure.status == measure_status::dropped;
        made.remind = !one.reached && out.front().remind;
        // The entries that put, changed and reached it only grow.
        made.sequence = one.reached_seq.value_or(one.seq);
        made.stamp = one.reached ? start_of(*one.reached) : of.added;
        out.push_back(std::move(made));
    }
    return out;
}

calendar_event event_of(const setting& in, const programme::step_row& one) {
    calendar_event made;
    made.uid =
        "approval-" + one.approval.value + "-" + one.step.value + "-" + std::to_string(one.seq);
    made.path = "approvals/" + one.approval.value;
    made.title =
        in.word("turn_due", {{"who", in.name(one.body_name)}, {"title", in.name(one.title)}});
    made.text = in.name(one.step_title);
    made.kind = "DEADLINE";
    made.day = one.due;
    made.remind = true;
    made.stamp = one.since;
    return made;
}

}  // namespace veche::documents
