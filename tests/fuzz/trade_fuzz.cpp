// Statistics of trade: whatever a text holds is read or refused, as rows with a separator, as an
// answer in JSON, as a mapping, a concordance or lines of tariffs. What was read can be set against
// its mirror, kept as a table and come back.

#include <cstdint>
#include <string_view>

#include "kernel/remark.hpp"
#include "trade/comtrade_json.hpp"
#include "trade/concordance.hpp"
#include "trade/import.hpp"
#include "trade/mirror.hpp"
#include "trade/smart.hpp"

namespace {

void use(std::string_view text) {
    using namespace veche::trade;
    import_options options;
    options.text.sound_rows_only = true;
    options.repeated = repeated_rule::add;
    const auto made = import_flows(text, options);
    if (!made || !made->flows) return;
    const mirror_statistics both = mirror(*made->flows);
    (void)reconcile(*made->flows, both, {});
    const auto back = flows_from(to_table(*made->flows));
    if (!back || back->size() != made->flows->size()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche::trade;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    use(text);
    if (const auto rows = comtrade_csv(text)) use(*rows);
    (void)read_mapping(text);
    if (const auto by = read_concordance(text, "2017 to 2012")) (void)chained(*by, *by);
    std::vector<veche::remark> remarks;
    if (const auto lines = read_smart(text, tariff_unit::percent, remarks)) (void)smart(*lines);
    return 0;
}
