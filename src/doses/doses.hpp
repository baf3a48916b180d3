#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. Doses are units of a book: none appears and none disappears.

#include <memory>

#include "charter/charter.hpp"
#include "doses/outlook.hpp"
#include "doses/state.hpp"

namespace veche::doses {

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const outlook> around = nullptr;  ///< for views alone
};

result<events> decide(const world&, const record_product&, const context&);
result<events> decide(const world&, const record_site&, const context&);
result<events> decide(const world&, const record_group&, const context&);
result<events> decide(const world&, const record_target&, const context&);
result<events> decide(const world&, const recall_lot&, const context&);
result<events> decide(const world&, const allocate&, const context&);
result<events> decide(const world&, const receive_lot&, const context&);
result<events> decide(const world&, const dispatch&, const context&);
result<events> decide(const world&, const transfer&, const context&);
result<events> decide(const world&, const accept&, const context&);
result<events> decide(const world&, const open_vials&, const context&);
result<events> decide(const world&, const give&, const context&);
result<events> decide(const world&, const discard&, const context&);
result<events> decide(const world&, const count_stock&, const context&);
result<events> decide(const world&, const quarantine&, const context&);
result<events> decide(const world&, const release&, const context&);
result<events> decide(const world&, const state_need&, const context&);
result<events> decide(const world&, const report_people&, const context&);

void apply(state&, const charter::state&, const record_product&, const context&);
void apply(state&, const charter::state&, const record_site&, const context&);
void apply(state&, const charter::state&, const record_group&, const context&);
void apply(state&, const charter::state&, const record_target&, const context&);
void apply(state&, const charter::state&, const recall_lot&, const context&);
void apply(state&, const charter::state&, const allocate&, const context&);
void apply(state&, const charter::state&, const receive_lot&, const context&);
void apply(state&, const charter::state&, const dispatch&, const context&);
void apply(state&, const charter::state&, const transfer&, const context&);
void apply(state&, const charter::state&, const accept&, const context&);
void apply(state&, const charter::state&, const open_vials&, const context&);
void apply(state&, const charter::state&, const give&, const context&);
void apply(state&, const charter::state&, const discard&, const context&);
void apply(state&, const charter::state&, const count_stock&, const context&);
void apply(state&, const charter::state&, const quarantine&, const context&);
void apply(state&, const charter::state&, const release&, const context&);
void apply(state&, const charter::state&, const state_need&, const context&);
void apply(state&, const charter::state&, const report_people&, const context&);
void apply(state&, const charter::state&, const allocated&, const context&);
void apply(state&, const charter::state&, const dispatched&, const context&);
void apply(state&, const charter::state&, const vials_opened&, const context&);
void apply(state&, const charter::state&, const expiry_near&, const context&);
void apply(state&, const charter::state&, const lot_expired&, const context&);

}  // namespace veche::doses
