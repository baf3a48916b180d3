// No `#pragma once`: eights.cpp includes this once for each width of vectors, with VECHE_WIDTH and
// within a namespace of its own, where wide_product, wide_root and wide_bits are at hand.
// What is computed, and in which order of operations, is that of binomial.cpp and elementary.cpp.

using fl = double __attribute__((vector_size(8 * VECHE_WIDTH)));
using un = std::uint64_t __attribute__((vector_size(8 * VECHE_WIDTH)));
using si = std::int64_t __attribute__((vector_size(8 * VECHE_WIDTH)));

constexpr std::size_t width = VECHE_WIDTH;
constexpr double magic = 6755399441055744.0;  // 1.5 * 2^52 rounds to a whole number

VECHE_LANES fl load(const double* from) {
    fl out;
    __builtin_memcpy(&out, from, sizeof out);
    return out;
}
VECHE_LANES void store(double* to, fl v) {
    __builtin_memcpy(to, &v, sizeof v);
}
VECHE_LANES un as_bits(fl v) {
    return (un)v;
}
VECHE_LANES fl as_real(un v) {
    return (fl)v;
}
VECHE_LANES fl all_of(double x) {
    return fl{} + x;
}
VECHE_LANES fl absolute_of(fl v) {
    return as_real(as_bits(v) & 0x7fffffffffffffffULL);
}
VECHE_LANES fl floors(fl x) {
    const fl nearest = (x + magic) - magic;
    return nearest > x ? nearest - 1.0 : nearest;
}

VECHE_LANES fl exponentials_of(fl x) {
    const fl shifted = x * 1.4426950408889634 + magic;
    const fl k = shifted - magic;
    const fl r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    const fl r2 = r * r;
    const fl r4 = r2 * r2;
    const fl a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    const fl b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    const fl c =
        (1.0 / 3628800 + r * (1.0 / 39916800)) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    const fl series = 1.0 + (r + r2 * (a + r4 * (b + r4 * c)));
    return series * as_real((as_bits(shifted) + 1023) << 52);
}

/// Of normal numbers above 0; of others something.
VECHE_LANES fl logarithms_of(fl x) {
    un bits = as_bits(x);
    // The exponent as a double: 2^52 + e is exact.
    fl k = as_real((bits >> 52) | 0x4330000000000000ULL) - (4503599627370496.0 + 1023.0);
    bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
    fl m = as_real(bits);
    const auto high = m > 1.4142135623730951;
    m = high ? m * 0.5 : m;
    k = high ? k + 1.0 : k;
    const fl f = m - 1.0;
    const fl s = f / (2.0 + f);
    const fl z = s * s;
    const fl w = z * z;
    const fl even = w * (3.999999999940941908e-01 +
                         w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const fl odd = z * (6.666666666666735130e-01 +
                        w * (2.857142874366239149e-01 +
                             w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const fl half = 0.5 * f * f;
    return k * 6.93147180369123816490e-01 -
           ((half - (s * (half + even + odd) + k * 1.90821492927058770002e-10)) - f);
}

struct two_lanes {
    fl u, v;
};

/// Words are the low halves of lanes; the high halves hold what nobody reads.
VECHE_LANES fl uniforms(un high, un low) {
    const un bits = ((high << 20) & 0x000fffffffffffffULL) | ((low & 0xffffffffULL) >> 12);
    return (as_real(bits | 0x3ff0000000000000ULL) - 1.0) + 0x1p-53;
}

VECHE_LANES two_lanes random_lanes(un attempt, un region, std::uint64_t day, std::uint64_t stream,
                                   std::uint64_t seed, un replicate) {
    un c0 = attempt, c1 = region, c2 = un{} + day, c3 = un{} + stream;
    un k0 = un{} + seed, k1 = replicate;
    VECHE_UNROLL
    for (int round = 0; round < philox_rounds; ++round) {
        const un first = wide_product(c0, un{} + philox_factors[0]);
        const un second = wide_product(c2, un{} + philox_factors[1]);
        c0 = (second >> 32) ^ c1 ^ k0;
        c2 = (first >> 32) ^ c3 ^ k1;
        c1 = second;
        c3 = first;
        k0 += philox_steps[0];
        k1 += philox_steps[1];
    }
    return {uniforms(c0, c1), uniforms(c2, c3)};
}

VECHE_LANES fl tails(fl x) {
    const fl i = 1.0 / (x + 1.0), i2 = i * i;
    fl out = (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 * i2) * i2) * i;
    const un small = (un)(x < 10.0) & (un)(x >= 0.0);
    if (wide_bits(small) != 0)
        for (std::size_t l = 0; l < width; ++l)
            if (small[l] != 0) out[l] = factorial_tails[static_cast<int>(x[l])];
    return out;
}

/// What BTRS makes of n and p before it draws.
struct hat {
    fl q, spread, b, a, c, squeeze;
};
VECHE_LANES hat hat_of(fl n, fl p) {
    hat h;
    h.q = 1.0 - p;
    h.spread = wide_root(n * p * h.q);
    h.b = 1.15 + 2.53 * h.spread;
    h.a = (-0.0873 + 0.0248 * h.b) + 0.01 * p;
    h.c = n * p + 0.5;
    h.squeeze = 0.92 - 4.2 / h.b;
    return h;
}
struct attempt_lanes {
    fl k, us;
    un quick;  ///< taken without a look at the law
};
VECHE_LANES attempt_lanes attempt_of(const hat& h, fl n, two_lanes random) {
    attempt_lanes out;
    const fl u = random.u - 0.5;
    out.us = 0.5 - absolute_of(u);
    out.k = floors((2.0 * h.a / out.us + h.b) * u + h.c);
    out.quick =
        (un)(out.us >= 0.07) & (un)(random.v <= h.squeeze) & (un)(out.k >= 0.0) & (un)(out.k <= n);
    return out;
}
VECHE_LANES un lawful(const hat& h, fl n, fl p, fl k, fl us, fl v) {
    const fl odds = p / h.q, alpha = (2.83 + 5.1 / h.b) * h.spread;
    const fl m = floors((n + 1.0) * p);
    const fl height = logarithms_of((v * alpha) / (h.a / (us * us) + h.b));
    const fl most = (m + 0.5) * logarithms_of((m + 1.0) / (odds * (n - m + 1.0))) +
                    (n + 1.0) * logarithms_of((n - m + 1.0) / (n - k + 1.0)) +
                    (k + 0.5) * logarithms_of(odds * (n - k + 1.0) / (k + 1.0)) +
                    ((tails(m) + tails(n - m)) - (tails(k) + tails(n - k)));
    return (un)(k >= 0.0) & (un)(k <= n) & (un)(height <= most);
}

/// Lanes that the first attempt has not settled, packed.
constexpr std::size_t chunk = 64 * runs_aside, room_for = chunk + width;
struct waiting_lanes {
    std::size_t count = 0;
    alignas(64) double n[room_for], p[room_for], k[room_for], us[room_for], v[room_for];
    alignas(64) std::uint64_t attempt[room_for], region[room_for], replicate[room_for];
    std::uint32_t at[room_for];
};

VECHE_LANES void store_words(std::uint64_t* to, un v) {
    __builtin_memcpy(to, &v, sizeof v);
}
VECHE_LANES un load_words(const std::uint64_t* from) {
    un out;
    __builtin_memcpy(&out, from, sizeof out);
    return out;
}

VECHE_LANES void wait(waiting_lanes& w, unsigned which, fl n, fl p, const attempt_lanes& made, fl v,
                      std::uint64_t region, un replicate, std::size_t at) {
    for (unsigned left = which; left != 0; left &= left - 1) {
        const auto l = static_cast<std::size_t>(__builtin_ctz(left));
        const std::size_t c = w.count++;
        w.n[c] = n[l];
        w.p[c] = p[l];
        w.k[c] = made.k[l];
        w.us[c] = made.us[l];
        w.v[c] = v[l];
        w.attempt[c] = 0;
        w.region[c] = region;
        w.replicate[c] = replicate[l];
        w.at[c] = static_cast<std::uint32_t>(at + l);
    }
}

/// Judges what waits by the law, draws again for what is refused, until nothing waits.
inline void settle(waiting_lanes& w, const eight_draws& of, double* out) {
    while (w.count > 0) {
        // The last group is filled up with copies of what is there, which are thrown away.
        for (std::size_t c = w.count; c % width != 0; ++c) {
            w.n[c] = w.n[0], w.p[c] = w.p[0], w.k[c] = w.k[0], w.us[c] = w.us[0], w.v[c] = w.v[0];
            w.attempt[c] = w.attempt[0], w.region[c] = w.region[0];
            w.replicate[c] = w.replicate[0];
        }
        std::size_t kept = 0;
        for (std::size_t c = 0; c < w.count; c += width) {
            const fl n = load(w.n + c), p = load(w.p + c);
            const fl k = load(w.k + c), us = load(w.us + c), v = load(w.v + c);
            const hat h = hat_of(n, p);
            const un good = lawful(h, n, p, k, us, v);
            const un attempt = load_words(w.attempt + c) + 1;
            const un region = load_words(w.region + c), replicate = load_words(w.replicate + c);
            attempt_lanes next = {};
            fl next_v = {};
            unsigned settled = wide_bits(good), again = 0;
            if (settled != (1U << width) - 1) {
                const two_lanes random =
                    random_lanes(attempt, region, of.day, of.stream, of.seed, replicate);
                next = attempt_of(h, n, random);
                next_v = random.v;
                again = wide_bits(next.quick) & ~settled;
            }
            for (std::size_t l = 0; l < width && c + l < w.count; ++l) {
                if ((settled >> l & 1) != 0) {
                    out[w.at[c + l]] = k[l];
                } else if ((again >> l & 1) != 0) {
                    out[w.at[c + l]] = next.k[l];
                } else {
                    w.n[kept] = n[l], w.p[kept] = p[l], w.k[kept] = next.k[l];
                    w.us[kept] = next.us[l], w.v[kept] = next_v[l];
                    w.attempt[kept] = attempt[l], w.region[kept] = region[l];
                    w.replicate[kept] = replicate[l];
                    w.at[kept++] = w.at[c + l];
                }
            }
        }
        w.count = kept;
    }
}

/// Inversion in lanes where `which` is set. Lanes that outlast the steps, of which there is hardly
/// one in a lifetime, are left to `binomial`, which draws again.
VECHE_LANES fl inverted(un which, fl n, fl p, fl log_rest, fl u, un& outlasting) {
    const fl odds = p / (1.0 - p);
    fl f = exponentials_of(n * log_rest);
    fl x = {};
    un going = which & (un)(u > f);
    for (std::size_t j = 1; wide_bits(going) != 0; ++j) {
        if (j > static_cast<std::size_t>(most_inversion_steps)) {
            outlasting = going;
            break;
        }
        u = going != 0 ? u - f : u;
        x = going != 0 ? x + 1.0 : x;
        f = f * (((n - static_cast<double>(j - 1)) * odds) * reciprocals[j]);
        going &= (un)(u > f);
    }
    return x;
}

/// One region and `width` of its runs.
VECHE_LANES void draw_region(const eight_draws& of, std::size_t r, std::size_t part, double* out,
                             waiting_lanes& w, std::size_t base) {
    const std::size_t at = r * runs_aside + part, chance_at = of.same_chance ? part : at;
    const fl n = load(of.n + at), least = load(of.least + chance_at);
    const fl p = absolute_of(least), mean = n * p;
    const un some = (un)(mean > 0.0), rejecting = (un)(mean >= 10.0), inverting = some & ~rejecting;
    fl drawn = {};
    if (wide_bits(some) != 0) {
        un replicate;
        for (std::size_t l = 0; l < width; ++l)
            replicate[l] = static_cast<std::uint32_t>(of.first_replicate + part + l);
        const two_lanes random = random_lanes(un{}, un{} + static_cast<std::uint64_t>(r), of.day,
                                              of.stream, of.seed, replicate);
        if (wide_bits(inverting) != 0) {
            un outlasting = {};
            drawn = inverted(inverting, n, p, load(of.log_rest + chance_at), random.u, outlasting);
            for (std::size_t l = 0; l < width; ++l)
                if (outlasting[l] != 0)
                    drawn[l] = binomial(n[l], {p[l], of.log_rest[chance_at + l]},
                                        {of.seed, static_cast<std::uint32_t>(replicate[l]),
                                         static_cast<std::uint32_t>(r), of.day, of.stream});
        }
        if (wide_bits(rejecting) != 0) {
            const hat h = hat_of(n, p);
            const attempt_lanes made = attempt_of(h, n, random);
            drawn = rejecting != 0 ? made.k : drawn;
            const unsigned open = wide_bits(rejecting & ~made.quick);
            if (open != 0)
                wait(w, open, n, p, made, random.v, r, replicate, at - base * runs_aside);
        }
    }
    store(out + at, drawn);
}

inline void binomials(const eight_draws& of, double* out) {
    waiting_lanes w;
    constexpr std::size_t rows = chunk / runs_aside;
    for (std::size_t base = 0; base < of.regions; base += rows) {
        const std::size_t end = base + rows < of.regions ? base + rows : of.regions;
        w.count = 0;
        for (std::size_t r = base; r < end; ++r)
            for (std::size_t part = 0; part < runs_aside; part += width)
                draw_region(of, r, part, out, w, base);
        settle(w, of, out + base * runs_aside);
        for (std::size_t at = base * runs_aside; at < end * runs_aside; at += width) {
            const fl least = load(of.least + (of.same_chance ? at % runs_aside : at));
            const un mirrored = (un)(least < 0.0);
            if (wide_bits(mirrored) == 0) continue;
            const fl drawn = load(out + at);
            store(out + at, mirrored != 0 ? load(of.n + at) - drawn : drawn);
        }
    }
}

inline void chances(const double* hazards, double factor, std::size_t regions, double* least,
                    double* log_rest) {
    for (std::size_t at = 0; at < regions * runs_aside; at += width) {
        fl x = load(hazards + at) * factor;
        x = -(x < 700.0 ? x : all_of(700.0));
        const fl shifted = x * 1.4426950408889634 + magic;
        const fl k = shifted - magic;
        const fl r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
        const fl r2 = r * r;
        const fl r4 = r2 * r2;
        const fl a = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
        const fl b = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
        const fl c = (1.0 / 3628800 + r * (1.0 / 39916800)) +
                     r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
        const fl series = r + r2 * (a + r4 * (b + r4 * c));
        const fl power = as_real((as_bits(shifted) + 1023) << 52);
        const fl part = power * series;
        const un mirrored = (un)(x < -0.6931471805599453);
        fl rest = x, p = -(part + (power - 1.0));
        if (wide_bits(mirrored) != 0) {
            const fl stays = power + part;
            rest = mirrored != 0 ? logarithms_of(1.0 - stays) : rest;
            p = mirrored != 0 ? -stays : p;
        }
        store(least + at, p);
        store(log_rest + at, rest);
    }
}

inline void weigh(const dense& k, const double* x, double* out) {
    const std::size_t n = k.rows;
    constexpr std::size_t rows = 4, parts = runs_aside / width;
    // Four regions of all runs at a time stay in registers.
    for (std::size_t r = 0; r < n; r += rows) {
        const std::size_t many = n - r < rows ? n - r : rows;
        fl sum[rows][parts] = {};
        for (std::size_t from = 0; from < n; ++from) {
            fl infectious[parts];
            un any = {};
            VECHE_UNROLL
            for (std::size_t part = 0; part < parts; ++part) {
                infectious[part] = load(x + from * runs_aside + part * width);
                any |= (un)(infectious[part] != 0.0);
            }
            if (wide_bits(any) == 0) continue;
            const double* cells = k.cells.data() + from * n + r;
            if (many == rows) {
                VECHE_UNROLL
                for (std::size_t row = 0; row < rows; ++row) VECHE_UNROLL
                for (std::size_t part = 0; part < parts; ++part)
                    sum[row][part] += infectious[part] * cells[row];
            } else {
                for (std::size_t row = 0; row < many; ++row)
                    for (std::size_t part = 0; part < parts; ++part)
                        sum[row][part] += infectious[part] * cells[row];
            }
        }
        for (std::size_t row = 0; row < many; ++row)
            for (std::size_t part = 0; part < parts; ++part)
                store(out + (r + row) * runs_aside + part * width, sum[row][part]);
    }
}

inline void weigh_one(const dense& k, const double* x, double* out) {
    const std::size_t n = k.rows;
    constexpr std::size_t rows = 4 * width;
    std::size_t r = 0;
    for (; r + rows <= n; r += rows) {
        fl sum[4] = {};
        for (std::size_t from = 0; from < n; ++from) {
            const double* cells = k.cells.data() + from * n + r;
            const fl by = all_of(x[from]);
            VECHE_UNROLL
            for (std::size_t part = 0; part < 4; ++part)
                sum[part] += load(cells + part * width) * by;
        }
        for (std::size_t part = 0; part < 4; ++part) store(out + r + part * width, sum[part]);
    }
    for (; r < n; ++r) {
        double sum = 0;
        for (std::size_t from = 0; from < n; ++from) sum += k.cells[from * n + r] * x[from];
        out[r] = sum;
    }
}

inline void combine(const double* y, double h, const double* factors, const double* const* terms,
                    std::size_t how_many, std::size_t count, double* out) {
    std::size_t c = 0;
    for (; c + width <= count; c += width) {
        fl sum = load(terms[0] + c) * factors[0];
        for (std::size_t j = 1; j < how_many; ++j) sum += load(terms[j] + c) * factors[j];
        store(out + c, load(y + c) + h * sum);
    }
    for (; c < count; ++c) {
        double sum = terms[0][c] * factors[0];
        for (std::size_t j = 1; j < how_many; ++j) sum += terms[j][c] * factors[j];
        out[c] = y[c] + h * sum;
    }
}

inline double worst(const double* y, const double* next, double h, const double* factors,
                    const double* const* terms, std::size_t how_many, std::size_t count) {
    fl most = {};
    std::size_t c = 0;
    for (; c + width <= count; c += width) {
        fl sum = load(terms[0] + c) * factors[0];
        for (std::size_t j = 1; j < how_many; ++j) sum += load(terms[j] + c) * factors[j];
        const fl before = absolute_of(load(y + c)), after = absolute_of(load(next + c));
        const fl error = absolute_of(h * sum) / (1.0 + (before > after ? before : after));
        most = error > most ? error : most;
    }
    double out = 0;
    for (std::size_t l = 0; l < width; ++l) out = most[l] > out ? most[l] : out;
    for (; c < count; ++c) {
        double sum = terms[0][c] * factors[0];
        for (std::size_t j = 1; j < how_many; ++j) sum += terms[j][c] * factors[j];
        const double before = std::abs(y[c]), after = std::abs(next[c]);
        const double error = std::abs(h * sum) / (1.0 + (before > after ? before : after));
        out = error > out ? error : out;
    }
    return out;
}

constexpr eights here = {VECHE_WIDTH_NAME, width,   binomials, chances, weigh,
                         weigh_one,        combine, worst};
