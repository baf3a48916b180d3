#include "shares/divisor.hpp"

#include <algorithm>
#include <cmath>

#include "kernel/check.hpp"

namespace veche::shares {
namespace {

/// Floating point is believed no nearer than this: far wider than what a product and a quotient of
/// doubles can be wrong.
constexpr double margin = 1e-12;
/// More than it takes to halve the whole range of doubles that occur down to the margin.
constexpr int most_turns = 400;

/// first, second, second + step ...
struct row_divisors {
    std::int64_t first;
    std::int64_t second;
    std::int64_t step;
    double first_d;
    double second_d;
    double step_d;
    double for_a_step;

    explicit row_divisors(const divisor_row& r)
        : first(r.first),
          second(r.second),
          step(r.step),
          first_d(static_cast<double>(r.first)),
          second_d(static_cast<double>(r.second)),
          step_d(static_cast<double>(r.step)),
          for_a_step(1 / step_d) {}

    [[nodiscard]] std::int64_t exact(std::int64_t s) const {
        return s == 0 ? first : second + (s - 1) * step;
    }
    [[nodiscard]] double near(std::int64_t s) const {
        return s == 0 ? first_d : second_d + static_cast<double>(s - 1) * step_d;
    }
    /// How many divisors are at most x; by a little more or less.
    [[nodiscard]] std::int64_t upto(double x) const {
        if (x < second_d) return x < first_d ? 0 : 1;
        return static_cast<std::int64_t>((x - second_d) * for_a_step) + 2;
    }
    /// Multiplier at which about so many seats are given: the average party stands half a step
    /// beyond its last divisor.
    [[nodiscard]] double guess(double seats, double parties, double votes) const {
        return (step_d * (seats - parties * 0.5) + parties * (second_d - step_d)) / votes;
    }
    [[nodiscard]] double pace() const { return step_d; }
    [[nodiscard]] std::strong_ordering compare(std::int64_t v, std::int64_t s, std::int64_t w,
                                               std::int64_t t) const {
        const auto ds = static_cast<std::uint64_t>(exact(s));
        const auto dt = static_cast<std::uint64_t>(exact(t));
        if (ds == 0 || dt == 0) [[unlikely]] {
            if (ds == dt) return v <=> w;
            return ds == 0 ? std::strong_ordering::greater : std::strong_ordering::less;
        }
        return uint128{static_cast<std::uint64_t>(v)} * dt <=>
               uint128{static_cast<std::uint64_t>(w)} * ds;
    }
};

/// Means of s and s + 1: what Huntington-Hill and Dean have in common.
template <class Mean>
struct mean_divisors {
    [[nodiscard]] static double near(std::int64_t s) { return Mean::near(static_cast<double>(s)); }
    [[nodiscard]] static std::int64_t upto(double x) {
        return x < 0 ? 0 : static_cast<std::int64_t>(Mean::inverse(x)) + 1;
    }
    [[nodiscard]] static double guess(double seats, double, double votes) { return seats / votes; }
    [[nodiscard]] static double pace() { return 1; }
    [[nodiscard]] static std::strong_ordering compare(std::int64_t v, std::int64_t s,
                                                      std::int64_t w, std::int64_t t) {
        if (s == 0 && t == 0) return v <=> w;
        if (s == 0) return std::strong_ordering::greater;
        if (t == 0) return std::strong_ordering::less;
        return Mean::rank(v, s) <=> Mean::rank(w, t);
    }
};

uint128 wide(std::int64_t value) {
    return static_cast<uint128>(static_cast<std::uint64_t>(value));
}

struct geometric_mean {
    static double near(double s) { return std::sqrt(s * (s + 1)); }
    static double inverse(double x) { return (std::sqrt(1 + 4 * x * x) - 1) / 2; }
    /// The square of the quotient, which stands in the same order.
    static fraction rank(std::int64_t v, std::int64_t s) {
        return {wide(v) * wide(v), wide(s) * wide(s + 1)};
    }
};

struct harmonic_mean {
    static double near(double s) { return 2 * s * (s + 1) / (2 * s + 1); }
    static double inverse(double x) { return (x - 1 + std::sqrt(x * x + 1)) / 2; }
    static fraction rank(std::int64_t v, std::int64_t s) {
        return {wide(v) * wide(2 * s + 1), 2 * wide(s) * wide(s + 1)};
    }
};

/// One apportionment in work.
template <class Divisors>
class jump {
  public:
    jump(const columns& in, std::int64_t seats, const Divisors& by)
        : in_(in), wanted_(seats), by_(by), size_(in.votes.size()) {
        given_.resize(size_);
        for (const std::int64_t v : in_.votes) {
            votes_ += static_cast<double>(v);
            voted_ += v > 0 ? 1 : 0;
        }
    }

    divided run() {
        if (in_.least.empty() && in_.most.empty())
            solve<false>();
        else
            solve<true>();
        return std::move(out_);
    }

  private:
    template <bool Bounded>
    void solve() {
        find_window<Bounded>();
        choose();
        while (transfer<Bounded>()) {
        }
        find_tied<Bounded>();
        out_.seats = std::move(given_);
    }

    template <bool Bounded>
    [[nodiscard]] std::int64_t least(std::size_t i) const {
        if constexpr (Bounded)
            return in_.least.empty() ? 0 : in_.least[i];
        else
            return 0;
    }
    template <bool Bounded>
    [[nodiscard]] std::int64_t most(std::size_t i) const {
        if (in_.votes[i] == 0) return least<Bounded>(i);
        if constexpr (Bounded)
            return in_.most.empty() ? wanted_ : std::min(in_.most[i], wanted_);
        else
            return wanted_;
    }

    /// Seats at a multiplier into given_, and their sum.
    template <bool Bounded>
    std::int64_t fill(double at) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            const double x = std::min(static_cast<double>(in_.votes[i]) * at, 4e18);
            const std::int64_t seats = std::clamp(by_.upto(x), least<Bounded>(i), most<Bounded>(i));
            given_[i] = seats;
            sum += seats;
        }
        return sum;
    }

    /// Finds the seats around which it is decided: by Newton's step, and by halves where that
    /// leaves what is known already. What is known narrows until all that is open lies in one small
    /// window: bounds may hide how far away a multiplier is.
    template <bool Bounded>
    void find_window() {
        double low = -1;
        double high = -1;  // not known yet
        double at = by_.guess(static_cast<double>(wanted_), voted_, votes_);
        if (!(at > 0)) at = 0;
        const auto near_enough = static_cast<std::int64_t>(16 + size_ / 64);
        for (int turn = 0; turn < most_turns; ++turn) {
            missing_ = wanted_ - fill<Bounded>(at);
            if (std::abs(missing_) <= near_enough && gather_around<Bounded>(at)) return;
            (missing_ >= 0 ? low : high) = at;
            if (high >= 0 && high - std::max(low, 0.0) <= high * margin) break;
            at = next_multiplier(at, low, high, turn);
        }
        const bool found =
            gather<Bounded>(low > 0 ? low - low * 2 * margin : -1, high + high * 2 * margin);
        VECHE_ENSURE(found, "the bounds leave room for the seats");
    }

    [[nodiscard]] double next_multiplier(double at, double low, double high, int turn) const {
        const double stride = static_cast<double>(missing_) * by_.pace() / votes_;
        if (high < 0)
            return at +
                   std::max(stride, by_.pace() / votes_) * std::ldexp(1.0, turn > 3 ? turn : 0);
        const double next = at + stride;
        if (next > std::max(low, 0.0) && next < high && turn <= 12) return next;
        return std::max(low, 0.0) / 2 + high / 2;
    }

    template <bool Bounded>
    bool gather_around(double at) {
        const double stride =
            (2 * static_cast<double>(std::abs(missing_)) + 16) * by_.pace() / votes_ + at * margin;
        return missing_ >= 0 ? gather<Bounded>(at - at * margin, at + stride)
                             : gather<Bounded>(at - stride, at + at * margin);
    }

    /// Gives the best of all seats in the window, compared exactly.
    void choose() {
        const auto better = [this](const party_seat& a, const party_seat& b) {
            const auto order = compare(a, b);
            return order != 0 ? order > 0 : a.party < b.party;
        };
        const auto wanted = static_cast<std::ptrdiff_t>(open_);
        if (open_ > 0 && static_cast<std::size_t>(open_) < pool_.size())
            std::nth_element(pool_.begin(), pool_.begin() + wanted, pool_.end(), better);
        for (auto one = pool_.begin(); one != pool_.begin() + wanted; ++one) ++given_[one->party];
    }

    /// Whether the seats before the window and in it are enough; then given_ holds those before,
    /// pool_ those in it, and open_ says how many of them are to be given.
    template <bool Bounded>
    bool gather(double from, double to) {
        pool_.clear();
        const std::int64_t before = fill<Bounded>(from);
        open_ = wanted_ - before;
        if (open_ < 0) return false;
        const double limit = to + to * margin;
        for (std::size_t i = 0; i < size_; ++i) {
            const double x = static_cast<double>(in_.votes[i]) * limit;
            const std::int64_t end = most<Bounded>(i);
            for (std::int64_t s = given_[i]; s < end && by_.near(s) <= x; ++s)
                pool_.push_back({static_cast<std::uint32_t>(i), s + 1});
        }
        return static_cast<std::int64_t>(pool_.size()) >= open_;
    }

    /// Finds the last seat won and the first one missed among all. Where rounding of the guess has
    /// left them the wrong way round, moves a seat and says so.
    template <bool Bounded>
    bool transfer() {
        std::optional<party_seat> won;
        std::optional<party_seat> lost;
        for (std::size_t i = 0; i < size_; ++i) {
            const std::int64_t v = in_.votes[i];
            const std::int64_t s = given_[i];
            const auto p = static_cast<std::uint32_t>(i);
            if (s > least<Bounded>(i) &&
                (!won || by_.compare(v, s - 1, in_.votes[won->party], won->seat - 1) < 0))
                won = party_seat{p, s};
            if (s < most<Bounded>(i) &&
                (!lost || by_.compare(v, s, in_.votes[lost->party], lost->seat - 1) > 0))
                lost = party_seat{p, s + 1};
        }
        out_.lowest_won = won;
        out_.highest_lost = lost;
        if (!won || !lost || compare(*lost, *won) <= 0) return false;
        --given_[won->party];
        ++given_[lost->party];
        return true;
    }

    [[nodiscard]] std::strong_ordering compare(const party_seat& a, const party_seat& b) const {
        return by_.compare(in_.votes[a.party], a.seat - 1, in_.votes[b.party], b.seat - 1);
    }

    template <bool Bounded>
    void find_tied() {
        if (!out_.lowest_won || !out_.highest_lost) return;
        const party_seat line = *out_.lowest_won;
        if (compare(line, *out_.highest_lost) != 0) return;
        for (std::size_t i = 0; i < size_; ++i) {
            const auto p = static_cast<std::uint32_t>(i);
            const std::int64_t s = given_[i];
            const bool holds = s > least<Bounded>(i) && compare({p, s}, line) == 0;
            if (!holds && !(s < most<Bounded>(i) && compare({p, s + 1}, line) == 0)) continue;
            out_.tied.push_back(p);
            out_.holds.push_back(holds);
            out_.places += holds ? 1 : 0;
        }
    }

    const columns& in_;
    const std::int64_t wanted_;
    const Divisors by_;
    const std::size_t size_;
    double votes_ = 0;
    double voted_ = 0;
    std::vector<std::int64_t> given_;
    std::int64_t missing_ = 0;
    std::int64_t open_ = 0;
    std::vector<party_seat> pool_;
    divided out_;
};

}  // namespace

std::optional<divisor_series> series_of(method how, const std::optional<divisor_row>& own) {
    using kind = divisor_series::kind;
    switch (how) {
        case method::dhondt:
            return divisor_series{kind::row, {1, 2, 1}};
        case method::sainte_lague:
            return divisor_series{kind::row, {1, 3, 2}};
        case method::modified_sainte_lague:
            return divisor_series{kind::row, {14, 30, 20}};
        case method::adams:
            return divisor_series{kind::row, {0, 1, 1}};
        case method::danish:
            return divisor_series{kind::row, {1, 4, 3}};
        case method::imperiali:
            return divisor_series{kind::row, {2, 3, 1}};
        case method::huntington_hill:
            return divisor_series{kind::geometric, {}};
        case method::dean:
            return divisor_series{kind::harmonic, {}};
        case method::divisors:
            return divisor_series{kind::row, own.value_or(divisor_row{})};
        default:
            return std::nullopt;
    }
}

std::optional<fraction> quotient(const divisor_series& by, std::int64_t votes, std::int64_t seat) {
    const std::int64_t s = seat - 1;
    switch (by.what) {
        case divisor_series::kind::row: {
            const std::int64_t d = row_divisors(by.row).exact(s);
            if (d == 0) return std::nullopt;
            return fraction{wide(votes), wide(d)};
        }
        case divisor_series::kind::geometric:
            if (s == 0) return std::nullopt;
            return geometric_mean::rank(votes, s);
        case divisor_series::kind::harmonic:
            if (s == 0) return std::nullopt;
            return harmonic_mean::rank(votes, s);
    }
    return std::nullopt;
}

divided divide(const columns& in, std::int64_t seats, const divisor_series& by) {
    VECHE_ENSURE(in.votes.size() < UINT32_MAX, "parties are counted in 32 bits");
    switch (by.what) {
        case divisor_series::kind::geometric:
            return jump(in, seats, mean_divisors<geometric_mean>{}).run();
        case divisor_series::kind::harmonic:
            return jump(in, seats, mean_divisors<harmonic_mean>{}).run();
        case divisor_series::kind::row:
            break;
    }
    return jump(in, seats, row_divisors(by.row)).run();
}

}  // namespace veche::shares
