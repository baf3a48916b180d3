#include "calls/rolling_views.hpp"

#include <algorithm>

#include "calls/rolling_answers.hpp"

namespace veche::calls {
namespace {

using matching::rolling_standing;

list_standing standing_of(rolling_standing s, bool over) {
    switch (s) {
        case rolling_standing::waiting:
            return over ? list_standing::closed : list_standing::waiting;
        case rolling_standing::offered:
            return over ? list_standing::lapsed : list_standing::offered;
        case rolling_standing::held:
            return over ? list_standing::taken : list_standing::kept;
        case rolling_standing::accepted:
            return list_standing::taken;
        case rolling_standing::given_up:
            return list_standing::given_up;
        case rolling_standing::lapsed:
            return list_standing::lapsed;
    }
    return list_standing::off;
}

/// One list beside the applicant's own place on it.
list_place place_on(const call& c, const application& a, const place_id& programme) {
    const rolling_book& book = *c.rolling;
    const std::uint32_t p = position_of(c, programme);
    list_place out;
    out.programme = programme;
    out.title = c.asked.programmes[p].title;
    out.places = book.run.state().seats[p];
    out.first_run = book.first[p];
    out.last = book.last[p];
    const auto order = book.run.order_of(p);
    out.listed = static_cast<std::int64_t>(order.size());
    const hash256 seed = seed_of(c);
    if (out.last > 0) {
        const std::uint32_t who = book.run.owner_of(order[static_cast<std::size_t>(out.last) - 1]);
        out.last_score = book.who->scores[who];
        out.last_key = to_hex(key_of(c, seed, programme, book.who->applicants[who]));
    }
    out.your_key = to_hex(key_of(c, seed, programme, a.applicant));
    out.standing = list_standing::off;
    const auto mine = choice_at(c, book, a.applicant, programme);
    if (!mine) return out;
    const auto& lines = book.run.state().lines;
    out.standing = standing_of(lines[*mine].standing, c.offers_over);
    out.your_rank = book.run.place_of(*mine);
    out.your_score = book.who->scores[book.run.owner_of(*mine)];
    for (const std::uint32_t one : order.first(static_cast<std::size_t>(out.your_rank) - 1))
        out.before += lines[one].standing == rolling_standing::waiting;
    if (out.standing == list_standing::offered)
        out.until = answer_until(c, book, lines[*mine].answer_by);
    return out;
}

}  // namespace

std::optional<list_row> list_row_of(const call& c, const place_id& programme) {
    if (!c.rolling) return std::nullopt;
    const rolling_book& book = *c.rolling;
    const std::uint32_t p = position_of(c, programme);
    list_row out;
    out.first_run = book.first[p];
    out.last = book.last[p];
    for (const std::uint32_t one : book.run.order_of(p)) {
        ++out.listed;
        switch (standing_of(book.run.state().lines[one].standing, c.offers_over)) {
            case list_standing::taken:
                ++out.taken;
                break;
            case list_standing::kept:
                ++out.kept;
                break;
            case list_standing::offered:
                ++out.open;
                break;
            case list_standing::waiting:
            case list_standing::closed:
                ++out.waiting;
                break;
            case list_standing::given_up:
            case list_standing::lapsed:
            case list_standing::off:
                break;
        }
    }
    return out;
}

std::optional<rolling_case> rolling_case_of(const call& c, const application& a) {
    if (!c.rolling) return std::nullopt;
    rolling_case out;
    out.last_day = *c.asked.rules.rolling_until;
    out.over = c.offers_over;
    for (const place_id& one : a.asked.choices) {
        out.lists.push_back(place_on(c, a, one));
        out.lists.back().choice = static_cast<std::int32_t>(out.lists.size());
    }
    const auto at = position_in(*c.rolling, a.applicant);
    if (at && !c.offers_over)
        for (const std::uint32_t p : c.rolling->run.ranking_of(*at))
            out.ranking.push_back(c.asked.programmes[p].programme);
    const bool taken = std::any_of(out.lists.begin(), out.lists.end(), [](const list_place& one) {
        return one.standing == list_standing::taken;
    });
    out.can_answer =
        !taken && std::any_of(out.lists.begin(), out.lists.end(), [](const list_place& one) {
            return one.standing == list_standing::waiting ||
                   one.standing == list_standing::offered || one.standing == list_standing::kept;
        });
    return out;
}

}  // namespace veche::calls
