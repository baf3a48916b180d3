#include "ledger/operations.hpp"

namespace veche::ledger {

const head& head_of(const operation& o) {
    return std::visit([](const auto& one) -> const head& { return one; }, o);
}

}  // namespace veche::ledger
