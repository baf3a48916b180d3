#include "documents/call_news.hpp"

namespace veche::documents {

using calls::call_turn;

namespace {

std::string id_of(const calls::call_history& of, const calls::turn_row& turn) {
    if (turn.seq) return "journal/" + std::to_string(*turn.seq);
    return "call/" + of.call.value + "/opened";
}

/// What the reader can do with it: until when it is open, until when offers are answered.
std::string until_of(const setting& in, const calls::call_history& of,
                     const calls::turn_row& turn) {
    if (turn.turn == call_turn::decided)
        return in.word("call_open_from",
                       {{"from", in.moment(of.opens)}, {"until", in.moment(of.closes)}});
    if (turn.turn == call_turn::opened)
        return in.word("call_open_until", {{"until", in.moment(of.closes)}});
    if (turn.turn == call_turn::vote_opened && of.votes_until)
        return in.word("call_votes_until", {{"until", in.moment(*of.votes_until)}});
    if (turn.answer_until)
        return in.word("call_answers_until", {{"until", in.moment(*turn.answer_until)}});
    return in.name(of.body_name);
}

calendar_event event_of_call(const setting& in, const calls::call_history& of, std::string uid,
                             std::string_view word, instant at) {
    calendar_event made;
    made.uid = "call-" + of.call.value + "-" + std::move(uid);
    made.path = "calls/" + of.call.value;
    made.title = in.word(word, {{"title", in.name(of.title)}});
    made.text = in.name(of.body_name);
    made.kind = "DEADLINE";
    made.starts = at;
    made.stamp = of.turns.front().at;
    return made;
}

}  // namespace

std::vector<feed_entry> news_of(const setting& in, const calls::call_history& of) {
    std::vector<feed_entry> out;
    for (const calls::turn_row& turn : of.turns) {
        const std::string key(name_of(turn.turn));
        out.push_back({id_of(of, turn), "calls/" + of.call.value,
                       in.word("call_" + key, {{"title", in.name(of.title)},
                                               {"n", std::int64_t{turn.round.value_or(1)}}}),
                       until_of(in, of, turn), turn.at});
    }
    return out;
}

std::vector<calendar_event> events_of(const setting& in, const calls::call_history& of) {
    std::vector<calendar_event> out;
    out.push_back(event_of_call(in, of, "opens", "call_opens_at", of.opens));
    out.push_back(event_of_call(in, of, "closes", "call_closes_at", of.closes));
    out.back().remind = true;
    if (of.votes_from)
        out.push_back(event_of_call(in, of, "votes-from", "call_votes_begin_at", *of.votes_from));
    if (of.votes_until) {
        out.push_back(event_of_call(in, of, "votes-until", "call_votes_end_at", *of.votes_until));
        out.back().remind = true;
    }
    if (of.offers_until)
        out.push_back(event_of_call(in, of, "offers", "call_offers_end_at", *of.offers_until));
    for (const calls::turn_row& turn : of.turns) {
        if (!turn.answer_until || !turn.round) continue;
        calendar_event made = event_of_call(in, of, "answers-" + std::to_string(*turn.round),
                                            "call_answers_at", *turn.answer_until);
        made.stamp = turn.at;
        made.remind = true;
        out.push_back(std::move(made));
    }
    return out;
}

}  // namespace veche::documents
