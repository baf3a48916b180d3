// The partner search: who speaks for an organisation, profiles with their review, interest in them
// and what came of it.

#include <algorithm>

#include "charter/words.hpp"
#include "registry/checks.hpp"
#include "registry/partners.hpp"

namespace veche::registry {
namespace {

constexpr int max_profile_days = 366;
constexpr std::size_t max_open_profiles = 100;  // of one organisation
constexpr std::size_t max_seals_of_interest = 1;

/// By a person for themselves, without a seat or an office.
result<void> by_agent(const world& w, const organisation& of, const context& ctx) {
    if (ctx.decision || ctx.auth != ctx.actor.value) return refuse(refusals::not_for_oneself);
    if (!speaks_for(w.own, of.what.organisation, ctx.actor, date_of(ctx.at)))
        return refuse(refusals::not_agent, {}, of.what.organisation.value);
    return {};
}

/// The record of the organisation as it stands.
const organisation& standing_record(const state& s, const organisation_id& id) {
    return *find_current(s, id);
}

result<void> by_keeper(const world& w, const organisation& of, const context& ctx,
                       std::string_view type) {
    return may_record(w, of.what.body, ctx, type);
}

result<const profile*> find_profile(const world& w, const profile_id& id) {
    if (const profile* one = w.own.profiles.find(id)) return one;
    return refuse(refusals::profile_unknown, "profile", id.value);
}

result<const interest*> find_interest(const world& w, const interest_id& id) {
    if (const interest* one = w.own.interests.find(id)) return one;
    return refuse(refusals::interest_unknown, "interest", id.value);
}

template <class List>
bool is_repeated(const List& list, std::size_t i) {
    const auto end = list.begin() + static_cast<std::ptrdiff_t>(i);
    return std::find(list.begin(), end, list[i]) != end;
}

result<void> check_divisions(const std::vector<std::string>& sectors, const std::string& field) {
    if (sectors.size() > max_list)
        return refuse(refusals::text_too_long, field, std::to_string(max_list));
    for (std::size_t i = 0; i < sectors.size(); ++i)
        if (!is_isic_division(sectors[i]) || is_repeated(sectors, i))
            return refuse(refusals::sector_unknown, field + "." + std::to_string(i),
                          sectors[i].substr(0, 20));
    return {};
}

result<void> check_headings(const std::vector<std::string>& headings) {
    if (headings.size() > max_list)
        return refuse(refusals::text_too_long, "headings", std::to_string(max_list));
    for (std::size_t i = 0; i < headings.size(); ++i)
        if (!is_hs_heading(headings[i]) || is_repeated(headings, i))
            return refuse(refusals::heading_unknown, "headings." + std::to_string(i),
                          headings[i].substr(0, 20));
    return {};
}

result<void> check_regions(const world& w, const std::vector<place_id>& regions) {
    if (regions.size() > max_list)
        return refuse(refusals::text_too_long, "regions", std::to_string(max_list));
    for (std::size_t i = 0; i < regions.size(); ++i)
        (void)VECHE_TRY(find_place(w, regions[i], "regions." + std::to_string(i)));
    return {};
}

/// One that is not public any more frees its place.
result<void> check_room(const world& w, const submit_profile& c) {
    const std::vector<profile_id>* all = w.own.profiles_of.find(c.organisation);
    if (!all) return {};
    std::size_t open = 0;
    for (const profile_id& id : *all) {
        const profile& one = *w.own.profiles.find(id);
        if (id != c.profile && (one.standing == profile_standing::in_review ||
                                one.standing == profile_standing::published))
            ++open;
    }
    if (open >= max_open_profiles)
        return refuse(refusals::profiles_full, "organisation", std::to_string(max_open_profiles));
    return {};
}

result<void> check_outcome(const world& w, const record_outcome& c) {
    const bool names_link = c.outcome == partner_outcome::link;
    const bool names_run = c.outcome == partner_outcome::enterprise;
    if (names_link != c.link.has_value() || names_run != c.enterprise.has_value())
        return refuse(refusals::outcome_unclear, "outcome");
    if (c.link) (void)VECHE_TRY(find_link(w, *c.link, "link"));
    if (!c.enterprise) return {};
    const organisation* run = VECHE_TRY(find_organisation(w, *c.enterprise, "enterprise"));
    if (!run->run) return refuse(refusals::not_enterprise, "enterprise", c.enterprise->value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const name_agent& c, const context& ctx) {
    const organisation* of = VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(by_keeper(w, *of, ctx, name_agent::wire.type));
    VECHE_CHECK(check_file(c.document, "document"));
    return events{};
}

result<events> decide(const world& w, const submit_profile& c, const context& ctx) {
    const organisation* of = VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(by_agent(w, *of, ctx));
    const profile* before = w.own.profiles.find(c.profile);
    if (before && find_current(w.own, before->what.organisation) != of)
        return refuse(refusals::profile_taken, "profile", c.profile.value);
    if (charter::blank(c.title)) return refuse(refusals::names_missing, "title");
    VECHE_CHECK(
        charter::check_text(w.charter, c.title, "title", max_name_bytes, refusals::text_too_long));
    if (charter::blank(c.text)) return refuse(refusals::profile_empty, "text");
    VECHE_CHECK(check_text(w, c.text, "text"));
    VECHE_CHECK(check_divisions(c.sectors, "sectors"));
    VECHE_CHECK(check_divisions(c.seeks, "seeks"));
    VECHE_CHECK(check_headings(c.headings));
    VECHE_CHECK(check_regions(w, c.regions));
    const date today = date_of(ctx.at);
    if (c.until < today || today.days + max_profile_days < c.until.days)
        return refuse(refusals::expiry_impossible, "until", to_text(today),
                      std::to_string(max_profile_days));
    VECHE_CHECK(check_room(w, c));
    return events{};
}

result<events> decide(const world& w, const review_profile& c, const context& ctx) {
    const profile* of = VECHE_TRY(find_profile(w, c.profile));
    VECHE_CHECK(by_keeper(w, standing_record(w.own, of->what.organisation), ctx,
                          review_profile::wire.type));
    const bool published = of->standing == profile_standing::published;
    const bool open = of->standing == profile_standing::in_review ||
                      (published && c.verdict == profile_verdict::returned);
    if (!open) return refuse(refusals::not_in_review, "profile", c.profile.value);
    if (c.verdict == profile_verdict::returned && charter::blank(c.reason))
        return refuse(refusals::ground_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const withdraw_profile& c, const context& ctx) {
    const profile* of = VECHE_TRY(find_profile(w, c.profile));
    VECHE_CHECK(by_agent(w, standing_record(w.own, of->what.organisation), ctx));
    if (of->standing == profile_standing::withdrawn || of->standing == profile_standing::expired)
        return refuse(refusals::profile_over, "profile", c.profile.value);
    return events{};
}

result<events> decide(const world& w, const express_interest& c, const context& ctx) {
    const profile* of = VECHE_TRY(find_profile(w, c.profile));
    const organisation* from = VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(by_agent(w, *from, ctx));
    if (of->standing != profile_standing::published)
        return refuse(refusals::profile_not_public, "profile", c.profile.value);
    if (find_current(w.own, of->what.organisation) == from)
        return refuse(refusals::interest_in_own, "organisation");
    if (w.own.interests.contains(c.interest))
        return refuse(refusals::interest_taken, "interest", c.interest.value);
    for (const interest_id& id : of->interests) {
        const interest& one = *w.own.interests.find(id);
        if (find_current(w.own, one.what.organisation) == from && !one.answer)
            return refuse(refusals::interest_waits, "profile", id.value);
    }
    VECHE_CHECK(check_text(w, c.text, "text"));
    if (c.sealed.size() > max_seals_of_interest) return refuse(refusals::contact_once, "sealed");
    return events{};
}

result<events> decide(const world& w, const answer_interest& c, const context& ctx) {
    const interest* of = VECHE_TRY(find_interest(w, c.interest));
    const profile& about = *w.own.profiles.find(of->what.profile);
    VECHE_CHECK(by_agent(w, standing_record(w.own, about.what.organisation), ctx));
    if (of->answer) return refuse(refusals::answered_already, "interest", c.interest.value);
    VECHE_CHECK(check_text(w, c.text, "text"));
    return events{};
}

result<events> decide(const world& w, const record_outcome& c, const context& ctx) {
    const interest* of = VECHE_TRY(find_interest(w, c.interest));
    const profile& about = *w.own.profiles.find(of->what.profile);
    VECHE_CHECK(by_keeper(w, standing_record(w.own, about.what.organisation), ctx,
                          record_outcome::wire.type));
    if (!of->answer || of->answer->what.answer != interest_answer::accepted)
        return refuse(refusals::not_accepted, "interest", c.interest.value);
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_text(w, c.about, "about"));
    return check_outcome(w, c).map([] { return events{}; });
}

}  // namespace veche::registry
