#pragma once
// Lots from a public seed.

#include <span>

#include "elections/elections.hpp"

namespace veche::elections {

/// Draws lots of one count, numbered from 1. `sha256sum` on a command line says the same:
/// printf 'veche lot 1\nSEED\n1\nCANDIDATE\n' | sha256sum, and the lowest digest is drawn.
class lot_drum {
  public:
    explicit lot_drum(std::optional<std::string> seed) : seed_(std::move(seed)) {}
    /// The position of the one drawn. Refuses where there is no seed.
    result<std::size_t> draw(std::span<const std::string> among, std::vector<lot>& record);

  private:
    std::optional<std::string> seed_;
    std::int32_t drawn_ = 0;
};

}  // namespace veche::elections
