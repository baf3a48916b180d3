#include "api/search_things.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "registry/link_names.hpp"
#include "registry/plans.hpp"
#include "registry/registry.hpp"

namespace veche::api {
namespace {

using office::state;

constexpr char part_mark = '\n';

/// Fields that name a thing, and the kind of it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> naming_fields{
    {{"activity", "activity"},
     {"approval", "approval"},
     {"barrier", "barrier"},
     {"call", "call"},
     {"clash", "clash"},
     {"corrects", "finding"},
     {"dataset", "dataset"},
     {"decision", "decision"},
     {"draft", "draft_rule"},
     {"election", "election"},
     {"exchange", "exchange"},
     {"finding", "finding"},
     {"kept", "organisation"},
     {"link", "link"},
     {"lot", "lot"},
     {"measure", "measure"},
     {"merged", "organisation"},
     {"motion", "motion"},
     {"order", "order"},
     {"organisation", "organisation"},
     {"place", "place"},
     {"profile", "profile"},
     {"replaces", "dataset"},
     {"session", "session"}}};

std::string_view kind_named(std::string_view field) {
    const auto* found = std::find_if(naming_fields.begin(), naming_fields.end(),
                                     [&](const auto& one) { return one.first == field; });
    return found == naming_fields.end() ? std::string_view{} : found->second;
}

void collect(json::node from, std::set<thing_key>& out) {
    for (json::node field = from.first(); field.valid(); field = field.next()) {
        if (field.is(json::kind::object) || field.is(json::kind::array)) {
            collect(field, out);
        } else if (from.is(json::kind::object) && field.is(json::kind::string)) {
            const std::string_view kind = kind_named(field.key());
            if (!kind.empty()) out.insert({std::string(kind), std::string(field.as_string())});
        }
    }
}

found_thing found(std::string_view kind, std::string path, const localized& title) {
    found_thing out;
    out.kind = kind;
    out.path = std::move(path);
    out.title = title;
    return out;
}

/// `at` is shown, and orders.
found_thing dated(found_thing of, instant at, std::optional<instant> changed) {
    of.at = at;
    of.changed = changed;
    of.day = at.ms;
    return of;
}

std::string join(const std::vector<registry::code>& codes) {
    std::string out;
    for (const registry::code& one : codes) out += one.value + " ";
    return out;
}

std::optional<found_thing> body_thing(const state& s, const std::string& id) {
    const charter::body* one = s.charter.founded() ? s.charter.find_body({id}) : nullptr;
    if (!one) return std::nullopt;
    found_thing out = found("body", "bodies/" + id, one->name);
    out.text = one->about;
    return out;
}

std::optional<found_thing> decision_thing(const state& s, const std::string& id) {
    const auto* one = s.assembly.decisions.find(decision_id{id});
    if (!one) return std::nullopt;
    const assembly::motion& of = *s.assembly.motions.find(one->motion);
    found_thing out = dated(found("decision", "decisions/" + id, of.title), one->at, one->at);
    out.text = of.text;
    out.more = id;
    return out;
}

std::optional<found_thing> motion_thing(const state& s, const std::string& id) {
    const auto* one = s.assembly.motions.find(assembly::motion_id{id});
    if (!one || one->decision) return std::nullopt;
    found_thing out = dated(found("motion", "motions/" + id, one->title), one->at, one->at);
    out.text = one->text;
    return out;
}

std::optional<found_thing> session_thing(const state& s, const std::string& id) {
    const auto* one = s.assembly.sessions.find(session_id{id});
    if (!one) return std::nullopt;
    return dated(found("session", "sessions/" + id, one->title), one->starts, one->changed);
}

std::optional<found_thing> election_thing(const state& s, const std::string& id) {
    const auto* one = s.assembly.elections.find(assembly::election_id{id});
    if (!one) return std::nullopt;
    return dated(found("election", "elections/" + id, one->title),
                 s.assembly.sessions.find(one->session)->starts, std::nullopt);
}

std::optional<found_thing> measure_thing(const state& s, const std::string& id) {
    const auto* one = s.programme.measures.find(measure_id{id});
    if (!one) return std::nullopt;
    found_thing out = found("measure", "programme/" + id, one->title);
    out.text = one->text;
    out.words = one->sphere;
    out.more = id;
    out.day = one->added.ms;
    return out;
}

std::optional<found_thing> approval_thing(const state& s, const std::string& id) {
    const auto* one = s.programme.approvals.find(programme::approval_id{id});
    if (!one) return std::nullopt;
    found_thing out = dated(found("approval", "approvals/" + id, one->title), one->at, one->at);
    out.text = one->text;
    return out;
}

std::optional<found_thing> finding_thing(const state& s, const std::string& id) {
    const auto* one = s.evidence.findings.find(evidence::finding_id{id});
    if (!one) return std::nullopt;
    found_thing out = dated(found("finding", "evidence/" + id, one->what.question),
                            one->published.at, one->published.at);
    out.text = one->what.answer;
    out.words = one->what.specified.method;
    return out;
}

/// One that no longer holds is not offered.
std::optional<found_thing> dataset_thing(const state& s, const std::string& id) {
    const auto* one = s.evidence.datasets.find(evidence::dataset_id{id});
    if (!one || one->withdrawn || one->replaced_by) return std::nullopt;
    found_thing out = dated(found("dataset", "datasets/" + id, one->what.title), one->registered.at,
                            one->registered.at);
    out.text = one->what.about;
    out.words = one->what.publisher;
    return out;
}

std::optional<found_thing> call_thing(const state& s, const std::string& id) {
    const auto* one = s.calls.calls.find(calls::call_id{id});
    if (!one) return std::nullopt;
    found_thing out = dated(found("call", "calls/" + id, one->asked.title), one->asked.opens,
                            one->concluded ? one->concluded_at : one->at);
    out.text = one->asked.text;
    return out;
}

found_thing in_call(const calls::call& of, const localized& title, std::string words) {
    found_thing out = found("in_call", "calls/" + of.asked.call.value, title);
    out.words = std::move(words);
    out.within = of.asked.title;
    return out;
}

/// A programme, a party or, on the ballot paper of a budget, a project.
std::optional<found_thing> part_thing(const state& s, const thing_key& key) {
    const std::size_t mark = key.id.find(part_mark);
    if (mark == std::string::npos) return std::nullopt;
    const std::string part = key.id.substr(mark + 1);
    const auto* of = s.calls.calls.find(calls::call_id{key.id.substr(0, mark)});
    if (!of) return std::nullopt;
    if (key.kind == "project") {
        const auto slate = of->slate();
        if (std::find(slate.begin(), slate.end(), person_id{part}) == slate.end())
            return std::nullopt;
        const auto* a = s.calls.find(of->asked.call, {part});
        if (!a) return std::nullopt;
        found_thing out = in_call(*of, a->asked.title, part);
        out.kind = "project";
        out.path = "call-projects/" + of->asked.call.value + "/" + part;
        out.text = a->asked.about;
        return out;
    }
    for (const calls::programme_plan& one : of->asked.programmes)
        if (one.programme.value == part) return in_call(*of, one.title, part + " " + one.host);
    if (of->asked.shares)
        for (const calls::share_party& one : of->asked.shares->parties)
            if (one.party.value == part) return in_call(*of, one.title, part);
    return std::nullopt;
}

std::optional<found_thing> place_thing(const state& s, const std::string& id) {
    const auto* one = s.registry.places.find(registry::place_id{id});
    if (!one) return std::nullopt;
    found_thing out = found("place", "places/" + id, one->what.names);
    out.words = join(one->what.codes);
    return out;
}

std::optional<found_thing> organisation_thing(const state& s, const std::string& id) {
    const auto* one = s.registry.organisations.find(registry::organisation_id{id});
    if (!one || one->merged_into) return std::nullopt;
    found_thing out =
        found(one->run ? "enterprise" : "organisation", "organisations/" + id, one->what.names);
    out.words = join(one->what.codes);
    return out;
}

std::optional<found_thing> link_thing(const state& s, const std::string& id) {
    const auto* one = s.registry.links.find(registry::link_id{id});
    if (!one) return std::nullopt;
    found_thing out = found("link", "links/" + id, registry::names_of_link(s.registry, *one));
    out.text = one->what.about;
    out.day = one->recorded.at.ms;
    return out;
}

/// Once it is a case: what strangers wrote is sealed.
std::optional<found_thing> barrier_thing(const state& s, const std::string& id) {
    const auto* one = s.barriers.cases.find(barriers::barrier_id{id});
    if (!one || !one->record) return std::nullopt;
    found_thing out = dated(found("barrier", "barriers/" + id, one->record->what.title),
                            one->received.done.at, one->record->done.at);
    out.text = one->record->what.about;
    out.more = id;
    return out;
}

std::optional<found_thing> draft_thing(const state& s, const std::string& id) {
    const auto* one = s.barriers.drafts.find(barriers::draft_id{id});
    if (!one) return std::nullopt;
    found_thing out = dated(found("draft_rule", "draft-rules/" + id, one->notified.what.title),
                            one->notified.done.at, one->notified.done.at);
    out.text = one->notified.what.about;
    return out;
}

std::int64_t day_of(const std::string& on) {
    const auto span = registry::read_partial_day(on);
    return span ? start_of(span->first).ms : INT64_MIN;
}

/// On the page of its link or organisation, whose name stands beside it.
std::optional<found_thing> activity_thing(const state& s, const std::string& id) {
    const auto* one = s.registry.activities.find(registry::activity_id{id});
    if (!one) return std::nullopt;
    const registry::report_activity& c = one->what;
    found_thing out = found("activity", "", c.about);
    if (c.link) {
        const registry::link& on = *s.registry.links.find(*c.link);
        out.path = "links/" + c.link->value;
        out.within = registry::names_of_link(s.registry, on);
    } else {
        const auto* of = registry::find_current(s.registry, *c.organisation);
        out.path = "organisations/" + of->what.organisation.value;
        out.within = of->what.names;
    }
    out.day = day_of(c.on);
    return out;
}

/// Of the plan of a link: the link's name stands beside it.
std::optional<found_thing> item_thing(const state& s, const std::string& id) {
    const std::size_t mark = id.find(part_mark);
    if (mark == std::string::npos) return std::nullopt;
    const registry::item_key key{{id.substr(0, mark)}, {id.substr(mark + 1)}};
    const auto* one = s.registry.items.find(key);
    if (!one) return std::nullopt;
    const registry::plan_item& c = registry::item_now(*one);
    const registry::link& on = *s.registry.links.find(key.link);
    found_thing out =
        found("plan_item", "links/" + key.link.value + "#item-" + key.item.value, c.text);
    out.within = registry::names_of_link(s.registry, on);
    out.day = day_of(c.due);
    return out;
}

std::optional<found_thing> exchange_thing(const state& s, const std::string& id) {
    const auto* one = s.registry.exchanges.find(registry::exchange_id{id});
    if (!one) return std::nullopt;
    found_thing out = found("exchange", "exchanges/" + id, one->what.names);
    out.text = one->what.about;
    out.day = one->recorded.at.ms;
    return out;
}

/// Public money to an organisation: by purpose, rule and whom it was paid to.
found_thing paid_thing(const state& s, std::string path, const localized& purpose,
                       const std::string& rule,
                       const std::optional<beneficiaries::party_id>& recipient) {
    found_thing out = found("payment", std::move(path), purpose);
    out.words = rule;
    if (!recipient) return out;
    const auto* to =
        registry::find_current(s.registry, registry::organisation_id{recipient->value});
    if (!to) return out;
    out.within = to->what.names;
    for (const auto& [language, name] : to->what.names) out.words += " " + name;
    return out;
}

std::string payment_id(const beneficiaries::part_place& at, std::size_t row) {
    return at.report.payer.value + part_mark + std::to_string(at.report.year) + part_mark +
           std::to_string(at.part) + part_mark + std::to_string(row);
}

/// A row of a report, or a commitment of the fund that was referred (id: a line feed first).
std::optional<found_thing> payment_thing(const state& s, const std::string& id) {
    if (id.starts_with(part_mark)) {
        const std::string commitment = id.substr(1);
        const auto* one = s.beneficiaries.referred.find(beneficiaries::spending_id{commitment});
        const auto* of = s.fund.commitments.find(fund::commitment_id{commitment});
        if (!one || !of) return std::nullopt;
        found_thing out = paid_thing(s, "commitments/" + commitment, of->purpose, one->what.rule,
                                     one->what.recipient);
        out.day = one->done.at.ms;
        return out;
    }
    std::array<std::string, 4> parts;
    std::size_t at = 0;
    for (std::string& one : parts) {
        const std::size_t end = std::min(id.find(part_mark, at), id.size());
        one = id.substr(at, end - at);
        at = std::min(end + 1, id.size());
    }
    const auto number = [&](std::size_t which) {
        return static_cast<std::size_t>(std::atoi(parts[which].c_str()));
    };
    const auto* report = s.beneficiaries.reports.find(
        beneficiaries::report_key{{parts[0]}, static_cast<std::int32_t>(number(1))});
    if (!report || number(2) == 0 || number(2) > report->parts.size()) return std::nullopt;
    const auto& part = report->parts[number(2) - 1];
    if (number(3) >= part.what.payments.size()) return std::nullopt;
    const beneficiaries::disclosed_payment& paid = part.what.payments[number(3)];
    found_thing out = paid_thing(s, "payer-reports/" + parts[0] + "?year=" + parts[1], paid.purpose,
                                 paid.rule, paid.recipient);
    out.more = parts[1];
    out.day = part.done.at.ms;
    return out;
}

/// While it is public.
std::optional<found_thing> profile_thing(const state& s, const std::string& id) {
    const auto* one = s.registry.profiles.find(registry::profile_id{id});
    if (!one || one->standing != registry::profile_standing::published) return std::nullopt;
    found_thing out = dated(found("profile", "partners/" + id, one->what.title), one->submitted.at,
                            one->submitted.at);
    out.text = one->what.text;
    return out;
}

const localized& member_names(const state& s, const member_id& id) {
    static const localized nobody;
    const charter::member* one = s.charter.founded() ? s.charter.find_member(id) : nullptr;
    return one ? one->name : nobody;
}

/// The member, or the region of it, in every language in which the member has a name.
localized side_names(const state& s, const prevention::place_of& side) {
    const localized& member = member_names(s, side.member);
    const registry::place* region =
        side.region ? s.registry.places.find(registry::place_id{*side.region}) : nullptr;
    if (!region) return member;
    return region->what.names;
}

/// "C1: ..." in each language.
localized with_code(const std::string& code, const localized& names) {
    localized out;
    for (const auto& [language, name] : names) out[language] = code + ": " + name;
    return out;
}

/// An order that was withdrawn is not offered.
std::optional<found_thing> order_thing(const state& s, const std::string& id) {
    const auto* one = s.prevention.orders.find(prevention::order_id{id});
    if (!one || one->withdrawn()) return std::nullopt;
    const prevention::order_terms& says = one->last().says;
    const std::string code = prevention::code_of(says.kind);
    const localized where = side_names(s, {says.member, says.region});
    found_thing out = found("order", "prevention/orders/" + id,
                            says.title.empty() ? with_code(code, where) : says.title);
    out.text = says.decided_by;
    out.within = where;
    out.words = code + " " + says.source.value_or("");
    if (says.act) {
        out.words += " " + says.act->number.value_or("");
        for (const auto& [language, title] : says.act->title) out.words += " " + title;
    }
    out.more = id;
    out.day = start_of(says.from).ms;
    out.changed = one->last().done.at;
    return out;
}

/// While it holds an interval or was settled: what is over stays findable by its number.
std::optional<found_thing> clash_thing(const state& s, const std::string& id) {
    const auto* one = s.prevention.clashes.find(prevention::number_of(prevention::clash_id{id}));
    if (!one) return std::nullopt;
    const prevention::clash_found& of = one->found.what;
    const std::string code = prevention::code_of(of.kind);
    found_thing out =
        found("clash", "prevention/clashes/" + id,
              with_code(code, registry::both_names(side_names(s, of.a), side_names(s, of.b))));
    out.words = code;
    if (one->settled) out.text = one->settled->what.text;
    out.more = id;
    out.at = start_of(one->from);
    out.day = out.at->ms;
    return out;
}

std::optional<found_thing> lot_thing(const state& s, const std::string& id) {
    const auto* one = s.doses.lots.find(doses::lot_id{id});
    if (!one) return std::nullopt;
    const auto* product = s.doses.products.find(one->what.product);
    found_thing out = found("lot", "dose-lots/" + id, product->what.names);
    out.words = one->what.number + " " + one->what.source + " " + id;
    out.more = one->what.number;
    out.day = start_of(one->what.on).ms;
    return out;
}

struct kind_reader {
    std::string_view kind;
    std::optional<found_thing> (*read)(const state&, const std::string&);
};
constexpr kind_reader readers[] = {
    {"activity", activity_thing}, {"approval", approval_thing},
    {"barrier", barrier_thing},   {"body", body_thing},
    {"call", call_thing},         {"clash", clash_thing},
    {"dataset", dataset_thing},   {"decision", decision_thing},
    {"draft_rule", draft_thing},  {"election", election_thing},
    {"exchange", exchange_thing}, {"finding", finding_thing},
    {"link", link_thing},         {"lot", lot_thing},
    {"measure", measure_thing},   {"motion", motion_thing},
    {"order", order_thing},       {"organisation", organisation_thing},
    {"place", place_thing},       {"profile", profile_thing},
    {"session", session_thing}};

template <class Map>
void add_all(const Map& from, const char* kind, std::vector<thing_key>& out) {
    for (const auto& [id, one] : from) out.push_back({kind, id.value});
}

void add_parts(const calls::call& of, std::vector<thing_key>& out) {
    const std::string call = of.asked.call.value + part_mark;
    for (const calls::programme_plan& one : of.asked.programmes)
        out.push_back({"in_call", call + one.programme.value});
    if (of.asked.shares)
        for (const calls::share_party& one : of.asked.shares->parties)
            out.push_back({"in_call", call + one.party.value});
    for (const person_id& one : of.slate()) out.push_back({"project", call + one.value});
}

void add_items(const registry::link& of, std::vector<thing_key>& out) {
    for (const registry::plan_item_id& one : of.plan)
        out.push_back({"plan_item", of.what.link.value + part_mark + one.value});
}

void add_links(const state& s, const registry::link_end& end, std::vector<thing_key>& out) {
    if (const auto* links = s.registry.links_of.find(end))
        for (const registry::link_id& id : *links) out.push_back({"link", id.value});
}

/// Every row that a part of a report may have: what it no longer has is no thing any more.
void add_payments(const beneficiaries::part_place& at, std::size_t rows,
                  std::vector<thing_key>& out) {
    for (std::size_t row = 0; row < rows; ++row) out.push_back({"payment", payment_id(at, row)});
}

/// What was paid to the organisation shows its name.
void add_paid_to(const state& s, const std::string& organisation, std::vector<thing_key>& out) {
    if (const auto* paid = s.beneficiaries.paid_to.find(beneficiaries::party_id{organisation}))
        for (const auto& [place, rows] : *paid)
            for (const std::int32_t row : rows)
                out.push_back({"payment", payment_id(place, static_cast<std::size_t>(row))});
    for (const auto& [id, one] : s.beneficiaries.referred)
        if (one.what.recipient.value == organisation)
            out.push_back({"payment", part_mark + id.value});
}

void add_all_payments(const state& s, std::vector<thing_key>& out) {
    for (const auto& [key, report] : s.beneficiaries.reports)
        for (std::size_t i = 0; i < report.parts.size(); ++i)
            add_payments({key, static_cast<std::int32_t>(i + 1)},
                         report.parts[i].what.payments.size(), out);
    for (const auto& [id, one] : s.beneficiaries.referred)
        out.push_back({"payment", part_mark + id.value});
}

/// Orders and clashes that show the name of the region.
void add_measures_in(const state& s, const std::string& region, std::vector<thing_key>& out) {
    for (const auto& [id, one] : s.prevention.orders)
        if (one.last().says.region == region) out.push_back({"order", id.value});
    for (const auto& [number, one] : s.prevention.clashes)
        if (one.found.what.a.region == region || one.found.what.b.region == region)
            out.push_back({"clash", prevention::clash_named(number).value});
}

void add_clashes(const state& s, std::vector<thing_key>& out) {
    for (const auto& [number, one] : s.prevention.clashes)
        out.push_back({"clash", prevention::clash_named(number).value});
}

void add_bodies(const state& s, std::vector<thing_key>& out) {
    if (!s.charter.founded()) return;
    for (const charter::body& one : s.charter.document().bodies)
        out.push_back({"body", one.id.value});
}

}  // namespace

std::optional<found_thing> thing_of(const office::state& s, const thing_key& key) {
    if (key.kind == "in_call" || key.kind == "project") return part_thing(s, key);
    if (key.kind == "payment") return payment_thing(s, key.id);
    if (key.kind == "plan_item") return item_thing(s, key.id);
    for (const kind_reader& one : readers)
        if (one.kind == key.kind) return is_identifier(key.id) ? one.read(s, key.id) : std::nullopt;
    return std::nullopt;
}

std::vector<thing_key> all_things(const office::state& s) {
    std::vector<thing_key> out;
    add_bodies(s, out);
    add_all(s.assembly.decisions, "decision", out);
    add_all(s.assembly.motions, "motion", out);
    add_all(s.assembly.sessions, "session", out);
    add_all(s.assembly.elections, "election", out);
    add_all(s.programme.measures, "measure", out);
    add_all(s.programme.approvals, "approval", out);
    add_all(s.evidence.findings, "finding", out);
    add_all(s.evidence.datasets, "dataset", out);
    add_all(s.calls.calls, "call", out);
    for (const auto& [id, one] : s.calls.calls) add_parts(one, out);
    add_all(s.registry.places, "place", out);
    add_all(s.registry.organisations, "organisation", out);
    add_all(s.registry.links, "link", out);
    for (const auto& [id, one] : s.registry.links) add_items(one, out);
    add_all(s.registry.profiles, "profile", out);
    add_all(s.registry.exchanges, "exchange", out);
    add_all(s.registry.activities, "activity", out);
    add_all_payments(s, out);
    add_all(s.barriers.cases, "barrier", out);
    add_all(s.barriers.drafts, "draft_rule", out);
    add_all(s.prevention.orders, "order", out);
    add_clashes(s, out);
    add_all(s.doses.lots, "lot", out);
    return out;
}

std::vector<thing_key> things_named(std::string_view type, json::node body) {
    std::set<thing_key> out;
    collect(body, out);
    if (type == "assembly.convene_session")
        if (const auto id = body.find("id"); id.valid() && id.is(json::kind::string))
            out.insert({"session", std::string(id.as_string())});
    return {out.begin(), out.end()};
}

std::vector<thing_key> things_made(const office::state& s, std::string_view type, json::node body) {
    const auto text = [&](std::string_view name) {
        const auto found = body.find(name);
        return found.valid() && found.is(json::kind::string) ? std::string(found.as_string())
                                                             : std::string();
    };
    std::vector<thing_key> out;
    if (type == "barriers.accept_cases") {
        const auto* taken = s.barriers.imports.find(barriers::import_id{text("batch")});
        for (std::int64_t n = 0; taken && n < taken->count; ++n)
            out.push_back({"barrier", "b-" + std::to_string(taken->first + n)});
    } else if (type == "beneficiaries.report_payments") {
        const auto number = [&](std::string_view name) {
            const auto found = body.find(name);
            return found.valid() && found.is(json::kind::integer)
                       ? static_cast<std::int32_t>(found.as_integer())
                       : 0;
        };
        add_payments({{{text("payer")}, number("year")}, number("part")},
                     beneficiaries::max_payments, out);
    } else if (type == "prevention.accept_orders") {
        add_all(s.prevention.orders, "order", out);
    } else if (type == "doses.record_product") {
        for (const auto& [id, one] : s.doses.lots)
            if (one.what.product.value == text("product")) out.push_back({"lot", id.value});
    } else if (type == "beneficiaries.refer_commitment") {
        out.push_back({"payment", part_mark + text("commitment")});
    }
    return out;
}

std::vector<thing_key> things_around(const office::state& s, const thing_key& key) {
    std::vector<thing_key> out{key};
    if (!is_identifier(key.id)) return out;
    if (key.kind == "link")
        if (const auto* of = s.registry.links.find(registry::link_id{key.id})) add_items(*of, out);
    if (key.kind == "place") {
        add_links(s, {registry::place_id{key.id}, {}}, out);
        add_measures_in(s, key.id, out);
    }
    if (key.kind == "organisation") {
        add_links(s, {{}, registry::organisation_id{key.id}}, out);
        add_paid_to(s, key.id, out);
    }
    if (key.kind == "call")
        if (const auto* of = s.calls.calls.find(calls::call_id{key.id})) add_parts(*of, out);
    if (key.kind == "decision")
        if (const auto* of = s.assembly.decisions.find(decision_id{key.id}))
            out.push_back({"motion", of->motion.value});
    if (key.kind == "motion")
        if (const auto* of = s.assembly.motions.find(assembly::motion_id{key.id});
            of && of->decision)
            out.push_back({"decision", of->decision->value});
    if (key.kind == "session")
        for (const auto& [id, one] : s.assembly.elections)
            if (one.session.value == key.id) out.push_back({"election", id.value});
    return out;
}

}  // namespace veche::api
