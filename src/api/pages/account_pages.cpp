// Signing in and out, and what waits for the person who is signed in.

#include <algorithm>

#include "api/multipart.hpp"
#include "api/pages/acts.hpp"
#include "api/pages/call_parts.hpp"
#include "api/pages/command_source.hpp"
#include "api/pages/feeds.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/urlencoded.hpp"
#include "assembly/views.hpp"
#include "kernel/hash.hpp"
#include "people/views.hpp"
#include "programme/views.hpp"
#include "registry/plan_views.hpp"

namespace veche::api::pages {
namespace {

struct login_page {
    std::string name;
    std::string back;
    std::string fault;
    std::string name_fault;
};
VECHE_VIEW_HERE(login_page, (name, "Login name as entered."), (back, "Where to go afterwards."),
                (fault, "Why it failed."),
                (name_fault, "The same, where name and password failed."))

/// An address on this site in harmless characters, or the front page.
std::string safe_address(const visit& here, std::string_view back) {
    const bool harmless = std::all_of(back.begin(), back.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~/?=&%+").find(c) != std::string_view::npos;
    });
    const bool ours = back.size() > 3 && back.front() == '/' && back[1] != '/' && back[3] == '/';
    return harmless && ours ? std::string(back) : here.link("");
}

struct nonce_answer {
    std::string nonce;
};
VECHE_VIEW_HERE(nonce_answer, (nonce, "What the passkey is to sign."))

/// The answer of a passkey as the form carries it.
std::optional<passkey_answer> passkey_of(const api::form& sent) {
    const auto raw = [&](std::string_view name) { return from_base64(sent.value(name)); };
    auto credential = raw("passkey_credential");
    auto data = raw("passkey_data");
    auto client = raw("passkey_client");
    auto signature = raw("passkey_signature");
    if (!credential || !data || !client || !signature) return std::nullopt;
    return passkey_answer{std::string(sent.value("passkey_nonce")), *std::move(credential),
                          *std::move(data), *std::move(client), *std::move(signature)};
}

result<std::string> opened_by(visit& here, const api::form& sent) {
    doorkeeper& door = here.context.door;
    if (sent.value("passkey_signature").empty())
        return door.sign_in(here.asked, sent.value("name"), sent.value("password"));
    const auto answer = passkey_of(sent);
    if (!answer) return refuse(refusals::passkey_refused);
    return door.sign_in_by_passkey(here.asked, *answer, here.context.office,
                                   here.context.public_url);
}

response log_in(visit& here) {
    if (here.asked.method != "POST")
        return here.show(
            "login", login_page{"", safe_address(here, here.asked.query_value("back")), "", ""});
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    const std::string back = safe_address(here, sent->value("back"));
    if (sent->value("_passkey") == "ask")
        return here.json(nonce_answer{here.context.door.login_nonce()});
    const auto cookie = opened_by(here, *sent);
    if (cookie) return here.redirect(back).add("Set-Cookie", *cookie);
    here.page.failed = true;
    const std::string why = here.texts.sentence(cookie.error());
    const bool by_name = sent->value("passkey_signature").empty();
    return here.show("login",
                     login_page{std::string(sent->value("name")), back, why, by_name ? why : ""},
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

// --- In again after losing password and keys
// -------------------------------------------------------

struct recover_page {
    std::string person;
    std::string fault;
    std::string login;
};
VECHE_VIEW_HERE(recover_page, (person, "The person as entered."), (fault, "Why it failed."),
                (login, "The login name, once the password is set."))

response come_in_again(visit& here) {
    recover_page page;
    if (here.asked.method != "POST") return here.show("recover", page);
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    page.person = std::string(sent->value("person"));
    if (sent->value("password") != sent->value("again")) {
        here.page.failed = true;
        page.fault = here.text("recover.differ");
        return here.show("recover", page, 400);
    }
    // People copy codes with the dashes and spaces that make them readable.
    std::string code;
    for (const char c : sent->value("code"))
        if (c != '-' && c != ' ') code += c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    const auto login = here.context.door.recover(
        here.asked, {page.person, std::move(code), std::string(sent->value("password"))},
        here.context.office);
    if (login) {
        page.login = *login;
        return here.show("recover", page);
    }
    here.page.failed = true;
    page.fault = here.texts.sentence(login.error());
    return here.show("recover", page, login.error().kind->http_status);
}

struct recovery_card {
    people::recovery_row row;
    std::string code;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(recovery_card, (row, "The recovery."),
                (code, "The code to hand over, for whoever may confirm; made for this page."),
                (acts, "What the reader may do."))

struct log_key_card {
    people::log_key_row row;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(log_key_card, (row, "The key."), (acts, "What the reader may do."))

struct access_page {
    std::vector<recovery_card> recoveries;
    std::vector<log_key_card> keys;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(access_page, (recoveries, "Who was let in again."),
                (keys, "Keys announced for checkpoints."), (acts, "What the reader may begin."))

/// The reader's office with the power "accounts".
std::optional<std::string> accounts_office(const visit& here) {
    const person_id person{here.context.person};
    if (person.empty()) return std::nullopt;
    for (const auto* office : here.charter.offices_of(person, date_of(here.context.now)))
        if (std::find(office->powers.begin(), office->powers.end(), "accounts") !=
            office->powers.end())
            return office->id.value;
    return std::nullopt;
}

/// "7f3a-09b2-...": easier to write down.
std::string code_in_groups(const std::string& code) {
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += '-';
        out += code[i];
    }
    return out;
}

recovery_card recovery_of(const visit& here, const people::recovery_row& row,
                          const std::optional<std::string>& auth) {
    recovery_card card{row, {}, {}};
    if (!row.waits_for_confirmation || row.person.value == here.context.person) return card;
    act_list acts(here, "access");
    const act_field person{"person", row.person.value};
    if (auth && !row.own_proposal) {
        constexpr std::size_t code_bytes = 16;
        const std::string code = to_hex(random_bytes(code_bytes));
        card.code = code_in_groups(code);
        acts.button("people.confirm_recovery", auth, {person, {"code_hash", to_hex(sha256(code))}});
    }
    acts.button("people.withdraw_recovery", auth, {person});
    card.acts = acts.take();
    return card;
}

response show_access(visit& here) {
    VECHE_SHOW_OR_FAIL(recoveries, here,
                       here.ask<people::recoveries_view>(people::recoveries_query{}));
    VECHE_SHOW_OR_FAIL(keys, here, here.ask<people::log_keys_view>(people::log_keys_query{}));
    const auto auth = accounts_office(here);
    access_page page;
    for (const auto& row : recoveries->recoveries)
        page.recoveries.push_back(recovery_of(here, row, auth));
    for (const auto& row : keys->keys) {
        act_list acts(here, "access");
        const act_field vkey{"vkey", row.vkey};
        if (!row.confirmed && !row.own_proposal)
            acts.button("people.confirm_log_key", auth, {vkey});
        if (!row.taken) acts.button("people.withdraw_log_key", auth, {vkey});
        page.keys.push_back({row, acts.take()});
    }
    act_list acts(here, "access");
    acts.form("people.propose_recovery", auth, {}, here.text("accounts.propose"));
    acts.form("people.propose_log_key", auth, {}, here.text("accounts.announce"));
    page.acts = acts.take();
    // The codes on it are for one reader and one moment.
    return here.show("access", page).add("Cache-Control", "private, no-store");
}

// --- My page
// ----------------------------------------------------------------------------------------

struct role_row {
    std::string id;
    std::string title;
};
VECHE_VIEW_HERE(role_row, (id, "Seat or office."), (title, "Its title."))

struct key_card {
    people::key_row key;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(key_card, (key, "The key."), (acts, "What the reader may do about it."))

/// Something that waits for the reader: where it is, of which body, until when.
struct waiting_row {
    std::string href;
    localized title;
    localized body;
    std::optional<instant> until;
    bool done = false;
    bool again = false;
};
VECHE_VIEW_HERE(waiting_row, (href, "Its page."), (title, "What it is."), (body, "The body."),
                (until, "When it ends or begins."), (done, "Whether the reader has done it."),
                (again, "Whether what was answered was said of another time."))

/// A call in which the reader has something to do, as an applicant or at its desk.
struct call_waiting {
    std::string href;
    localized title;
    std::vector<std::string> what;
    std::optional<instant> until;
    std::string left;
};
VECHE_VIEW_HERE(call_waiting, (href, "Where to do it."), (title, "The call."),
                (what, "What waits, in words."), (until, "By when."),
                (left, "How much time is left."))

/// Of plans of links; the list of all plans has the rest.
constexpr std::int32_t plan_items_shown = 10;

struct me_page {
    shown<assembly::my_duties_view> duties;
    std::vector<waiting_row> elections;
    std::vector<waiting_row> secret_votes;
    std::vector<waiting_row> invitations;
    std::vector<call_waiting> calls;
    std::vector<role_row> roles;
    std::vector<programme::measure_row> owed;
    std::vector<key_card> keys;
    std::vector<programme::step_row> approvals;
    std::vector<programme::reminder_row> reminders;
    shown<registry::my_plan_items_view> plans;
};
VECHE_VIEW_HERE(me_page, (duties, "Open votes."), (elections, "Elections to posts, open now."),
                (secret_votes, "Secret votes in which the reader casts or decrypts."),
                (invitations, "Invitations to answer."), (calls, "Calls that wait for the reader."),
                (roles, "Seats and offices held."),
                (owed, "Measures that the reader's bodies owe."), (keys, "Signing keys."),
                (approvals,
                 "Papers that wait for the reader's agreement, or for that of their body."),
                (reminders, "Reminders of what the reader's bodies owe."),
                (plans,
                 "Items of plans of links that the reader has to do with, the first of them."))

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

std::vector<waiting_row> elections_of_reader(visit& here) {
    std::vector<waiting_row> rows;
    const auto view = here.ask<assembly::elections_view>(assembly::elections_query{});
    if (!view) return rows;
    for (const auto& one : (*view)->elections) {
        if (!one.may_cast) continue;
        waiting_row row{here.link("elections/" + one.id.value), one.title, one.body.name, {}};
        if (const auto whole = here.ask<assembly::election_view>(assembly::election_query{one.id}))
            row.done = std::all_of((*whole)->own.begin(), (*whole)->own.end(),
                                   [](const auto& seat) { return seat.cast || !seat.may_cast; });
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Where the reader is on the roll, or holds a part of the key that is wanted now.
std::vector<waiting_row> secret_votes_of_reader(visit& here) {
    std::vector<waiting_row> rows;
    const auto view = here.ask<assembly::secret_votes_view>(
        assembly::secret_votes_query{{}, {}, std::optional<bool>(true)});
    if (!view) return rows;
    for (const auto& one : (*view)->votes) {
        const auto whole =
            here.ask<assembly::secret_vote_view>(assembly::secret_vote_query{one.id});
        if (!whole) continue;
        const auto& vote = **whole;
        const bool casts = vote.status == assembly::secret_status::casting;
        const auto waits = [&](const auto& seat) { return casts && seat.on_roll; };
        const bool seated = std::any_of(vote.own.begin(), vote.own.end(), waits);
        const bool trustee = vote.own_trustee && !casts;
        if (!seated && !trustee) continue;
        waiting_row row{here.link("secret-votes/" + one.id.value), one.title, one.body.name, {}};
        const bool making = vote.status == assembly::secret_status::preparing;
        row.done =
            seated ? std::all_of(vote.own.begin(), vote.own.end(),
                                 [&](const auto& s) { return !waits(s) || s.tracker; })
                   : std::any_of(vote.trustees.begin(), vote.trustees.end(), [&](const auto& t) {
                         return t.number == *vote.own_trustee && (making ? t.spoke : t.decrypted);
                     });
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Sessions to come to which the reader is invited and has not answered for the time they have now.
std::vector<waiting_row> invitations_of_reader(visit& here) {
    std::vector<waiting_row> rows;
    const auto view = here.ask<assembly::sessions_view>(assembly::sessions_query{});
    if (!view) return rows;
    for (const auto& one : (*view)->coming) {
        const auto whole = here.ask<assembly::session_view>(assembly::session_query{one.id});
        if (!whole || (*whole)->status != assembly::session_status::convened) continue;
        bool waits = false;
        bool again = false;
        const auto look = [&](bool own, const auto& invited) {
            if (!own || (invited.answer && !invited.answer_outdated)) return;
            waits = true;
            again = again || invited.answer_outdated;
        };
        for (const auto& seat : (*whole)->presence) look(seat.own && seat.invited, seat);
        for (const auto& guest : (*whole)->guests) look(guest.own && (*whole)->notice, guest);
        if (waits)
            rows.push_back({here.link("attendance/" + one.id.value), one.title, one.body.name,
                            one.starts, false, again});
    }
    return rows;
}

/// Own applications and votes on budgets, then the desks of calls at which the reader has work.
std::vector<call_waiting> calls_of_reader(visit& here) {
    std::vector<call_waiting> waiting;
    const auto mine = here.ask<calls::my_applications_view>(calls::my_applications_query{});
    if (!mine) return waiting;
    for (const auto& one : (*mine)->applications) {
        if (one.left.empty()) continue;
        call_waiting row{here.link("cases/" + one.call.value), one.title, {}, one.until, ""};
        for (const calls::todo what : one.left)
            row.what.push_back(here.text("choice.todo." + std::string(name_of(what))));
        if (one.until) row.left = time_left(here, *one.until);
        waiting.push_back(std::move(row));
    }
    // Who holds a mandate has other work; for everybody else this is what there is to do.
    if (authorities(here).empty())
        for (const auto& one : (*mine)->open)
            waiting.push_back({here.link("calls/" + one.call.value),
                               one.title,
                               {here.text("choice.todo.apply")},
                               one.closes,
                               time_left(here, one.closes)});
    for (const auto& one : (*mine)->votes)
        if (!one.voted)
            waiting.push_back({here.link("call-vote/" + one.call.value),
                               one.title,
                               {here.text("calls.ballot_not_cast")},
                               one.until,
                               time_left(here, one.until)});
    const auto all = here.ask<calls::calls_view>(calls::calls_query{});
    if (!all) return waiting;
    for (const auto& one : (*all)->calls) {
        if (one.stage == calls::call_stage::announced || one.stage == calls::call_stage::concluded)
            continue;
        const auto wait = [&](std::string_view section, std::string_view key, std::int64_t n) {
            if (n == 0) return;
            const std::string href = here.link(std::string(section) + "/" + one.call.value);
            waiting.push_back({href, one.title, {here.text(key, {{"n", n}})}, {}, ""});
        };
        if (one.stage == calls::call_stage::closed && office_holding(here, "assess", one.body))
            if (const auto own =
                    here.ask<calls::my_assessments_view>(calls::my_assessments_query{one.call}))
                wait("assessments", "calls.to_assess_n",
                     std::count_if((*own)->applications.begin(), (*own)->applications.end(),
                                   [](const calls::my_assessment_row& row) {
                                       return !row.assessed &&
                                              (!row.declared ||
                                               *row.declared == calls::interest::none);
                                   }));
        const bool leads = office_holding(here, "calls", one.body).has_value();
        const bool hears = office_holding(here, "appeals", one.body).has_value();
        if (!leads && !hears) continue;
        const auto desk = here.ask<calls::board_view>(calls::board_query{one.call});
        if (!desk) continue;
        if (leads && one.stage == calls::call_stage::closed)
            wait("boards", "calls.to_judge_n", (*desk)->unjudged);
        if (hears) wait("boards", "calls.appeals_n", (*desk)->appeals);
    }
    return waiting;
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
    page.elections = elections_of_reader(here);
    page.secret_votes = secret_votes_of_reader(here);
    page.invitations = invitations_of_reader(here);
    page.calls = calls_of_reader(here);
    for (auto& one : authorities(here)) page.roles.push_back({one.value, one.label});
    page.owed = owed_by_reader(here);
    page.approvals = approvals_of_reader(here);
    page.reminders = reminders_of(here, page.owed);
    VECHE_SHOW_OR_FAIL(plans, here,
                       here.ask<registry::my_plan_items_view>(
                           registry::my_plan_items_query{person, {}, plan_items_shown}));
    page.plans = plans;
    // Who holds no mandate acts for themselves.
    const std::string auth = page.roles.empty() ? person.value : page.roles.front().id;
    for (const auto& key : keys->keys) {
        act_list acts(here, "me");
        if (key.in_force)
            acts.button("people.revoke_key", auth, {{"person", person.value}, {"key", key.id}});
        page.keys.push_back({key, acts.take()});
    }
    if (!page.roles.empty()) offer_calendar(here, "duties/" + person.value);
    return here.show("me", page);
}

constexpr page_route account_routes[] = {{"login", log_in},
                                         {"logout", log_out},
                                         {"me", me},
                                         {"recover", come_in_again},
                                         {"access", show_access}};
constexpr template_need account_needs[] = {{"login", &describe<login_page>},
                                           {"me", &describe<me_page>},
                                           {"recover", &describe<recover_page>},
                                           {"access", &describe<access_page>}};

}  // namespace

const page_group account_pages{account_routes, account_needs};

}  // namespace veche::api::pages
