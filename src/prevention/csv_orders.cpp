#include "prevention/csv_orders.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "prevention/checks.hpp"
#include "prevention/oxcgrt.hpp"

namespace veche::prevention {
namespace {

using field_pairs = std::vector<std::pair<std::string, std::string>>;

bool is_order_column(std::string_view column) {
    const std::string_view first = column.substr(0, column.find('.'));
    if (first == "order") return true;
    const auto fields = describe<order_terms>().fields;
    return std::any_of(fields.begin(), fields.end(),
                       [&](const field_info& one) { return one.name == first; });
}

bool is_list_column(std::string_view column) {
    return column == "where" || column == "asks" || column == "issues";
}

using cell_map = std::map<std::string, std::string>;

void put_words(cell_map& out, const std::string& name, const localized& words) {
    for (const auto& [language, text] : words) out[name + "." + language] = text;
}

void put_list(cell_map& out, const std::string& name, const std::vector<std::string>& all) {
    std::string& cell = out[name];
    for (const std::string& one : all) cell += (cell.empty() ? "" : ";") + one;
    if (cell.empty()) out.erase(name);
}

cell_map cells_of(const staged_order& one) {
    const order_terms& says = one.what;
    cell_map out{{"order", one.order.value},
                 {"member", says.member.value},
                 {"kind", std::string(name_of(says.kind))},
                 {"level", std::to_string(says.level)},
                 {"from", to_text(says.from)}};
    if (says.region) out["region"] = *says.region;
    if (says.scope) out["scope"] = name_of(*says.scope);
    if (says.to) out["to"] = to_text(*says.to);
    if (says.source) out["source"] = *says.source;
    put_words(out, "whom", says.whom);
    put_words(out, "title", says.title);
    put_words(out, "decided_by", says.decided_by);
    put_list(out, "where", says.where);
    put_list(out, "asks", says.asks);
    put_list(out, "issues", says.issues);
    if (!says.act) return out;
    put_words(out, "act.title", says.act->title);
    if (says.act->number) out["act.number"] = *says.act->number;
    if (says.act->address) out["act.address"] = *says.act->address;
    if (says.act->on) out["act.on"] = to_text(*says.act->on);
    return out;
}

/// Reads both forms, problem by problem.
class order_reader {
  public:
    order_reader(std::string_view csv, const csv_orders_options& with) : in_(csv), with_(with) {}

    order_rows read() {
        const auto head = in_.next();
        if (head) {
            heading_ = head->fields;
            out_.by_day = policy_columns::fits(heading_);
            out_.by_day ? read_days() : read_orders();
        }
        if (!in_.fault().empty())
            problem(static_cast<std::int64_t>(in_.line()), "",
                    {&refusals::file_unsound, "", {in_.fault()}});
        else if (out_.orders.empty() && out_.problems.empty())
            problem(1, "", {&refusals::file_empty, "", {}});
        return std::move(out_);
    }

  private:
    struct running {
        indicator now;
        date from;
        date to;
        std::int64_t line = 0;
    };
    struct place_days {
        std::optional<date> last;
        std::array<std::optional<running>, indicator_count> kinds;
    };

    void problem(std::int64_t line, std::string column, refusal why) {
        out_.problems.push_back({line, std::move(column), veche::record_of(std::move(why))});
    }

    bool whole(const csv_row& row) {
        if (row.fields.size() == heading_.size()) return true;
        problem(static_cast<std::int64_t>(row.line), "",
                {&refusals::cells_differ,
                 "",
                 {std::to_string(row.fields.size()), std::to_string(heading_.size())}});
        return false;
    }

    // --- One order a row ----------------------------------------------------------------------

    void read_orders() {
        for (const std::string& column : heading_)
            if (!is_order_column(column))
                problem(1, column, {&refusals::column_unknown, "", {column}});
        for (const char* needed : {"order", "member", "kind", "level", "from"})
            if (std::find(heading_.begin(), heading_.end(), needed) == heading_.end())
                problem(1, needed, {&refusals::column_missing, "", {needed}});
        if (!out_.problems.empty()) return;
        while (const auto row = in_.next())
            if (whole(*row)) add_order(*row);
    }

    void add_order(const csv_row& row) {
        const auto line = static_cast<std::int64_t>(row.line);
        field_pairs given;
        for (std::size_t i = 0; i < heading_.size(); ++i) {
            const std::string& column = heading_[i];
            const std::string& cell = row.fields[i];
            if (cell.empty()) continue;
            const std::string path = column == "order" ? column : "what." + column;
            if (!is_list_column(column)) {
                given.emplace_back(path, column == "kind" ? lower(cell) : cell);
                continue;
            }
            for (std::size_t at = 0; at <= cell.size();) {
                const std::size_t end = std::min(cell.find(';', at), cell.size());
                given.emplace_back(path, cell.substr(at, end - at));
                at = end + 1;
            }
        }
        const bool sourced = std::any_of(
            given.begin(), given.end(), [](const auto& one) { return one.first == "what.source"; });
        if (!sourced && !with_.source.empty()) given.emplace_back("what.source", with_.source);
        const auto made = json_from_pairs(describe<staged_order>(), given);
        const auto one = made ? from_json<staged_order>(std::string_view(*made))
                              : result<staged_order>(tl::unexpected(made.error()));
        if (!one) return problem(line, column_at(one.error().field), one.error());
        out_.orders.push_back(*one);
        out_.lines.push_back(line);
    }

    static std::string lower(std::string text) {
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text;
    }

    static std::string column_at(const std::string& field) {
        return field.starts_with("what.") ? field.substr(5) : field;
    }

    // --- One day a row ------------------------------------------------------------------------

    void read_days() {
        const policy_columns columns(heading_);
        while (const auto row = in_.next()) {
            if (!whole(*row)) continue;
            std::vector<cell_fault> faults;
            const policy_day day = columns.read(row->fields, rules_for::all, faults);
            const auto line = static_cast<std::int64_t>(row->line);
            for (cell_fault& one : faults) problem(line, one.column, std::move(one.why));
            if (!faults.empty()) continue;
            if ((with_.from && day.on < *with_.from) || (with_.to && *with_.to < day.on)) continue;
            take_day(day, line);
        }
        for (auto& [place, days] : places_)
            for (std::size_t i = 0; i < indicator_count; ++i) end_run(place, days, i);
        sort_orders();
    }

    void take_day(const policy_day& day, std::int64_t line) {
        const auto member = std::find_if(with_.members.begin(), with_.members.end(),
                                         [&](const auto& one) { return one.first == day.country; });
        if (member == with_.members.end())
            return problem(line, "CountryCode", {&refusals::country_unknown, "", {day.country}});
        place_of place{{member->second}, {}};
        if (!day.region.empty()) place.region = day.region;
        place_days& days = places_[place];
        if (days.last && days.last->days + 1 != day.on.days)
            return problem(
                line, "Date",
                {&refusals::days_broken, "", {day.country, to_text(day.on), to_text(*days.last)}});
        days.last = day.on;
        for (std::size_t i = 0; i < indicator_count; ++i) {
            auto& run = days.kinds[i];
            if (run && run->now == day.known[i]) {
                run->to = day.on;
                continue;
            }
            end_run(place, days, i);
            if (day.known[i].level) run = running{day.known[i], day.on, day.on, line};
        }
    }

    void end_run(const place_of& place, place_days& days, std::size_t i) {
        auto& run = days.kinds[i];
        if (!run) return;
        staged_order one;
        const std::string where = place.region.value_or(place.member.value);
        one.order = {where + "-" + std::string(name_of(all_kinds[i])) + "-" + to_text(run->from)};
        order_terms& says = one.what;
        says.member = place.member;
        says.region = place.region;
        says.kind = all_kinds[i];
        says.level = *run->now.level;
        if (scale_of(says.kind).flagged && says.level > 0)
            says.scope = run->now.general ? order_scope::general : order_scope::targeted;
        says.from = run->from;
        says.to = run->to;
        if (!with_.source.empty()) says.source = with_.source;
        out_.orders.push_back(std::move(one));
        out_.lines.push_back(run->line);
        run.reset();
    }

    /// By place, kind and day, whatever the order in which the runs ended.
    void sort_orders() {
        std::vector<std::size_t> at(out_.orders.size());
        for (std::size_t i = 0; i < at.size(); ++i) at[i] = i;
        std::sort(at.begin(), at.end(), [&](std::size_t a, std::size_t b) {
            const order_terms &x = out_.orders[a].what, &y = out_.orders[b].what;
            return std::tie(x.member, x.region, x.kind, x.from) <
                   std::tie(y.member, y.region, y.kind, y.from);
        });
        order_rows sorted;
        for (const std::size_t i : at) {
            sorted.orders.push_back(std::move(out_.orders[i]));
            sorted.lines.push_back(out_.lines[i]);
        }
        out_.orders = std::move(sorted.orders);
        out_.lines = std::move(sorted.lines);
    }

    csv_reader in_;
    const csv_orders_options& with_;
    std::vector<std::string> heading_;
    std::map<place_of, place_days> places_;
    order_rows out_;
};

}  // namespace

order_rows read_order_rows(std::string_view csv, const csv_orders_options& with) {
    return order_reader(csv, with).read();
}

std::string order_column_of(const order_rows& rows, const staged_order& order,
                            std::string_view field) {
    if (field.starts_with("what.")) field.remove_prefix(5);
    if (!rows.by_day) return std::string(field);
    if (field == "member") return "CountryCode";
    if (field == "region" || field == "where") return "RegionCode";
    if (field == "scope") return flag_heading(order.what.kind);
    return field == "level" ? level_heading(order.what.kind) : "Date";
}

std::string orders_as_csv(const std::vector<staged_order>& orders) {
    // The columns that always stand come first; then those that any order needs, by name.
    std::vector<std::string> columns{"order", "member", "region", "kind",  "level",
                                     "scope", "from",   "to",     "source"};
    std::set<std::string> more;
    std::vector<cell_map> rows;
    for (const staged_order& one : orders) {
        rows.push_back(cells_of(one));
        for (const auto& [column, cell] : rows.back())
            if (std::find(columns.begin(), columns.end(), column) == columns.end())
                more.insert(column);
    }
    columns.insert(columns.end(), more.begin(), more.end());
    const auto line = [&](auto&& cell) {
        std::string out;
        for (const std::string& column : columns)
            out += (out.empty() ? "" : ",") + csv_cell(cell(column));
        return out + "\r\n";
    };
    std::string out = line([](const std::string& column) { return column; });
    for (const auto& row : rows)
        out += line([&](const std::string& column) {
            const auto there = row.find(column);
            return there == row.end() ? std::string() : there->second;
        });
    return out;
}

std::vector<std::vector<staged_order>> order_parts_of(const std::vector<staged_order>& all,
                                                      std::size_t max_bytes) {
    std::vector<std::vector<staged_order>> out;
    std::size_t bytes = 0;
    for (const staged_order& one : all) {
        const std::size_t size = to_json(one).size() + 1;
        if (out.empty() || out.back().size() >= max_part_orders || bytes + size > max_bytes) {
            out.emplace_back();
            bytes = 0;
        }
        out.back().push_back(one);
        bytes += size;
    }
    return out;
}

}  // namespace veche::prevention
