#include "api/news_words.hpp"

#include "registry/link_names.hpp"

namespace veche::api {
using assembly::vote_id;

namespace {

/// What has changed is told with the news: when a session begins now, until when a vote runs, what
/// came of it, when a measure was due. Empty where the news say all.
std::string detail_of(const documents::setting& in, const office::state& now,
                      const news_row& news) {
    const auto [kind, id] = split_thing(news.about);
    const std::string name(id);
    const auto say = [&](const char* key, std::string value) {
        return " " + in.text(key, {{"value", std::move(value)}});
    };
    if (kind == "session" &&
        (news.what == "assembly.convene_session" || news.what == "assembly.session_planned" ||
         news.what == "assembly.reschedule_session"))
        if (const auto* found = now.assembly.sessions.find(session_id{name}))
            return say("news.begins", in.moment(found->starts));
    const auto* vote = kind == "vote" ? now.assembly.votes.find(vote_id{name}) : nullptr;
    if (vote != nullptr && news.what == "assembly.vote_decided" && vote->result)
        return say("news.outcome", in.choice(vote->result->outcome));
    if (vote != nullptr && vote->closes &&
        (news.what == "assembly.open_vote" || news.what == "assembly.open_next_round" ||
         news.what == "silence_ends"))
        return say("news.closes", in.moment(*vote->closes));
    const auto* call = kind == "call" ? now.calls.calls.find(calls::call_id{name}) : nullptr;
    if (call != nullptr && news.what == "calls.open_call")
        return say("news.begins", in.moment(call->asked.opens)) +
               say("news.closes", in.moment(call->asked.closes));
    if (kind == "link")
        if (const auto* found = now.registry.links.find(registry::link_id{name}))
            if (const localized text = registry::said_by(now.registry, *found, news.seq);
                !text.empty())
                return " " + in.name(text);
    if (kind == "measure" &&
        (news.what == "programme.measure_overdue" || news.what == "programme.measure_reminded"))
        if (const auto* found = now.programme.measures.find(measure_id{name}))
            return say("news.due", render::date_text(found->due, in.around));
    return {};
}

}  // namespace

std::string kind_of(const documents::setting& in, std::string_view thing) {
    return in.text("thing." + std::string(split_thing(thing).first));
}

std::string title_of(const documents::setting& in, const office::state& now,
                     std::string_view thing) {
    const auto [kind, id] = split_thing(thing);
    if (kind == "search") return in.text("thing.words", {{"words", std::string(id)}});
    if (kind == "programme") return in.text("door.programme");
    const std::string title = in.name(title_of(now, thing));
    if (title.empty()) return std::string(id);
    const bool numbered = kind == "measure" || kind == "decision";
    return numbered ? std::string(id) + ": " + title : title;
}

std::string said_of(const documents::setting& in, const office::state& now, const news_row& news) {
    return in.text("news." + news.what) + detail_of(in, now, news);
}

std::vector<documents::digest_group> groups_of(const documents::setting& in,
                                               const office::state& now,
                                               const std::vector<news_row>& rows) {
    std::vector<documents::digest_group> groups;
    std::map<std::string, std::size_t> known;
    for (const news_row& row : rows) {
        const auto [at, fresh] = known.try_emplace(row.about, groups.size());
        if (fresh)
            groups.push_back(
                {kind_of(in, row.about), title_of(in, now, row.about), page_of(row.about), {}});
        groups[at->second].items.push_back(
            {said_of(in, now, row), row.at, static_cast<std::int64_t>(row.seq)});
    }
    return groups;
}

}  // namespace veche::api
