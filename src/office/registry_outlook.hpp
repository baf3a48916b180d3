#pragma once
// What the register takes of other rooms, told in its own words: findings on joint enterprises,
// calls with those who hold their places, and who is host or recipient there.

#include "office/state.hpp"
#include "registry/outlook.hpp"

namespace veche::office {

/// Lives no longer than the state.
class register_outlook final : public registry::outlook {
  public:
    explicit register_outlook(const state& s) : s_(s) {}
    [[nodiscard]] std::vector<registry::pair_finding> joint_enterprises() const override;
    [[nodiscard]] std::optional<registry::told_call> call(const registry::call_ref&) const override;
    [[nodiscard]] std::vector<registry::told_role> roles() const override;

  private:
    const state& s_;
};

}  // namespace veche::office
