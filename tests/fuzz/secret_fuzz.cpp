// What comes in with a secret vote: ballots, messages of trustees, whole records. Nothing is taken
// for a ballot that nobody encrypted.

#include <cstdint>

#include "ballot/ballot.hpp"
#include "ballot/record.hpp"
#include "ballot/tally.hpp"
#include "ballot/trustee.hpp"
#include "kernel/check.hpp"

namespace {

using namespace veche;
using namespace veche::ballot;

template <class T>
void read(std::string_view canonical) {
    const auto made = from_json<T>(canonical);
    if (!made) return;
    const std::string written = to_json(*made);
    const auto again = from_json<T>(std::string_view(written));
    VECHE_ENSURE(again && to_json(*again) == written, "what was written reads as the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto canonical = json::canonicalize(text);
    if (!canonical) return 0;
    read<secret_ballot>(*canonical);
    read<opening>(*canonical);
    read<record_line>(*canonical);
    if (const auto one = from_json<secret_ballot>(std::string_view(*canonical))) {
        terms of{};
        VECHE_ENSURE(!verify_ballot(of, *one), "no ballot of an election that is none");
        (void)tracker_of(*one);
    }
    return 0;
}
