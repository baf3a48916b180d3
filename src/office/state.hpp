#pragma once
// The state of a union: one value per room. A pure function of the journal.

#include "assembly/state.hpp"
#include "barriers/state.hpp"
#include "beneficiaries/state.hpp"
#include "calls/state.hpp"
#include "charter/charter.hpp"
#include "doses/state.hpp"
#include "evidence/state.hpp"
#include "fund/state.hpp"
#include "people/state.hpp"
#include "prevention/state.hpp"
#include "programme/state.hpp"
#include "registry/state.hpp"
#include "sealed/state.hpp"
#include "situation/state.hpp"

namespace veche::office {

struct state {
    charter::state charter;
    people::state people;
    assembly::state assembly;
    programme::state programme;
    fund::state fund;
    sealed::state sealed;
    calls::state calls;
    evidence::state evidence;
    registry::state registry;
    barriers::state barriers;
    beneficiaries::state beneficiaries;
    doses::state doses;
    prevention::state prevention;
    situation::state situation;
    std::uint64_t size = 0;  ///< entries folded: the number of the next entry
    instant last_at;         ///< admission time of the last entry; never decreases
};

/// The same by a name that a class with a member called `state` can use.
using union_state = state;

}  // namespace veche::office
