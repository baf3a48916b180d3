#pragma once
// What must stand beside figures, as vocabulary and not as a string: a code with the words that
// fill the places of its sentence. The English sentence stands with the code, as that of a refusal
// does; other languages translate it by key "remark.<code>" of their catalogue.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche {

/// Declared as an inline constexpr object in a room's remarks.hpp, and listed in its `all`.
struct remark_kind {
    std::string_view code;      ///< stable, "room.fact"
    std::string_view sentence;  ///< English; {0}, {1} are places
};

struct remark {
    std::string code;
    std::vector<std::string> args;
    bool operator==(const remark&) const = default;
};
VECHE_FIELDS(remark, (code, "Code of the remark."),
             (args, "Words that fill the places of its sentence, in order."))

/// `out.push_back(remark_of(remarks::rows_missing, std::to_string(n)));`
template <class... Args>
remark remark_of(const remark_kind& kind, Args&&... args) {
    remark out{std::string(kind.code), {}};
    (out.args.emplace_back(std::forward<Args>(args)), ...);
    return out;
}

inline std::string english(const remark_kind& kind, const std::vector<std::string>& args) {
    return fill_places(kind.sentence, args);
}

}  // namespace veche
