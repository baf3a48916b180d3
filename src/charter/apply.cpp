#include "charter/commands.hpp"
#include "kernel/check.hpp"

namespace veche::charter {

void apply(state& s, const found& c, const context&) {
    s.found(c.document);
}

void apply(state& s, const amend& c, const context&) {
    s.put(c.changes, c.removals);
}

void apply(state& s, const grant_mandate& c, const context&) {
    s.put(c.mandate);
}

void apply(state& s, const end_mandate& c, const context&) {
    const mandate* held = s.find_mandate(c.mandate);
    VECHE_ENSURE(held, "the mandate was checked");
    mandate ended = *held;
    ended.until = c.until;
    s.put(ended);
}

}  // namespace veche::charter
