#include "teams/call_file.hpp"

#include <algorithm>
#include <set>

#include "teams/refusal.hpp"
#include "teams/table.hpp"

namespace veche::teams {
namespace {

class sites_reader {
  public:
    explicit sites_reader(const table& of) : of_(of) {}

    result<std::vector<site>> read() {
        const std::size_t id = VECHE_TRY(of_.needed("site"));
        const std::size_t what = VECHE_TRY(of_.needed("what"));
        const std::size_t value = VECHE_TRY(of_.needed("value"));
        const std::size_t min = VECHE_TRY(of_.needed("min"));
        const std::size_t max = VECHE_TRY(of_.needed("max"));
        for (const csv_row& row : of_.rows) {
            if (row.fields[id].empty()) return of_.wrong(row.line, "the site has no id; name it");
            window w{row.fields[what], row.fields[value], 0, std::nullopt};
            if (w.what.empty())
                return of_.wrong(row.line, "\"what\" is empty; write size, skill or a category");
            if ((w.what == "size") != w.value.empty())
                return of_.wrong(row.line, w.what == "size"
                                               ? "a window on size has no value; empty it"
                                               : "\"value\" is empty; name the skill or feature");
            if (!row.fields[min].empty()) w.min = VECHE_TRY(of_.whole(row, min));
            if (!row.fields[max].empty()) w.max = VECHE_TRY(of_.whole(row, max));
            VECHE_CHECK(add(row, row.fields[id], std::move(w)));
        }
        return std::move(out_);
    }

  private:
    result<void> add(const csv_row& row, const std::string& id, window w) {
        if (w.min < 0 || (w.max && *w.max < w.min))
            return of_.wrong(row.line, "no number is at least " + std::to_string(w.min) +
                                           " and at most " + std::to_string(w.max.value_or(w.min)) +
                                           "; correct min or max");
        const auto [at, fresh] = at_.emplace(id, out_.size());
        if (fresh) out_.push_back({id, {}});
        for (const window& other : out_[at->second].windows)
            if (other.what == w.what && other.value == w.value)
                return of_.wrong(row.line, "this window of " + id +
                                               " stands in the file before; put them into one");
        out_[at->second].windows.push_back(std::move(w));
        return {};
    }

    const table& of_;
    std::vector<site> out_;
    std::map<std::string, std::size_t> at_;
};

std::vector<std::string> split_skills(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" |,"), text.size());
        if (end > 0) out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

class people_reader {
  public:
    people_reader(const table& of, const std::vector<site>& sites) : of_(of), sites_(sites) {}

    result<std::vector<person>> read() {
        const std::size_t id = VECHE_TRY(of_.needed("person"));
        const auto skills = of_.column("skills");
        for (const site& s : sites_) {
            if (s.id == "person" || s.id == "skills")
                return of_.wrong(1, "no site can be called " + s.id + "; name it otherwise");
            site_columns_.push_back(VECHE_TRY(of_.needed(s.id)));
            for (const window& w : s.windows)
                if (w.what != "size" && w.what != "skill") VECHE_CHECK(of_.needed(w.what));
        }
        std::set<std::size_t> taken(site_columns_.begin(), site_columns_.end());
        taken.insert(id);
        if (skills) taken.insert(*skills);
        std::map<std::string, std::size_t> line_of;
        std::vector<person> out;
        for (const csv_row& row : of_.rows) {
            person one;
            one.id = row.fields[id];
            if (one.id.empty()) return of_.wrong(row.line, "the person has no id; name them");
            const auto [before, fresh] = line_of.emplace(one.id, row.line);
            if (!fresh)
                return of_.wrong(row.line, one.id + " stands in line " +
                                               std::to_string(before->second) +
                                               " already; keep one of them");
            if (skills) one.skills = split_skills(row.fields[*skills]);
            for (std::size_t c = 0; c < of_.columns.size(); ++c)
                if (taken.count(c) == 0 && !row.fields[c].empty())
                    one.features.emplace(of_.columns[c], row.fields[c]);
            VECHE_CHECK(read_wishes(row, one));
            out.push_back(std::move(one));
        }
        return out;
    }

  private:
    result<void> read_wishes(const csv_row& row, person& into) const {
        for (std::size_t s = 0; s < sites_.size(); ++s) {
            if (row.fields[site_columns_[s]].empty()) continue;
            const std::int64_t utility = VECHE_TRY(of_.whole(row, site_columns_[s]));
            if (utility < -most_utility || utility > most_utility)
                return of_.wrong(row.line, "a utility lies within " + std::to_string(most_utility) +
                                               " of zero; scale all of them down");
            into.wishes.push_back({sites_[s].id, utility});
        }
        return {};
    }

    const table& of_;
    const std::vector<site>& sites_;
    std::vector<std::size_t> site_columns_;
};

result<std::vector<quota>> read_quotas(const table& of) {
    const std::size_t category = VECHE_TRY(of.needed("category"));
    const std::size_t feature = VECHE_TRY(of.needed("feature"));
    const std::size_t min = VECHE_TRY(of.needed("min"));
    const std::size_t max = VECHE_TRY(of.needed("max"));
    std::vector<quota> out;
    for (const csv_row& row : of.rows) {
        quota one{row.fields[category], row.fields[feature], VECHE_TRY(of.whole(row, min)),
                  VECHE_TRY(of.whole(row, max))};
        if (one.category.empty() || one.feature.empty())
            return of.wrong(row.line, "category or feature is empty; name both");
        if (one.min < 0 || one.max < one.min)
            return of.wrong(row.line, "no number is at least " + std::to_string(one.min) +
                                          " and at most " + std::to_string(one.max) +
                                          "; correct min or max");
        for (const quota& other : out)
            if (other.category == one.category && other.feature == one.feature)
                return of.wrong(row.line, "this feature stands in the file before; keep one row");
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

result<call> read_call(std::string_view people, std::string_view sites) {
    const table site_rows = VECHE_TRY(read_table("sites", sites));
    const table people_rows = VECHE_TRY(read_table("people", people));
    call out;
    out.sites = VECHE_TRY(sites_reader(site_rows).read());
    out.people = VECHE_TRY(people_reader(people_rows, out.sites).read());
    return out;
}

result<panel_call> read_panel_call(std::string_view categories, std::string_view respondents) {
    const table quota_rows = VECHE_TRY(read_table("categories", categories));
    const table rows = VECHE_TRY(read_table("respondents", respondents));
    panel_call out;
    out.quotas = VECHE_TRY(read_quotas(quota_rows));
    std::map<std::string, std::set<std::string>> features;
    for (const quota& q : out.quotas) features[q.category].insert(q.feature);
    std::map<std::string, std::size_t> columns;
    for (const auto& [category, all] : features)
        columns.emplace(category, VECHE_TRY(rows.needed(category)));
    const auto id = rows.column("person");
    std::map<std::string, std::size_t> line_of;
    for (const csv_row& row : rows.rows) {
        respondent one;
        one.id = id ? row.fields[*id] : std::to_string(out.people.size() + 1);
        if (one.id.empty()) return rows.wrong(row.line, "the person has no id; name them");
        const auto [before, fresh] = line_of.emplace(one.id, row.line);
        if (!fresh)
            return rows.wrong(row.line, one.id + " stands in line " +
                                            std::to_string(before->second) +
                                            " already; keep one of them");
        for (const auto& [category, column] : columns) {
            const std::string& feature = row.fields[column];
            if (features[category].count(feature) == 0)
                return rows.wrong(row.line, "\"" + feature + "\" is no feature of " + category +
                                                "; correct it, or add it to the categories");
            one.features.emplace(category, feature);
        }
        out.people.push_back(std::move(one));
    }
    return out;
}

std::string placings_csv(const outcome& o) {
    const auto field = [](const std::string& text) {
        if (text.find_first_of("\",\n\r") == std::string::npos) return text;
        std::string out = "\"";
        for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
        return out + "\"";
    };
    std::string text = "person,site\n";
    for (const placing& one : o.placings)
        text += field(one.person) + "," + field(one.site.value_or("")) + "\n";
    return text;
}

}  // namespace veche::teams
