#include "cli/inputoutput.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>

#include "cli/inputoutput_source.hpp"
#include "cli/refusal.hpp"
#include "inputoutput/balance.hpp"
#include "inputoutput/dependence.hpp"
#include "inputoutput/extraction.hpp"
#include "inputoutput/footprint.hpp"
#include "inputoutput/groups.hpp"
#include "inputoutput/linkages.hpp"
#include "inputoutput/value_added.hpp"
#include "numerics/digits.hpp"

namespace veche::cli {
namespace {

namespace io = inputoutput;
using io_sheet = result<evidence_sheet>;

/// What is nothing but rounding is told as such: its digits are the machine's.
table_cell rounding_or(double value, double scale) {
    constexpr double rounding = 1e-12;
    if (std::abs(value) <= rounding * scale) return std::string("below 1e-12");
    return value;
}

double as_figure(std::size_t n) {
    return static_cast<double>(n);
}

evidence_sheet sheet_of(const std::string& title, const io_table& in) {
    evidence_sheet out;
    out.title = title;
    out.facts = in.facts;
    return out;
}

/// A sheet of an analysis on the factorised system, with how exact that is.
io_sheet on_system(
    const io_options& options, const std::string& title,
    const std::function<result<void>(const io::leontief_system&, evidence_sheet&)>& add) {
    const io_table in = VECHE_TRY(load_table(options.source));
    const io::leontief_system system = VECHE_TRY(io::leontief_system::of(in.table));
    evidence_sheet out = sheet_of(title, in);
    out.facts.emplace_back("reciprocal condition",
                           numerics::digits(system.reciprocal_condition(), 2));
    out.facts.emplace_back("largest residual", rounding_or(system.residual(), 1));
    const auto odd = io::look_at(in.table);
    if (!odd.using_all.empty() || odd.negative_cells > 0 || !odd.gaps.empty())
        out.remarks.push_back(
            "The table has " + std::to_string(odd.gaps.size()) + " gaps, " +
            std::to_string(odd.negative_cells) + " negative cells and " +
            std::to_string(odd.using_all.size()) +
            " producers that use at least what they make; veche inputoutput balance lists them.");
    VECHE_CHECK(add(system, out));
    return out;
}

int shown(const io_sheet& made, const io_options& options, const terminal& on) {
    if (!made) return on.fail(made.error());
    evidence_sheet sheet = *made;
    if (!on.json)
        for (sheet_table& one : sheet.tables)
            if (one.rows.size() > options.top) {
                one.name += " (the first " + std::to_string(options.top) + " of " +
                            std::to_string(one.rows.size()) + "; --top shows more)";
                one.rows.resize(options.top);
            }
    show(sheet, on);
    return done;
}

bool wanted(const std::vector<std::string>& only, const std::string& name) {
    return only.empty() || std::find(only.begin(), only.end(), name) != only.end();
}

result<std::vector<std::size_t>> exporters_in(const io::table& in,
                                              const std::vector<std::string>& only) {
    std::vector<std::size_t> out;
    for (const std::string& one : only) out.push_back(VECHE_TRY(io::region_in(in, one)));
    if (only.empty())
        for (std::size_t r = 0; r < in.regions.size(); ++r) out.push_back(r);
    return out;
}

sheet_table cells_table(const char* name, const std::vector<io::odd_cell>& of) {
    sheet_table out{name, {"row", "column", "value"}, {}};
    for (const auto& one : of) out.rows.push_back({one.row, one.column, one.value});
    return out;
}

using account_of = std::function<result<io::decomposition>(const io::trade_view&, std::size_t)>;

account_of account_named(const std::string& method) {
    if (method == "kww") return io::kww;
    if (method == "wwz") return io::wwz;
    const auto at = method == "borin-mancini-sink" ? io::counted::sink : io::counted::source;
    return [at](const io::trade_view& of, std::size_t r) { return io::borin_mancini(of, r, at); };
}

result<void> add_decomposition(const io::trade_view& view, std::size_t exporter,
                               const io_options& options, evidence_sheet& out,
                               sheet_table& totals) {
    const io::decomposition d = VECHE_TRY(account_named(options.method)(view, exporter));
    if (totals.columns.empty()) {
        totals.columns = {"exporter", "exports"};
        totals.columns.insert(totals.columns.end(), d.terms.begin(), d.terms.end());
        totals.columns.emplace_back("left over");
        totals.name = "Gross exports by " + d.method;
    }
    std::vector<table_cell> row = {d.exporter, d.exports};
    row.insert(row.end(), d.totals.begin(), d.totals.end());
    row.emplace_back(std::abs(d.left_over) <= 1e-12 * std::abs(d.exports) ? 0.0 : d.left_over);
    totals.rows.push_back(std::move(row));
    if (options.by.empty() || d.by_partner.rows == 0) return {};
    const bool partners = options.by == "partner";
    const auto& cells = partners ? d.by_partner : d.by_producer;
    sheet_table parts{d.exporter + " by " + options.by, {options.by}, {}};
    parts.columns.insert(parts.columns.end(), d.terms.begin(), d.terms.end());
    const io::leontief_system& system = view.system();
    for (std::size_t r = 0; r < cells.rows; ++r) {
        if (partners && r == exporter) continue;
        std::vector<table_cell> part = {partners
                                            ? system.data().regions[r]
                                            : system.data().label(system.of_region(exporter)[r])};
        for (std::size_t t = 0; t < cells.columns; ++t) part.emplace_back(cells(r, t));
        parts.rows.push_back(std::move(part));
    }
    out.tables.push_back(std::move(parts));
    return {};
}

result<void> add_participation(const io::trade_view& view, const std::vector<std::size_t>& of,
                               evidence_sheet& out) {
    sheet_table t{"Participation by Borin-Mancini source",
                  {"exporter", "exports", "DC", "DVA", "VAX", "REF", "DDC", "FC", "FVA", "FDC",
                   "DAVAX", "GVC", "GVC backward", "GVC forward"},
                  {}};
    for (const std::size_t r : of) {
        const auto p = VECHE_TRY(io::participation(view, r));
        t.rows.push_back({p.exporter, p.exports, p.domestic_content, p.dva, p.vax, p.ref, p.ddc,
                          p.foreign_content, p.fva, p.fdc, p.davax, p.gvc, p.backward, p.forward});
    }
    out.tables.push_back(std::move(t));
    return {};
}

void add_oecd(const io::trade_view& view, const std::vector<std::size_t>& of, evidence_sheet& out) {
    sheet_table t{"Indicators by OECD TiVA",
                  {"exporter", "EXGR", "EXGR_DVA", "EXGR_DDC", "EXGR_IDC", "EXGR_RIM", "EXGR_FVA",
                   "FFD_DVA", "DFD_FVA", "DEXFVApSH", "FEXDVApSH"},
                  {}};
    for (const std::size_t r : of) {
        const auto o = io::oecd(view, r);
        t.rows.push_back({o.exporter, o.exgr, o.exgr_dva, o.exgr_ddc, o.exgr_idc, o.exgr_rim,
                          o.exgr_fva, o.ffd_dva, o.dfd_fva, o.backward, o.forward});
    }
    out.tables.push_back(std::move(t));
}

void add_used(const io::trade_view& view, const std::vector<std::size_t>& of, evidence_sheet& out) {
    const auto used = io::value_added_used(view);
    const auto& regions = view.system().data().regions;
    sheet_table t{
        "Value added by who makes (rows) and who uses it in the end, by Leontief", {"made in"}, {}};
    t.columns.insert(t.columns.end(), regions.begin(), regions.end());
    for (const std::size_t r : of) {
        std::vector<table_cell> row = {regions[r]};
        for (std::size_t to = 0; to < regions.size(); ++to) row.emplace_back(used(r, to));
        t.rows.push_back(std::move(row));
    }
    out.tables.push_back(std::move(t));
}

void add_shares(const io::dependence& d, evidence_sheet& out) {
    sheet_table roles{d.home + "|" + d.sector + ": inputs by role",
                      {"role", "of inputs bought", "of the value, along chains"},
                      {}};
    for (std::size_t k = 0; k < io::roles; ++k)
        roles.rows.push_back(
            {std::string(io::name_of(static_cast<io::role>(k))), d.direct[k], d.total[k]});
    sheet_table regions{d.home + "|" + d.sector + ": inputs by region",
                        {"region", "role", "of inputs bought", "of the value, along chains"},
                        {}};
    for (const auto& one : d.sources)
        regions.rows.push_back(
            {one.region, std::string(io::name_of(one.as)), one.direct, one.total});
    sheet_table paths{d.home + "|" + d.sector +
                          ": from abroad, by who made it and whose border it "
                          "crossed last",
                      {"made in", "comes in from", "of the value"},
                      {}};
    for (const auto& one : d.paths) paths.rows.push_back({one.origin, one.last, one.share});
    sheet_table kinds{d.home + "|" + d.sector +
                          ": inputs from third countries, and who in the union "
                          "makes their like",
                      {"input", "bought", "of inputs", "most from", "its share", "maker", "output",
                       "sold outside"},
                      {}};
    for (const auto& one : d.from_third) {
        if (one.makers.empty())
            kinds.rows.push_back({one.sector, one.bought, one.of_inputs, one.largest_source,
                                  one.largest_share, std::string("nobody"), 0.0, 0.0});
        for (const auto& by : one.makers)
            kinds.rows.push_back({one.sector, one.bought, one.of_inputs, one.largest_source,
                                  one.largest_share, by.region, by.output, by.exports_outside});
    }
    out.tables.push_back(std::move(roles));
    out.tables.push_back(std::move(regions));
    out.tables.push_back(std::move(paths));
    out.tables.push_back(std::move(kinds));
}

result<void> add_dependence(const io::leontief_system& system, const io_options& options,
                            evidence_sheet& out) {
    const io::trade_view view = VECHE_TRY(io::trade_view::of(system));
    const io::circle who{options.member, options.partner, options.union_};
    sheet_table all{"Sectors of " + options.member,
                    {"sector", "output", "value added", "from partner", "from members",
                     "from third", "of it through others", "H direct", "H total"},
                    {}};
    std::size_t silent = 0;
    for (const std::string& sector :
         options.sector.empty() ? system.data().sectors : options.sector) {
        const auto d = io::depend(view, who, sector);
        // Of all sectors, some are not there; one that was asked for must be.
        if (!d && options.sector.empty() && d.error().code() == "inputoutput.nothing_made") {
            ++silent;
            continue;
        }
        if (!d) return tl::unexpected<refusal>(d.error());
        if (all.rows.empty()) out.facts.emplace_back("method", d->method);
        all.rows.push_back({d->sector, d->output, d->own_value_added, d->total[1], d->total[2],
                            d->total[3], d->through_others, d->concentration_direct,
                            d->concentration_total});
        if (!options.sector.empty()) add_shares(*d, out);
    }
    out.tables.insert(out.tables.begin(), std::move(all));
    if (silent > 0) out.remarks.push_back(std::to_string(silent) + " sectors make nothing there.");
    out.remarks.emplace_back(
        "A maker in the union makes goods of the same sector, not surely the same good, and the "
        "table does not know its free capacity: a reason to ask, not an answer.");
    return {};
}

/// "FROM|SECTOR>TO|SECTOR:SHARE".
result<io::stopped_link> link_of(const std::string& text, bool final_use) {
    const std::size_t arrow = text.find('>');
    if (arrow == std::string::npos) return refuse(refusals::link_malformed, "stop", text);
    io::stopped_link out;
    out.final_use = final_use;
    std::string to = text.substr(arrow + 1);
    if (const std::size_t colon = to.rfind(':'); colon != std::string::npos) {
        const char* end = to.data() + to.size();
        const auto read = std::from_chars(to.data() + colon + 1, end, out.share);
        if (read.ec != std::errc() || read.ptr != end)
            return refuse(refusals::link_malformed, "stop", text);
        to.resize(colon);
    }
    const auto part = [](const std::string& of, std::string& region, std::string& sector) {
        const std::size_t at = of.find('|');
        region = of.substr(0, at);
        if (at != std::string::npos) sector = of.substr(at + 1);
    };
    part(text.substr(0, arrow), out.from_region, out.from_sector);
    part(to, out.to_region, out.to_sector);
    return out;
}

void add_losses(const io::leontief_system& system, const io::extraction& e,
                const io_options& options, evidence_sheet& out) {
    out.facts.emplace_back("method", e.method);
    out.facts.emplace_back("flows between producers that stop", e.flows_stopped);
    out.facts.emplace_back("deliveries to final use that stop", e.final_use_stopped);
    sheet_table regions{"Regions",
                        {"region", "output", "upstream", "downstream", "value added upstream",
                         "value added downstream"},
                        {}};
    for (const auto& one : e.regions)
        regions.rows.push_back({one.region, one.output, one.upstream, one.downstream,
                                one.value_added_upstream, one.value_added_downstream});
    sheet_table producers{"Producers, most downstream first",
                          {"producer", "output", "upstream", "downstream", "inputs lost"},
                          {}};
    std::vector<io::producer_loss> sorted;
    for (std::size_t j = 0; j < e.producers.size(); ++j)
        if (wanted(options.region, system.data().regions[system.region_of(j)]))
            sorted.push_back(e.producers[j]);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.downstream > b.downstream; });
    for (const auto& one : sorted)
        producers.rows.push_back(
            {one.label, one.output, one.upstream, one.downstream, one.inputs_lost});
    out.tables.push_back(std::move(regions));
    out.tables.push_back(std::move(producers));
    out.remarks.insert(out.remarks.end(), e.caveats.begin(), e.caveats.end());
}

io_sheet balance_sheet(const io_options& options) {
    const io_table in = VECHE_TRY(load_table(options.source));
    const auto b = io::look_at(in.table, options.tolerance);
    evidence_sheet out = sheet_of("Whether the table adds up", in);
    out.facts.emplace_back("output", b.output);
    out.facts.emplace_back("final use", b.final_use);
    out.facts.emplace_back("value added", b.value_added);
    out.facts.emplace_back("output stated", std::string(b.output_stated ? "yes" : "no"));
    out.facts.emplace_back("value added stated", std::string(b.value_added_stated ? "yes" : "no"));
    out.facts.emplace_back("largest gap", b.largest_gap);
    out.facts.emplace_back("tolerance, of output", b.tolerance);
    out.facts.emplace_back("negative cells", as_figure(b.negative_cells));
    out.facts.emplace_back(
        "memory of an analysis, MiB",
        io::peak_bytes(in.table.size(), in.table.finals.size(), in.table.regions.size()) / 1048576);
    sheet_table gaps{
        "Gaps beyond the tolerance", {"what", "producer", "stated", "summed", "gap"}, {}};
    for (const auto& one : b.gaps)
        gaps.rows.push_back({one.what, one.label, one.stated, one.summed, one.gap()});
    out.tables.push_back(std::move(gaps));
    out.tables.push_back(cells_table("Negative cells, the first", b.negative));
    out.tables.push_back(cells_table("Inputs over output, 1 or more", b.using_all));
    out.tables.push_back(cells_table("Inputs of producers without output", b.used_without_output));
    sheet_table none{"Producers without output", {"producer"}, {}};
    for (const std::string& one : b.without_output) none.rows.push_back({one});
    out.tables.push_back(std::move(none));
    return out;
}

}  // namespace

int io_balance(const io_options& options, const terminal& on) {
    return shown(balance_sheet(options), options, on);
}

int io_multipliers(const io_options& options, const terminal& on) {
    const auto add = [&](const io::leontief_system& system, evidence_sheet& out) -> result<void> {
        VECHE_CHECK(exporters_in(system.data(), options.region));
        out.facts.emplace_back(
            "method", std::string("Leontief; indices by Rasmussen; forward also by Ghosh"));
        sheet_table t{"Producers",
                      {"producer", "output", "backward", "of it at home", "index", "forward",
                       "index", "Ghosh", "index"},
                      {}};
        const auto all = io::linkages(system);
        for (std::size_t j = 0; j < all.size(); ++j) {
            if (!wanted(options.region, system.data().regions[system.region_of(j)])) continue;
            const auto& one = all[j];
            t.rows.push_back({one.label, one.output, one.backward, one.backward_home,
                              one.backward_index, one.forward, one.forward_index, one.ghosh,
                              one.ghosh_index});
        }
        out.tables.push_back(std::move(t));
        return {};
    };
    return shown(on_system(options, "Multipliers and linkages", add), options, on);
}

int io_tiva(const io_options& options, const terminal& on) {
    const auto add = [&](const io::leontief_system& system, evidence_sheet& out) -> result<void> {
        const auto of = VECHE_TRY(exporters_in(system.data(), options.region));
        const io::trade_view view = VECHE_TRY(io::trade_view::of(system));
        out.facts.emplace_back("method", options.method);
        out.facts.emplace_back("value added", std::string("output less inputs of the table"));
        if (options.method == "oecd")
            add_oecd(view, of, out);
        else if (options.method == "participation")
            VECHE_CHECK(add_participation(view, of, out));
        else if (options.method == "leontief")
            add_used(view, of, out);
        else {
            sheet_table totals;
            for (const std::size_t r : of)
                VECHE_CHECK(add_decomposition(view, r, options, out, totals));
            out.tables.insert(out.tables.begin(), std::move(totals));
            if (options.method == "kww" && !options.by.empty())
                out.remarks.emplace_back("KWW has no terms by partner or sector.");
        }
        return {};
    };
    return shown(on_system(options, "Value added in trade", add), options, on);
}

int io_footprint(const io_options& options, const terminal& on) {
    const auto add = [&](const io::leontief_system& system, evidence_sheet& out) -> result<void> {
        const auto all = VECHE_TRY(io::footprints(system, options.extension));
        VECHE_CHECK(exporters_in(system.data(), options.region));
        if (!all.empty()) out.facts.emplace_back("method", all[0].method);
        for (const io::footprint& one : all) {
            sheet_table t{one.stressor + (one.unit.empty() ? " (unit not said)" : ", " + one.unit),
                          {"region", "production", "consumption", "imports", "exports",
                           "by final use itself"},
                          {}};
            for (std::size_t r = 0; r < system.regions(); ++r)
                if (wanted(options.region, system.data().regions[r]))
                    t.rows.push_back({system.data().regions[r], one.production[r],
                                      one.consumption[r], one.imports[r], one.exports[r],
                                      one.direct[r]});
            out.tables.push_back(std::move(t));
        }
        return {};
    };
    return shown(on_system(options, "Footprints of " + options.extension, add), options, on);
}

int io_dependence(const io_options& options, const terminal& on) {
    const auto add = [&](const io::leontief_system& system, evidence_sheet& out) {
        return add_dependence(system, options, out);
    };
    return shown(on_system(options, "On whom " + options.member + " depends", add), options, on);
}

int io_extract(const io_options& options, const terminal& on) {
    const auto add = [&](const io::leontief_system& system, evidence_sheet& out) -> result<void> {
        std::vector<io::stopped_link> links;
        for (const std::string& one : options.stop)
            links.push_back(VECHE_TRY(link_of(one, options.final_use)));
        VECHE_CHECK(exporters_in(system.data(), options.region));
        const auto made = VECHE_TRY(io::extract(system, links));
        add_losses(system, made, options, out);
        return {};
    };
    return shown(on_system(options, "What stops if links stop", add), options, on);
}

}  // namespace veche::cli
