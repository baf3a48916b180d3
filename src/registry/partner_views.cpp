#include "registry/partner_views.hpp"

#include <algorithm>

#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"
#include "registry/checks.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

std::vector<pair_finding> pairs_found(const world& w) {
    return w.around ? w.around->joint_enterprises() : std::vector<pair_finding>{};
}

profile_row show_profile(const state& s, const profile& one) {
    const organisation& who = *find_current(s, one.what.organisation);
    profile_row out;
    out.profile = one.what.profile;
    out.organisation = name_organisation(who);
    if (who.what.place) {
        out.place = name_place(s, *who.what.place);
        out.member = member_of(s, *who.what.place);
    }
    out.kind = one.what.kind;
    out.subject = one.what.subject;
    out.title = one.what.title;
    out.sectors = sectors_of(s, one.what);
    out.seeks = one.what.seeks;
    out.headings = one.what.headings;
    out.until = one.what.until;
    out.standing = one.standing;
    out.interests = static_cast<std::int64_t>(one.interests.size());
    out.seq = static_cast<std::int64_t>(one.submitted.seq);
    return out;
}

std::string words_of_profile(const state& s, const profile& one) {
    std::string out = find_current(s, one.what.organisation)->words;
    for (const localized* each : {&one.what.title, &one.what.text})
        for (const auto& [language, text] : *each) out += " " + fold_for_search(text);
    return out;
}

template <class List, class One>
bool holds(const List& list, const One& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

bool fits_profile(const world& w, const profile& one, const profiles_query& q,
                  const std::optional<organisation_id>& of, const std::vector<place_id>& places,
                  const search_words& words) {
    const submit_profile& c = one.what;
    const organisation& who = *find_current(w.own, c.organisation);
    if (of && who.what.organisation != *of) return false;
    const bool any_state = q.organisation && !q.standing;
    if (!any_state && one.standing != q.standing.value_or(profile_standing::published))
        return false;
    if ((q.kind && c.kind != *q.kind) || (q.subject && c.subject != *q.subject)) return false;
    if (q.sector && !holds(sectors_of(w.own, c), *q.sector) && !holds(c.seeks, *q.sector))
        return false;
    if (q.place && !(who.what.place && holds(places, *who.what.place))) return false;
    return words.empty() || words.found_in({words_of_profile(w.own, one)});
}

interest_row show_interest(const state& s, const interest& one) {
    interest_row out;
    out.interest = one.what.interest;
    out.profile = one.what.profile;
    out.title = s.profiles.find(one.what.profile)->what.title;
    out.organisation = name_organisation(*find_current(s, one.what.organisation));
    out.text = one.what.text;
    for (const seal_ref& each : one.what.sealed) out.sealed.push_back(each.commit);
    out.at = one.expressed.at;
    out.seq = static_cast<std::int64_t>(one.expressed.seq);
    if (one.answer) {
        out.answer = one.answer->what.answer;
        out.answer_text = one.answer->what.text;
        out.answer_seq = static_cast<std::int64_t>(one.answer->done.seq);
    }
    if (!one.outcome) return out;
    const record_outcome& came = one.outcome->what;
    out.outcome = came.outcome;
    out.link = came.link;
    if (came.enterprise) out.enterprise = name_organisation(*find_current(s, *came.enterprise));
    out.about = came.about;
    out.source = came.source;
    out.outcome_seq = static_cast<std::int64_t>(one.outcome->done.seq);
    return out;
}

why_row show_why(const state& s, why_matched&& one) {
    why_row out;
    out.reason = one.reason;
    out.finding = std::move(one.finding);
    switch (one.reason) {
        case match_reason::sought_sector:
        case match_reason::seeks_this:
        case match_reason::same_sector:
            out.sectors = std::move(one.on);
            break;
        case match_reason::region_wanted:
        case match_reason::region_wants:
            for (const std::string& id : one.on) out.places.push_back(name_place(s, place_id{id}));
            break;
        case match_reason::regions_linked:
            for (const std::string& id : one.on) out.links.push_back({id});
            break;
        case match_reason::same_heading:
        case match_reason::finding:
            out.headings = std::move(one.on);
            break;
        case match_reason::meets:
        case match_reason::cooperation:
            break;
    }
    return out;
}

std::vector<organisation_name> spoken_for(const state& s, const viewer& who) {
    std::vector<organisation_name> out;
    if (who.person.empty()) return out;
    for (const auto& [id, one] : s.organisations)
        if (!one.merged_into && !one.agents.empty() &&
            speaks_for(s, id, who.person, date_of(who.now)))
            out.push_back(name_organisation(one));
    return out;
}

/// Profiles of organisations within the place that name the goods, or no goods at all.
std::int64_t profiles_for(const state& s, const std::optional<place_id>& in,
                          const std::string& product) {
    if (!in) return 0;
    const std::vector<place_id> places = within(s, *in);
    return std::count_if(s.profiles.begin(), s.profiles.end(), [&](const auto& pair) {
        const profile& one = pair.second;
        const auto& where = find_current(s, one.what.organisation)->what.place;
        const auto& goods = one.what.headings;
        return one.standing == profile_standing::published && where && holds(places, *where) &&
               (goods.empty() || std::any_of(goods.begin(), goods.end(), [&](const auto& each) {
                    return each.starts_with(product) || product.starts_with(each);
                }));
    });
}

}  // namespace

result<profiles_view> ask(const world& w, const profiles_query& q, const viewer&) {
    std::vector<place_id> places;
    if (q.place) {
        if (!w.own.places.contains(*q.place))
            return refuse(refusals::place_unknown, "place", q.place->value);
        places = within(w.own, *q.place);
    }
    std::optional<organisation_id> of;
    if (q.organisation) {
        const organisation* one = find_current(w.own, *q.organisation);
        if (!one)
            return refuse(refusals::organisation_unknown, "organisation", q.organisation->value);
        of = one->what.organisation;
    }
    const search_words words(q.query.value_or(""));
    profiles_view out;
    std::vector<const profile*> found;
    for (const auto& [id, one] : w.own.profiles) {
        ++out.total;
        if (one.standing == profile_standing::in_review) ++out.waiting;
        if (fits_profile(w, one, q, of, places, words)) found.push_back(&one);
    }
    std::stable_sort(found.begin(), found.end(), [](const profile* a, const profile* b) {
        return a->submitted.seq > b->submitted.seq;
    });
    out.found = static_cast<std::int32_t>(found.size());
    for (const profile* one : part_of(found, q.offset, q.count))
        out.profiles.push_back(show_profile(w.own, *one));
    return out;
}

result<profile_view> ask(const world& w, const profile_query& q, const viewer& who) {
    const profile* one = w.own.profiles.find(q.profile);
    if (!one) return refuse(refusals::profile_unknown, "profile", q.profile.value);
    profile_view out;
    out.row = show_profile(w.own, *one);
    out.text = one->what.text;
    for (const place_id& id : one->what.regions) out.regions.push_back(name_place(w.own, id));
    if (one->reviewed) {
        out.reason = one->reviewed->what.reason;
        out.reviewed_seq = static_cast<std::int64_t>(one->reviewed->done.seq);
    }
    if (one->over) out.over_seq = static_cast<std::int64_t>(one->over->seq);
    out.body = find_current(w.own, one->what.organisation)->what.body;
    for (const interest_id& id : one->interests)
        out.interests.push_back(show_interest(w.own, *w.own.interests.find(id)));
    for (suggestion& each : suggest(w.own, *one, pairs_found(w))) {
        suggestion_row row{show_profile(w.own, *w.own.profiles.find(each.other)), {}};
        for (why_matched& why : each.why) row.why.push_back(show_why(w.own, std::move(why)));
        out.suggestions.push_back(std::move(row));
    }
    out.speaks_for = spoken_for(w.own, who);
    out.yours = std::any_of(out.speaks_for.begin(), out.speaks_for.end(), [&](const auto& each) {
        return each.organisation == out.row.organisation.organisation;
    });
    out.versions = entries_of(one->versions);
    return out;
}

result<pairs_view> ask(const world& w, const pairs_query&, const viewer&) {
    pairs_view out;
    for (pair_finding& one : pairs_found(w)) {
        const place_id* maker = w.own.place_codes.find(code{"iso-3166-2", one.maker});
        const place_id* partner = w.own.place_codes.find(code{"iso-3166-2", one.partner});
        pair_row row;
        if (maker) row.maker = name_place(w.own, *maker);
        if (partner) row.partner = name_place(w.own, *partner);
        const auto at = [](const place_id* id) { return id ? std::optional(*id) : std::nullopt; };
        row.maker_profiles = profiles_for(w.own, at(maker), one.product);
        row.partner_profiles = profiles_for(w.own, at(partner), one.product);
        row.finding = std::move(one);
        out.pairs.push_back(std::move(row));
    }
    return out;
}

result<agencies_view> ask(const world& w, const agencies_query&, const viewer& who) {
    return agencies_view{spoken_for(w.own, who)};
}

}  // namespace veche::registry
