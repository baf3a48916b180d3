// A stock book from a file of events, kept by the room of doses itself: the rules are those of a
// union, with one desk that keeps every site.

#include <fmt/format.h>

#include "charter/charter.hpp"
#include "cli/dose_rows.hpp"
#include "cli/doses.hpp"
#include "cli/evidence_sheet.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "doses/deadlines.hpp"
#include "kernel/csv.hpp"

namespace veche::cli {
namespace {

constexpr const char* book_body = "book";
constexpr const char* book_keeper = "keeper";

charter::charter_document book_charter() {
    charter::charter_document out;
    charter::body body;
    body.id = {book_body};
    out.bodies.push_back(std::move(body));
    out.offices.push_back({{book_keeper}, {book_body}, {}, {}, {"doses"}, {}});
    out.mandates.push_back(
        {book_keeper, {book_keeper}, {}, office_id{book_keeper}, date{-25'000}, {}});
    return out;
}

/// Sends what rows say to the room, and lets what falls due happen in between.
class book_keeping {
  public:
    explicit book_keeping(const dose_book_options& o) : options_(o) {
        charter_.found(book_charter());
    }

    result<void> take(const dose_row& row) {
        const date on = VECHE_TRY(row.day("day"));
        if (start_of(on) < now_)
            return at_row(row, "day", "it lies before the row above: sort the rows");
        now_ = start_of(on);
        VECHE_CHECK(pass_time());
        VECHE_CHECK(know_names(row));
        const auto done = by_event(row, on);
        if (!done) return at_row(row, done.error().field, done.error().sentence());
        return {};
    }
    [[nodiscard]] doses::world seen() const { return {charter_, state_, nullptr}; }
    [[nodiscard]] viewer reader() const { return {{}, now_}; }

  private:
    static result<void> at_row(const dose_row& row, const std::string& field, std::string what) {
        // The sentence around it ends by itself.
        if (what.ends_with('.')) what.pop_back();
        return refuse(refusals::row_unsound, field, std::to_string(row.line()), field, what);
    }
    [[nodiscard]] context now() const {
        context ctx;
        ctx.at = now_;
        ctx.seq = seq_;
        ctx.actor = {book_keeper};
        ctx.auth = book_keeper;
        return ctx;
    }
    template <class E>
    bool follow_as(const event& one) {
        if (one.type != E::wire.type) return false;
        apply(state_, charter_, from_json<E>(std::string_view(one.body)).value(), now());
        return true;
    }
    void follow(const event& one) {
        follow_as<doses::dispatched>(one) || follow_as<doses::vials_opened>(one) ||
            follow_as<doses::expiry_near>(one) || follow_as<doses::lot_expired>(one);
        ++seq_;
    }
    result<void> pass_time() {
        while (const auto due = doses::next_due(state_, charter_, now_)) follow(*due);
        return {};
    }
    template <class C>
    result<void> send(const C& c) {
        const auto derived = VECHE_TRY(decide(seen(), c, now()));
        apply(state_, charter_, c, now());
        ++seq_;
        for (const event& one : derived) follow(one);
        return {};
    }
    /// A product or a site is known from its first row on.
    result<void> know_names(const dose_row& row) {
        for (const char* column : {"site", "to"}) {
            const std::string name = row.word(column);
            if (name.empty() || state_.sites.contains(doses::site_id{name})) continue;
            if (!is_identifier(name)) return at_row(row, column, "it is no id: letters and digits");
            doses::record_site c;
            c.site = {name};
            c.body = {book_body};
            c.names = {{"en", name}};
            VECHE_CHECK(send(c));
        }
        const std::string product = product_of(row);
        if (state_.products.contains(doses::product_id{product})) return {};
        if (!is_identifier(product))
            return at_row(row, "product", "it is no id: letters and digits");
        doses::record_product c;
        c.product = {product};
        c.body = {book_body};
        c.names = {{"en", product}};
        c.vial = options_.vial;
        c.course = options_.course;
        c.interval_min = c.interval = options_.interval_min;
        return send(c);
    }
    static std::string product_of(const dose_row& row) {
        const std::string named = row.word("product");
        return named.empty() ? "doses" : named;
    }
    result<void> by_event(const dose_row& row, date on) {
        const std::string what = VECHE_TRY(row.needed("event"));
        const doses::site_id site{VECHE_TRY(row.needed("site"))};
        const doses::lot_id lot{row.word("lot")};
        const doses::product_id product{product_of(row)};
        const std::int64_t doses = VECHE_TRY(row.number("doses"));
        const localized note = {{"en", row.word("why").empty() ? what : row.word("why")}};
        if (what == "receive")
            return send(doses::receive_lot{lot, product, lot.value, VECHE_TRY(row.day("expires")),
                                           site, doses, on, "row " + std::to_string(row.line())});
        if (what == "send") return send_away(row, on, site, product, doses, note);
        if (what == "open")
            return send(doses::open_vials{site, product, doses / options_.vial, on});
        if (what == "give") {
            const std::int64_t dose = VECHE_TRY(row.number("dose"));
            return send(doses::give{
                site, lot, on, {{dose == 0 ? 1 : static_cast<std::int32_t>(dose), {}, doses}}});
        }
        if (what == "discard") return throw_away(row, on, site, lot, doses);
        if (what == "count") return send(doses::count_stock{site, lot, doses, on, note});
        if (what == "recall") return send(doses::recall_lot{lot, note});
        if (what == "quarantine") return send(doses::quarantine{site, lot, note});
        if (what == "release") return send(doses::release{site, lot, note});
        return refuse(refusals::row_unsound, "event", std::to_string(row.line()), "event",
                      "\"" + what +
                          "\" is no event: write receive, send, open, give, discard, count, "
                          "recall, quarantine or release");
    }
    /// Sent and received on one day; with a lot it goes to a neighbour out of the order of issue.
    result<void> send_away(const dose_row& row, date on, const doses::site_id& from,
                           const doses::product_id& product, std::int64_t doses,
                           const localized& note) {
        const doses::shipment_id shipment{"row-" + std::to_string(row.line())};
        const doses::site_id to{VECHE_TRY(row.needed("to"))};
        const std::string lot = row.word("lot");
        const date use = row.word("use_from").empty() ? on : VECHE_TRY(row.day("use_from"));
        if (lot.empty())
            VECHE_CHECK(send(doses::dispatch{shipment, from, to, product, doses, on, use, {}}));
        else
            VECHE_CHECK(send(doses::transfer{shipment, from, to, {lot}, doses, on, use, note}));
        return send(doses::accept{shipment, on, state_.shipments.find(shipment)->lots, {}});
    }
    result<void> throw_away(const dose_row& row, date on, const doses::site_id& site,
                            const doses::lot_id& lot, std::int64_t doses) {
        const auto pick = [](const auto& names, const std::string& asked, std::size_t otherwise) {
            const auto at = std::find(names.begin(), names.end(), asked);
            return at == names.end() ? otherwise : static_cast<std::size_t>(at - names.begin());
        };
        const auto state = pick(describe<doses::stock_state>().choices, row.word("state"), 0);
        const auto why = pick(describe<doses::loss_reason>().choices, row.word("why"), 7);
        return send(doses::discard{site,
                                   lot,
                                   static_cast<doses::stock_state>(state),
                                   doses,
                                   on,
                                   static_cast<doses::loss_reason>(why),
                                   {}});
    }

    const dose_book_options& options_;
    charter::state charter_;
    doses::state state_;
    instant now_{std::numeric_limits<std::int64_t>::min()};
    std::uint64_t seq_ = 1;
};

std::string day_text(const std::optional<date>& on) {
    return on ? to_text(*on) : std::string();
}

sheet_table stock_table(const doses::stock_view& of) {
    sheet_table out{"stock",
                    {"product", "site", "usable", "opened", "set aside", "recalled", "expired",
                     "given", "first expiry"},
                    {}};
    const auto n = [](std::int64_t value) { return std::to_string(value); };
    for (const doses::stock_row& row : of.rows)
        out.rows.push_back({row.product.value, row.site.value, n(row.usable), n(row.open),
                            n(row.quarantined), n(row.recalled), n(row.expired), n(row.given),
                            row.stock_out ? "out of stock" : day_text(row.next_expiry)});
    return out;
}

sheet_table lot_table(const doses::lots_view& of) {
    sheet_table out{
        "lots", {"lot", "expires", "received", "usable", "opened", "barred", "given", "lost"}, {}};
    const auto n = [](std::int64_t value) { return std::to_string(value); };
    for (const doses::lot_row& row : of.lots)
        out.rows.push_back({row.lot.value, to_text(row.expires), n(row.received), n(row.usable),
                            n(row.open), n(row.barred), n(row.given), n(row.lost)});
    return out;
}

result<std::string> moves_text(const book_keeping& book, const doses::lots_view& lots) {
    std::string out = "lot,day,what,site,other,doses,why\n";
    for (const doses::lot_row& lot : lots.lots) {
        const auto view = VECHE_TRY(ask(book.seen(), doses::lot_query{lot.lot}, book.reader()));
        for (const doses::move_row& one : view.moves)
            out += fmt::format("{},{},{},{},{},{},{}\n", csv_cell(lot.lot.value), to_text(one.on),
                               name_of(one.kind), one.site ? csv_cell(one.site->value) : "",
                               one.other ? csv_cell(one.other->value) : "", one.doses,
                               one.why ? name_of(*one.why) : "");
    }
    return out;
}

result<evidence_sheet> kept_book(const dose_book_options& o) {
    const auto rows = VECHE_TRY(dose_rows(o.file, {"day", "event", "site", "doses"}));
    book_keeping book(o);
    for (const dose_row& row : rows) VECHE_CHECK(book.take(row));
    const auto stock = VECHE_TRY(ask(book.seen(), doses::stock_query{}, book.reader()));
    const auto lots = VECHE_TRY(ask(book.seen(), doses::lots_query{}, book.reader()));
    if (!o.moves.empty()) {
        const std::string text = VECHE_TRY(moves_text(book, lots));
        VECHE_CHECK(write_new_file(o.moves, text, false));
    }
    evidence_sheet out;
    out.title = "Doses";
    for (const doses::product_row& one : stock.products) {
        out.facts.push_back(
            {one.product.value, fmt::format("{} received = {} held + {} on the way "
                                            "+ {} given + {} lost",
                                            one.received, one.held, one.way, one.given,
                                            one.lost_open + one.lost_closed + one.missing)});
        if (one.wastage_open)
            out.facts.push_back(
                {"open-vial wastage, " + one.product.value, to_text(*one.wastage_open)});
        if (one.wastage_closed)
            out.facts.push_back(
                {"closed-vial wastage, " + one.product.value, to_text(*one.wastage_closed)});
    }
    out.tables = {stock_table(stock), lot_table(lots)};
    return out;
}

}  // namespace

result<kept_stock> kept_stock_of(const dose_book_options& o, const std::vector<dose_row>& rows) {
    book_keeping book(o);
    for (const dose_row& row : rows) VECHE_CHECK(book.take(row));
    kept_stock out;
    out.stock = VECHE_TRY(ask(book.seen(), doses::stock_query{}, book.reader()));
    const auto lots = VECHE_TRY(ask(book.seen(), doses::lots_query{}, book.reader()));
    for (const doses::lot_row& one : lots.lots)
        out.lots.push_back(VECHE_TRY(ask(book.seen(), doses::lot_query{one.lot}, book.reader())));
    return out;
}

int dose_book(const dose_book_options& o, const terminal& on) {
    const auto made = kept_book(o);
    if (!made) return on.fail(made.error());
    show(*made, on);
    return done;
}

}  // namespace veche::cli
