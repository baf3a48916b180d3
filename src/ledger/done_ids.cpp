#include "ledger/done_ids.hpp"

#include <algorithm>
#include <tuple>

namespace veche::ledger {
namespace {

// --- What each kind says -------------------------------------------------------------------------

auto said(const declare_unit& o) {
    return std::tie(o.unit, o.scale);
}
auto said(const enter& o) {
    return std::tie(o.legs);
}
auto said(const assess& o) {
    return std::tie(o.unit, o.total, o.shares);
}
auto said(const reassess& o) {
    return std::tie(o.unit, o.total, o.before, o.shares);
}
auto said(const receive& o) {
    return std::tie(o.bank, o.party, o.unit, o.minor);
}
auto said(const write_off& o) {
    return std::tie(o.party, o.unit, o.minor);
}
auto said(const earn& o) {
    return std::tie(o.bank, o.income, o.unit, o.minor);
}
auto said(const appropriate& o) {
    return std::tie(o.line, o.parent, o.unit, o.minor);
}
auto said(const amend& o) {
    return std::tie(o.line, o.delta);
}
auto said(const transfer& o) {
    return std::tie(o.from, o.to, o.minor);
}
auto said(const carry& o) {
    return std::tie(o.from, o.to, o.minor);
}
auto said(const close& o) {
    return std::tie(o.year);
}
auto said(const reserve& o) {
    return std::tie(o.line, o.unit, o.minor, o.expires);
}
auto said(const confirm& o) {
    return std::tie(o.ref, o.minor);
}
auto said(const void_reservation& o) {
    return std::tie(o.ref);
}
auto said(const expire&) {
    return std::tuple<>();
}
auto said(const release& o) {
    return std::tie(o.ref, o.minor);
}
auto said(const accept& o) {
    return std::tie(o.ref, o.unit, o.minor);
}
auto said(const pay& o) {
    return std::tie(o.bank, o.ref, o.minor);
}
auto said(const advance& o) {
    return std::tie(o.bank, o.ref, o.minor);
}
auto said(const settle& o) {
    return std::tie(o.ref, o.minor);
}
auto said(const refund& o) {
    return std::tie(o.bank, o.ref, o.minor);
}
auto said(const recover& o) {
    return std::tie(o.bank, o.ref, o.minor, o.reuse);
}
auto said(const charge& o) {
    return std::tie(o.bank, o.line, o.minor);
}
auto said(const exchange& o) {
    return std::tie(o.bank, o.unit, o.minor, o.to_bank, o.to_unit, o.to_minor, o.at, o.mode);
}

// --- That nothing of it is forgotten -------------------------------------------------------------

/// Stands in for a member of any type, where it is only asked whether one fits.
struct anything {
    template <class T>
    operator T() const {  // NOLINT(google-explicit-constructor): it is what the type is for
        return {};
    }
};

/// How many members an operation has besides its head.
template <class Operation, class... Members>
constexpr std::size_t members() {
    if constexpr (requires { Operation{head{}, Members{}..., anything{}}; })
        return members<Operation, Members..., anything>();
    else
        return sizeof...(Members);
}

template <class Operation>
constexpr std::size_t members_said =
    std::tuple_size_v<decltype(said(std::declval<const Operation&>()))>;

template <class... Operations>
constexpr bool all_said(const std::variant<Operations...>*) {
    // What is derived from another kind has the members of that one.
    return ((std::is_base_of_v<reserve, Operations> && !std::is_same_v<reserve, Operations>
                 ? sizeof(Operations) == sizeof(reserve)
                 : members<Operations>() == members_said<Operations>) &&
            ...);
}
static_assert(all_said(static_cast<const operation*>(nullptr)));

// --- Written down --------------------------------------------------------------------------------

class writer {
  public:
    void put(std::uint64_t n) {
        for (int byte = 0; byte < 8; ++byte) out_ += static_cast<char>(n >> (8 * byte));
    }
    void put(std::int32_t n) { put(static_cast<std::uint64_t>(n)); }
    void put(bool yes) { put(std::uint64_t{yes}); }
    void put(rounding mode) { put(static_cast<std::uint64_t>(mode)); }
    void put(date day) { put(day.days); }
    void put(int128 n) {
        put(static_cast<std::uint64_t>(n));
        put(static_cast<std::uint64_t>(n >> 64));
    }
    void put(const std::string& text) {
        put(std::uint64_t{text.size()});
        out_ += text;
    }
    void put(const leg& l) { put_all(l.account, l.unit, l.minor); }
    void put(const share& s) { put_all(s.party, s.minor); }
    void put(const rate& r) { put_all(r.num, r.den); }
    template <class T>
    void put(const std::optional<T>& one) {
        put(one.has_value());
        if (one) put(*one);
    }
    template <class T>
    void put(const std::vector<T>& all) {
        put(std::uint64_t{all.size()});
        for (const T& one : all) put(one);
    }
    template <class... Parts>
    void put_all(const Parts&... parts) {
        (put(parts), ...);
    }
    [[nodiscard]] const std::string& text() const { return out_; }

  private:
    std::string out_;
};

std::array<std::uint8_t, 16> first_half(const hash256& whole) {
    std::array<std::uint8_t, 16> out;
    std::copy_n(whole.begin(), out.size(), out.begin());
    return out;
}

}  // namespace

hash256 fingerprint(const operation& o) {
    writer out;
    out.put(std::uint64_t{o.index()});
    const head& common = head_of(o);
    out.put_all(common.id, common.day, common.by);
    std::visit(
        [&](const auto& one) {
            std::apply([&](const auto&... parts) { out.put_all(parts...); }, said(one));
        },
        o);
    return sha256(out.text());
}

done_ids::mark done_ids::mark_of(const std::string& id) {
    return first_half(sha256(id));
}

std::uint16_t done_ids::group_of(const mark& id) {
    return static_cast<std::uint16_t>(id[0] << 8 | id[1]);
}

done_ids::answer done_ids::ask(const operation& o) const {
    const mark id = mark_of(head_of(o).id);
    const std::vector<done>* known = groups_.find(group_of(id));
    if (!known) return answer::is_new;
    const auto at =
        std::find_if(known->begin(), known->end(), [&](const done& one) { return one.id == id; });
    if (at == known->end()) return answer::is_new;
    return at->content == first_half(fingerprint(o)) ? answer::same : answer::other;
}

void done_ids::add(const operation& o) {
    const mark id = mark_of(head_of(o).id);
    const std::uint16_t group = group_of(id);
    std::vector<done>& known =
        groups_.contains(group) ? groups_.edit(group) : groups_.insert(group, {});
    // By half again instead of doubled: there are many of them.
    if (known.size() == known.capacity()) known.reserve(known.size() + known.size() / 2 + 1);
    known.push_back({id, first_half(fingerprint(o))});
    ++size_;
}

}  // namespace veche::ledger
