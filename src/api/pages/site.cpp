// Loading the site and finding the page for a request.

#include <algorithm>
#include <fstream>
#include <iterator>

#include "api/explore_store.hpp"
#include "api/floor_store.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/map_view.hpp"
#include "api/pages/visit.hpp"
#include "api/refusal.hpp"
#include "api/search_store.hpp"
#include "api/situation_store.hpp"
#include "api/urlencoded.hpp"
#include "kernel/hash.hpp"
#include "render/refusal.hpp"

namespace veche::api::pages {
namespace {

/// Languages in the order of the switch; the first is what a reader gets who states none of them.
const std::vector<std::string> languages{"en", "ru", "be"};

const page_group* const groups[] = {&home_pages,
                                    &session_pages,
                                    &floor_pages,
                                    &sealed_pages,
                                    &motion_pages,
                                    &bundle_pages,
                                    &election_pages,
                                    &decision_pages,
                                    &document_pages,
                                    &sitting_pages,
                                    &series_pages,
                                    &programme_pages,
                                    &approval_pages,
                                    &money_pages,
                                    &measure_money_pages,
                                    &spending_pages,
                                    &flow_pages,
                                    &arrears_pages,
                                    &pace_pages,
                                    &past_pages,
                                    &journal_pages,
                                    &charter_pages,
                                    &search_pages,
                                    &account_pages,
                                    &command_pages,
                                    &message_pages,
                                    &secret_pages,
                                    &voter_pages,
                                    &take_pages,
                                    &follow_pages,
                                    &bank_pages,
                                    &call_pages,
                                    &case_pages,
                                    &board_pages,
                                    &share_pages,
                                    &budget_call_pages,
                                    &host_pages,
                                    &contract_pages,
                                    &evidence_pages,
                                    &explore_pages,
                                    &asking_pages,
                                    &registry_pages,
                                    &beneficiary_pages,
                                    &partner_pages,
                                    &exchange_pages,
                                    &plan_pages,
                                    &data_pages,
                                    &barrier_pages,
                                    &barrier_report_pages,
                                    &barrier_import_pages,
                                    &dose_pages,
                                    &prevention_pages,
                                    &situation_pages,
                                    &situation_region_pages,
                                    &situation_import_pages};

struct asset {
    std::string_view name;
    std::string_view file;
    std::string_view type;
};
/// Not a file: the hash of every script, as sha256sum writes it, so that a voter can compare what
/// encrypts a secret ballot with the release.
constexpr std::string_view script_hashes = "scripts.sha256";
constexpr asset assets[] = {
    {"veche.css", "style/veche.css", "text/css; charset=utf-8"},
    {"mark.svg", "style/mark.svg", "image/svg+xml"},
    {"veche.js", "src/veche.js", "text/javascript; charset=utf-8"},
    {"live.js", "src/live.js", "text/javascript; charset=utf-8"},
    {"clock.js", "src/clock.js", "text/javascript; charset=utf-8"},
    {"drafts.js", "src/drafts.js", "text/javascript; charset=utf-8"},
    {"idle.js", "src/idle.js", "text/javascript; charset=utf-8"},
    {"job.js", "src/job.js", "text/javascript; charset=utf-8"},
    {"map.js", "src/map.js", "text/javascript; charset=utf-8"},
    {"proof.js", "src/proof.js", "text/javascript; charset=utf-8"},
    {"reporter.js", "src/reporter.js", "text/javascript; charset=utf-8"},
    {"bytes.js", "src/bytes.js", "text/javascript; charset=utf-8"},
    {"keys.js", "src/keys.js", "text/javascript; charset=utf-8"},
    {"passkey.js", "src/passkey.js", "text/javascript; charset=utf-8"},
    {"ristretto.js", "src/ristretto.js", "text/javascript; charset=utf-8"},
    {"ballot.js", "src/ballot.js", "text/javascript; charset=utf-8"},
    {"opening.js", "src/opening.js", "text/javascript; charset=utf-8"},
    {"secrets.js", "src/secrets.js", "text/javascript; charset=utf-8"},
    {"secret.js", "src/secret.js", "text/javascript; charset=utf-8"},
    {"voter.js", "src/voter.js", "text/javascript; charset=utf-8"},
    {script_hashes, "", "text/plain; charset=utf-8"},
};

result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return refuse(render::refusals::folder_unreadable, "", file.string());
    return std::string(std::istreambuf_iterator<char>(in), {});
}

result<void> load_assets(const std::filesystem::path& web, library& into) {
    std::string all;
    std::string hashes;
    for (const asset& one : assets) {
        if (one.name == script_hashes) continue;
        std::string bytes = VECHE_TRY(read_file(web / one.file));
        all += bytes;
        if (one.name.ends_with(".js"))
            hashes += to_hex(sha256(bytes)) + "  " + std::string(one.name) + "\n";
        into.assets.emplace(one.name, std::move(bytes));
    }
    into.assets.emplace(script_hashes, std::move(hashes));
    into.version = to_hex(sha256(all)).substr(0, 12);
    return {};
}

result<void> bind_templates(const std::filesystem::path& web, library& into) {
    const auto parsed = VECHE_TRY(render::templates::load(web / "templates"));
    for (const page_group* group : groups)
        for (const template_need& need : group->templates)
            into.templates.emplace(
                need.name,
                VECHE_TRY(parsed.bind(std::string(need.name), {&describe<frame>(), &need.view()},
                                      into.texts.all().front())));
    return {};
}

/// The first language of Accept-Language that the site speaks. Quality values are not weighed:
/// browsers list languages in the order of preference.
std::string preferred(std::string_view header) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        std::string_view one = header.substr(0, comma);
        while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
        for (const std::string& language : languages)
            if (one.substr(0, 2) == language && (one.size() == 2 || one[2] == '-' || one[2] == ';'))
                return language;
        header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
    }
    return languages.front();
}

response moved(int status, const std::string& to) {
    response made;
    made.status = status;
    made.type.clear();
    made.add("Location", to);
    return made;
}

/// The query of the request as part of an address.
std::string query_of(const request& asked) {
    return asked.query.empty() ? "" : "?" + to_urlencoded(asked.query);
}

std::optional<response> answer_asset(const library& from, const request& asked) {
    const std::string name = asked.path.substr(std::string_view("/assets/").size());
    const auto* known = std::find_if(std::begin(assets), std::end(assets),
                                     [&](const asset& one) { return one.name == name; });
    if (known == std::end(assets)) return std::nullopt;
    response made;
    made.type = known->type;
    made.body = from.assets.at(name);
    made.etag = from.version;
    const bool exact = !asked.query.empty() && asked.query.front().first == from.version;
    made.add("Cache-Control",
             exact ? "public, max-age=31536000, immutable" : "public, max-age=300");
    return made;
}

/// A page that has no such form of its own answers with its first table, its first plot, or with
/// itself: then nothing is at that address.
response as_asked(visit& here, response made) {
    const bool page = made.status == 200 && made.type.starts_with("text/html");
    if (!page || here.form.empty()) return made;
    if (here.form == "csv")
        if (response file = part_file(here); file.status == 200) return file;
    return here.fail({&refusals::page_unknown, {}, {}});
}

/// Addresses of earlier days and of a careless hand, and where their things are now.
struct renamed {
    std::string_view was;
    std::string_view is;
};
constexpr renamed renamed_sections[] = {{"budget", "money"},       {"charter", "bodies"},
                                        {"decision", "decisions"}, {"measure", "programme"},
                                        {"measures", "programme"}, {"motion", "motions"},
                                        {"session", "sessions"},   {"vote", "votes"},
                                        {"election", "elections"}, {"secret-vote", "secret-votes"},
                                        {"entry", "journal"},      {"approval", "approvals"},
                                        {"body", "bodies"},        {"unsigned", "acts"},
                                        {"call", "calls"}};

/// The lasting address of what was asked for, where it was asked for under another one.
std::optional<std::string> lasting_address(const visit& here) {
    std::string section = here.section;
    std::string id = here.id;
    while (!id.empty() && id.back() == '/') id.pop_back();
    for (const renamed& one : renamed_sections)
        if (one.was == section) section = one.is;
    const bool slashed = here.asked.path.ends_with("/") && !here.section.empty();
    if (section == here.section && !(slashed && section != "do")) return std::nullopt;
    return here.link(section + (id.empty() ? "" : "/" + id) +
                     (here.form.empty() ? "" : "." + here.form)) +
           query_text(here);
}

/// A part of a page as a file, where one is asked for.
std::optional<response> answer_part(visit& here) {
    const bool named = here.form == "csv" && !here.asked.query_value("part").empty();
    if (here.asked.method != "GET" || (here.form != "svg" && !named)) return std::nullopt;
    response file = part_file(here);
    return file.status == 200 ? std::move(file) : here.fail({&refusals::page_unknown, {}, {}});
}

response answer_page(const library& from, page_context& context, const request& asked,
                     const std::string& language) {
    visit here(from, context, asked, language,
               asked.path.substr(std::min<std::size_t>(asked.path.size(), 4)));
    if (!here.charter.founded() && here.section != "about") return here.fail_unfounded();
    if (asked.method == "GET")
        if (const auto lasting = lasting_address(here)) return moved(301, *lasting);
    if (auto part = answer_part(here)) return std::move(*part);
    for (const page_group* group : groups)
        for (const page_route& route : group->routes)
            if (route.section == here.section) return as_asked(here, route.answer(here));
    return here.fail({&refusals::page_unknown, {}, {}});
}

/// Whether a page stands under that name, so that an address without a language leads to it.
bool is_section(std::string_view name) {
    for (const page_group* group : groups)
        for (const page_route& route : group->routes)
            if (!name.empty() && route.section == name) return true;
    return false;
}

}  // namespace

response public_page(const visit& here, const std::string& rest) {
    const std::string_view section = std::string_view(rest).substr(0, rest.find('/'));
    // What takes pages apart does not take itself apart.
    if (section == "take" || section == "embed") {
        response nothing;
        nothing.status = 404;
        return nothing;
    }
    request asked = here.asked;
    asked.path = here.link(rest);
    std::erase_if(asked.query, [](const auto& pair) { return pair.first == "part"; });
    page_context context = here.context;
    context.person.clear();
    context.csrf.clear();
    return answer_page(here.site, context, asked, here.lang);
}

struct site::parts {
    library loaded;
};

site::site() = default;
site::site(site&&) noexcept = default;
site& site::operator=(site&&) noexcept = default;
site::~site() = default;

result<site> site::load(const std::filesystem::path& web, const std::filesystem::path& outlines) {
    library loaded;
    loaded.texts = VECHE_TRY(render::catalogues::load(web / "catalogues", languages));
    VECHE_CHECK(load_assets(web, loaded));
    VECHE_CHECK(bind_templates(web, loaded));
    loaded.explored = std::make_shared<explore_store>();
    if (!outlines.empty()) loaded.maps = VECHE_TRY(load_maps(outlines));
    loaded.found = std::make_shared<search_store>();
    loaded.assessed = std::make_shared<situation_store>();
    loaded.floors = std::make_shared<floor_store>();
    site made;
    made.parts_ = std::make_unique<const parts>(parts{std::move(loaded)});
    return made;
}

void site::gather(office::office& of) const {
    parts_->loaded.found->prepare(of);
}

std::pair<std::size_t, std::size_t> site::searched(office::office& of) const {
    return parts_->loaded.found->size(of);
}

const render::catalogues& site::texts() const {
    return parts_->loaded.texts;
}

std::optional<response> site::handle(page_context& context, const request& asked) const {
    const library& from = parts_->loaded;
    if (asked.path.starts_with("/assets/")) return answer_asset(from, asked);
    const bool file = asked.path.starts_with("/data/");  // the same in every language
    if (asked.method == "GET" && file) {
        request there = asked;
        there.path = "/" + languages.front() + asked.path;
        return answer_page(from, context, there, languages.front());
    }
    const std::string language = preferred(asked.header("accept-language"));
    const std::string_view first =
        std::string_view(asked.path).substr(1, asked.path.find_first_of("/.", 1) - 1);
    if (asked.method == "GET" && (asked.path == "/" || is_section(first))) {
        response made = moved(302, "/" + language + asked.path + query_of(asked));
        made.add("Vary", "Accept-Language");
        return made;
    }
    for (const std::string& known : languages) {
        if (asked.path == "/" + known) return moved(301, asked.path + "/");
        if (!asked.path.starts_with("/" + known + "/")) continue;
        return answer_page(from, context, asked, known);
    }
    return std::nullopt;
}

}  // namespace veche::api::pages
