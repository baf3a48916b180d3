#include "matching/clause_search.hpp"

#include <algorithm>

namespace veche::matching {

namespace {

constexpr std::size_t not_in_heap = SIZE_MAX;
constexpr std::uint64_t heaviest = std::uint64_t{1} << 60;

/// 1 1 2 1 1 2 4 ...: the n-th term from 1 (Luby, Sinclair and Zuckerman 1993).
std::uint64_t luby(std::uint64_t n) {
    for (;;) {
        std::uint64_t k = 1;
        while ((std::uint64_t{1} << k) - 1 < n) ++k;
        if ((std::uint64_t{1} << k) - 1 == n) return std::uint64_t{1} << (k - 1);
        n -= (std::uint64_t{1} << (k - 1)) - 1;
    }
}

}  // namespace

literal clause_search::variable(bool hint) {
    const auto v = static_cast<std::uint32_t>(phase_.size());
    phase_.push_back(hint);
    truth_.resize(truth_.size() + 2, 0);
    watches_.resize(watches_.size() + 2);
    reason_.push_back(no_clause);
    level_.push_back(0);
    weight_.push_back(0);
    place_.push_back(not_in_heap);
    marked_.push_back(false);
    heap_insert(v);
    return {2 * v};
}

void clause_search::clause(std::vector<literal> any_of) {
    if (contradicts_) return;
    std::sort(any_of.begin(), any_of.end(), [](literal a, literal b) { return a.code < b.code; });
    any_of.erase(std::unique(any_of.begin(), any_of.end()), any_of.end());
    for (std::size_t i = 0; i + 1 < any_of.size(); ++i)
        if (any_of[i] == ~any_of[i + 1]) return;
    if (std::any_of(any_of.begin(), any_of.end(), [&](literal l) { return truth_[l.code] == 1; }))
        return;
    std::erase_if(any_of, [&](literal l) { return truth_[l.code] == -1; });
    if (any_of.empty()) {
        contradicts_ = true;
    } else if (any_of.size() == 1) {
        assume(any_of[0], no_clause);
        contradicts_ = propagate() != no_clause;
    } else {
        clauses_.push_back(std::move(any_of));
        attach(static_cast<std::uint32_t>(clauses_.size()) - 1);
    }
}

void clause_search::attach(std::uint32_t c) {
    watches_[(~clauses_[c][0]).code].push_back(c);
    watches_[(~clauses_[c][1]).code].push_back(c);
}

void clause_search::assume(literal l, std::uint32_t because) {
    truth_[l.code] = 1;
    truth_[(~l).code] = -1;
    reason_[l.variable()] = because;
    level_[l.variable()] = levels_.size();
    trail_.push_back(l);
}

std::uint32_t clause_search::propagate() {
    while (seen_ < trail_.size()) {
        const literal came = trail_[seen_++];
        auto& watching = watches_[came.code];
        std::size_t kept = 0;
        for (std::size_t w = 0; w < watching.size(); ++w) {
            const std::uint32_t c = watching[w];
            auto& lits = clauses_[c];
            if (lits[0] == ~came) std::swap(lits[0], lits[1]);
            if (truth_[lits[0].code] == 1) {
                watching[kept++] = c;
                continue;
            }
            const auto open = std::find_if(lits.begin() + 2, lits.end(),
                                           [&](literal l) { return truth_[l.code] != -1; });
            if (open != lits.end()) {
                std::swap(lits[1], *open);
                watches_[(~lits[1]).code].push_back(c);
                continue;
            }
            watching[kept++] = c;
            if (truth_[lits[0].code] == -1) {
                while (++w < watching.size()) watching[kept++] = watching[w];
                watching.resize(kept);
                return c;
            }
            assume(lits[0], c);
        }
        watching.resize(kept);
    }
    return no_clause;
}

/// The clause of the first point through which every way to the conflict leads.
void clause_search::learn(std::uint32_t conflict, std::vector<literal>& learnt,
                          std::size_t& back_to) {
    learnt.assign(1, {});
    std::vector<std::uint32_t> touched;
    std::size_t open = 0;
    std::size_t at = trail_.size();
    std::uint32_t because = conflict;
    literal point{};
    bool first = true;
    do {
        for (const literal l : clauses_[because]) {
            if (!first && l == point) continue;
            const std::uint32_t v = l.variable();
            if (marked_[v] || level_[v] == 0) continue;
            marked_[v] = true;
            touched.push_back(v);
            bump(v);
            if (level_[v] == levels_.size())
                ++open;
            else
                learnt.push_back(l);
        }
        first = false;
        while (!marked_[trail_[--at].variable()]) {
        }
        point = trail_[at];
        because = reason_[point.variable()];
        --open;
    } while (open > 0);
    learnt[0] = ~point;
    back_to = 0;
    for (std::size_t i = 1; i < learnt.size(); ++i)
        if (level_[learnt[i].variable()] > back_to) {
            back_to = level_[learnt[i].variable()];
            std::swap(learnt[1], learnt[i]);
        }
    for (const std::uint32_t v : touched) marked_[v] = false;
}

void clause_search::undo(std::size_t level) {
    while (levels_.size() > level) {
        while (trail_.size() > levels_.back()) {
            const literal l = trail_.back();
            trail_.pop_back();
            truth_[l.code] = truth_[(~l).code] = 0;
            phase_[l.variable()] = !l.negated();
            if (place_[l.variable()] == not_in_heap) heap_insert(l.variable());
        }
        levels_.pop_back();
    }
    seen_ = trail_.size();
}

void clause_search::bump(std::uint32_t v) {
    weight_[v] += step_;
    if (weight_[v] > heaviest) {
        // All shrink alike, so the heap stays in order but for what becomes equal.
        for (auto& w : weight_) w >>= 40;
        step_ = std::max<std::uint64_t>(step_ >> 40, 1 << 10);
    }
    if (place_[v] != not_in_heap) heap_up(place_[v]);
}

bool clause_search::decide() {
    while (!heap_.empty()) {
        const std::uint32_t v = heap_.front();
        heap_.front() = heap_.back();
        place_[heap_.front()] = 0;
        heap_.pop_back();
        place_[v] = not_in_heap;
        if (!heap_.empty()) heap_down(0);
        if (truth_[2 * v] != 0) continue;
        levels_.push_back(trail_.size());
        assume({phase_[v] ? 2 * v : 2 * v + 1}, no_clause);
        return true;
    }
    return false;
}

clause_search::answer clause_search::solve(std::uint64_t most_conflicts) {
    if (contradicts_) return answer::contradicts;
    std::uint64_t turn = 1;
    std::uint64_t until = conflicts_ + 100 * luby(turn);
    std::vector<literal> learnt;
    for (;;) {
        const std::uint32_t conflict = propagate();
        if (conflict == no_clause) {
            if (!decide()) return answer::holds;
            continue;
        }
        ++conflicts_;
        if (levels_.empty()) {
            contradicts_ = true;
            return answer::contradicts;
        }
        if (conflicts_ >= most_conflicts) return answer::given_up;
        std::size_t back_to = 0;
        learn(conflict, learnt, back_to);
        undo(back_to);
        if (learnt.size() == 1) {
            assume(learnt[0], no_clause);
        } else {
            clauses_.push_back(learnt);
            const auto c = static_cast<std::uint32_t>(clauses_.size()) - 1;
            attach(c);
            assume(learnt[0], c);
        }
        step_ += step_ / 16;
        if (conflicts_ >= until) {
            until = conflicts_ + 100 * luby(++turn);
            undo(0);
        }
    }
}

void clause_search::heap_up(std::size_t at) {
    const std::uint32_t v = heap_[at];
    while (at > 0 && weight_[heap_[(at - 1) / 2]] < weight_[v]) {
        heap_[at] = heap_[(at - 1) / 2];
        place_[heap_[at]] = at;
        at = (at - 1) / 2;
    }
    heap_[at] = v;
    place_[v] = at;
}

void clause_search::heap_down(std::size_t at) {
    const std::uint32_t v = heap_[at];
    for (;;) {
        std::size_t child = 2 * at + 1;
        if (child >= heap_.size()) break;
        if (child + 1 < heap_.size() && weight_[heap_[child + 1]] > weight_[heap_[child]]) ++child;
        if (weight_[heap_[child]] <= weight_[v]) break;
        heap_[at] = heap_[child];
        place_[heap_[at]] = at;
        at = child;
    }
    heap_[at] = v;
    place_[v] = at;
}

void clause_search::heap_insert(std::uint32_t v) {
    heap_.push_back(v);
    heap_up(heap_.size() - 1);
}

}  // namespace veche::matching
