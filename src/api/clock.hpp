#pragma once
// Where the program reads the wall clock: here and nowhere else.

#include "kernel/instant.hpp"

namespace veche::api {

/// Now, UTC.
instant wall_clock();

}  // namespace veche::api
