#include "registry/export_rows.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/csv.hpp"

namespace veche::registry {
namespace {

template <class Record>
batch_row row_of(std::optional<Record> batch_row::* field, Record record) {
    batch_row out;
    if constexpr (requires { record.reason; }) record.reason.clear();
    out.*field = std::move(record);
    return out;
}

/// Places so that each stands after the places that it names.
class place_order {
  public:
    explicit place_order(const state& s) : state_(s) {}
    std::vector<batch_row> take() {
        for (const auto& [id, one] : state_.places) visit(id);
        return std::move(out_);
    }

  private:
    void visit(const place_id& id) {
        if (!seen_.insert(id).second) return;
        const record_place& c = state_.places.find(id)->what;
        if (c.within) visit(*c.within);
        if (c.capital_of) visit(*c.capital_of);
        for (const place_id& one : c.followed_by) visit(one);
        out_.push_back(row_of(&batch_row::place, c));
    }

    const state& state_;
    std::set<place_id> seen_;
    std::vector<batch_row> out_;
};

link_end current(const state& s, link_end end) {
    if (end.organisation) end.organisation = find_current(s, *end.organisation)->what.organisation;
    return end;
}

std::vector<batch_row> populations(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, one] : s.places)
        for (const record_population& each : one.population)
            out.push_back(row_of(&batch_row::population, each));
    return out;
}

std::vector<batch_row> organisations(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, one] : s.organisations)
        if (!one.merged_into) out.push_back(row_of(&batch_row::organisation, one.what));
    return out;
}

std::vector<batch_row> links(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, one] : s.links) {
        record_link c = one.what;
        c.a = current(s, c.a);
        c.b = current(s, c.b);
        out.push_back(row_of(&batch_row::link, std::move(c)));
    }
    return out;
}

std::vector<batch_row> claims(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, one] : s.links)
        for (const side_claim& each : one.claims)
            out.push_back(row_of(&batch_row::claim, each.what));
    return out;
}

std::vector<batch_row> activities(const state& s, std::optional<std::int32_t> year) {
    std::vector<batch_row> out;
    const auto add = [&](const activity_id& id) {
        report_activity c = s.activities.find(id)->what;
        if (c.organisation) c.organisation = find_current(s, *c.organisation)->what.organisation;
        out.push_back(row_of(&batch_row::activity, std::move(c)));
    };
    for (const auto& [id, one] : s.links)
        for (std::size_t i = 0; i < one.marks.size(); ++i)
            if (!year || one.marks[i].year == *year) add(one.activities[i]);
    for (const auto& [id, one] : s.organisations) {
        if (one.merged_into) continue;
        for (const activity_id& each : one.activities) {
            const report_activity& c = s.activities.find(each)->what;
            if (!year || civil_of(read_partial_day(c.on)->first).year == *year) add(each);
        }
    }
    return out;
}

std::vector<batch_row> enterprises(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, is] : s.run) {
        record_enterprise c = s.organisations.find(id)->run->what;
        c.organisation = id;
        for (holder& one : c.holders)
            if (one.organisation)
                one.organisation = find_current(s, *one.organisation)->what.organisation;
        out.push_back(row_of(&batch_row::enterprise, std::move(c)));
    }
    return out;
}

std::vector<batch_row> operations(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, is] : s.run)
        for (const seen_operation& each : s.organisations.find(id)->seen) {
            report_operation c = each.what;
            c.organisation = id;
            out.push_back(row_of(&batch_row::operation, std::move(c)));
        }
    return out;
}

std::vector<batch_row> items(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [id, one] : s.links)
        for (const plan_item_id& item : one.plan)
            out.push_back(
                row_of(&batch_row::item, s.items.find(item_key{id, item})->versions.back().what));
    return out;
}

std::vector<batch_row> item_reports(const state& s) {
    std::vector<batch_row> out;
    for (const auto& [key, one] : s.items)
        for (const item_report& each : one.reports)
            out.push_back(row_of(&batch_row::item_report, each.what));
    return out;
}

/// The cells of a record: what the reader of rows takes apart, put together again.
class cell_writer {
  public:
    explicit cell_writer(json::node record) {
        for (json::node field = record.first(); field.valid(); field = field.next()) {
            if (field.key() == "codes")
                put_codes(field);
            else if (field.key() == "at")
                put_point(field);
            else
                put(std::string(field.key()), field);
        }
    }
    std::map<std::string, std::string> take() { return std::move(cells_); }

  private:
    void put(const std::string& path, json::node value) {
        if (value.is(json::kind::string)) {
            cells_[path] = value.as_string();
        } else if (value.is(json::kind::integer)) {
            cells_[path] = std::to_string(value.as_integer());
        } else if (value.is(json::kind::object)) {
            for (json::node one = value.first(); one.valid(); one = one.next())
                put(path + "." + std::string(one.key()), one);
        } else if (value.is(json::kind::array)) {
            put_list(path, value);
        }
    }
    void put_list(const std::string& path, json::node list) {
        std::size_t number = 0;
        for (json::node one = list.first(); one.valid(); one = one.next(), ++number) {
            if (one.is(json::kind::object)) {
                put(path + "." + std::to_string(number), one);
            } else {
                std::string& cell = cells_[path];
                cell += (cell.empty() ? "" : ";") + std::string(one.as_string());
            }
        }
    }
    void put_codes(json::node list) {
        for (json::node one = list.first(); one.valid(); one = one.next())
            cells_["code." + std::string(one.find("scheme").as_string())] =
                one.find("value").as_string();
    }
    void put_point(json::node at) {
        for (const char* which : {"latitude", "longitude"})
            cells_[which] = degrees_of(static_cast<std::int32_t>(at.find(which).as_integer()));
    }

    std::map<std::string, std::string> cells_;
};

/// Under which field of the record a column stands.
std::string_view field_of(std::string_view column) {
    const std::string_view first = column.substr(0, column.find('.'));
    if (first == "code") return "codes";
    return first == "latitude" || first == "longitude" ? "at" : first;
}

}  // namespace

std::vector<batch_row> records_of(const state& s, std::string_view kind,
                                  std::optional<std::int32_t> year) {
    if (kind == "place") return place_order(s).take();
    if (kind == "population") return populations(s);
    if (kind == "organisation") return organisations(s);
    if (kind == "link") return links(s);
    if (kind == "claim") return claims(s);
    if (kind == "activity") return activities(s, year);
    if (kind == "enterprise") return enterprises(s);
    if (kind == "operation") return operations(s);
    if (kind == "item") return items(s);
    if (kind == "item_report") return item_reports(s);
    return {};
}

std::vector<record_owners> owners_of_all(const state& s) {
    std::vector<record_owners> out;
    for (const auto& [id, one] : s.organisations) {
        if (one.merged_into || !one.owned || one.run) continue;
        record_owners c = one.owned->what;
        c.organisation = id;
        c.reason.clear();
        for (holder& each : c.holders)
            if (each.organisation)
                each.organisation = find_current(s, *each.organisation)->what.organisation;
        out.push_back(std::move(c));
    }
    return out;
}

std::vector<std::int32_t> activity_years(const state& s) {
    std::set<std::int32_t> out;
    for (const auto& [id, one] : s.links)
        for (const activity_mark& mark : one.marks) out.insert(mark.year);
    for (const auto& [id, one] : s.organisations)
        for (const activity_id& each : one.activities)
            out.insert(civil_of(read_partial_day(s.activities.find(each)->what.on)->first).year);
    return {out.begin(), out.end()};
}

csv_table table_of(const std::vector<batch_row>& records, std::string_view kind) {
    std::vector<std::map<std::string, std::string>> rows;
    std::map<std::string, std::set<std::string>, std::less<>> by_field;
    for (const batch_row& one : records) {
        const std::string text = to_json(one);
        json::document read;
        if (!read.reset(text)) continue;
        rows.push_back(cell_writer(read.root().find(kind)).take());
        for (const auto& [column, cell] : rows.back())
            by_field[std::string(field_of(column))].insert(column);
    }
    csv_table out;
    for (const field_info& kinds : describe<batch_row>().fields) {
        if (kinds.name != kind) continue;
        for (const field_info& field : kinds.type().element().fields) {
            const auto columns = by_field.find(field.name);
            if (columns != by_field.end())
                out.columns.insert(out.columns.end(), columns->second.begin(),
                                   columns->second.end());
        }
    }
    for (const auto& cells : rows) {
        std::vector<std::string>& row = out.rows.emplace_back();
        for (const std::string& column : out.columns) {
            const auto there = cells.find(column);
            row.push_back(there == cells.end() ? std::string() : there->second);
        }
    }
    return out;
}

std::string to_csv(const csv_table& table) {
    std::string out;
    const auto add_row = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) out += ',';
            const std::string cell = csv_shielded(cells[i]);
            const bool plain = cell.find_first_of(",;\t\"\r\n") == std::string::npos;
            if (!plain) out += '"';
            for (const char c : cell) {
                out += c;
                if (c == '"') out += c;
            }
            if (!plain) out += '"';
        }
        out += "\r\n";
    };
    add_row(table.columns);
    for (const auto& row : table.rows) add_row(row);
    return out;
}

std::vector<change> latest_changes(const state& s, std::size_t count) {
    std::vector<change> all;
    const auto newer = [](const change& a, const change& b) {
        if (a.seq != b.seq) return a.seq > b.seq;
        return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
    };
    // What is older than the last of so many that are known is not looked at any further.
    std::uint64_t floor = 0;
    const auto add = [&](std::uint64_t seq, const auto& make) {
        if (seq < floor) return;
        all.push_back(make());
        if (all.size() < 2 * count + 64) return;
        std::sort(all.begin(), all.end(), newer);
        all.resize(count);
        floor = all.empty() ? 0 : all.back().seq;
    };
    const auto recorded = [&](const doing& done, const char* kind, const std::string& id,
                              const std::string& page) {
        add(done.seq, [&] { return change{done.seq, done.at, kind, id, page + "/" + id}; });
    };
    for (const auto& [id, one] : s.places) recorded(one.recorded, "place", id.value, "places");
    for (const auto& [id, one] : s.organisations) {
        if (one.merged_into) continue;
        recorded(one.recorded, "organisation", id.value, "organisations");
        if (one.run) recorded(one.run->recorded, "enterprise", id.value, "organisations");
    }
    for (const auto& [id, one] : s.links) {
        recorded(one.recorded, "link", id.value, "links");
        for (const side_claim& each : one.claims) recorded(each.made, "claim", id.value, "links");
        for (const plan_item_id& item : one.plan) {
            const planned_item& of = *s.items.find(item_key{id, item});
            const auto planned_then = [&](const doing& done, const char* kind) {
                add(done.seq, [&] {
                    return change{done.seq, done.at, kind, id.value + ":" + item.value,
                                  "links/" + id.value};
                });
            };
            for (const planned& each : of.versions) planned_then(each.recorded, "item");
            for (const item_report& each : of.reports) planned_then(each.reported, "item_report");
        }
        for (std::size_t i = 0; i < one.marks.size(); ++i)
            add(one.marks[i].seq, [&] {
                const activity& did = *s.activities.find(one.activities[i]);
                return change{did.reported.seq, did.reported.at, "activity",
                              did.what.activity.value, "links/" + id.value};
            });
    }
    std::sort(all.begin(), all.end(), newer);
    // Both sides may have said something of one thing in one batch: that is told once.
    const auto same = [](const change& a, const change& b) {
        return std::tie(a.seq, a.kind, a.id) == std::tie(b.seq, b.kind, b.id);
    };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    if (all.size() > count) all.resize(count);
    return all;
}

std::string degrees_of(std::int32_t millionths) {
    constexpr std::int64_t degree = 1'000'000;
    const std::int64_t size = std::abs(static_cast<std::int64_t>(millionths));
    std::string out = (millionths < 0 ? "-" : "") + std::to_string(size / degree);
    std::string part = std::to_string(degree + size % degree).substr(1);
    while (!part.empty() && part.back() == '0') part.pop_back();
    return part.empty() ? out : out + "." + part;
}

}  // namespace veche::registry
