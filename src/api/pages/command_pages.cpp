// Doing: a form for every command, made from its description. What was entered is never lost: a
// refused form comes back with its values, each fault at its field.

#include <algorithm>
#include <sstream>

#include "api/multipart.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/command_source.hpp"
#include "api/pages/meanwhile.hpp"
#include "api/pages/orders.hpp"
#include "api/pages/zone_offsets.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/urlencoded.hpp"
#include "kernel/hash.hpp"
#include "office/admission.hpp"

namespace veche::api::pages {
namespace {

struct fault_line {
    std::string id;
    std::string label;
    std::string sentence;
};
VECHE_VIEW_HERE(fault_line, (id, "Id of the input."), (label, "Name of the field."),
                (sentence, "What to mend."))

struct command_page {
    std::string type;
    std::string title;
    std::string meaning;
    render::markup fields;
    std::vector<choice_option> authorities;
    std::string auth;
    std::string back;
    bool uploads = false;
    std::vector<fault_line> faults;
    std::vector<fault_line> left;
    std::string seen;
    std::vector<meanwhile_card> meanwhile;
    std::string fixed;
    std::string filled;
};
VECHE_VIEW_HERE(command_page, (type, "Type of the command."), (title, "What it does."),
                (meaning, "What it does, in a sentence."), (fields, "Its fields."),
                (authorities, "Seats and offices to act under."),
                (auth, "The one that is settled."), (back, "Page to return to."),
                (uploads, "Whether a file goes with it."), (faults, "What is to be mended."),
                (left, "What is still to be filled in."),
                (seen, "Entries of the journal when the form was opened."),
                (meanwhile, "What others did to the same thing since."),
                (fixed, "Fields that the page from which one came has settled."),
                (filled, "Fields that came with values and are folded."))

/// Fields that name the new thing a command makes: filled in with a fresh short name.
struct new_name {
    std::string_view type;
    std::string_view field;
    std::string_view stem;
};
constexpr new_name new_names[] = {
    {"assembly.convene_session", "id", "s"},
    {"assembly.plan_series", "series", "r"},
    {"assembly.add_item", "item", "i"},
    {"assembly.add_internal_item", "item", "i"},
    {"assembly.add_paper", "paper", "p"},
    {"assembly.add_sealed_paper", "paper", "p"},
    {"assembly.table_motion", "motion", "m"},
    {"assembly.table_amendment", "amendment", "a"},
    {"assembly.open_vote", "vote", "v"},
    {"assembly.forward_motion", "forwarded", "m"},
    {"assembly.bundle_motions", "bundle", "b"},
    {"assembly.call_election", "election", "e"},
    {"evidence.register_dataset", "dataset", "data"},
    {"evidence.publish_finding", "finding", "f"},
    {"people.enroll_key", "key", "k"},
    {"people.enroll_passkey", "key", "k"},
    {"programme.report_progress", "report", "r"},
    {"programme.set_milestone", "milestone", "step"},
    {"programme.start_approval", "approval", "ap"},
    {"fund.receive_contribution", "contribution", "c"},
    {"fund.correct_contribution", "correction", "cc"},
    {"fund.record_income", "income", "in"},
    {"fund.record_bank_charge", "charge", "ch"},
    {"fund.exchange_money", "exchange", "fx"},
    {"fund.name_rate", "rate", "rt"},
    {"fund.record_past_budget", "budget", "pb"},
    {"fund.reserve", "commitment", "k"},
    {"fund.release_commitment", "release", "rel"},
    {"fund.submit_claim", "claim", "q"},
    {"fund.settle_advance", "settlement", "set"},
    {"fund.pay_advance", "advance", "adv"},
    {"fund.receive_refund", "refund", "ref"},
    {"fund.receive_recovery", "recovery", "rec"},
    {"fund.pay_claims", "payments.0.payment", "pay"},
    {"fund.open_bank_account", "account", "acc"},
    {"fund.record_statement", "statement", "st"},
    {"fund.draft_contract", "contract", "ct"},
    {"registry.submit_profile", "profile", "p"},
    {"registry.express_interest", "interest", "i"},
};

/// Where to go when the command made something new: its page.
struct landing {
    std::string_view type;
    std::string_view section;
    std::string_view field;
};
constexpr landing landings[] = {{"assembly.convene_session", "sessions", "id"},
                                {"assembly.plan_series", "series", "series"},
                                {"assembly.table_motion", "motions", "motion"},
                                {"assembly.table_amendment", "motions", "motion"},
                                {"assembly.bundle_motions", "bundles", "bundle"},
                                {"assembly.open_vote", "votes", "vote"},
                                {"assembly.call_election", "elections", "election"},
                                {"programme.start_approval", "approvals", "approval"},
                                {"fund.reserve", "commitments", "commitment"},
                                {"evidence.register_dataset", "datasets", "dataset"},
                                {"evidence.publish_finding", "evidence", "finding"},
                                {"fund.draft_contract", "contracts", "call"},
                                {"registry.submit_profile", "partners", "profile"}};

/// Radio buttons ask of each thing in which list it goes: "_say.THING=LIST" adds it to that list.
constexpr std::string_view said_of = "_say.";

/// A link that fills in what the person may still change: "_fill.FIELD=VALUE".
constexpr std::string_view filled_in = "_fill.";

/// The same of what something before has settled: "_fold.FIELD=VALUE" stands folded in the form.
constexpr std::string_view folded_in = "_fold.";

/// What one asks for oneself, without a seat or an office.
constexpr std::string_view for_oneself[] = {"calls.submit_application",
                                            "calls.withdraw_application",
                                            "calls.answer_offer",
                                            "calls.lodge_appeal",
                                            "calls.vote",
                                            "calls.rank_offers",
                                            "registry.submit_profile",
                                            "registry.withdraw_profile",
                                            "registry.express_interest",
                                            "registry.answer_interest"};

bool is_ours(std::string_view name) {
    return name == "csrf" || name.starts_with("_");
}

/// An address below the language, of harmless characters only.
std::string safe_back(std::string_view back) {
    const bool harmless = std::all_of(back.begin(), back.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~/?=&%").find(c) != std::string_view::npos;
    });
    return harmless && !back.starts_with("/") ? std::string(back) : std::string();
}

/// "m-4f9a1c": the last digits of a fresh key.
std::string fresh_name(const visit& here, std::string_view stem) {
    return std::string(stem) + "-" + here.page.idem.substr(here.page.idem.size() - 6);
}

struct filled_form {
    const office::route* route = nullptr;
    render::form_pairs values;  ///< of the command's fields
    std::string auth;
    std::string back;
    std::string idem;
    std::string seen;  ///< entries of the journal when it was opened, as the form says
    std::vector<meanwhile_card> meanwhile;
    std::string fixed;   ///< names of fields settled when it was opened, with blanks between
    std::string filled;  ///< likewise of those that came with values
};

/// Names with blanks between.
std::vector<std::string> names_in(const std::string& list) {
    std::istringstream from(list);
    std::vector<std::string> out;
    for (std::string name; from >> name;) out.push_back(std::move(name));
    return out;
}

std::vector<fault_line> lines_of(const std::vector<render::form_fault>& faults) {
    std::vector<fault_line> lines;
    for (const auto& one : faults)
        lines.push_back({render::input_id(one.path), one.label, one.sentence});
    return lines;
}

/// Whether a form of the type asks for a file: itself, or in a field that may be left out or
/// repeated. Forms are not deeper than that.
bool has_file(const type_info& type, int depth = 0) {
    constexpr int deepest = 4;
    if (type.what == veche::form::optional || type.what == veche::form::list)
        return has_file(type.element(), depth);
    if (type.name == "content_ref" || type.name == "seal_ref") return true;
    return depth < deepest &&
           std::any_of(
               type.fields.begin(), type.fields.end(),
               [&](const field_info& field) { return has_file(field.type(), depth + 1); });
}

response show_form(visit& here, filled_form form, const std::vector<render::form_fault>& faults,
                   int status) {
    const std::string type(form.route->wire.type);
    const command_source source(here, type, form.values);
    const type_info& body = form.route->body();
    render::form_state state{form.values, faults, {}, {}};
    for (const auto& [name, value] : here.asked.query)
        if (!is_ours(name) && !value.empty()) form.fixed += (form.fixed.empty() ? "" : " ") + name;
    state.fixed = names_in(form.fixed);
    state.filled = names_in(form.filled);
    for (std::string& name : unasked_fields(here, type, form.values))
        state.fixed.push_back(std::move(name));
    for (std::string& name : needed_fields(here, type, form.values))
        if (std::find(state.fixed.begin(), state.fixed.end(), name) == state.fixed.end())
            state.needed.push_back(std::move(name));
    command_page page;
    page.type = type;
    page.title = message_title(here, type);
    page.meaning = here.texts.find("about." + type) != nullptr ? here.text("about." + type) : "";
    page.fields = render::form_fields(body, state, source, here.around);
    const auto roles = authorities(here);
    const bool own =
        std::find(std::begin(for_oneself), std::end(for_oneself), type) != std::end(for_oneself);
    // Who holds no mandate acts for themselves, if at all.
    if (own || (form.auth.empty() && roles.empty())) form.auth = here.context.person;
    page.auth = form.auth;
    if (form.auth.empty())
        for (const auto& one : roles) page.authorities.push_back({one.value, one.label, false});
    page.back = form.back;
    page.fixed = form.fixed;
    page.filled = form.filled;
    page.uploads = has_file(body);
    page.faults = lines_of(faults);
    if (faults.empty())
        page.left = lines_of(render::read_form(body, form.values, source, here.around).faults);
    if (faults.empty())
        for (const std::string& field : state.needed)
            if (!is_filled(form.values, field))
                page.left.push_back({render::input_id(field),
                                     render::field_label(body.name, field, here.around), ""});
    page.meanwhile = std::move(form.meanwhile);
    // Who has seen what others did may send the form again; who mends a fault has not seen it yet.
    page.seen = form.seen.empty() || !page.meanwhile.empty() ? std::to_string(here.page.entries)
                                                             : form.seen;
    here.page.failed = !faults.empty() || !page.meanwhile.empty();
    if (!form.idem.empty()) here.page.idem = form.idem;
    return here.show("command", page, status);
}

void fold_in(filled_form& form, std::string field, const std::string& value) {
    const std::string whole = field.substr(0, field.find('.'));
    const auto known = names_in(form.filled);
    if (std::find(known.begin(), known.end(), whole) == known.end())
        form.filled += (form.filled.empty() ? "" : " ") + whole;
    form.values.emplace_back(std::move(field), value);
}

response ask_for_values(visit& here, const office::route& route) {
    filled_form form;
    form.route = &route;
    for (const auto& [name, value] : here.asked.query)
        if (!is_ours(name))
            form.values.emplace_back(name, value);
        else if (name.starts_with(filled_in))
            form.values.emplace_back(name.substr(filled_in.size()), value);
        else if (name.starts_with(folded_in))
            fold_in(form, name.substr(folded_in.size()), value);
    form.auth = identifier_asked(here, "_auth");
    form.back = safe_back(here.asked.query_value("_back"));
    for (const new_name& one : new_names)
        if (one.type == route.wire.type && render::form_value(form.values, one.field).empty())
            form.values.emplace_back(one.field, fresh_name(here, one.stem));
    return show_form(here, std::move(form), {}, 200);
}

/// The key of this very command: the form's key, and what was entered in it. A form sent twice is
/// one command; a form mended and sent again is another.
std::string idem_of(const filled_form& form, const std::string& json) {
    const std::string digest =
        to_hex(sha256({form.idem, "\n", form.route->wire.type, "\n", form.auth, "\n", json}));
    const bool is_uuid = form.idem.size() == 36 && form.idem[14] == '7';
    const std::string time = is_uuid ? form.idem.substr(0, 14) : "00000000-0000-";
    return time + "7" + digest.substr(0, 3) + "-8" + digest.substr(3, 3) + "-" +
           digest.substr(6, 12);
}

/// The event line that the person signs: line 2 of the entry to be.
std::string event_line(const visit& here, const filled_form& form, const std::string& json) {
    json::writer out;
    out.begin_object();
    out.key("actor");
    out.string(here.context.person);
    out.key("auth");
    out.string(form.auth);
    out.key("body");
    out.raw(json);
    out.key("idem");
    out.string(idem_of(form, json));
    out.key("log");
    out.string(here.context.office.origin());
    out.key("type");
    out.string(form.route->wire.type);
    out.key("v");
    out.integer(form.route->wire.v);
    out.end_object();
    return out.take();
}

struct key_choice {
    std::string name;
    std::string public_key;
    std::optional<std::string> site;
};
VECHE_VIEW_HERE(key_choice, (name, "Name of the key in signature lines."),
                (public_key, "Public key, base64."), (site, "Of a passkey: where it signs."))

struct line_to_sign {
    std::vector<key_choice> keys;
    std::string line;
};
VECHE_VIEW_HERE(line_to_sign, (keys, "Keys of the person in force."), (line, "The event line."))

response compose(const visit& here, const filled_form& form, const std::string& json) {
    line_to_sign answer{{}, event_line(here, form, json)};
    const office::office& office = here.context.office;
    office.read([&](const office::state& now) {
        for (const auto& key :
             office::keys_in_force(now, office.origin(), {here.context.person}, here.context.now))
            answer.keys.push_back({key.name, to_base64(key.public_key),
                                   key.site.empty() ? std::nullopt : std::optional(key.site)});
    });
    return here.json(answer);
}

/// What the act made, or the page it came from; the note of what was done goes along.
response after(visit& here, const filled_form& form, const office::receipt& receipt) {
    std::string to = form.back;
    for (const landing& one : landings)
        if (one.type == form.route->wire.type)
            to = std::string(one.section) + "/" +
                 std::string(render::form_value(form.values, one.field));
    const char mark = to.find('?') == std::string::npos ? '?' : '&';
    return here.redirect(here.link(to) + mark + "done=" + std::string(form.route->wire.type) +
                         "&seq=" + std::to_string(receipt.seq));
}

bool goes_sealed(const filled_form& form, std::string_view name) {
    const auto& fields = form.route->body().fields;
    const std::string_view outer = name.substr(0, name.find('.'));
    return std::any_of(fields.begin(), fields.end(), [&](const field_info& field) {
        const type_info& type = field.type();
        if (type.what == veche::form::list && field.name == outer && outer != name)
            return render::is_sealed_file(type.element());
        return field.name == name && render::is_sealed_file(type);
    });
}

/// A closed file goes sealed beside the journal; its commitment into the command, in place of one
/// that was there. What applicants hand in is personal.
result<void> keep_sealed(visit& here, const upload& one, filled_form& form) {
    if (here.context.sealed == nullptr) return {};
    const auto kind = form.route->wire.type.starts_with("calls.") ||
                              form.route->wire.type == "registry.express_interest"
                          ? sealed_class::personal
                          : sealed_class::closed;
    const seal_ref kept =
        VECHE_TRY(here.context.sealed->keep(one.bytes, one.media, one.name, kind));
    std::erase_if(form.values,
                  [&](const auto& pair) { return pair.first.starts_with(one.field + "."); });
    form.values.emplace_back(one.field + ".alg", kept.alg);
    form.values.emplace_back(one.field + ".bucket", std::to_string(kept.bucket));
    form.values.emplace_back(one.field + ".class", name_of(kept.class_));
    form.values.emplace_back(one.field + ".commit", kept.commit.value);
    form.values.emplace_back(one.field + ".subject", kept.subject);
    return {};
}

/// An uploaded file goes to the shelf; its hash, size and media type into the command.
result<void> keep_upload(visit& here, const api::form& sent, filled_form& form) {
    for (const upload& one : sent.uploads) {
        if (one.bytes.empty() || here.context.shelf == nullptr) continue;
        if (goes_sealed(form, one.field)) {
            VECHE_CHECK(keep_sealed(here, one, form));
            continue;
        }
        const std::string hash = VECHE_TRY(here.context.shelf->keep(one.bytes, one.media));
        form.values.emplace_back(one.field + ".sha256", hash);
        form.values.emplace_back(one.field + ".size", std::to_string(one.bytes.size()));
        form.values.emplace_back(one.field + ".media", one.media);
    }
    return {};
}

response refused(visit& here, filled_form form, const refusal& why) {
    const auto dot = why.field.rfind('.');
    const std::string name = dot == std::string::npos ? why.field : why.field.substr(dot + 1);
    return show_form(here, std::move(form),
                     {{why.field, name.empty() ? "" : render::field_label("", name, here.around),
                       here.texts.sentence(why)}},
                     why.kind->http_status);
}

/// The person has a key: the browser asked for the line to sign, or hands it in signed.
std::optional<response> signing(visit& here, const api::form& sent, const filled_form& form,
                                const std::string& json) {
    if (sent.value("_compose") == "1") return compose(here, form, json);
    const std::string signature(sent.value("_signature"));
    if (signature.empty()) return std::nullopt;
    const auto done = here.context.office.submit(
        {std::string(sent.value("_line")), {signature}, {here.context.person}});
    return done ? after(here, form, *done) : refused(here, form, done.error());
}

/// Faults for what the wire lets out and the command is refused without.
void add_needed(visit& here, const filled_form& form, std::vector<render::form_fault>& faults) {
    const std::string_view type = form.route->wire.type;
    const auto unasked = unasked_fields(here, type, form.values);
    for (const std::string& field : needed_fields(here, type, form.values)) {
        if (is_filled(form.values, field)) continue;
        if (std::find(unasked.begin(), unasked.end(), field) != unasked.end()) continue;
        const std::string label = render::field_label(form.route->body().name, field, here.around);
        faults.push_back({field, label, here.text("form.missing", {{"field", label}})});
    }
}

response act_on(visit& here, const api::form& sent, filled_form form) {
    fill_offsets(here, form.route->wire.type, form.values);
    const command_source source(here, form.route->wire.type, form.values);
    auto read = render::read_form(form.route->body(), form.values, source, here.around);
    add_needed(here, form, read.faults);
    if (!read.faults.empty()) return show_form(here, std::move(form), read.faults, 422);
    form.meanwhile =
        done_meanwhile(here, form.route->wire.type, read.json, form.seen, idem_of(form, read.json));
    if (!form.meanwhile.empty()) return show_form(here, std::move(form), {}, 409);
    if (auto answer = signing(here, sent, form, read.json)) return std::move(*answer);
    const auto done =
        here.context.office.submit_unsigned(form.route->wire.type, read.json, {here.context.person},
                                            form.auth, idem_of(form, read.json));
    return done ? after(here, form, *done) : refused(here, std::move(form), done.error());
}

response take_form(visit& here, const office::route& route) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    filled_form form;
    form.route = &route;
    for (const auto& [name, value] : sent->fields)
        if (name == "_more" || !is_ours(name))
            form.values.emplace_back(name, value);
        else if (name.starts_with(said_of) && !value.empty())
            form.values.emplace_back(value, name.substr(said_of.size()));
    form.auth = sent->value("_auth");
    form.back = safe_back(sent->value("_back"));
    form.idem = sent->value("_idem");
    form.seen = sent->value("_seen");
    form.fixed = sent->value("_fixed");
    form.filled = sent->value("_filled");
    const bool more = std::any_of(sent->fields.begin(), sent->fields.end(),
                                  [](const auto& pair) { return pair.first == "_more"; });
    // What is closed may be written down instead of sent as a file.
    for (const auto& [name, value] : sent->fields)
        if (constexpr std::string_view mark = "_sealed."; name.starts_with(mark) && !value.empty())
            if (const auto kept =
                    keep_sealed(here, {name.substr(mark.size()), {}, "text/plain", value}, form);
                !kept)
                return refused(here, std::move(form), kept.error());
    // Before the form comes back with one more group: a file that was chosen is not asked for
    // twice.
    if (const auto kept = keep_upload(here, *sent, form); !kept)
        return refused(here, std::move(form), kept.error());
    if (more) return show_form(here, std::move(form), {}, 200);
    return act_on(here, *sent, std::move(form));
}

struct command_link {
    std::string type;
    std::string title;
};
VECHE_VIEW_HERE(command_link, (type, "Type of the command."), (title, "What it does."))

struct commands_page {
    std::vector<command_link> commands;
};
VECHE_VIEW_HERE(commands_page, (commands, "Every command there is."))

response list_commands(visit& here) {
    commands_page page;
    for (const auto& route : office::routes())
        if (route.command)
            page.commands.push_back(
                {std::string(route.wire.type), message_title(here, route.wire.type)});
    return here.show("commands", page);
}

response commands(visit& here) {
    if (here.context.person.empty())
        return here.redirect(here.link("login?back=" + percent_encode(here.page.address)));
    if (here.id.empty()) return list_commands(here);
    const auto* route = office::find_route(here.id);
    if (route == nullptr || !route->command)
        return here.fail({&refusals::command_unknown, {}, {here.id}});
    return here.asked.method == "POST" ? take_form(here, *route) : ask_for_values(here, *route);
}

constexpr page_route command_routes[] = {{"do", commands}};
constexpr template_need command_needs[] = {{"command", &describe<command_page>},
                                           {"commands", &describe<commands_page>}};

}  // namespace

const page_group command_pages{command_routes, command_needs};

}  // namespace veche::api::pages
