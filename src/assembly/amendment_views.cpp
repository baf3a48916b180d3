#include "assembly/amendment_views.hpp"

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

std::string words_in(const localized& text, const std::string& language) {
    const auto words = text.find(language);
    return words == text.end() ? std::string() : words->second;
}

/// Words that stay as they are, or all of one kind.
std::vector<diff_piece> whole(diff_kind kind, std::string words) {
    if (words.empty()) return {};
    return {{kind, std::move(words)}};
}

void show_slot(const text_slot& slot, std::vector<paragraph_view>& out) {
    if (slot.number > 0) {
        paragraph_view& shown = out.emplace_back();
        shown.number = slot.number;
        shown.changed = slot.touched;
        shown.pieces = slot.touched ? diff_words(slot.was, text_of(slot.now))
                                    : whole(diff_kind::same, slot.was);
    }
    for (const std::string& words : slot.after)
        out.push_back({slot.number, true, false, whole(diff_kind::in, words)});
}

/// In the language shown where both the text and the amendment have it, else in that of record.
amendment_change show_change(const localized& text, const amendment& a, const std::string& shown,
                             const std::string& record) {
    const bool has =
        text.contains(shown) && (a.kind == amendment_kind::delete_ || a.text.contains(shown)) &&
        paragraphs_of(text.at(shown)).size() == paragraphs_of(words_in(text, record)).size();
    const std::string& language = has ? shown : record;
    const std::string after = words_in(a.text, language);
    if (a.kind == amendment_kind::replace_enactment) return {a.id, language, {}};
    if (a.kind == amendment_kind::insert_after)
        return {a.id, language, whole(diff_kind::in, after)};
    const auto paragraphs = paragraphs_of(words_in(text, language));
    return {a.id, language,
            diff_words(paragraphs.at(static_cast<std::size_t>(a.place) - 1), after)};
}

void show_changes(const world& w, const localized& text, const std::vector<amendment_id>& among,
                  const std::string& shown, std::vector<amendment_change>& out) {
    const std::string record = language_of_record(w.charter, text);
    for (const amendment_id& id : among) {
        const amendment& a = *w.own.amendments.find(id);
        out.push_back(show_change(text, a, shown, record));
        show_changes(w, a.original, a.amendments, shown, out);
    }
}

}  // namespace

amendment_view show(const world& w, const amendment& a, const std::vector<amendment_id>& order,
                    const viewer& who, const viewer_means& means) {
    const motion& m = *w.own.motions.find(a.motion);
    amendment_view out;
    out.id = a.id;
    out.motion = a.motion;
    out.amends = a.amends;
    out.kind = a.kind;
    out.place = a.place;
    out.text = a.text;
    out.left_behind = a.left_behind;
    if (a.order) out.order = show_enactments({*a.order}, {});
    out.reason = a.reason;
    out.status = a.status;
    if (const auto turn = std::find(order.begin(), order.end(), a.id); turn != order.end())
        out.turn = static_cast<std::int32_t>(turn - order.begin()) + 1;
    for (const amendment_id& other : order)
        if (out.turn > 0 && other != a.id && compete(*w.own.amendments.find(other), a))
            out.competes.push_back(other);
    if (!a.tabled_by.empty()) {
        out.tabled_by = a.tabled_by;
        out.tabled_by_title = w.charter.title_of(a.tabled_by);
    }
    out.tabled_as = a.tabled_as;
    out.at = a.at;
    for (const vote_id& id : a.votes) out.votes.push_back(show_row(w, *w.own.votes.find(id)));
    out.may_withdraw = waits(a) && m.status == motion_status::tabled && !who.person.empty() &&
                       (who.person == a.tabled_by || has_power(means, "preside", m.body));
    out.supporters_needed = a.support.needed;
    out.supporters = show_supporters(w.charter, a.support);
    out.seq = static_cast<std::int64_t>(a.seq);
    return out;
}

std::vector<amendment_view> show_amendments(const world& w, const motion& m, const viewer& who,
                                            const viewer_means& means) {
    const auto order = voting_order(w.own, m);
    std::vector<amendment_view> out;
    for (const amendment_id& id : m.amendments) {
        const amendment& a = *w.own.amendments.find(id);
        out.push_back(show(w, a, order, who, means));
        for (const amendment_id& to_it : a.amendments)
            out.push_back(show(w, *w.own.amendments.find(to_it), order, who, means));
    }
    return out;
}

result<text_changes_view> ask(const world& w, const text_changes_query& q, const viewer&) {
    const motion* m = w.own.motions.find(q.id);
    if (!m) return refuse(refusals::motion_unknown, "id", q.id.value);
    text_changes_view out;
    out.record = language_of_record(w.charter, m->original);
    out.language = q.language.value_or(out.record);
    if (!m->text.contains(out.language)) out.language = out.record;
    for (const text_slot& slot :
         change_text(words_in(m->original, out.language), out.language, changes_of(w.own, *m)))
        show_slot(slot, out.paragraphs);
    show_changes(w, m->original, m->amendments, q.language.value_or(out.record), out.amendments);
    return out;
}

}  // namespace veche::assembly
