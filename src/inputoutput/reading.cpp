#include "inputoutput/reading.hpp"

#include <algorithm>
#include <cmath>

#include "inputoutput/labels.hpp"
#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {
namespace {

using key = std::pair<std::string, std::string>;
constexpr std::size_t nowhere = SIZE_MAX;

std::uint32_t index_in(std::vector<std::string>& names, std::map<std::string, std::uint32_t>& by,
                       const std::string& name) {
    const auto [at, fresh] = by.emplace(name, static_cast<std::uint32_t>(names.size()));
    if (fresh) names.push_back(name);
    return at->second;
}

result<std::map<key, std::size_t>> keys_of(const std::vector<mark>& marks) {
    std::map<key, std::size_t> out;
    for (std::size_t n = 0; n < marks.size(); ++n)
        if (!out.emplace(marks[n].key(), n).second)
            return refuse(refusals::label_repeated, {}, marks[n].whole);
    return out;
}

/// Where each row and column of the file belongs.
class assignment {
  public:
    assignment(table& into, const labelled_grid& from, const reading& how)
        : into_(into), from_(from), how_(how) {}

    result<void> make() {
        const auto rows = VECHE_TRY(keys_of(from_.rows));
        const auto columns = VECHE_TRY(keys_of(from_.columns));
        producer_of_row.assign(from_.rows.size(), nowhere);
        producer_of_column.assign(from_.columns.size(), nowhere);
        final_of_column.assign(from_.columns.size(), nowhere);
        for (std::size_t r = 0; r < from_.rows.size(); ++r) {
            const auto column = columns.find(from_.rows[r].key());
            if (from_.rows[r].region.empty() || column == columns.end() ||
                meaning_of(from_.rows[r]) != meaning::other)
                continue;
            producer_of_row[r] = producer_of_column[column->second] = into_.producers.size();
            add_producer(from_.rows[r]);
        }
        if (into_.producers.empty())
            return refuse(refusals::not_square, {}, from_.rows.front().whole, "row", "column");
        if (into_.producers.size() > how_.most)
            return refuse(refusals::too_large, {}, std::to_string(into_.producers.size()),
                          std::to_string(how_.most));
        for (std::size_t c = 0; c < from_.columns.size(); ++c)
            if (producer_of_column[c] == nowhere) VECHE_CHECK(place_column(c));
        for (std::size_t r = 0; r < from_.rows.size(); ++r)
            if (producer_of_row[r] == nowhere) VECHE_CHECK(place_row(r));
        return {};
    }

    std::vector<std::size_t> producer_of_row, producer_of_column, final_of_column;
    std::size_t output_column = nowhere, output_row = nowhere, value_added_row = nowhere;
    std::vector<std::size_t> other_rows;

  private:
    void add_producer(const mark& one) {
        const auto parent = how_.parts.find(one.region);
        const bool split = parent != how_.parts.end();
        producer p;
        p.region = index_in(into_.regions, regions_, split ? parent->second : one.region);
        p.sector = index_in(into_.sectors, sectors_, one.display.empty() ? one.name : one.display);
        if (split) p.part = one.region;
        names_.emplace(one.name, 0);
        known_.emplace(one.region, p.region);
        known_.emplace(into_.regions[p.region], p.region);
        into_.producers.push_back(std::move(p));
    }

    result<void> place_column(std::size_t c) {
        const mark& one = from_.columns[c];
        if (meaning_of(one) == meaning::output) {
            output_column = c;
            return {};
        }
        auto region = known_.find(one.region);
        std::string category = one.name;
        if (region == known_.end()) {
            // "F.Germany": the category stands before the region.
            region = known_.find(one.name);
            category = one.region;
        } else if (names_.contains(one.name)) {
            return refuse(refusals::not_square, {}, one.whole, "column", "row");
        }
        if (region == known_.end() || category.empty())
            return refuse(refusals::label_unknown, {}, one.whole, std::string(1, from_.between));
        final_of_column[c] = into_.finals.size();
        into_.finals.push_back({region->second, category});
        return {};
    }

    result<void> place_row(std::size_t r) {
        const mark& one = from_.rows[r];
        switch (meaning_of(one)) {
            case meaning::output:
                output_row = r;
                return {};
            case meaning::value_added:
                value_added_row = r;
                return {};
            case meaning::left_out:
                return {};
            case meaning::other:
                break;
        }
        if (known_.contains(one.region) && names_.contains(one.name))
            return refuse(refusals::not_square, {}, one.whole, "row", "column");
        other_rows.push_back(r);
        return {};
    }

    table& into_;
    const labelled_grid& from_;
    const reading& how_;
    std::map<std::string, std::uint32_t> regions_, sectors_, known_, names_;
};

/// Takes the rows of numbers to their places.
class filler {
  public:
    filler(table& into, const assignment& where, const labelled_grid& from)
        : into_(into), where_(where) {
        const std::size_t n = into.size();
        into.z = numerics::dense(n, n);
        into.y = numerics::dense(n, into.finals.size());
        if (where.output_column != nowhere || where.output_row != nowhere) into.output.resize(n);
        if (where.value_added_row != nowhere) into.value_added.resize(n);
        if (where.other_rows.empty()) return;
        extension others{"other rows",
                         {},
                         numerics::dense(where.other_rows.size(), n),
                         numerics::dense(where.other_rows.size(), into.finals.size())};
        for (const std::size_t r : where.other_rows)
            others.rows.push_back({from.rows[r].whole, into.unit});
        into.extensions.push_back(std::move(others));
    }

    void take(std::size_t r, std::span<const double> numbers) {
        const std::size_t i = where_.producer_of_row[r];
        if (i != nowhere) {
            spread(numbers, into_.z, into_.y, i);
            if (where_.output_column != nowhere) into_.output[i] = numbers[where_.output_column];
        } else if (r == where_.value_added_row) {
            along(numbers, into_.value_added);
        } else if (r == where_.output_row && where_.output_column == nowhere) {
            along(numbers, into_.output);
        } else if (const auto other =
                       std::find(where_.other_rows.begin(), where_.other_rows.end(), r);
                   other != where_.other_rows.end()) {
            extension& others = into_.extensions.back();
            spread(numbers, others.by_producer, others.by_final,
                   static_cast<std::size_t>(other - where_.other_rows.begin()));
        }
    }

  private:
    void spread(std::span<const double> numbers, numerics::dense& producers,
                numerics::dense& finals, std::size_t row) const {
        for (std::size_t c = 0; c < numbers.size(); ++c) {
            if (const std::size_t j = where_.producer_of_column[c]; j != nowhere)
                producers(row, j) = numbers[c];
            if (const std::size_t k = where_.final_of_column[c]; k != nowhere)
                finals(row, k) = numbers[c];
        }
    }
    void along(std::span<const double> numbers, std::vector<double>& into) const {
        for (std::size_t c = 0; c < numbers.size(); ++c)
            if (const std::size_t j = where_.producer_of_column[c]; j != nowhere)
                into[j] = numbers[c];
    }

    table& into_;
    const assignment& where_;
};

/// Producers of a table by the labels of a file.
std::map<key, std::size_t> producers_by_key(const table& in) {
    std::map<key, std::size_t> out;
    for (std::size_t n = 0; n < in.size(); ++n) {
        const producer& one = in.producers[n];
        out[{one.part.empty() ? in.regions[one.region] : one.part, in.sectors[one.sector]}] = n;
    }
    return out;
}

/// Which producer each label is; refuses what is none and whom no label names.
result<std::vector<std::size_t>> all_producers(const table& in, const std::vector<mark>& marks,
                                               char between) {
    VECHE_CHECK(keys_of(marks));
    const auto by_key = producers_by_key(in);
    std::vector<std::size_t> out;
    for (const mark& one : marks) {
        const auto at = by_key.find(one.key());
        if (at == by_key.end())
            return refuse(refusals::label_unknown, {}, one.whole, std::string(1, between));
        out.push_back(at->second);
    }
    if (out.size() != in.size())
        return refuse(refusals::rows_differ, {}, "The file", std::to_string(out.size()),
                      std::to_string(in.size()));
    return out;
}

result<numerics::dense> read_stressors_by_final(const table& into, const extension& ext,
                                                std::string_view text, const reading& how) {
    const labelled_grid from = VECHE_TRY(open_labelled(text, how, false));
    std::map<key, std::size_t> finals;
    for (std::size_t k = 0; k < into.finals.size(); ++k)
        finals[{into.regions[into.finals[k].region], into.finals[k].category}] = k;
    std::vector<std::size_t> at;
    for (const mark& one : from.columns) {
        const auto found = finals.find(one.key());
        if (found == finals.end())
            return refuse(refusals::label_unknown, {}, one.whole, std::string(1, from.between));
        at.push_back(found->second);
    }
    if (from.rows.size() != ext.rows.size())
        return refuse(refusals::rows_differ, {}, "The file of final use",
                      std::to_string(from.rows.size()), std::to_string(ext.rows.size()));
    for (std::size_t r = 0; r < ext.rows.size(); ++r)
        if (from.rows[r].name != ext.rows[r].name)
            return refuse(refusals::label_unknown, {}, from.rows[r].name, "");
    numerics::dense out(ext.rows.size(), into.finals.size());
    VECHE_CHECK(read_numbers(from.cells, std::vector<bool>(from.columns.size(), true),
                             std::vector<bool>(from.rows.size(), true),
                             [&](std::size_t r, std::span<const double> numbers) {
                                 for (std::size_t c = 0; c < at.size(); ++c)
                                     out(r, at[c]) = numbers[c];
                             }));
    return out;
}

void take_units(extension& ext, std::string_view text) {
    std::map<std::string, std::string> units;
    const char separator = separator_in(text);
    for (std::size_t at = 0; at < text.size();) {
        const auto fields = row_fields(text, separator, at);
        if (fields.size() >= 2) units[fields[0]] = fields.back();
    }
    for (stressor& one : ext.rows)
        if (const auto unit = units.find(one.name); unit != units.end()) one.unit = unit->second;
}

}  // namespace

std::string_view name_of(layout how) {
    static constexpr std::string_view names[] = {"labelled", "wiod", "wiod-flat", "exiobase"};
    return names[static_cast<std::size_t>(how)];
}

std::map<std::string, std::string> parts_of_icio() {
    return {{"CN1", "CHN"}, {"CN2", "CHN"}, {"CN3", "CHN"},
            {"CN4", "CHN"}, {"MX1", "MEX"}, {"MX2", "MEX"}};
}

result<table> read_table(std::string_view text, const reading& how) {
    const labelled_grid from = VECHE_TRY(open_labelled(text, how, true));
    table out;
    out.unit = how.unit;
    assignment where(out, from, how);
    VECHE_CHECK(where.make());
    filler fill(out, where, from);
    std::vector<bool> of_numbers(from.columns.size()), wanted(from.rows.size());
    for (std::size_t c = 0; c < of_numbers.size(); ++c)
        of_numbers[c] =
            where.producer_of_column[c] != nowhere || where.final_of_column[c] != nowhere;
    for (std::size_t r = 0; r < wanted.size(); ++r)
        wanted[r] = meaning_of(from.rows[r]) != meaning::left_out;
    // Below the producers the column of output is often empty; above, it is not.
    std::vector<bool> with_output = of_numbers;
    if (where.output_column != nowhere) with_output[where.output_column] = true;
    std::vector<bool> above(wanted.size()), below(wanted.size());
    for (std::size_t r = 0; r < wanted.size(); ++r)
        (where.producer_of_row[r] != nowhere ? above : below)[r] = wanted[r];
    const auto take = [&](std::size_t r, std::span<const double> numbers) {
        fill.take(r, numbers);
    };
    VECHE_CHECK(read_numbers(from.cells, with_output, above, take));
    // Value added and output may have no cells under final use.
    std::vector<bool> producers_only(from.columns.size());
    for (std::size_t c = 0; c < producers_only.size(); ++c)
        producers_only[c] = where.producer_of_column[c] != nowhere;
    std::vector<bool> named(wanted.size()), others(wanted.size());
    for (std::size_t r = 0; r < wanted.size(); ++r)
        (meaning_of(from.rows[r]) == meaning::other ? others : named)[r] = below[r];
    VECHE_CHECK(read_numbers(from.cells, producers_only, named, take));
    VECHE_CHECK(read_numbers(from.cells, of_numbers, others, take));
    return out;
}

result<void> read_final(table& into, std::string_view text, const reading& how) {
    const labelled_grid from = VECHE_TRY(open_labelled(text, how, true));
    const auto rows = VECHE_TRY(all_producers(into, from.rows, from.between));
    VECHE_CHECK(keys_of(from.columns));
    std::vector<final_use> finals;
    for (const mark& one : from.columns) {
        const auto parent = how.parts.find(one.region);
        const std::string& name = parent == how.parts.end() ? one.region : parent->second;
        const auto region = std::find(into.regions.begin(), into.regions.end(), name);
        if (region == into.regions.end())
            return refuse(refusals::label_unknown, {}, one.whole, std::string(1, from.between));
        finals.push_back({static_cast<std::uint32_t>(region - into.regions.begin()), one.name});
    }
    numerics::dense y(into.size(), finals.size());
    VECHE_CHECK(read_numbers(from.cells, std::vector<bool>(from.columns.size(), true),
                             std::vector<bool>(from.rows.size(), true),
                             [&](std::size_t r, std::span<const double> numbers) {
                                 for (std::size_t c = 0; c < numbers.size(); ++c)
                                     y(rows[r], c) = numbers[c];
                             }));
    into.finals = std::move(finals);
    into.y = std::move(y);
    return {};
}

result<void> read_extension(table& into, const extension_files& files, const reading& how) {
    const labelled_grid from = VECHE_TRY(open_labelled(files.by_producer, how, false));
    const auto columns = VECHE_TRY(all_producers(into, from.columns, from.between));
    extension out;
    out.name = files.name;
    out.by_producer = numerics::dense(from.rows.size(), into.size());
    out.by_final = numerics::dense(from.rows.size(), 0);
    for (const mark& one : from.rows) out.rows.push_back({one.name, ""});
    VECHE_CHECK(read_numbers(from.cells, std::vector<bool>(from.columns.size(), true),
                             std::vector<bool>(from.rows.size(), true),
                             [&](std::size_t r, std::span<const double> numbers) {
                                 for (std::size_t c = 0; c < columns.size(); ++c)
                                     out.by_producer(r, columns[c]) = numbers[c];
                             }));
    if (!files.by_final.empty())
        out.by_final = VECHE_TRY(read_stressors_by_final(into, out, files.by_final, how));
    if (!files.units.empty()) take_units(out, files.units);
    into.extensions.push_back(std::move(out));
    return {};
}

}  // namespace veche::inputoutput
