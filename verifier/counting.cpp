// Ballots, the board, the totals and their decryption.

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "record.hpp"

namespace verifier {
namespace {

using kind = value::kind;

const std::string& text(const value& v, std::string_view name) {
    return member(v, name, kind::string).text;
}

proof read_proof(const value& v) {
    only(v, {"c", "z"});
    return {reduced(text(v, "c")), reduced(text(v, "z"))};
}

std::vector<proof> read_proofs(const value& v, std::string_view name) {
    std::vector<proof> out;
    for (const value& p : list(v, name)) out.push_back(read_proof(p));
    return out;
}

void hash_proofs(parts& hashed, const std::vector<proof>& proofs) {
    hashed.count(proofs.size());
    for (const proof& p : proofs) hashed.of(p.c).of(p.z);
}

}  // namespace

void record::one_ballot(const value& v) {
    only(v, {"choices", "credential", "election", "range", "signature"});
    if (from_hex(text(v, "election")) != election_hash_)
        throw fault("the ballot is for another election");
    ballot b;
    b.line = lines_ + 1;
    b.credential = key_point(text(v, "credential"));
    if (!weights_.contains(b.credential)) throw fault("the credential is not on the roll");
    parts hashed("veche/ballot/tracker/1");
    hashed.of(election_hash_).of(b.credential).count(list(v, "choices").size());
    for (const value& one : list(v, "choices")) {
        only(one, {"alpha", "beta", "proofs"});
        choice c{{key_point(text(one, "alpha")), key_point(text(one, "beta"))},
                 read_proofs(one, "proofs")};
        if (c.proofs.size() != 2) throw fault("a choice has two proofs");
        hashed.of(c.sealed.alpha).of(c.sealed.beta);
        hash_proofs(hashed, c.proofs);
        b.choices.push_back(std::move(c));
    }
    b.range = read_proofs(v, "range");
    hash_proofs(hashed, b.range);
    if (b.choices.size() != options_.size() + (blank_ ? 1 : 0) ||
        b.range.size() != most_ - least_ + 1)
        throw fault("the ballot has another shape than the question");
    b.signature = read_proof(member(v, "signature", kind::object));
    b.tracker = hashed.digest();
    if (!trackers_.insert(b.tracker).second) throw fault("the ballot is on the board twice");
    board_ = parts("veche/ballot/board/1").of(board_).of(b.tracker).digest();
    counted_[b.credential] = ballots_.size();
    ballots_.push_back(std::move(b));
}

void record::check_one_of(const parts& statement, const pair& what, std::uint64_t least,
                          const std::vector<proof>& proofs) const {
    parts hashed = statement;
    hashed.of(key_).of(what.alpha).of(what.beta).count(least);
    number sum;
    for (std::size_t n = 0; n < proofs.size(); ++n) {
        const proof& p = proofs[n];
        const std::uint64_t m = least + n;
        const point shifted = m == 0 ? what.beta : subtract(what.beta, times_base(small(m)));
        hashed.of(subtract(times_base(p.z), times(p.c, what.alpha)));
        hashed.of(subtract(times(p.z, key_), times(p.c, shifted)));
        sum = add(sum, p.c);
    }
    if (!(hashed.scalar() == sum)) throw fault("a proof does not hold");
}

void record::check_ballot(const ballot& b) const {
    const parts signed_part =
        parts("veche/ballot/signature/1").of(election_hash_).of(b.tracker).of(b.credential);
    const point commitment =
        subtract(times_base(b.signature.z), times(b.signature.c, b.credential));
    if (!(parts(signed_part).of(commitment).scalar() == b.signature.c))
        throw fault("the ballot's signature does not hold");
    pair sum;
    for (std::size_t n = 0; n < b.choices.size(); ++n) {
        const pair& c = b.choices[n].sealed;
        check_one_of(parts("veche/ballot/choice/1").of(election_hash_).of(b.credential).count(n), c,
                     0, b.choices[n].proofs);
        // The blank vote uses up all that may be chosen.
        const bool fills = blank_ && n == options_.size() && most_ > 1;
        sum.alpha = add(sum.alpha, fills ? times(small(most_), c.alpha) : c.alpha);
        sum.beta = add(sum.beta, fills ? times(small(most_), c.beta) : c.beta);
    }
    check_one_of(parts("veche/ballot/range/1").of(election_hash_).of(b.credential), sum, least_,
                 b.range);
}

void record::verify_ballots(unsigned threads) const {
    std::atomic<std::size_t> next = 0;
    std::mutex guard;
    std::map<std::size_t, std::string> wrong;
    const auto work = [&] {
        for (std::size_t n = next++; n < ballots_.size(); n = next++) {
            try {
                check_ballot(ballots_[n]);
            } catch (const fault& why) {
                const std::lock_guard lock(guard);
                wrong.emplace(ballots_[n].line, why.what());
            }
        }
    };
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> workers;
    for (unsigned n = 1; n < threads; ++n) workers.emplace_back(work);
    work();
    for (std::thread& w : workers) w.join();
    if (!wrong.empty())
        throw fault("line " + std::to_string(wrong.begin()->first) + ": " + wrong.begin()->second);
}

void record::sum_up() {
    sums_.resize(options_.size() + (blank_ ? 1 : 0));
    for (const auto& [credential, index] : counted_) {
        const std::int64_t weight = weights_.at(credential);
        counted_weight_ += weight;
        const number w = small(static_cast<std::uint64_t>(weight));
        for (std::size_t n = 0; n < sums_.size(); ++n) {
            const pair& c = ballots_[index].choices[n].sealed;
            sums_[n].alpha = add(sums_[n].alpha, weight == 1 ? c.alpha : times(w, c.alpha));
            sums_[n].beta = add(sums_[n].beta, weight == 1 ? c.beta : times(w, c.beta));
        }
    }
}

void record::closing(const value& v) {
    only(v, {"accepted", "board", "counted", "election"});
    const auto integer = [&](std::string_view name) {
        return member(v, name, kind::integer).number;
    };
    if (from_hex(text(v, "election")) != election_hash_ || from_hex(text(v, "board")) != board_ ||
        integer("accepted") != static_cast<std::int64_t>(ballots_.size()) ||
        integer("counted") != static_cast<std::int64_t>(counted_.size()))
        throw fault("the closing is of another board");
    std::map<std::int64_t, std::uint64_t> holders;
    for (const auto& [credential, index] : counted_) ++holders[weights_.at(credential)];
    bool enough = counted_.size() >= floor_;
    for (const auto& [weight, count] : holders) enough = enough && count >= weight_floor_;
    if (!enough) {
        stage_ = "abandoned";
        return;
    }
    sum_up();
    next_stage();
}

void record::partial(const value& v) {
    only(v, {"board", "election", "shares", "trustee"});
    const std::size_t n = static_cast<std::size_t>(member(v, "trustee", kind::integer).number);
    if (n < 1 || n > trustees_.size()) throw fault("there is no such trustee");
    bool holds = from_hex(text(v, "election")) == election_hash_ &&
                 from_hex(text(v, "board")) == board_ && list(v, "shares").size() == sums_.size();
    std::vector<point> values;
    for (const value& s : list(v, "shares")) {
        only(s, {"equality", "value"});
        const value& equality = member(s, "equality", kind::object);
        only(equality, {"c", "z"});
        for (const std::string* digits :
             {&text(s, "value"), &text(equality, "c"), &text(equality, "z")})
            from_hex(*digits);
        try {
            const point d = any_point(text(s, "value"));
            const proof p = read_proof(equality);
            if (!holds) continue;
            const point& key = trustees_[n - 1].verifying;
            const point& base = sums_[values.size()].alpha;
            const point a = subtract(times_base(p.z), times(p.c, key));
            const point b = subtract(times(p.z, base), times(p.c, d));
            holds = parts("veche/ballot/decryption/1")
                        .of(election_hash_)
                        .of(board_)
                        .count(n)
                        .count(values.size())
                        .of(key)
                        .of(base)
                        .of(d)
                        .of(a)
                        .of(b)
                        .scalar() == p.c;
            values.push_back(d);
        } catch (const fault&) {
            holds = false;
        }
    }
    // One that does not hold is passed over, so that it cannot spoil what the others decrypt.
    if (!holds)
        ++invalid_partials_;
    else if (!partials_.emplace(n, values).second)
        throw fault("this trustee has decrypted already");
}

std::vector<point> record::decrypted() const {
    if (partials_.size() < threshold_) throw fault("too few trustees have decrypted");
    std::vector<point> out;
    for (std::size_t n = 0; n < sums_.size(); ++n) {
        point mask;
        // All that hold take part: any set of at least the threshold gives the same.
        for (const auto& [i, mine] : partials_) {
            number over = small(1);
            number under = small(1);
            for (const auto& [j, theirs] : partials_) {
                if (i == j) continue;
                over = multiply(over, small(j));
                under = multiply(under, subtract(small(j), small(i)));
            }
            mask = add(mask, times(multiply(over, invert(under)), mine[n]));
        }
        out.push_back(subtract(sums_[n].beta, mask));
    }
    return out;
}

void record::result(const value& v) {
    only(v, {"ballots", "board", "election", "totals", "weight"});
    if (from_hex(text(v, "election")) != election_hash_ || from_hex(text(v, "board")) != board_ ||
        member(v, "ballots", kind::integer).number != static_cast<std::int64_t>(counted_.size()) ||
        member(v, "weight", kind::integer).number != counted_weight_)
        throw fault("the result is of another board");
    const std::vector<point> powers = decrypted();
    for (const value& t : list(v, "totals")) {
        if (t.is != kind::integer || t.number < 0 || t.number > counted_weight_ ||
            totals_.size() == powers.size() ||
            times_base(small(static_cast<std::uint64_t>(t.number))) != powers[totals_.size()])
            throw fault("a total is not what the ballots sum to");
        totals_.push_back(t.number);
    }
    if (totals_.size() != powers.size()) throw fault("a total is missing");
    next_stage();
}

std::string record::summary() const {
    std::string out = std::to_string(lines_) + " lines hold. Stage: " + stage_ +
                      ". Ballots: " + std::to_string(ballots_.size()) + ", of which " +
                      std::to_string(counted_.size()) + " count.\n";
    for (std::size_t n = 0; n < totals_.size(); ++n)
        out +=
            (n < options_.size() ? options_[n] : "blank") + " " + std::to_string(totals_[n]) + "\n";
    if (invalid_partials_ > 0)
        out +=
            std::to_string(invalid_partials_) + " decryptions do not hold and were passed over.\n";
    return out;
}

}  // namespace verifier
