#include "trade/mirror.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

using flow_place = std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t, std::int32_t>;

struct placed_row {
    flow_place at;  // exporter, importer, period, classification, product
    bool exported = false;
    std::size_t row = 0;
    auto operator<=>(const placed_row&) const = default;
};

/// Who declares flows of a kind in a period.
class speakers {
  public:
    explicit speakers(const flow_list& f) : periods_(f.periods.size()) {
        said_.assign(f.areas.size() * periods_ * 2, 0);
        for (std::size_t i = 0; i < f.size(); ++i)
            if (f.flow[i] == flow_kind::import_ || f.flow[i] == flow_kind::export_)
                said_[place(f.reporter[i], f.period[i], f.flow[i])] = 1;
    }
    [[nodiscard]] bool speak(std::int32_t area, std::int32_t period, flow_kind flow) const {
        return said_[place(area, period, flow)] != 0;
    }

  private:
    [[nodiscard]] std::size_t place(std::int32_t area, std::int32_t period, flow_kind flow) const {
        return (static_cast<std::size_t>(area) * periods_ + static_cast<std::size_t>(period)) * 2 +
               (flow == flow_kind::export_ ? 1 : 0);
    }
    std::size_t periods_;
    std::vector<std::uint8_t> said_;
};

std::vector<std::uint8_t> marked_areas(const flow_list& f, const std::vector<std::string>& named) {
    std::vector<std::uint8_t> out(f.areas.size(), 0);
    for (const std::string& one : named)
        if (const std::int32_t code = code_of(f.areas, one); code >= 0)
            out[static_cast<std::size_t>(code)] = 1;
    return out;
}

std::vector<placed_row> rows_by_flow(const flow_list& f) {
    std::vector<placed_row> out;
    for (std::size_t i = 0; i < f.size(); ++i) {
        const bool exported = f.flow[i] == flow_kind::export_;
        if ((!exported && f.flow[i] != flow_kind::import_) || f.reporter[i] == f.partner[i])
            continue;
        out.push_back(
            {{exported ? f.reporter[i] : f.partner[i], exported ? f.partner[i] : f.reporter[i],
              f.period[i], f.classification[i], f.product[i]},
             exported,
             i});
    }
    std::sort(out.begin(), out.end());
    return out;
}

void put_side(flow_side& side, const flow_list& f, std::size_t row) {
    side.value = f.value[row];
    side.valued = f.valued[row];
    side.state = std::isnan(side.value) ? side_state::missing : side_state::declared;
}

/// Sums of what partners declare where a territory has no row at all for them.
std::vector<doubtful_zero> doubtful_zeros(const mirror_statistics& from) {
    std::map<std::tuple<std::int32_t, std::int32_t, std::int32_t, bool>, std::pair<double, bool>>
        sums;
    for (const mirrored_flow& one : from.flows) {
        const auto add = [&](std::int32_t area, std::int32_t partner, bool exports,
                             const flow_side& own, const flow_side& other) {
            auto& [sum, silent] =
                sums.try_emplace({area, partner, one.period, exports}, 0.0, true).first->second;
            silent = silent && own.state == side_state::zero;
            if (other.state == side_state::declared) sum += other.value;
        };
        add(one.exporter, one.importer, true, one.exported, one.imported);
        add(one.importer, one.exporter, false, one.imported, one.exported);
    }
    std::vector<doubtful_zero> out;
    for (const auto& [key, found] : sums) {
        const auto& [area, partner, period, exports] = key;
        if (found.second && found.first > 0)
            out.push_back({area, partner, period, exports ? flow_kind::export_ : flow_kind::import_,
                           found.first});
    }
    std::stable_sort(out.begin(), out.end(), [](const doubtful_zero& a, const doubtful_zero& b) {
        return a.partner_declares > b.partner_declares;
    });
    return out;
}

/// The value of a side free on board.
double fob_value(const flow_side& side, bool imported, double factor) {
    const bool cif =
        side.valued == valuation::cif || (imported && side.valued == valuation::unknown);
    return cif ? side.value / factor : side.value;
}

void append_export(flow_list& out, const mirrored_flow& one, double value, cell_origin origin) {
    out.reporter.push_back(one.exporter);
    out.partner.push_back(one.importer);
    out.period.push_back(one.period);
    out.classification.push_back(one.classification);
    out.product.push_back(one.product);
    out.quantity_unit.push_back(-1);
    out.flow.push_back(flow_kind::export_);
    out.valued.push_back(valuation::fob);
    out.origin.push_back(origin);
    out.estimated.push_back(0);
    out.value.push_back(value);
    out.quantity.push_back(std::nan(""));
}

}  // namespace

mirror_statistics mirror(const flow_list& f, const mirror_options& options) {
    mirror_statistics out;
    const speakers says(f);
    const auto within = marked_areas(f, options.union_members);
    const auto unsaid = [&](std::int32_t area, std::int32_t partner, std::int32_t period,
                            flow_kind flow) {
        const bool no_customs = within[static_cast<std::size_t>(area)] != 0 &&
                                within[static_cast<std::size_t>(partner)] != 0;
        flow_side side;
        side.state =
            says.speak(area, period, flow) && !no_customs ? side_state::zero : side_state::missing;
        side.value = side.state == side_state::zero ? 0 : std::nan("");
        return side;
    };
    const auto rows = rows_by_flow(f);
    for (std::size_t from = 0, to = 0; from < rows.size(); from = to) {
        mirrored_flow one;
        std::tie(one.exporter, one.importer, one.period, one.classification, one.product) =
            rows[from].at;
        one.exported = unsaid(one.exporter, one.importer, one.period, flow_kind::export_);
        one.imported = unsaid(one.importer, one.exporter, one.period, flow_kind::import_);
        for (to = from; to < rows.size() && rows[to].at == rows[from].at; ++to)
            put_side(rows[to].exported ? one.exported : one.imported, f, rows[to].row);
        const bool left = one.exported.state == side_state::declared;
        const bool right = one.imported.state == side_state::declared;
        out.both += left && right;
        out.exporter_only += left && !right;
        out.importer_only += right && !left;
        out.flows.push_back(one);
    }
    out.doubts = doubtful_zeros(out);
    return out;
}

result<flow_list> reconcile(const flow_list& f, const mirror_statistics& both,
                            const reconciliation& how) {
    if (!(how.cif_factor >= 1 && how.cif_factor <= 2))
        return refuse(refusals::cif_factor_unsound, "cif_factor",
                      fmt::format("{}", how.cif_factor));
    flow_list out;
    out.areas = f.areas;
    out.periods = f.periods;
    out.classifications = f.classifications;
    out.products = f.products;
    out.value_unit = f.value_unit;
    out.source = f.source;
    for (const mirrored_flow& one : both.flows) {
        const bool exporter_first = how.prefer == preferred_side::exporter;
        const flow_side& first = exporter_first ? one.exported : one.imported;
        const flow_side& second = exporter_first ? one.imported : one.exported;
        if (first.state == side_state::declared)
            append_export(out, one, fob_value(first, !exporter_first, how.cif_factor),
                          cell_origin::reported);
        else if (second.state == side_state::declared)
            append_export(out, one, fob_value(second, exporter_first, how.cif_factor),
                          cell_origin::mirrored);
        else if (first.state == side_state::zero || second.state == side_state::zero)
            append_export(out, one, 0, cell_origin::no_row);
    }
    return out;
}

std::optional<double> scoped_total::coverage() const {
    if (!world_row || !(*world_row > 0)) return std::nullopt;
    return value / *world_row;
}

result<scoped_total> total_of(const flow_list& f, std::string_view reporter, flow_kind way,
                              std::string_view period, const std::vector<std::string>& partners,
                              const flow_list* world) {
    const std::int32_t who = code_of(f.areas, reporter);
    const std::int32_t when = code_of(f.periods, period);
    if (who < 0)
        return refuse(refusals::name_unknown, "reporter", "territory", std::string(reporter));
    if (when < 0) return refuse(refusals::name_unknown, "period", "period", std::string(period));
    scoped_total out;
    for (const std::string& one : partners) {
        if (code_of(f.areas, one) < 0)
            return refuse(refusals::name_unknown, "partners", "territory", one);
        out.scope += (out.scope.empty() ? "" : ", ") + one;
    }
    if (partners.empty()) out.scope = "all partners in the data";
    if (!speakers(f).speak(who, when, way))
        return refuse(way == flow_kind::export_   ? refusals::exports_unreported
                      : way == flow_kind::import_ ? refusals::imports_unreported
                                                  : refusals::flows_unreported,
                      "reporter", reporter, period);
    out.unit = f.value_unit;
    out.reporter = reporter;
    out.way = name_of(way);
    out.period = period;
    const auto wanted = marked_areas(f, partners);
    out.partners_named = partners.empty() ? static_cast<std::int64_t>(f.areas.size()) - 1
                                          : static_cast<std::int64_t>(partners.size());
    std::set<std::int32_t> met;
    for (std::size_t i = 0; i < f.size(); ++i) {
        if (f.reporter[i] != who || f.flow[i] != way || f.period[i] != when) continue;
        if (!partners.empty() && wanted[static_cast<std::size_t>(f.partner[i])] == 0) continue;
        ++out.rows;
        if (std::isnan(f.value[i])) {
            ++out.rows_missing;
            continue;
        }
        if (f.value[i] > 0) met.insert(f.partner[i]);
        out.value += f.value[i];
        if (f.origin[i] != cell_origin::mirrored) continue;
        ++out.rows_mirrored;
        out.value_mirrored += f.value[i];
    }
    out.partners = static_cast<std::int64_t>(met.size());
    if (world == nullptr || !partners.empty()) return out;
    for (std::size_t i = 0; i < world->size(); ++i)
        if (world->areas[static_cast<std::size_t>(world->reporter[i])] == reporter &&
            world->flow[i] == way &&
            world->periods[static_cast<std::size_t>(world->period[i])] == period)
            out.world_row = out.world_row.value_or(0) + world->value[i];
    return out;
}

result<flow_list> with_zeros(const flow_list& f, std::size_t most) {
    const speakers says(f);
    const std::size_t areas = f.areas.size();
    std::set<std::pair<std::int32_t, std::int32_t>> products;
    std::set<flow_kind> ways;
    std::set<
        std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t, std::int32_t, flow_kind>>
        there;
    for (std::size_t i = 0; i < f.size(); ++i) {
        if (f.flow[i] != flow_kind::import_ && f.flow[i] != flow_kind::export_) continue;
        products.emplace(f.classification[i], f.product[i]);
        ways.insert(f.flow[i]);
        there.emplace(f.reporter[i], f.partner[i], f.period[i], f.classification[i], f.product[i],
                      f.flow[i]);
    }
    const double cells = static_cast<double>(areas) * static_cast<double>(areas) *
                         static_cast<double>(f.periods.size()) *
                         static_cast<double>(products.size()) * static_cast<double>(ways.size());
    if (cells > static_cast<double>(most))
        return refuse(refusals::panel_too_large, "flows", fmt::format("{:.0f}", cells),
                      fmt::format("{}", most));
    flow_list out = f;
    const auto whom = static_cast<std::int32_t>(areas);
    for (std::int32_t period = 0; period < static_cast<std::int32_t>(f.periods.size()); ++period)
        for (const flow_kind way : ways)
            for (std::int32_t who = 0; who < whom; ++who) {
                if (!says.speak(who, period, way)) continue;
                for (std::int32_t with = 0; with < whom; ++with)
                    for (const auto& [classification, product] : products) {
                        if (with == who ||
                            there.contains({who, with, period, classification, product, way}))
                            continue;
                        append_export(out, {who, with, period, classification, product, {}, {}}, 0,
                                      cell_origin::no_row);
                        out.flow.back() = way;
                        out.valued.back() = valuation::unknown;
                    }
            }
    return out;
}

}  // namespace veche::trade
