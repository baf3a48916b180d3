#include "documents/register_data.hpp"

#include <algorithm>
#include <array>

#include "documents/json_text.hpp"

namespace veche::documents {
namespace {

using namespace registry;

// --- CSV on the Web ---------------------------------------------------------------------------

/// A name of a column is a variable of RFC 6570: letters, digits, "_" and ".", the rest in per
/// cent.
std::string column_name(std::string_view heading) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : heading) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '_' || c == '.') {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
        }
    }
    return out;
}

bool among(std::string_view one, std::initializer_list<std::string_view> these) {
    return std::find(these.begin(), these.end(), one) != these.end();
}

/// The datatype of a column as CSVW writes it.
std::string datatype_of(std::string_view heading) {
    const std::string_view last = heading.substr(heading.rfind('.') + 1);
    if (among(heading, {"people", "money.minor", "year"})) return R"("integer")";
    if (among(last, {"latitude", "longitude", "exact", "low", "high"})) return R"("decimal")";
    if (heading == "source.read") return R"("date")";
    if (among(heading, {"on", "from", "until", "since", "due"}))
        return R"({"base":"string","format":"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"})";
    return R"("string")";
}

struct table_rules {
    std::string_view kind;
    std::vector<std::string_view> key;
    std::vector<std::string_view> required;
};

table_rules rules_of(std::string_view kind) {
    const std::array<table_rules, 10> all{
        {{"place", {"place"}, {"place", "kind"}},
         {"population", {"place", "on"}, {"place", "on", "people"}},
         {"organisation", {"organisation"}, {"organisation", "kinds"}},
         {"link", {"link"}, {"link", "kind"}},
         {"claim", {}, {"link", "side", "says"}},
         {"activity", {"activity"}, {"activity", "on", "kind"}},
         {"enterprise", {"organisation"}, {"organisation", "form"}},
         {"operation", {}, {"organisation", "year", "seen"}},
         {"item", {"link", "item"}, {"link", "item", "sides", "due"}},
         {"item_report", {}, {"link", "item", "side", "says"}}}};
    const auto* found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.kind == kind; });
    return found == all.end() ? table_rules{} : *found;
}

std::string column_of(std::string_view heading, const table_rules& rules) {
    json_fields out;
    out.text("name", column_name(heading)).text("titles", heading);
    out.raw("datatype", datatype_of(heading));
    const bool always = among(heading, {"body", "source.name", "source.verified"});
    if (always ||
        std::find(rules.required.begin(), rules.required.end(), heading) != rules.required.end())
        out.raw("required", "true");
    if (among(heading, {"kinds", "sectors", "followed_by", "sides"})) out.text("separator", ";");
    const std::string_view first = heading.substr(0, heading.find('.'));
    if (among(first, {"names", "about", "text"}))
        out.text("lang", heading.substr(heading.find('.') + 1));
    return out.take();
}

/// A column that names a record of another table, by its file and the column there.
struct column_reference {
    std::string_view column;
    std::string_view file;
    std::string_view there;
};
constexpr column_reference references[] = {{"within", "places.csv", "place"},
                                           {"capital_of", "places.csv", "place"},
                                           {"place", "places.csv", "place"},
                                           {"a.place", "places.csv", "place"},
                                           {"b.place", "places.csv", "place"},
                                           {"organisation", "organisations.csv", "organisation"},
                                           {"a.organisation", "organisations.csv", "organisation"},
                                           {"b.organisation", "organisations.csv", "organisation"},
                                           {"link", "links.csv", "link"}};

/// Of what an operation says the table of enterprises knows more than that of organisations.
column_reference reference_of(std::string_view kind, std::string_view heading) {
    if (kind == "operation" && heading == "organisation")
        return {heading, "enterprises.csv", "organisation"};
    if (heading.starts_with("holders.") && heading.ends_with(".organisation"))
        return {heading, "organisations.csv", "organisation"};
    for (const column_reference& one : references)
        if (one.column == heading) return one;
    return {};
}

/// What names a row in its own table refers to nothing; a table that is not there to no one.
std::vector<std::string> foreign_keys(const table_notes& notes, const csv_table& table,
                                      const std::vector<std::string>& files) {
    std::vector<std::string> out;
    for (const std::string& heading : table.columns) {
        const column_reference to = reference_of(notes.kind, heading);
        const bool there = std::find(files.begin(), files.end(), to.file) != files.end();
        if (to.file.empty() || !there || (to.file == notes.file && to.there == heading)) continue;
        json_fields reference;
        reference.text("resource", to.file);
        reference.list("columnReference", {json::quoted(column_name(to.there))});
        json_fields key;
        key.list("columnReference", {json::quoted(column_name(heading))});
        out.push_back(key.raw("reference", reference.take()).take());
    }
    return out;
}

/// What stands in both: the metadata of one table, and of a table in a group.
json_fields table_in_words(const table_notes& notes, const csv_table& table,
                           const std::vector<std::string>& files) {
    const table_rules rules = rules_of(notes.kind);
    std::vector<std::string> columns;
    for (const std::string& one : table.columns) columns.push_back(column_of(one, rules));
    json_fields schema;
    schema.list("columns", columns);
    std::vector<std::string> key;
    for (const std::string_view one : rules.key) key.push_back(json::quoted(column_name(one)));
    if (!key.empty()) schema.list("primaryKey", key);
    const std::vector<std::string> others = foreign_keys(notes, table, files);
    if (!others.empty()) schema.list("foreignKeys", others);
    json_fields out;
    out.text("url", notes.file).text("dc:title", notes.title);
    out.raw("tableSchema", schema.take());
    return out;
}

/// Context, publisher, licence and dialect of a table or a group.
void add_common(json_fields& out, const setting& in, const std::string& licence) {
    out.text("dc:publisher", in.name(in.union_name));
    // A name of a licence is a text, its address names a thing.
    const bool address = licence.starts_with("http");
    if (address) out.raw("dc:license", R"({"@id":)" + json::quoted(licence) + "}");
    if (!address && !licence.empty()) out.text("dc:license", licence);
    out.raw("dialect", R"({"header":true,"encoding":"utf-8","delimiter":","})");
}

std::string context_of(const setting& in) {
    return R"(["http://www.w3.org/ns/csvw",{"@language":)" + json::quoted(in.lang()) + "}]";
}

// --- GeoJSON ------------------------------------------------------------------------------------

std::string position(const map_point& at) {
    return "[" + degrees_of(at.longitude) + "," + degrees_of(at.latitude) + "]";
}

constexpr std::int32_t half_turn = 180'000'000;

/// The shorter way round the Earth, cut at 180 degrees in two where it passes there.
std::string line_between(const map_point& a, const map_point& b) {
    const std::int64_t apart = static_cast<std::int64_t>(b.longitude) - a.longitude;
    if (std::abs(apart) <= half_turn)
        return R"({"type":"LineString","coordinates":[)" + position(a) + "," + position(b) + "]}";
    const bool eastwards = apart < 0;  // from the eastern half over 180 into the western one
    const std::int32_t edge = eastwards ? half_turn : -half_turn;
    const std::int64_t whole = 2LL * half_turn - std::abs(apart);
    const std::int64_t until = std::abs(static_cast<std::int64_t>(edge) - a.longitude);
    const std::int64_t rise = static_cast<std::int64_t>(b.latitude) - a.latitude;
    const auto latitude =
        static_cast<std::int32_t>(whole == 0 ? a.latitude : a.latitude + rise * until / whole);
    return R"({"type":"MultiLineString","coordinates":[[)" + position(a) + "," +
           position({latitude, edge}) + "],[" + position({latitude, -edge}) + "," + position(b) +
           "]]}";
}

std::string feature(std::string_view id, std::string_view geometry, const json_fields& properties) {
    json_fields out;
    out.text("type", "Feature").text("id", id).raw("geometry", geometry);
    return out.raw("properties", properties.take()).take();
}

std::string collection(const std::vector<std::string>& features) {
    json_fields out;
    out.text("type", "FeatureCollection");
    return out.raw("features", json_list(features)).take() + "\n";
}

}  // namespace

std::string csvw_of(const setting& in, const table_notes& notes, const csv_table& table) {
    json_fields out;
    out.raw("@context", context_of(in));
    add_common(out, in, notes.licence);
    out.join(table_in_words(notes, table, {}));
    return out.take() + "\n";
}

std::string csvw_group(const setting& in, const std::string& title, const std::string& licence,
                       const std::vector<grouped_table>& tables) {
    std::vector<std::string> files;
    for (const grouped_table& one : tables) files.push_back(one.notes.file);
    std::vector<std::string> in_words;
    for (const grouped_table& one : tables)
        in_words.push_back(table_in_words(one.notes, one.table, files).take());
    json_fields out;
    out.raw("@context", context_of(in)).text("@type", "TableGroup").text("dc:title", title);
    add_common(out, in, licence);
    return out.list("tables", in_words).take() + "\n";
}

std::string places_geojson(const setting& in, const places_view& all) {
    std::vector<std::string> features;
    for (const place_row& one : all.places) {
        json_fields about;
        about.text("name", in.name(one.named.names));
        about.raw("names", json_texts(one.named.names));
        about.text("kind", name_of(one.named.kind));
        if (one.named.member) about.text("member", one.named.member->value);
        if (one.within) about.text("within", one.within->place.value);
        if (one.people) about.number("people", *one.people);
        about.maybe("people_on", one.people_on);
        about.number("links", one.links).number("links_alive", one.alive);
        about.text("verified", name_of(one.verified));
        const std::string point =
            one.at ? R"({"type":"Point","coordinates":)" + position(*one.at) + "}" : "null";
        features.push_back(feature(one.named.place.value, point, about));
    }
    return collection(features);
}

std::string links_geojson(const setting& in, const links_view& all) {
    std::vector<std::string> features;
    for (const link_row& one : all.links) {
        json_fields about;
        about.text("a", in.name(one.a.names));
        about.text("b", in.name(one.b.names));
        about.text("kind", name_of(one.kind)).text("state", name_of(one.standing));
        about.maybe("since", one.since).maybe("last_activity", one.last_on);
        about.number("activities", one.activities).text("verified", name_of(one.verified));
        const bool known = one.a.at && one.b.at;
        features.push_back(
            feature(one.link.value, known ? line_between(*one.a.at, *one.b.at) : "null", about));
    }
    return collection(features);
}

std::string organisations_popolo(const setting& in, const std::vector<batch_row>& rows) {
    std::vector<std::string> all;
    for (const batch_row& row : rows) {
        if (!row.organisation) continue;
        const record_organisation& c = *row.organisation;
        json_fields one;
        one.text("id", "organisation/" + c.organisation.value);
        one.text("name", in.name(c.names));
        std::vector<std::string> others;
        for (const auto& [language, name] : c.names) {
            json_fields other;
            other.text("name", name).text("note", language);
            others.push_back(other.take());
        }
        one.list("other_names", others);
        if (!c.kinds.empty()) one.text("classification", name_of(c.kinds.front()));
        std::vector<std::string> codes;
        for (const code& each : c.codes) {
            json_fields identifier;
            identifier.text("scheme", each.scheme);
            codes.push_back(identifier.text("identifier", each.value).take());
        }
        one.list("identifiers", codes);
        if (c.place) one.text("area_id", c.place->value);
        one.maybe("founding_date", c.from).maybe("dissolution_date", c.until);
        if (c.source.address && c.source.address->starts_with("http")) {
            json_fields source;
            source.text("url", *c.source.address);
            one.list("sources", {source.text("note", c.source.name).take()});
        }
        all.push_back(one.take());
    }
    json_fields out;
    return out.raw("organizations", json_list(all)).take() + "\n";
}

}  // namespace veche::documents
