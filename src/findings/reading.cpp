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

tl::unexpected<refusal> unreadable(const source& of, const refusal& why) {
    return refuse(refusals::data_unreadable, "specified.data", of.name, why.sentence());
}

}  // namespace

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
    auto read = tables::sound_table(tables::read_text(of.bytes, with));
    if (!read) return unreadable(of, read.error());
    return std::move(*read);
}

result<tables::level_list> levels_by(const tables::table& in, const request& from,
                                     std::string_view parameter, const source& of) {
    auto levels = in.levels(parameter_of(from, parameter));
    if (!levels) return unreadable(of, levels.error());
    return std::move(*levels);
}

result<std::vector<double>> numbers_by(const tables::table& in, const request& from,
                                       std::string_view parameter, const source& of) {
    auto numbers = in.numbers(parameter_of(from, parameter));
    if (!numbers) return unreadable(of, numbers.error());
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

result<double> number_parameter(const request& from, std::string_view name) {
    const std::string& text = parameter_of(from, name);
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return refuse(refusals::parameter_malformed, "specified.parameters", std::string(name),
                      text, "it is a number.");
    return value;
}

result<trade::imported> flows_of(const request& from, std::string_view role) {
    using evidence::dataset_layout;
    const source& of = source_of(from, role);
    if (of.layout == dataset_layout::input_output || of.layout == dataset_layout::other)
        return refuse(refusals::layout_unfit, "specified.data", from.specified.method,
                      std::string(name_of(of.layout)), std::string(role));
    trade::import_options with;
    with.text.source = of.name;
    with.product_digits =
        static_cast<std::int64_t>(VECHE_TRY(number_parameter(from, "product-digits")));
    auto read = trade::import_flows(of.bytes, with);
    if (!read) return unreadable(of, read.error());
    if (!read->flows) {
        const tables::row_fault first =
            read->faults.empty() ? tables::row_fault{} : read->faults.front();
        return refuse(refusals::data_unreadable, "specified.data", of.name,
                      "line " + std::to_string(first.line) + ": " + first.reason);
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

}  // namespace veche::findings
