#include "database.hpp"

#include <algorithm>

namespace veche::simulation {

void tables::put(const change& c) {
    switch (c.table) {
        case change::into::entry:
            entries[c.number] = {c.a, c.b};
            break;
        case change::into::tile:
            tiles[c.number] = c.a;
            break;
        case change::into::head:
            next = c.number;
            at_ms = c.other;
            edge = c.a;
            break;
        case change::into::checkpoint:
            checkpoints[c.number] = {c.a, c.b};
            break;
        case change::into::idem:
            idems[{c.a, c.b}] = {c.number, c.c};
            break;
        case change::into::stream:
            streams[{c.a, c.other}] = c.number;
            break;
        case change::into::form:
            break;
    }
}

bool tables::taken(const change& c) const {
    switch (c.table) {
        case change::into::entry:
            return entries.contains(c.number);
        case change::into::tile:
            return tiles.contains(c.number);
        case change::into::head:
        case change::into::form:
            return false;
        case change::into::checkpoint:
            return checkpoints.contains(c.number);
        case change::into::idem:
            return idems.contains({c.a, c.b});
        case change::into::stream:
            return streams.contains({c.a, c.other});
    }
    return false;
}

void server::show(std::size_t so_many) {
    for (; visible < so_many; ++visible)
        for (const change& c : wal[visible]) rows.put(c);
    for (const auto& [number, one] : waiting) {
        if (number >= so_many) continue;
        one->committing = false;
        if (head_locked_by == one.get()) head_locked_by = nullptr;
        wake(one.get());
    }
    std::erase_if(waiting, [&](const auto& one) { return one.first < so_many; });
    wake(&head_locked_by);
}

void cluster::replicate() {
    server& from = now();
    server& to = servers[1 - primary];
    for (; replicated < from.wal.size(); ++replicated) {
        for (const change& c : from.wal[replicated]) to.rows.put(c);
        to.wal.push_back(from.wal[replicated]);
        to.visible = to.wal.size();
    }
    if (synchronous) from.show(replicated);
}

void cluster::promote() {
    const int old = primary;
    if (!synchronous && replicated < servers[old].visible) lossy = true;
    servers[old].up = false;
    left_behind.push_back(servers[old].rows);
    primary = 1 - old;
    tell("the standby is promoted with " + std::to_string(servers[primary].rows.next) +
         " entries; the primary had " + std::to_string(servers[old].rows.next));
    cut_server(old);
    // The old one comes back as a standby made anew from the new primary.
    servers[old] = servers[primary];
    replicated = servers[primary].wal.size();
    linked = true;
}

void cluster::restart() {
    server& s = now();
    cut_server(primary);
    s.show(s.wal.size());
    tell("the primary restarts with " + std::to_string(s.rows.next) + " entries");
}

void cluster::cut(line& one) {
    one.good = false;
    one.in_transaction = false;
    one.written.clear();
    wake(&one);
    if (one.committing) return;
    for (server& s : servers)
        if (s.head_locked_by == &one) {
            s.head_locked_by = nullptr;
            wake(&s.head_locked_by);
        }
}

void cluster::cut_process(process_id which) {
    for (const auto& one : lines)
        if (one->of == which) cut(*one);
    std::erase_if(lines, [&](const auto& one) { return one->of == which; });
}

void cluster::cut_server(int which) {
    for (const auto& one : lines)
        if (one->to == which && one->good) cut(*one);
}

cluster& database() {
    static auto* const made = new cluster;
    return *made;
}

}  // namespace veche::simulation
