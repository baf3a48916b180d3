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
                       in.word("vote_opened", {{"title", in.name(vote.title)}}),
                       in.name(vote.body.name), vote.opened});
        if (vote.result)
            out.push_back({journal_id(vote.result->seq), path,
                           in.name(vote.title) + ": " + in.choice(vote.result->outcome),
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
    if (of.overdue_seq) {
        feed_entry late = lateness_of(in, of.measure);
        late.title = in.word("measure_late", {{"id", of.measure.id.value}});
        out.push_back(std::move(late));
    }
    return out;
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

}  // namespace veche::documents
