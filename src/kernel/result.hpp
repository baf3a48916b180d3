#pragma once
// Results and refusals. A refusal is vocabulary, not a string: a kind with a stable code, the HTTP
// status it maps to, and an English sentence with numbered places {0} {1}; plus the field at fault
// and the words that fill the places. Other languages translate the sentence by its code
// (web/catalogues/LANG.toml, key "refusal.<code>").

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace veche {

/// One reason to say no. Declared as an inline constexpr object in a module's refusal.hpp.
struct refusal_kind {
    std::string_view code;  ///< stable, "module.fact", e.g. "assembly.vote_not_open"
    int http_status =
        400;  ///< 400 malformed, 403 authority, 404 unknown, 409 state, 413, 422, 429, 503
    std::string_view sentence;  ///< English, for a person, ends with a full stop; {0}.. are places
    bool transient = false;     ///< the same request may succeed later, unchanged
};

/// A request that was not carried out, and why.
struct refusal {
    const refusal_kind* kind = nullptr;
    std::string field;              ///< dotted path of the field at fault, "" for the whole request
    std::vector<std::string> args;  ///< fill {0}, {1}, ... of the sentence

    [[nodiscard]] std::string_view code() const { return kind->code; }
    [[nodiscard]] std::string sentence() const;
};

template <class T>
using result = tl::expected<T, refusal>;

/// Replaces {0}, {1}, ... in a pattern. A place without an argument stays as written.
std::string fill_places(std::string_view pattern, const std::vector<std::string>& args);

/// `return refuse(refusals::vote_unknown, "vote", id);`
template <class... Args>
tl::unexpected<refusal> refuse(const refusal_kind& kind, std::string field = {}, Args&&... args) {
    refusal r{&kind, std::move(field), {}};
    (r.args.emplace_back(std::forward<Args>(args)), ...);
    return tl::unexpected<refusal>(std::move(r));
}

}  // namespace veche

// Evaluates to the value, or returns the refusal from the enclosing function. Calls may nest: each
// has its own variable.
#define VECHE_TRY(expression) VECHE_TRY_NUMBERED(expression, __COUNTER__)
#define VECHE_TRY_NUMBERED(expression, n) VECHE_TRY_NAMED(expression, n)
#define VECHE_TRY_NAMED(expression, n) VECHE_TRY_AS(expression, veche_try_##n)
#define VECHE_TRY_AS(expression, outcome)                                                    \
    __extension__({                                                                          \
        auto outcome = (expression);                                                         \
        if (!outcome) return ::tl::unexpected<::veche::refusal>(std::move(outcome).error()); \
        std::move(outcome).value();                                                          \
    })

// The same for result<void>.
#define VECHE_CHECK(expression)                                                               \
    do {                                                                                      \
        if (auto veche_check_result = (expression); !veche_check_result)                      \
            return ::tl::unexpected<::veche::refusal>(std::move(veche_check_result).error()); \
    } while (false)
