// Signing in and out, and what waits for the person who is signed in.

#include <algorithm>

#include "api/multipart.hpp"
#include "api/pages/acts.hpp"
#include "api/pages/command_source.hpp"
#include "api/pages/feeds.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/urlencoded.hpp"
#include "assembly/views.hpp"
#include "people/views.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

struct login_page {
    std::string name;
    std::string back;
    std::string fault;
};
VECHE_FIELDS(login_page, (name, "Login name as entered."), (back, "Where to go afterwards."),
             (fault, "Why it failed."))

/// An address on this site in harmless characters, or the front page.
std::string safe_address(const visit& here, std::string_view back) {
    const bool harmless = std::all_of(back.begin(), back.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~/?=&%+").find(c) != std::string_view::npos;
    });
    const bool ours = back.size() > 3 && back.front() == '/' && back[1] != '/' && back[3] == '/';
    return harmless && ours ? std::string(back) : here.link("");
}

response log_in(visit& here) {
    if (here.asked.method != "POST")
        return here.show("login",
                         login_page{"", safe_address(here, here.asked.query_value("back")), ""});
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    const std::string back = safe_address(here, sent->value("back"));
    const auto cookie =
        here.context.door.sign_in(here.asked, sent->value("name"), sent->value("password"));
    if (cookie) return here.redirect(back).add("Set-Cookie", *cookie);
    here.page.failed = true;
    return here.show(
        "login",
        login_page{std::string(sent->value("name")), back, here.texts.sentence(cookie.error())},
        cookie.error().kind->http_status);
}

response log_out(visit& here) {
    if (here.asked.method != "POST") return here.redirect(here.link(""));
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    return here.redirect(here.link("")).add("Set-Cookie", here.context.door.sign_out(here.asked));
}

// --- My page
// ----------------------------------------------------------------------------------------

struct role_row {
    std::string id;
    std::string title;
};
VECHE_FIELDS(role_row, (id, "Seat or office."), (title, "Its title."))

struct key_card {
    people::key_row key;
    std::vector<act> acts;
};
VECHE_FIELDS(key_card, (key, "The key."), (acts, "What the reader may do about it."))

struct me_page {
    shown<assembly::my_duties_view> duties;
    std::vector<role_row> roles;
    std::vector<programme::measure_row> owed;
    std::vector<key_card> keys;
    std::vector<programme::step_row> approvals;
    std::vector<programme::reminder_row> reminders;
};
VECHE_FIELDS(me_page, (duties, "Open votes."), (roles, "Seats and offices held."),
             (owed, "Measures that the reader's bodies owe."), (keys, "Signing keys."),
             (approvals, "Papers that wait for the reader's agreement, or for that of their body."),
             (reminders, "Reminders of what the reader's bodies owe."))

/// Measures still open that the bodies of the reader's offices owe.
std::vector<programme::measure_row> owed_by_reader(visit& here) {
    std::vector<programme::measure_row> rows;
    const auto view = here.ask<programme::measures_view>(programme::measures_query{});
    if (!view) return rows;
    const auto offices = here.charter.offices_of({here.context.person}, date_of(here.context.now));
    for (const auto& one : (*view)->measures) {
        const bool is_open = one.status != programme::measure_status::done &&
                             one.status != programme::measure_status::dropped;
        const bool is_own = std::any_of(offices.begin(), offices.end(), [&](const auto* office) {
            const auto& powers = office->powers;
            return office->body == one.owner &&
                   std::find(powers.begin(), powers.end(), "report") != powers.end();
        });
        if (is_open && is_own) rows.push_back(one);
    }
    return rows;
}

/// Where the reader holds the office that must agree, or a seat in the body that must decide.
std::vector<programme::step_row> approvals_of_reader(visit& here) {
    std::vector<programme::step_row> rows;
    const auto view = here.ask<programme::approvals_view>(programme::approvals_query{});
    if (!view) return rows;
    const person_id person{here.context.person};
    const date today = date_of(here.context.now);
    for (const auto& approval : (*view)->approvals)
        for (const auto& step : approval.now) {
            const bool own = step.office ? here.charter.holds_office(person, *step.office, today)
                                         : !here.charter.seats_of(person, step.body, today).empty();
            if (own) rows.push_back(step);
        }
    return rows;
}

/// Reminders that still stand, of the measures on the reader's page.
std::vector<programme::reminder_row> reminders_of(visit& here,
                                                  const std::vector<programme::measure_row>& owed) {
    std::vector<programme::reminder_row> rows;
    const auto view = here.ask<programme::reminders_view>(programme::reminders_query{});
    if (!view) return rows;
    for (const auto& one : (*view)->reminders)
        if (std::any_of(owed.begin(), owed.end(),
                        [&](const auto& measure) { return measure.id == one.measure; }))
            rows.push_back(one);
    return rows;
}

response me(visit& here) {
    if (here.context.person.empty())
        return here.redirect(here.link("login?back=" + percent_encode(here.link("me"))));
    const person_id person{here.context.person};
    VECHE_SHOW_OR_FAIL(duties, here,
                       here.ask<assembly::my_duties_view>(assembly::my_duties_query{person}));
    VECHE_SHOW_OR_FAIL(keys, here, here.ask<people::keys_view>(people::keys_query{person}));
    me_page page;
    page.duties = duties;
    for (auto& one : authorities(here)) page.roles.push_back({one.value, one.label});
    page.owed = owed_by_reader(here);
    page.approvals = approvals_of_reader(here);
    page.reminders = reminders_of(here, page.owed);
    const std::string auth = page.roles.empty() ? "" : page.roles.front().id;
    for (const auto& key : keys->keys) {
        act_list acts(here, "me");
        if (key.in_force)
            acts.button("people.revoke_key", auth, {{"person", person.value}, {"key", key.id}});
        page.keys.push_back({key, acts.take()});
    }
    offer_calendar(here, "duties/" + person.value);
    return here.show("me", page);
}

constexpr page_route account_routes[] = {{"login", log_in}, {"logout", log_out}, {"me", me}};
constexpr template_need account_needs[] = {{"login", &describe<login_page>},
                                           {"me", &describe<me_page>}};

}  // namespace

const page_group account_pages{account_routes, account_needs};

}  // namespace veche::api::pages
