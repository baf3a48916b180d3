#pragma once
// Problem details (RFC 9457): how a refusal looks to a program.

#include "api/http.hpp"
#include "kernel/result.hpp"

namespace veche::api {

/// {"code","detail","field","status","title","type"} as application/problem+json. `detail` is the
/// refusal's sentence, `type` the address of its kind under /problems/.
response to_problem(const refusal&);

/// The same from a kind, for refusals made on the spot.
template <class... Args>
response problem(const refusal_kind& kind, Args&&... args) {
    return to_problem(refusal{&kind, {}, {std::string(std::forward<Args>(args))...}});
}

}  // namespace veche::api
