// Outlines for maps: a file is read or refused, and every arc that a unit names is there.

#include <cstdint>

#include "kernel/check.hpp"
#include "maps/outlines.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche::maps;
    const auto read = read_outlines({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    for (const unit& one : read->units)
        for (const auto& polygon : one.polygons)
            for (const arc_ring& ring : polygon)
                for (const std::int32_t arc : ring)
                    VECHE_ENSURE(static_cast<std::size_t>(arc < 0 ? ~arc : arc) < read->arcs.size(),
                                 "an arc that is named is there");
    return 0;
}
