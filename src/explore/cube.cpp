#include "explore/cube.hpp"

#include <algorithm>
#include <numeric>

#include "explore/refusal.hpp"
#include "trade/areas.hpp"
#include "trade/comtrade_json.hpp"

namespace veche::explore {
namespace {

using trade::flow_field;
using trade::flow_kind;

constexpr std::size_t most_names = 65'535;

bool has_column(const std::vector<std::string>& columns, std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
}

/// The columns of a plain table; nothing where they are not those of flows.
std::optional<trade::column_mapping> plain_mapping(const std::vector<std::string>& columns) {
    trade::column_mapping out;
    const auto take = [&](flow_field field, std::initializer_list<const char*> names) {
        for (const char* one : names)
            if (has_column(columns, one) && !out.fields.contains(field))
                out.fields[field] = {one, ""};
    };
    take(flow_field::reporter, {"exporter", "reporter"});
    take(flow_field::partner, {"importer", "partner"});
    take(flow_field::period, {"year", "period"});
    take(flow_field::product, {"product"});
    take(flow_field::classification, {"classification"});
    take(flow_field::value, {"value"});
    take(flow_field::value_unit, {"unit"});
    take(flow_field::flow, {"flow"});
    // Who exports and who imports says the way; a column of it would say it twice.
    if (has_column(columns, "exporter")) out.fields[flow_field::flow] = {"", "export"};
    if (!out.fields.contains(flow_field::partner)) out.fields[flow_field::partner] = {"", "WLD"};
    for (const flow_field one :
         {flow_field::reporter, flow_field::flow, flow_field::period, flow_field::value})
        if (!out.fields.contains(one)) return std::nullopt;
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& one : words) out += (out.empty() ? "" : ", ") + one;
    return out;
}

bool is_json(std::string_view bytes) {
    const auto begin = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return begin != std::string_view::npos && bytes[begin] == '{';
}

struct imported_set {
    trade::imported flows;
    bool one_value = false;
};

/// JSON begins with a brace and is Comtrade's; other texts are known by their columns.
result<imported_set> import_set(std::string_view bytes, const std::string& name) {
    if (is_json(bytes)) {
        const auto rows = trade::comtrade_csv(bytes);
        if (!rows) return refuse(refusals::set_unreadable, "dataset", rows.error().sentence());
        return import_set(*rows, name);
    }
    trade::import_options with;
    with.text.source = name;
    const auto columns = tables::column_names(bytes, with.text);
    if (!columns) return refuse(refusals::set_unreadable, "dataset", columns.error().sentence());
    const auto known = trade::mapping_for(*columns);
    bool one_value = known && known->form == trade::data_form::baci;
    if (!known) {
        with.mapping = plain_mapping(*columns);
        if (!with.mapping) return refuse(refusals::columns_unknown, "dataset", joined(*columns));
        one_value = has_column(*columns, "exporter");
    }
    auto read = trade::import_flows(bytes, std::move(with));
    if (!read) return refuse(refusals::set_unreadable, "dataset", read.error().sentence());
    if (!read->flows) {
        const tables::row_fault first =
            read->faults.empty() ? tables::row_fault{} : read->faults.front();
        return refuse(refusals::set_unreadable, "dataset",
                      "line " + std::to_string(first.line) + ": " + first.reason);
    }
    return imported_set{std::move(*read), one_value};
}

/// A declaration: its place among the flows, whose it is, and its value.
struct declaration {
    std::uint64_t place = 0;  ///< period, exporter, importer, product
    bool importer = false;
    double value = 0;
};

class cube_builder {
  public:
    explicit cube_builder(const imported_set& from) : from_(from) {
        out_.one_value = from.one_value;
        out_.traps = from.flows.traps;
        out_.rows_in = from.flows.rows_in;
        out_.rows_kept = from.flows.rows_kept;
        out_.unit = from.flows.flows->value_unit;
    }

    result<flow_cube> run() {
        name(&trade::flow_list::areas, out_.areas);
        name(&trade::flow_list::periods, out_.periods);
        name(&trade::flow_list::products, out_.products);
        for (const auto* names : {&out_.areas, &out_.periods, &out_.products})
            if (names->size() > most_names)
                return refuse(refusals::set_too_large, "dataset", std::to_string(names->size()),
                              "codes", std::to_string(most_names));
        out_.classification = joined(from_.flows.flows->classifications);
        if (out_.classification.empty())
            out_.classification = joined(from_.flows.world.classifications);
        out_.reports.assign(out_.areas.size() * out_.periods.size() * 2, 0);
        take_pairs();
        take_world();
        return std::move(out_);
    }

  private:
    using names_field = std::vector<std::string> trade::flow_list::*;

    /// Names of both lists together, sorted by bytes.
    void name(names_field field, std::vector<std::string>& into) const {
        for (const trade::flow_list* list : {&*from_.flows.flows, &from_.flows.world})
            for (const std::string& one : (*list).*field)
                if (field != &trade::flow_list::areas || !trade::is_world(one)) into.push_back(one);
        std::sort(into.begin(), into.end());
        into.erase(std::unique(into.begin(), into.end()), into.end());
    }

    static std::vector<std::uint64_t> places(const std::vector<std::string>& from,
                                             const std::vector<std::string>& in) {
        std::vector<std::uint64_t> out;
        for (const std::string& one : from)
            out.push_back(static_cast<std::uint64_t>(std::max(trade::code_of(in, one), 0)));
        return out;
    }

    void mark(std::uint64_t area, std::uint64_t period, bool exports) {
        out_.reports[(area * out_.periods.size() + period) * 2 + (exports ? 0 : 1)] = 1;
    }

    void take_pairs() {
        const trade::flow_list& list = *from_.flows.flows;
        const auto areas = places(list.areas, out_.areas);
        const auto periods = places(list.periods, out_.periods);
        const auto products = places(list.products, out_.products);
        std::vector<declaration> all;
        all.reserve(list.size());
        for (std::size_t i = 0; i < list.size(); ++i) {
            const bool exports = list.flow[i] == flow_kind::export_;
            if (!exports && list.flow[i] != flow_kind::import_) continue;
            if (list.reporter[i] == list.partner[i]) continue;
            const std::uint64_t reporter = areas[static_cast<std::size_t>(list.reporter[i])];
            const std::uint64_t partner = areas[static_cast<std::size_t>(list.partner[i])];
            const std::uint64_t period = periods[static_cast<std::size_t>(list.period[i])];
            const std::uint64_t product = products[static_cast<std::size_t>(list.product[i])];
            mark(reporter, period, exports);
            if (out_.one_value) mark(partner, period, false);
            (exports ? out_.exporters_declare : out_.importers_declare) = true;
            const std::uint64_t from = exports ? reporter : partner;
            const std::uint64_t to = exports ? partner : reporter;
            all.push_back(
                {period << 48 | from << 32 | to << 16 | product, !exports, list.value[i]});
        }
        std::stable_sort(all.begin(), all.end(), [](const declaration& a, const declaration& b) {
            return a.place != b.place ? a.place < b.place : a.importer < b.importer;
        });
        put(all);
    }

    void put(const std::vector<declaration>& all) {
        out_.first_of_period.assign(out_.periods.size() + 1, 0);
        for (std::size_t i = 0; i < all.size();) {
            const std::uint64_t place = all[i].place;
            double exported = no_row_here;
            double imported = no_row_here;
            // Several classifications may say one flow; the last to come is taken, never the sum.
            for (; i < all.size() && all[i].place == place; ++i)
                (all[i].importer ? imported : exported) = all[i].value;
            ++out_.first_of_period[(place >> 48) + 1];
            out_.exporter.push_back(static_cast<std::uint16_t>(place >> 32));
            out_.importer.push_back(static_cast<std::uint16_t>(place >> 16));
            out_.product.push_back(static_cast<std::uint16_t>(place));
            out_.by_exporter.push_back(exported);
            out_.by_importer.push_back(imported);
        }
        std::partial_sum(out_.first_of_period.begin(), out_.first_of_period.end(),
                         out_.first_of_period.begin());
    }

    void take_world() {
        const trade::flow_list& list = from_.flows.world;
        if (list.size() == 0) return;
        const auto areas = places(list.areas, out_.areas);
        const auto periods = places(list.periods, out_.periods);
        const auto products = places(list.products, out_.products);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const bool exports = list.flow[i] == flow_kind::export_;
            if (!exports && list.flow[i] != flow_kind::import_) continue;
            const std::uint64_t area = areas[static_cast<std::size_t>(list.reporter[i])];
            const std::uint64_t period = periods[static_cast<std::size_t>(list.period[i])];
            mark(area, period, exports);
            out_.world_area.push_back(static_cast<std::uint16_t>(area));
            out_.world_period.push_back(static_cast<std::uint16_t>(period));
            out_.world_product.push_back(
                static_cast<std::uint16_t>(products[static_cast<std::size_t>(list.product[i])]));
            out_.world_export.push_back(exports ? 1 : 0);
            out_.world_value.push_back(list.value[i]);
        }
    }

    const imported_set& from_;
    flow_cube out_;
};

}  // namespace

std::size_t flow_cube::bytes() const {
    std::size_t names = 0;
    for (const auto* list : {&areas, &periods, &products})
        for (const std::string& one : *list) names += sizeof(std::string) + one.size();
    return names + pairs() * (3 * sizeof(std::uint16_t) + 2 * sizeof(double)) + reports.size() +
           world_value.size() * (3 * sizeof(std::uint16_t) + 1 + sizeof(double));
}

bool holds_flows(std::string_view text) {
    if (is_json(text)) return true;
    const auto columns = tables::column_names(text, {});
    return columns && (trade::mapping_for(*columns) || plain_mapping(*columns));
}

result<flow_cube> cube_of(std::string_view bytes, const std::string& name) {
    if (bytes.size() > most_bytes)
        return refuse(refusals::set_too_large, "dataset", std::to_string(bytes.size()), "bytes",
                      std::to_string(most_bytes));
    const auto lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    if (lines > most_rows)
        return refuse(refusals::set_too_large, "dataset", std::to_string(lines), "rows",
                      std::to_string(most_rows));
    const imported_set from = VECHE_TRY(import_set(bytes, name));
    return cube_builder(from).run();
}

}  // namespace veche::explore
