#pragma once
// The certificate of separation as text: which rows were dropped, and the numbers that show that
// they have no finite fitted value. docs/format/separation.md describes it.

#include <string>
#include <string_view>

#include "gravity/sample.hpp"

namespace veche::gravity {

std::string write_certificate(const model&, const sample&);

/// What is wrong with a certificate of this model, "" where nothing is. Shares nothing with the
/// code that finds separated rows: it multiplies and looks at signs. `tolerance`: of z, over the
/// greatest z of its stage.
std::string certificate_fault(const model&, std::string_view text, double tolerance = 1e-7);

}  // namespace veche::gravity
