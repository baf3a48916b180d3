#include <algorithm>

#include "doses/stock.hpp"
#include "kernel/check.hpp"

namespace veche::doses {
namespace {

template <class Key, class Command>
void put_record(cow_map<Key, kept<Command>>& map, const Key& key, const Command& c,
                const context& ctx) {
    if (!map.contains(key)) map.insert(key, {});
    kept<Command>& one = map.edit(key);
    one.what = c;
    one.versions.push_back(ctx.seq);
}

template <class Key, class Value>
Value& at_or_new(cow_map<Key, Value>& map, const Key& key) {
    return map.contains(key) ? map.edit(key) : map.insert(key, {});
}

/// Writes into the book on behalf of one entry of the journal, and into the lives of its lots.
class stock_writer {
  public:
    stock_writer(state& s, const context& ctx, date on) : s_(s), ctx_(ctx), on_(on) {}

    void move(const lot_id& lot, const std::string& from, const std::string& to,
              std::int64_t doses) {
        if (doses == 0) return;
        const std::string& unit = s_.lots.find(lot)->what.product.value;
        ledger::enter e;
        e.id = "e" + std::to_string(ctx_.seq) + "." + std::to_string(count_++);
        e.day = on_;
        e.legs = {{to, unit, doses}, {from, unit, -doses}};
        const ledger::operation o = e;
        VECHE_ENSURE(ledger::check(s_.book, o).good(), "no dose moves that is not there");
        ledger::post(s_.book, o, ctx_.seq);
    }
    void tell(const lot_id& lot, move_kind kind, std::optional<site_id> site, std::int64_t doses,
              std::optional<site_id> other = {}, std::optional<loss_reason> why = {},
              localized note = {}) {
        s_.lots.edit(lot).moves.push_back({kind, on_, ctx_.at, std::move(site), std::move(other),
                                           doses, why, std::move(note), ctx_.seq});
    }
    passed& at(const site_id& site, const lot_id& lot) {
        return at_or_new(s_.passed_by, site_product{site, s_.lots.find(lot)->what.product});
    }

  private:
    state& s_;
    const context& ctx_;
    date on_;
    int count_ = 0;
};

void add_due(state& s, const lot_id& lot, const context& ctx) {
    const receive_lot& what = s.lots.find(lot)->what;
    const std::int32_t warn = s.products.find(what.product)->what.warn_days;
    const instant early = start_of(date{what.expires.days - warn});
    // One that comes late is warned of at once.
    s.due.insert({std::max(early, ctx.at), due_kind::warn, lot}, {});
    s.due.insert({std::max(start_of(date{what.expires.days + 1}), ctx.at), due_kind::expire, lot},
                 {});
}

void end_due(state& s, const lot_id& lot, due_kind kind) {
    for (const auto& [mark, _] : s.due) {
        if (mark.lot != lot || mark.kind != kind) continue;
        const due_mark done = mark;
        s.due.erase(done);
        return;
    }
}

}  // namespace

void apply(state& s, const charter::state&, const record_product& c, const context& ctx) {
    if (!s.products.contains(c.product)) {
        ledger::declare_unit unit;
        unit.id = "unit." + c.product.value;
        unit.unit = c.product.value;
        ledger::post(s.book, unit, ctx.seq);
    }
    put_record(s.products, c.product, c, ctx);
}
void apply(state& s, const charter::state&, const record_site& c, const context& ctx) {
    put_record(s.sites, c.site, c, ctx);
}
void apply(state& s, const charter::state&, const record_group& c, const context& ctx) {
    put_record(s.groups, c.group, c, ctx);
}
void apply(state& s, const charter::state&, const record_target& c, const context& ctx) {
    put_record(s.targets, people_key{c.region, c.group}, c, ctx);
}
void apply(state& s, const charter::state&, const state_need& c, const context&) {
    at_or_new(s.needs, site_product{c.site, c.product}) = c.per_day;
}
void apply(state& s, const charter::state&, const report_people& c, const context& ctx) {
    at_or_new(s.people, people_key{c.region, c.group}).push_back({c, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const receive_lot& c, const context& ctx) {
    s.lots.insert(c.lot, {c, ctx.seq, false, false, {}});
    s.order.insert({c.product, c.expires, c.on, c.lot}, {});
    stock_writer write(s, ctx, c.on);
    write.move(c.lot, received_account(c.lot), held_account(c.site, c.lot, stock_state::usable),
               c.doses);
    write.tell(c.lot, move_kind::received, c.site, c.doses);
    write.at(c.site, c.lot).received += c.doses;
    add_due(s, c.lot, ctx);
}

void apply(state& s, const charter::state&, const dispatch& c, const context& ctx) {
    s.shipments.insert(
        c.shipment,
        {c.from, c.to, c.product, c.on, c.use_from, c.allocation, false, {}, {}, ctx.seq, 0});
    if (c.allocation) s.allocations.edit(*c.allocation).sent[c.to] += c.doses;
}

void apply(state& s, const charter::state&, const transfer& c, const context& ctx) {
    const product_id product = s.lots.find(c.lot)->what.product;
    s.shipments.insert(c.shipment,
                       {c.from, c.to, product, c.on, c.use_from, {}, true, {}, {}, ctx.seq, 0});
}

void apply(state& s, const charter::state&, const dispatched& e, const context& ctx) {
    shipment& of = s.shipments.edit(e.shipment);
    of.lots = e.lots;
    stock_writer write(s, ctx, of.on);
    for (const lot_part& one : e.lots) {
        write.move(one.lot, held_account(of.from, one.lot, stock_state::usable),
                   way_account(e.shipment, one.lot), one.doses);
        write.tell(one.lot, move_kind::sent, of.from, one.doses, of.to);
        write.at(of.from, one.lot).sent += one.doses;
    }
}

void apply(state& s, const charter::state&, const accept& c, const context& ctx) {
    shipment& of = s.shipments.edit(c.shipment);
    of.came = c;
    of.came_seq = ctx.seq;
    stock_writer write(s, ctx, c.on);
    for (std::size_t i = 0; i < c.got.size(); ++i) {
        const lot_id& id = c.got[i].lot;
        const lot& known = *s.lots.find(id);
        const stock_state into = known.recalled  ? stock_state::recalled
                                 : known.expired ? stock_state::expired
                                                 : stock_state::usable;
        const std::int64_t missing = of.lots[i].doses - c.got[i].doses;
        const std::string way = way_account(c.shipment, id);
        write.move(id, way, held_account(of.to, id, into), c.got[i].doses);
        write.move(id, way, lost_account(id, loss_reason::in_transit), missing);
        if (c.got[i].doses > 0) write.tell(id, move_kind::came, of.to, c.got[i].doses, of.from);
        if (missing > 0)
            write.tell(id, move_kind::missing, of.to, missing, of.from, loss_reason::in_transit,
                       c.reason);
        write.at(of.to, id).came += of.lots[i].doses;
        write.at(of.to, id).lost_closed += missing;
    }
}

void apply(state&, const charter::state&, const open_vials&, const context&) {}

void apply(state& s, const charter::state&, const vials_opened& e, const context& ctx) {
    stock_writer write(s, ctx, e.on);
    for (const lot_part& one : e.lots) {
        write.move(one.lot, held_account(e.site, one.lot, stock_state::usable),
                   held_account(e.site, one.lot, stock_state::open), one.doses);
        write.tell(one.lot, move_kind::opened, e.site, one.doses);
        write.at(e.site, one.lot).opened += one.doses;
    }
}

void apply(state& s, const charter::state&, const give& c, const context& ctx) {
    const product_id product = s.lots.find(c.lot)->what.product;
    const std::optional<region_id> region = s.sites.find(c.site)->what.region;
    std::int64_t sum = 0;
    for (const given_count& one : c.given) {
        at_or_new(s.given, given_key{product, one.dose})[c.on] += one.doses;
        at_or_new(s.given_in, region_given_key{product, region, one.group, one.dose}) += one.doses;
        sum += one.doses;
    }
    at_or_new(s.used, site_product{c.site, product})[c.on] += sum;
    stock_writer write(s, ctx, c.on);
    write.move(c.lot, held_account(c.site, c.lot, stock_state::open), given_account(c.lot), sum);
    write.tell(c.lot, move_kind::given, c.site, sum);
    write.at(c.site, c.lot).given += sum;
}

void apply(state& s, const charter::state&, const discard& c, const context& ctx) {
    stock_writer write(s, ctx, c.on);
    write.move(c.lot, held_account(c.site, c.lot, c.out_of), lost_account(c.lot, c.why), c.doses);
    write.tell(c.lot, move_kind::discarded, c.site, c.doses, {}, c.why, c.note);
    passed& here = write.at(c.site, c.lot);
    (c.out_of == stock_state::open ? here.lost_open : here.lost_closed) += c.doses;
}

void apply(state& s, const charter::state&, const count_stock& c, const context& ctx) {
    stock_writer write(s, ctx, c.on);
    const std::string account = held_account(c.site, c.lot, stock_state::usable);
    const std::string missing = lost_account(c.lot, loss_reason::counted);
    const std::int64_t more = c.counted - balance_of(s, c.lot, account);
    write.move(c.lot, more > 0 ? missing : account, more > 0 ? account : missing,
               more > 0 ? more : -more);
    write.tell(c.lot, move_kind::counted, c.site, more, {}, {}, c.reason);
    write.at(c.site, c.lot).counted += more;
}

void apply(state& s, const charter::state&, const quarantine& c, const context& ctx) {
    stock_writer write(s, ctx, date_of(ctx.at));
    const std::int64_t doses = held(s, c.site, c.lot, stock_state::usable);
    write.move(c.lot, held_account(c.site, c.lot, stock_state::usable),
               held_account(c.site, c.lot, stock_state::quarantined), doses);
    write.tell(c.lot, move_kind::quarantined, c.site, doses, {}, {}, c.reason);
}

void apply(state& s, const charter::state&, const release& c, const context& ctx) {
    stock_writer write(s, ctx, date_of(ctx.at));
    const std::int64_t doses = held(s, c.site, c.lot, stock_state::quarantined);
    write.move(c.lot, held_account(c.site, c.lot, stock_state::quarantined),
               held_account(c.site, c.lot, stock_state::usable), doses);
    write.tell(c.lot, move_kind::released, c.site, doses, {}, {}, c.reason);
}

void apply(state& s, const charter::state&, const recall_lot& c, const context& ctx) {
    stock_writer write(s, ctx, date_of(ctx.at));
    s.lots.edit(c.lot).recalled = true;
    for (const auto& [site, _] : s.sites) {
        std::int64_t sum = 0;
        for (const stock_state from :
             {stock_state::usable, stock_state::open, stock_state::quarantined}) {
            const std::int64_t doses = held(s, site, c.lot, from);
            write.move(c.lot, held_account(site, c.lot, from),
                       held_account(site, c.lot, stock_state::recalled), doses);
            sum += doses;
        }
        if (sum > 0) write.tell(c.lot, move_kind::recalled, site, sum, {}, {}, c.reason);
    }
}

void apply(state& s, const charter::state&, const expiry_near& e, const context& ctx) {
    end_due(s, e.lot, due_kind::warn);
    stock_writer write(s, ctx, date_of(ctx.at));
    for (const waste_expected& one : e.sites)
        write.tell(e.lot, move_kind::warned, one.site, one.doses, one.neighbour);
}

void apply(state& s, const charter::state&, const lot_expired& e, const context& ctx) {
    end_due(s, e.lot, due_kind::expire);
    s.lots.edit(e.lot).expired = true;
    stock_writer write(s, ctx, date_of(ctx.at));
    for (const site_doses& one : e.left) {
        for (const stock_state from : {stock_state::usable, stock_state::quarantined})
            write.move(e.lot, held_account(one.site, e.lot, from),
                       held_account(one.site, e.lot, stock_state::expired),
                       held(s, one.site, e.lot, from));
        write.tell(e.lot, move_kind::expired, one.site, one.doses);
    }
}

void apply(state& s, const charter::state&, const allocate& c, const context& ctx) {
    s.allocations.insert(c.allocation, {c,
                                        ctx.decision ? ctx.decision->decision : decision_id{},
                                        {},
                                        {},
                                        date_of(ctx.at),
                                        ctx.seq});
}
void apply(state& s, const charter::state&, const allocated& e, const context&) {
    s.allocations.edit(e.allocation).out = e;
}

}  // namespace veche::doses
