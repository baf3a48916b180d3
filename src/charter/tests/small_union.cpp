#include "charter/tests/small_union.hpp"

#include <doctest/doctest.h>

namespace veche::charter::testing {

const std::string small_union_file = R"(
id = "small-union"
name = { en = "Small union", ru = "Малый союз" }
note = { en = "Invented." }
unsigned_types = ["assembly.*", "charter.grant_mandate"]
zone = "Europe/Moscow"
amendment = { body = "council", rule = "unanimity" }
units = [ { id = "EUR", kind = "money", scale = 2, name = { en = "euro" } } ]
languages = [ { id = "en", name = "English" }, { id = "ru", name = "русский" } ]

[[members]]
id = "N"
name = { en = "North" }
from = 2020-01-01
weights = [ { name = "pop", from = 2020-01-01, value = 60 },
            { name = "pop", from = 2026-01-01, value = 70 },
            { name = "money", from = 2021-01-01, value = 5 } ]
source = "invented"

[[members]]
id = "S"
name = { en = "South" }
from = 2020-01-01
until = 2030-12-31
weights = [ { name = "pop", from = 2020-01-01, value = 40 } ]
source = "invented"

[[rules]]
id = "unanimity"
name = { en = "Unanimity" }
rule = "quorum [ absent = 0 ] pass yes = seats"
source = "invented"
mark = "illustrative"

[[rules]]
id = "by-people"
name = { en = "Two thirds of the people" }
rule = """
pass
    yes.pop >= 2/3 seats.pop
"""
source = "invented"
mark = "illustrative"

[[bodies]]
id = "council"
name = { en = "Council" }
kind = "highest"
rules = ["unanimity", "by-people"]
enacts = ["programme.*", "fund.appropriate"]
source = "invented"

[[bodies]]
id = "house"
name = { en = "House" }
about = { en = "Three and two deputies." }
kind = "parliament"
parent = "council"
blocs = "majority"
rules = ["by-people"]
escalate_days = 10
invented = true
source = "invented"

[[bodies]]
id = "office"
name = { en = "Office" }
kind = "secretariat"
parent = "house"
source = "invented"

[[seats]]
id = "council/N"
body = "council"
member = "N"
name = { en = "Minister of North" }

[[seats]]
id = "council/S"
body = "council"
member = "S"
name = { en = "Minister of South" }

[[seats]]
id = "house/n"
body = "house"
member = "N"
count = 3
name = { en = "Deputy from North, No", ru = "Депутат от Севера, №" }

[[seats]]
id = "house/s"
body = "house"
member = "S"
count = 2
name = { en = "Deputy from South, No" }

[[offices]]
id = "council/chair"
body = "council"
name = { en = "Chair" }
powers = ["preside", "table"]

[[offices]]
id = "office/head"
body = "office"
name = { en = "Head of office" }
powers = ["convene", "mandates"]
over = ["council", "house"]

[[mandates]]
id = "north"
person = "north-1"
seat = "council/N"
from = 2025-01-01
until = 2025-12-31

[[mandates]]
id = "north-next"
person = "north-2"
seat = "council/N"
from = 2026-01-01

[[mandates]]
id = "south"
person = "south-1"
seat = "council/S"
from = 2025-01-01

[[mandates]]
id = "deputies"
person = "deputy-n"
seat = "house/n"
from = 2025-01-01
count = 3

[[mandates]]
id = "chair"
person = "north-2"
office = "council/chair"
from = 2026-01-01

[[mandates]]
id = "head"
person = "head"
office = "office/head"
from = 2025-01-01
until = 2026-06-30
)";

charter_document small_union() {
    auto doc = read_toml(small_union_file);
    REQUIRE_MESSAGE(doc.has_value(), doc.error().sentence());
    return *doc;
}

state small_state() {
    state s;
    s.found(small_union());
    return s;
}

date day(std::string_view text) {
    return parse_date(text).value();
}

context at(std::string_view when, std::string person, std::string auth) {
    context ctx;
    ctx.at = start_of(day(when));
    ctx.seq = 7;
    ctx.actor = {std::move(person)};
    ctx.auth = std::move(auth);
    return ctx;
}

context by_decision(std::string_view when, std::string body, std::string rule) {
    context ctx;
    ctx.at = start_of(day(when));
    ctx.seq = 7;
    ctx.auth = "2026-0001";
    ctx.decision = decision_authority{{"2026-0001"}, {std::move(body)}, std::move(rule)};
    return ctx;
}

}  // namespace veche::charter::testing
