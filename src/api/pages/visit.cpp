#include "api/pages/visit.hpp"

#include <algorithm>
#include <tuple>

#include "api/account_store.hpp"
#include "api/pages/table_export.hpp"
#include "api/refusal.hpp"
#include "api/urlencoded.hpp"
#include "api/uuid.hpp"
#include "kernel/check.hpp"
#include "office/admission.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

/// A longer ending stands before the one that it ends in.
constexpr std::string_view known_forms[] = {"csv",         "csv-metadata.json",
                                            "popolo.json", "360giving.json",
                                            "ocds.json",   "bods.json",
                                            "json",        "atom",
                                            "ics",         "pdf",
                                            "svg",         "iati.xml",
                                            "xml",         "geojson",
                                            "jsonld",      "opening.jsonl",
                                            "jsonl"};

/// Pages that are forms or about forms: there is nothing on them to take away.
constexpr std::string_view own_pages[] = {"login",    "logout", "me",     "do",          "take",
                                          "embed",    "search", "feeds",  "problems",    "about",
                                          "my-calls", "cases",  "boards", "assessments", "data"};

/// Size and root that a checkpoint signs: its second and third line (c2sp.org/tlog-checkpoint).
std::pair<std::int64_t, std::string> size_and_root(std::string_view note) {
    const auto first = note.find('\n');
    const auto second = note.find('\n', first + 1);
    const auto third = note.find('\n', second + 1);
    if (third == std::string_view::npos) return {};
    const auto size = note.substr(first + 1, second - first - 1);
    return {std::stoll(std::string(size)),
            std::string(note.substr(second + 1, third - second - 1))};
}

/// Splits "decisions/2026-0007.json" into section, id and form.
void split_rest(std::string rest, visit& into) {
    for (const std::string_view form : known_forms) {
        const std::string ending = "." + std::string(form);
        if (rest.size() > ending.size() && rest.ends_with(ending)) {
            into.form = form;
            rest.resize(rest.size() - ending.size());
            break;
        }
    }
    const auto slash = rest.find('/');
    into.section = rest.substr(0, slash);
    if (slash != std::string::npos) into.id = rest.substr(slash + 1);
}

/// Path and query as the reader sees them, without the note of what was just done.
std::string address_of(const request& asked, const std::string& path) {
    pairs kept;
    for (const auto& [name, value] : asked.query)
        if (name != "done" && name != "seq") kept.emplace_back(name, value);
    return path + (kept.empty() ? "" : "?" + to_urlencoded(kept));
}

/// The same page in another language; where a login leads back to one, that page too.
std::string address_in(const request& asked, const std::string& from, const std::string& to) {
    request there = asked;
    for (auto& [name, value] : there.query)
        if (name == "back" && value.starts_with("/" + from + "/"))
            value.replace(1, from.size(), to);
    return address_of(there, "/" + to + (asked.path.size() > 3 ? asked.path.substr(3) : "/"));
}

/// The name that a row of like seats ("id-3" of "id") or a single one has.
const localized* seat_name(const charter::charter_document& document, std::string_view id) {
    const auto dash = id.rfind('-');
    for (const charter::seat& one : document.seats)
        if (one.id == id ||
            (one.count && dash != std::string_view::npos && one.id == id.substr(0, dash)))
            return &one.name;
    return nullptr;
}

template <class T>
const localized* name_in(const T* found) {
    return found == nullptr || found->name.empty() ? nullptr : &found->name;
}

}  // namespace

const localized* charter_names::find(std::string_view kind, std::string_view id) const {
    if (!charter_.founded()) return nullptr;
    const std::string key(id);
    if (kind == "body") return name_in(charter_.find_body({key}));
    if (kind == "member") return name_in(charter_.find_member({key}));
    if (kind == "office") return name_in(charter_.find_office({key}));
    if (kind == "unit") return name_in(charter_.find_unit({key}));
    if (kind == "rule") return name_in(charter_.find_rule(id));
    if (kind == "seat") return seat_name(charter_.document(), id);
    if (kind != "person") return nullptr;
    auto known = titles_.find(id);
    if (known == titles_.end()) known = titles_.emplace(key, charter_.title_of({key})).first;
    return known->second.empty() ? nullptr : &known->second;
}

std::int32_t charter_names::scale(std::string_view unit) const {
    const auto* found = charter_.founded() ? charter_.find_unit({std::string(unit)}) : nullptr;
    return found == nullptr ? 0 : found->scale;
}

const render::zone& library::zone(const std::string& name) const {
    const std::scoped_lock lock(zones_->guard);
    return zones_->known.try_emplace(name, name).first->second;
}

visit::visit(const library& from, page_context& of, const request& request_asked,
             std::string_view language, std::string rest)
    : site(from),
      context(of),
      asked(request_asked),
      lang(language),
      texts(*from.texts.find(language)),
      names(charter) {
    split_rest(std::move(rest), *this);
    context.office.read([&](const office::state& now) {
        charter = now.charter;
        page.entries = static_cast<std::int64_t>(now.size);
        if (!context.person.empty())
            page.signs =
                !office::keys_in_force(now, context.office.origin(), {context.person}, context.now)
                     .empty();
    });
    const bool founded = charter.founded();
    around.texts = &texts;
    around.names = &names;
    around.record_language = founded && !charter.document().languages.empty()
                                 ? charter.document().languages.front().id
                                 : std::string_view("en");
    show_times_in(std::nullopt);
    fill_frame();
}

void visit::show_times_in(const std::optional<std::string>& zone) {
    zone_name = zone ? *zone : charter.founded() ? charter.document().zone.value_or("UTC") : "UTC";
    around.zone = &site.zone(zone_name);
    const std::string city = around.zone->city(lang);
    const std::string offset = render::offset_text(around.zone->offset(context.now));
    page.zone = city == offset ? city : city + ", " + offset;
}

void visit::fill_frame() {
    page.lang = lang;
    if (charter.founded()) {
        page.union_name = charter.document().name;
        page.licence = context.licence;
        page.note = charter.document().note;
    }
    page.address = address_of(asked, asked.path);
    for (const auto& one : site.texts.all()) {
        const std::string& tag = one.language();
        page.tongues.push_back(
            {tag, one.text("language.name"), address_in(asked, lang, tag), tag == lang});
    }
    page.style_version = site.version;
    page.csrf = context.csrf;
    page.url = context.public_url + page.address;
    page.at = context.now;
    if (context.journal != nullptr)
        std::tie(page.root_size, page.root) = size_and_root(context.journal->checkpoint());
    if (!context.person.empty())
        page.idle_minutes = static_cast<std::int32_t>(session_idle_ms / 60'000);
    const bool own =
        std::find(std::begin(own_pages), std::end(own_pages), section) != std::end(own_pages);
    if (!own && form.empty() && asked.method == "GET" && !section.empty())
        page.takes = address_of(asked, "/" + lang + "/take" + asked.path.substr(3));
    page.idem = make_uuid7(context.now.ms);
    if (!context.person.empty())
        page.person = person_card{
            context.person, charter.founded() ? charter.title_of({context.person}) : localized{}};
    if (const auto done = asked.query_value("done"); !done.empty()) {
        const std::string key = "done." + std::string(done);
        if (texts.find(key) != nullptr) page.done = text(key);
        const auto seq = asked.query_value("seq");
        if (page.done && !seq.empty() && seq.size() < 16 &&
            seq.find_first_not_of("0123456789") == std::string_view::npos)
            page.done_seq = std::stoll(std::string(seq));
    }
}

std::string visit::link(std::string_view rest) const {
    return "/" + lang + "/" + std::string(rest);
}

std::string visit::text(std::string_view key,
                        const std::vector<render::text_argument>& with) const {
    return texts.text(key, with);
}

void visit::above(std::string_view rest, std::string name) {
    page.path.push_back({link(rest), std::move(name)});
}

std::string visit::name_of(const localized& by_language) const {
    return render::localized_text(by_language, around).text;
}

response visit::show_erased(std::string_view name, const void* view, int status) {
    const auto found = site.templates.find(name);
    VECHE_ENSURE(found != site.templates.end(), "every page's template was bound at the start");
    response made;
    made.status = status;
    const void* roots[] = {&page, view};
    made.body.reserve(32 * 1024);
    found->second.render(roots, around, made.body);
    made.add("Content-Language", lang);
    return made;
}

response visit::redirect(const std::string& to) const {
    response made;
    made.status = 303;
    made.add("Location", to);
    return made;
}

response visit::json(const type_info& type, const void* value) const {
    json::writer out;
    write_json(type, value, out);
    response made;
    made.type = "application/json";
    made.body = out.take();
    return made;
}

response visit::csv(const type_info& list, const void* value) const {
    response made;
    made.type = "text/csv; charset=utf-8";
    made.body = to_csv(list, value, around);
    made.add("Content-Disposition", "attachment; filename=\"" + section + ".csv\"");
    return made;
}

}  // namespace veche::api::pages
