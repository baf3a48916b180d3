// The partner search: offers and requests of organisations, who could fit whom and why, interest
// and what came of it.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "registry/partner_views.hpp"

namespace veche::api::pages {
namespace {

using namespace registry;

struct partners_page {
    shown<profiles_view> profiles;
    shown<profiles_view> review;
    shown<pairs_view> pairs;
    std::string words;
    std::string sector;
    std::vector<choice_option> kinds;
    std::vector<choice_option> subjects;
    std::vector<choice_option> regions;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(partners_page, (profiles, "Profiles, as far as they were asked for."),
                (review, "Profiles that wait for a review, for those who review."),
                (pairs, "Pairs of regions that findings name."), (words, "Words looked for."),
                (sector, "The division asked for."), (kinds, "Kinds to choose from."),
                (subjects, "Subjects to choose from."), (regions, "Regions to choose from."),
                (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."), (acts, "What the reader may do."))

/// An expression of interest with what the reader may do about it.
struct interest_shown {
    interest_row row;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(interest_shown, (row, "The expression of interest."),
                (acts, "What the reader may do about it."))

struct partner_page {
    shown<profile_view> view;
    std::vector<interest_shown> interests;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(partner_page, (view, "The profile."), (interests, "Who is interested."),
                (acts, "What the reader may do."))

profiles_query profiles_asked(const visit& here) {
    profiles_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    query.kind = enum_asked<profile_kind>(here, "kind");
    query.subject = enum_asked<profile_subject>(here, "subject");
    if (const std::string sector(here.asked.query_value("sector")); is_isic_division(sector))
        query.sector = sector;
    if (const std::string region = identifier_asked(here, "region"); !region.empty())
        query.place = place_id{region};
    return query;
}

/// Regions in which organisations offer or ask for something.
std::vector<choice_option> regions_with_profiles(visit& here, const profiles_query& query) {
    std::map<std::string, std::string> names;
    places_query regions;
    regions.kind = place_kind::region;
    const auto all = here.ask<places_view>(regions);
    if (!all) return {};
    for (const place_row& one : (*all)->places)
        if (one.organisations > 0) names[one.named.place.value] = here.name_of(one.named.names);
    std::vector<choice_option> out;
    for (const auto& [id, name] : names)
        out.push_back({id, name, query.place && query.place->value == id});
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
    return out;
}

response all_partners(visit& here) {
    profiles_query query = profiles_asked(here);
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(profiles, here, here.ask<profiles_view>(query));
    if (here.form == "json") return here.json(*profiles);
    if (here.form == "csv") return here.csv(profiles->profiles);
    partners_page page;
    page.profiles = profiles;
    page.words = query.query.value_or("");
    page.sector = query.sector.value_or("");
    page.kinds = enum_options(here, query.kind);
    page.subjects = enum_options(here, query.subject);
    page.regions = regions_with_profiles(here, query);
    page.filtered = query.query || query.kind || query.subject || query.sector || query.place;
    page.query = query_text(here);
    page.pages = paging_of(here, profiles->found);
    VECHE_SHOW_OR_FAIL(pairs, here, here.ask<pairs_view>(pairs_query{}));
    page.pairs = pairs;
    profiles_query waiting;
    waiting.standing = profile_standing::in_review;
    if (!office_with_power(here, "registry")) waiting.count = 0;  // nothing is public before
    VECHE_SHOW_OR_FAIL(review, here, here.ask<profiles_view>(waiting));
    page.review = review;
    act_list acts(here, "partners");
    VECHE_SHOW_OR_FAIL(mine, here, here.ask<agencies_view>(agencies_query{}));
    for (const organisation_name& one : mine->organisations)
        acts.form(submit_profile::wire.type, here.context.person,
                  {{"organisation", one.organisation.value}},
                  here.text("act.registry.submit_profile") + ": " + here.name_of(one.names));
    page.acts = acts.take();
    return here.show("partners", page);
}

std::vector<act> profile_acts(const visit& here, const profile_view& view) {
    act_list acts(here, "partners/" + here.id);
    const std::vector<act_field> it{{"profile", here.id}};
    const auto office = office_with_power(here, "registry");
    const profile_standing how = view.row.standing;
    if (how == profile_standing::in_review) {
        auto good = it;
        good.push_back({"verdict", "published"});
        acts.button(review_profile::wire.type, office, good, here.text("partners.publish"));
    }
    if (how == profile_standing::in_review || how == profile_standing::published) {
        auto bad = it;
        bad.push_back({"verdict", "returned"});
        acts.form(review_profile::wire.type, office, bad, here.text("partners.return"));
    }
    if (view.yours && how != profile_standing::withdrawn && how != profile_standing::expired)
        acts.button(withdraw_profile::wire.type, here.context.person, it);
    if (how != profile_standing::published) return acts.take();
    for (const organisation_name& one : view.speaks_for) {
        if (one.organisation == view.row.organisation.organisation) continue;
        auto ours = it;
        ours.push_back({"organisation", one.organisation.value});
        acts.form(express_interest::wire.type, here.context.person, ours,
                  here.text("act.registry.express_interest") + ": " + here.name_of(one.names));
    }
    return acts.take();
}

interest_shown show_with_acts(const visit& here, const profile_view& view,
                              const interest_row& row) {
    act_list acts(here, "partners/" + here.id);
    const std::vector<act_field> it{{"interest", row.interest.value}};
    if (view.yours && !row.answer) acts.form(answer_interest::wire.type, here.context.person, it);
    if (row.answer == interest_answer::accepted)
        acts.form(record_outcome::wire.type, office_with_power(here, "registry"), it);
    return {row, acts.take()};
}

response one_profile(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<profile_view>(profile_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->interests);
    here.above("partners", here.text("partners.title"));
    partner_page page;
    page.view = view;
    for (const interest_row& one : view->interests)
        page.interests.push_back(show_with_acts(here, *view, one));
    page.acts = profile_acts(here, *view);
    return here.show("partner", page);
}

response partners(visit& here) {
    here.page.door = "regions";
    return here.id.empty() ? all_partners(here) : one_profile(here);
}

constexpr page_route partner_routes[] = {{"partners", partners}};
constexpr template_need partner_needs[] = {{"partners", &describe<partners_page>},
                                           {"partner", &describe<partner_page>}};

}  // namespace

const page_group partner_pages{partner_routes, partner_needs};

}  // namespace veche::api::pages
