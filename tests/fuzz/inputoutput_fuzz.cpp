// Files of tables between regions: whatever they hold is read or refused, in the layout that they
// look like and in every other. What is read and small is balanced, factorised and taken apart; the
// terms of each account add up wherever the system is sound. A byte of zero parts the table from a
// file of final use, which is read as an extension too.

#include <cmath>
#include <cstdint>
#include <string_view>

#include "inputoutput/balance.hpp"
#include "inputoutput/extraction.hpp"
#include "inputoutput/reading.hpp"
#include "inputoutput/value_added.hpp"
#include "kernel/check.hpp"

namespace {

using namespace veche::inputoutput;

void take_apart(const table& t) {
    (void)look_at(t);
    const auto system = leontief_system::of(t);
    // Far from any economy the digits are spent, and nothing can be said of sums.
    if (!system || !(system->reciprocal_condition() > 1e-6)) return;
    const auto view = trade_view::of(*system);
    if (!view) return;
    for (std::size_t r = 0; r < system->regions(); ++r)
        if (!(view->local(r).reciprocal_condition() > 1e-6)) return;
    double scale = 1;
    for (const double x : system->output()) scale += std::abs(x);
    for (const double v : view->origins().cells) scale = std::fmax(scale, std::abs(v) * scale);
    for (std::size_t r = 0; r < system->regions(); ++r) {
        const decomposition account = kww(*view, r);
        (void)wwz(*view, r);
        (void)participation(*view, r);
        VECHE_ENSURE(!(std::abs(account.left_over) > 1e-3 * scale), "terms add up to exports");
    }
    (void)extract(*system, {{"", "", t.regions[0], "", 0.5, true}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t middle = text.find('\0');
    const std::string_view first = text.substr(0, middle);
    reading how;
    how.most = 12;
    how.parts = parts_of_icio();
    for (int layout_number = -1; layout_number < 4; ++layout_number) {
        how.how.reset();
        if (layout_number >= 0) how.how = static_cast<layout>(layout_number);
        auto made = read_table(first, how);
        if (!made) continue;
        take_apart(*made);
        if (middle == std::string_view::npos) continue;
        const std::string_view second = text.substr(middle + 1);
        (void)read_final(*made, second, how);
        (void)read_extension(*made, {"f", second, second, second}, how);
    }
    return 0;
}
