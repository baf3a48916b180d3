#include "trade/flow_list.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

/// An enum's column: codes into its wire names.
template <class Choice>
tables::column choice_column(const char* name, const std::vector<Choice>& cells) {
    std::vector<std::int32_t> codes(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) codes[i] = static_cast<std::int32_t>(cells[i]);
    std::vector<std::string> names;
    for (const std::string_view one : veche_choices(static_cast<const Choice*>(nullptr)))
        names.emplace_back(one);
    return tables::word_column(name, codes, names);
}

template <class Choice>
result<std::vector<Choice>> choices_in(const tables::table& t, const char* name) {
    const tables::level_list levels = VECHE_TRY(t.levels(name));
    const auto known = veche_choices(static_cast<const Choice*>(nullptr));
    std::vector<Choice> meaning;
    for (const std::string& one : levels.names) {
        const auto at = std::find(known.begin(), known.end(), one);
        if (at == known.end()) return refuse(refusals::name_unknown, name, name, one);
        meaning.push_back(static_cast<Choice>(at - known.begin()));
    }
    std::vector<Choice> out(levels.code.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (levels.code[i] < 0) return refuse(refusals::name_unknown, name, name, "nothing");
        out[i] = meaning[static_cast<std::size_t>(levels.code[i])];
    }
    return out;
}

/// Codes into a list of names that holds those of `from`, both sorted.
std::vector<std::int32_t> placed_codes(const tables::level_list& from,
                                       const std::vector<std::string>& into) {
    std::vector<std::int32_t> place;
    for (const std::string& one : from.names) place.push_back(code_of(into, one));
    std::vector<std::int32_t> out(from.code.size(), -1);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (from.code[i] >= 0) out[i] = place[static_cast<std::size_t>(from.code[i])];
    return out;
}

void sort_names(tables::level_list& levels) {
    std::vector<std::string> sorted = levels.names;
    std::sort(sorted.begin(), sorted.end());
    levels.code = placed_codes(levels, sorted);
    levels.names = std::move(sorted);
}

/// Only the names that are used, and codes into them.
void keep_used(std::vector<std::string>& names,
               std::initializer_list<std::vector<std::int32_t>*> codes) {
    std::vector<std::int32_t> place(names.size(), -1);
    for (const auto* one : codes)
        for (const std::int32_t code : *one)
            if (code >= 0) place[static_cast<std::size_t>(code)] = 0;
    std::vector<std::string> used;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (place[i] < 0) continue;
        place[i] = static_cast<std::int32_t>(used.size());
        used.push_back(std::move(names[i]));
    }
    for (auto* one : codes)
        for (std::int32_t& code : *one)
            if (code >= 0) code = place[static_cast<std::size_t>(code)];
    names = std::move(used);
}

/// Only the cells of kept rows, in their place.
template <class Cell>
void keep_cells(std::vector<Cell>& cells, const std::vector<std::uint8_t>& keep) {
    std::size_t to = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (keep[i] != 0) cells[to++] = cells[i];
    cells.resize(to);
}

}  // namespace

std::int32_t code_of(const std::vector<std::string>& names, std::string_view name) {
    const auto at = std::lower_bound(names.begin(), names.end(), name);
    return at != names.end() && *at == name ? static_cast<std::int32_t>(at - names.begin()) : -1;
}

tables::table to_table(const flow_list& f) {
    std::vector<tables::column> columns;
    columns.push_back(tables::word_column("reporter", f.reporter, f.areas));
    columns.push_back(tables::word_column("partner", f.partner, f.areas));
    columns.push_back(choice_column("flow", f.flow));
    columns.push_back(tables::word_column("period", f.period, f.periods));
    columns.push_back(tables::word_column("classification", f.classification, f.classifications));
    columns.push_back(tables::word_column("product", f.product, f.products));
    columns.push_back(tables::number_column("value", f.value_unit, f.value));
    columns.push_back(tables::number_column("quantity", "", f.quantity));
    columns.push_back(tables::word_column("quantity_unit", f.quantity_unit, f.quantity_units));
    const std::vector<std::int64_t> estimated(f.estimated.begin(), f.estimated.end());
    columns.push_back(tables::exact_column("quantity_estimated", "", estimated, 0));
    columns.push_back(choice_column("valuation", f.valued));
    columns.push_back(choice_column("origin", f.origin));
    return *tables::table::of(std::move(columns), f.source);
}

result<flow_list> flows_from(const tables::table& t) {
    for (const char* one :
         {"reporter", "partner", "flow", "period", "classification", "product", "value", "quantity",
          "quantity_unit", "quantity_estimated", "valuation", "origin"})
        if (!t.has(one)) return refuse(refusals::columns_missing, "table", one);
    flow_list out;
    const auto list = [&](const char* name) {
        tables::level_list levels = *t.levels(name);
        sort_names(levels);
        return levels;
    };
    const tables::level_list reporter = list("reporter");
    const tables::level_list partner = list("partner");
    std::set_union(reporter.names.begin(), reporter.names.end(), partner.names.begin(),
                   partner.names.end(), std::back_inserter(out.areas));
    out.reporter = placed_codes(reporter, out.areas);
    out.partner = placed_codes(partner, out.areas);
    const auto take = [&](const char* name, std::vector<std::string>& names,
                          std::vector<std::int32_t>& codes) {
        tables::level_list levels = list(name);
        names = std::move(levels.names);
        codes = std::move(levels.code);
    };
    take("period", out.periods, out.period);
    take("classification", out.classifications, out.classification);
    take("product", out.products, out.product);
    take("quantity_unit", out.quantity_units, out.quantity_unit);
    for (const auto* codes :
         {&out.reporter, &out.partner, &out.period, &out.classification, &out.product})
        if (std::any_of(codes->begin(), codes->end(), [](std::int32_t one) { return one < 0; }))
            return refuse(refusals::columns_missing, "table", "of codes in every row");
    out.flow = VECHE_TRY(choices_in<flow_kind>(t, "flow"));
    out.valued = VECHE_TRY(choices_in<valuation>(t, "valuation"));
    out.origin = VECHE_TRY(choices_in<cell_origin>(t, "origin"));
    out.value = VECHE_TRY(t.numbers("value"));
    out.quantity = VECHE_TRY(t.numbers("quantity"));
    for (const double one : VECHE_TRY(t.numbers("quantity_estimated")))
        out.estimated.push_back(one == 1 ? 1 : 0);
    out.value_unit = t.find("value").value()->unit;
    out.source = t.source();
    return out;
}

flow_list some_rows(flow_list f, const std::vector<std::uint8_t>& keep) {
    if (std::find(keep.begin(), keep.end(), 0) != keep.end()) {
        for (auto* codes :
             {&f.reporter, &f.partner, &f.period, &f.classification, &f.product, &f.quantity_unit})
            keep_cells(*codes, keep);
        keep_cells(f.flow, keep);
        keep_cells(f.valued, keep);
        keep_cells(f.origin, keep);
        keep_cells(f.estimated, keep);
        keep_cells(f.value, keep);
        keep_cells(f.quantity, keep);
    }
    keep_used(f.areas, {&f.reporter, &f.partner});
    keep_used(f.periods, {&f.period});
    keep_used(f.classifications, {&f.classification});
    keep_used(f.products, {&f.product});
    keep_used(f.quantity_units, {&f.quantity_unit});
    return f;
}

}  // namespace veche::trade
