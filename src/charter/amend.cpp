// What an amendment makes of a charter.

#include <algorithm>

#include "charter/charter.hpp"
#include "charter/refusal.hpp"

namespace veche::charter {

namespace {

const std::string& key_of(const std::string& id) {
    return id;
}
template <class Tag>
const std::string& key_of(const id<Tag>& id) {
    return id.value;
}

template <class Row>
auto find_row(std::vector<Row>& rows, const std::string& id) {
    return std::find_if(rows.begin(), rows.end(),
                        [&](const Row& row) { return key_of(row.id) == id; });
}

template <class Row>
void put_rows(std::vector<Row>& into, const std::vector<Row>& changes) {
    for (const Row& row : changes) {
        const auto found = find_row(into, key_of(row.id));
        if (found == into.end())
            into.push_back(row);
        else
            *found = row;
    }
}

/// Calls `visit(name, table)` for each table of the document.
template <class Document, class Visit>
void for_each_table(Document& doc, const Visit& visit) {
    visit("units", doc.units);
    visit("languages", doc.languages);
    visit("members", doc.members);
    visit("bodies", doc.bodies);
    visit("seats", doc.seats);
    visit("offices", doc.offices);
    visit("rules", doc.rules);
    visit("mandates", doc.mandates);
}

template <class Part>
void replace_if_named(Part& now, const Part& change) {
    if (change != Part{}) now = change;
}

}  // namespace

charter_document amended(const charter_document& now, const charter_document& changes,
                         const std::vector<table_entry>& removals) {
    charter_document out = now;
    for (const table_entry& gone : removals)
        for_each_table(out, [&](std::string_view name, auto& rows) {
            if (name != gone.table) return;
            if (const auto found = find_row(rows, gone.id); found != rows.end()) rows.erase(found);
        });
    out.id = changes.id;
    replace_if_named(out.name, changes.name);
    replace_if_named(out.note, changes.note);
    replace_if_named(out.unsigned_types, changes.unsigned_types);
    replace_if_named(out.zone, changes.zone);
    if (changes.amendment) out.amendment = changes.amendment;
    if (changes.open_data) out.open_data = changes.open_data;
    if (changes.witnesses) out.witnesses = changes.witnesses;
    put_rows(out.units, changes.units);
    put_rows(out.languages, changes.languages);
    put_rows(out.members, changes.members);
    put_rows(out.bodies, changes.bodies);
    put_rows(out.seats, changes.seats);
    put_rows(out.offices, changes.offices);
    put_rows(out.rules, changes.rules);
    put_rows(out.mandates, changes.mandates);
    return out;
}

result<void> check_amendment(const charter_document& now, const charter_document& changes,
                             const std::vector<table_entry>& removals) {
    if (changes.id != now.id) return refuse(refusals::union_renamed, "changes.id", now.id);
    for (std::size_t i = 0; i < removals.size(); ++i) {
        const table_entry& gone = removals[i];
        const std::string place = "removals." + std::to_string(i);
        bool table_known = false;
        bool row_known = false;
        for_each_table(now, [&](std::string_view name, const auto& rows) {
            if (name != gone.table) return;
            table_known = true;
            row_known = std::any_of(rows.begin(), rows.end(),
                                    [&](const auto& row) { return key_of(row.id) == gone.id; });
        });
        if (!table_known) return refuse(refusals::table_unknown, place + ".table", gone.table);
        if (!row_known) return refuse(refusals::entry_unknown, place + ".id", gone.table, gone.id);
        if (gone.table == "members" || gone.table == "bodies" || gone.table == "units")
            return refuse(refusals::kept_for_record, place + ".table", gone.table);
    }
    for (const unit& changed : changes.units)
        for (const unit& before : now.units)
            if (before.id == changed.id &&
                (before.kind != changed.kind || before.scale != changed.scale))
                return refuse(refusals::unit_changed, "changes.units", before.id.value);
    return {};
}

}  // namespace veche::charter
