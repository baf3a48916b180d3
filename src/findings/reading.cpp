#include "findings/reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "findings/refusal.hpp"
#include "kernel/check.hpp"
#include "kernel/text.hpp"
#include "numerics/digits.hpp"
#include "tables/read_text.hpp"

namespace veche::findings {
namespace {

constexpr double most_published = 1e12;  // with six decimals it has the 18 digits that are allowed

/// "reporter=exporter,flow==export" as the file of a mapping.
result<trade::column_mapping> mapping_from(const request& from, std::string_view role) {
    std::string text = "field,column\n";
    for (const std::string& one : list_parameter(from, "columns")) {
        const std::size_t at = one.find('=');
        if (at == std::string::npos || at == 0)
            return refuse(refusals::parameter_malformed, "specified.parameters", "columns", one,
                          "field=column");
        std::string column = one.substr(at + 1);
        for (std::size_t quote = column.find('"'); quote != std::string::npos;
             quote = column.find('"', quote + 2))
            column.insert(quote, 1, '"');
        text += one.substr(0, at) + ",\"" + column + "\"\n";
    }
    auto made = trade::read_mapping(text);
    if (!made) return unreadable(from, role, made.error());
    return std::move(*made);
}

/// Rows that are read, as progress of the request.
std::function<void(std::uint64_t, std::uint64_t)> reading_of(const request& from) {
    if (!from.progress) return {};
    return [&from](std::uint64_t done, std::uint64_t in_all) {
        from.progress(work_stage::reading, done, in_all);
    };
}

}  // namespace

tl::unexpected<refusal> unreadable(const request& from, std::string_view role, refusal why) {
    why.field = "specified.data." + std::string(role) + " " + source_of(from, role).name;
    return tl::unexpected<refusal>(std::move(why));
}

const std::string& parameter_of(const request& from, std::string_view name) {
    const auto found =
        std::find_if(from.specified.parameters.begin(), from.specified.parameters.end(),
                     [&](const evidence::parameter& p) { return p.name == name; });
    VECHE_ENSURE(found != from.specified.parameters.end(), "compute filled all parameters in");
    return found->value;
}

const source& source_of(const request& from, std::string_view role) {
    const auto found = std::find_if(from.data.begin(), from.data.end(),
                                    [&](const source& s) { return s.role == role; });
    VECHE_ENSURE(found != from.data.end(), "compute saw that all data is there");
    return *found;
}

result<tables::table> table_of(const request& from, std::string_view role) {
    const source& of = source_of(from, role);
    if (of.layout != evidence::dataset_layout::table)
        return refuse(refusals::layout_unfit, "specified.data", from.specified.method,
                      std::string(name_of(of.layout)), std::string(role));
    tables::text_options with;
    with.source = of.name;
    with.progress = reading_of(from);
    auto read = tables::sound_table(tables::read_text(of.bytes, with));
    if (!read) return unreadable(from, role, read.error());
    return std::move(*read);
}

result<tables::level_list> levels_by(const tables::table& in, const request& from,
                                     std::string_view parameter, const source& of) {
    auto levels = in.levels(parameter_of(from, parameter));
    if (!levels) return unreadable(from, of.role, levels.error());
    return std::move(*levels);
}

result<std::vector<double>> numbers_by(const tables::table& in, const request& from,
                                       std::string_view parameter, const source& of) {
    auto numbers = in.numbers(parameter_of(from, parameter));
    if (!numbers) return unreadable(from, of.role, numbers.error());
    return std::move(*numbers);
}

std::vector<std::string> list_parameter(const request& from, std::string_view name) {
    std::vector<std::string> out;
    std::string_view rest = parameter_of(from, name);
    if (rest == "none") return out;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string_view one = text::trim(rest.substr(0, comma), " ");
        if (!one.empty()) out.emplace_back(one);
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return out;
}

std::optional<double> number_in(std::string_view text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

result<double> number_parameter(const request& from, std::string_view name) {
    const std::string& text = parameter_of(from, name);
    if (const auto value = number_in(text)) return *value;
    return refuse(refusals::parameter_no_number, "specified.parameters", std::string(name), text);
}

result<double> level_parameter(const request& from) {
    const double value = VECHE_TRY(number_parameter(from, "level"));
    for (const double known : {0.90, 0.95, 0.99})
        if (value == known) return value;
    return refuse(refusals::level_unknown, "specified.parameters", parameter_of(from, "level"));
}

std::string maybe_parameter(const request& from, std::string_view name) {
    for (const evidence::parameter& one : from.specified.parameters)
        if (one.name == name && one.value != "none") return one.value;
    return {};
}

result<std::int64_t> count_parameter(const request& from, std::string_view name, std::int64_t least,
                                     std::int64_t most) {
    const double value = VECHE_TRY(number_parameter(from, name));
    if (!(value >= static_cast<double>(least)) || !(value <= static_cast<double>(most)) ||
        value != std::floor(value))
        return refuse(refusals::parameter_out_of_range, "specified.parameters", std::string(name),
                      parameter_of(from, name), std::to_string(least), std::to_string(most));
    return static_cast<std::int64_t>(value);
}

result<std::size_t> choice_parameter(const request& from, std::string_view name,
                                     std::span<const std::string_view> words) {
    const std::string& said = parameter_of(from, name);
    std::string known;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == said) return i;
        known += (known.empty() ? "" : ", ") + std::string(words[i]);
    }
    return refuse(refusals::parameter_unlisted, "specified.parameters", std::string(name), said,
                  known);
}

result<trade::imported> flows_of(const request& from, std::string_view role) {
    using evidence::dataset_layout;
    const source& of = source_of(from, role);
    if (of.layout == dataset_layout::input_output || of.layout == dataset_layout::other)
        return refuse(refusals::layout_unfit, "specified.data", from.specified.method,
                      std::string(name_of(of.layout)), std::string(role));
    trade::import_options with;
    with.text.source = of.name;
    with.text.progress = reading_of(from);
    with.product_digits =
        static_cast<std::int64_t>(VECHE_TRY(number_parameter(from, "product-digits")));
    if (!maybe_parameter(from, "leave-out").empty())
        with.areas_left_out = list_parameter(from, "leave-out");
    if (!maybe_parameter(from, "columns").empty())
        with.mapping = VECHE_TRY(mapping_from(from, role));
    with.classification = maybe_parameter(from, "vintage");
    auto read = trade::import_flows(of.bytes, with);
    if (!read) return unreadable(from, role, read.error());
    if (!read->flows) {
        VECHE_ENSURE(!read->faults.empty(), "flows are there unless rows are unsound");
        return unreadable(from, role,
                          tables::unsound_rows(read->fault_count, read->faults.front()));
    }
    return std::move(*read);
}

evidence::figure figure_of(std::string name, std::string unit, double value, int decimals) {
    std::string text = numerics::decimals(value, decimals);
    // What rounds to zero from below is zero.
    if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos)
        text.erase(0, 1);
    return {std::move(name), {}, std::move(unit), std::move(text), {}, {}};
}

evidence::figure figure_between(std::string name, std::string unit, double value, double low,
                                double high, int decimals) {
    evidence::figure out = figure_of(std::move(name), std::move(unit), value, decimals);
    if (!is_publishable(low) || !is_publishable(high)) return out;
    out.low = figure_of({}, {}, std::min(low, value), decimals).value;
    out.high = figure_of({}, {}, std::max(high, value), decimals).value;
    return out;
}

bool is_publishable(double value) {
    return std::abs(value) < most_published;  // not for NaN either
}

std::string bound_above(double value) {
    constexpr double usual = 1e-9;
    return numerics::digits(value < usual ? usual : value, 2);
}

std::string name_from(std::string_view words) {
    constexpr std::size_t longest = 40;  // of 64, so that something can be put before and behind
    std::string out;
    for (const char c : words) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
        if (plain)
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    out = out.substr(0, longest);
    while (!out.empty() && (out.back() == '-' || out.back() == '.')) out.pop_back();
    while (!out.empty() && out.front() == '.') out.erase(0, 1);
    return out.empty() ? "figure" : out;
}

std::string own_name(std::string_view words, std::set<std::string>& taken) {
    std::string name = name_from(words);
    for (int i = 2; !taken.insert(name).second; ++i)
        name = name_from(words) + "." + std::to_string(i);
    return name;
}

}  // namespace veche::findings
