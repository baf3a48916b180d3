// What `veche charter check` finds: one broken charter for each finding.

#include "charter/remarks.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "charter/portrait.hpp"
#include "charter/tests/shared.hpp"
#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

/// A union in which nothing is amiss: tests break one thing each.
const std::string sound = R"(id = "u"
name = { en = "Union" }
unsigned_types = ["*"]
amendment = { body = "council", rule = "majority" }
units = [{ id = "EUR", kind = "money", scale = 2, name = { en = "euro" } }]
languages = [{ id = "en", name = "English" }]
[[members]]
id = "N"
name = { en = "North" }
from = 2020-01-01
weights = [{ name = "pop", from = 2020-01-01, value = 60 }]
source = "invented"
[[members]]
id = "S"
name = { en = "South" }
from = 2020-01-01
weights = [{ name = "pop", from = 2020-01-01, value = 40 }]
source = "invented"
[[rules]]
id = "majority"
name = { en = "Majority" }
rule = "quorum [ present >= 2/3 seats ] pass yes > 1/2 seats"
source = "invented"
mark = "read"
[[rules]]
id = "people"
name = { en = "People" }
rule = "yes.pop >= 2/3 seats.pop"
source = "invented"
mark = "read"
[[bodies]]
id = "council"
kind = "highest"
name = { en = "Council" }
blocs = "uniform"
rules = ["majority", "people"]
enacts = ["programme.*", "fund.*", "charter.amend"]
source = "invented"
[[bodies]]
id = "office"
kind = "secretariat"
parent = "council"
name = { en = "Office" }
escalate_days = 30
source = "invented"
[[seats]]
id = "n"
body = "council"
member = "N"
count = 3
name = { en = "North, No" }
[[seats]]
id = "s"
body = "council"
member = "S"
count = 3
name = { en = "South, No" }
[[offices]]
id = "head"
body = "office"
name = { en = "Head" }
powers = ["convene", "agenda", "papers", "mandates", "accounts", "money"]
over = ["council"]
[[offices]]
id = "chair"
body = "council"
name = { en = "Chair" }
powers = ["preside", "table"]
[[offices]]
id = "keepers"
body = "office"
name = { en = "Keeper" }
powers = ["unseal"]
over = ["council"]
[[mandates]]
id = "n"
person = "n"
seat = "n"
from = 2025-01-01
count = 3
[[mandates]]
id = "s"
person = "s"
seat = "s"
from = 2025-01-01
count = 3
[[mandates]]
id = "head"
person = "head"
office = "head"
from = 2025-01-01
[[mandates]]
id = "chair"
person = "n-1"
office = "chair"
from = 2025-01-01
[[mandates]]
id = "keeper"
person = "keeper"
office = "keepers"
from = 2025-01-01
[[mandates]]
id = "keeper-2"
person = "keeper-2"
office = "keepers"
from = 2025-01-01
)";

std::vector<remark> remarks(const std::string& text, std::string_view on = "2026-03-01") {
    const auto file = read_charter_text(text);
    REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
    return remarks_on(*file, day(on));
}

std::string replaced(std::string text, std::string_view piece, std::string_view by) {
    const auto found = text.find(piece);
    REQUIRE(found != std::string::npos);
    return text.replace(found, piece.size(), by);
}

/// The finding of that code; its place must be the line on which `at` begins, after the first
/// `after`.
remark only(const std::vector<remark>& all, const std::string& code) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const remark& r) { return r.code == code; });
    std::string seen;
    for (const remark& r : all) seen += r.words + "\n";
    REQUIRE_MESSAGE(found != all.end(), code << " not among:\n" << seen);
    return *found;
}

std::int64_t line_of_piece(const std::string& text, std::string_view piece) {
    const auto at = text.find(piece);
    REQUIRE(at != std::string::npos);
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
}

/// Breaks the sound charter and expects the finding, its severity, and the line of `at`.
remark broken(std::string_view piece, std::string_view by, const std::string& code, severity how,
              std::string_view at) {
    const std::string text = replaced(sound, piece, by);
    const remark r = only(remarks(text), code);
    CHECK(r.severity == how);
    CHECK(r.line == line_of_piece(text, at));
    CHECK(r.column >= 1);
    CHECK(r.words.find('{') == std::string::npos);
    return r;
}

constexpr auto cannot = severity::cannot_work;
constexpr auto surprise = severity::will_surprise;
constexpr auto noted = severity::note;

}  // namespace

TEST_CASE("a sound charter has no remarks") {
    const auto all = remarks(sound);
    for (const remark& r : all) CHECK_MESSAGE(false, r.words);
    CHECK(all.empty());
}

TEST_CASE("a time zone that nobody knows is named, where somebody was asked") {
    const auto file = read_charter_text("zone = \"Europe/Nowhere\"\n" + sound);
    REQUIRE(file);
    const auto there = [](std::string_view name) { return name == "Europe/Minsk"; };
    const auto all = remarks_on(*file, *parse_date("2026-01-01"), {}, there);
    const remark& r = only(all, "check.zone_unknown");
    CHECK(r.severity == surprise);
    CHECK(r.line == 1);
    CHECK(r.words == "There is no time zone called Europe/Nowhere: times are shown in UTC.");
    CHECK(remarks_on(*file, *parse_date("2026-01-01")).empty());
}

TEST_CASE("what a founding refuses is found with its place, bodies that lead in a circle too") {
    const remark r = broken("kind = \"highest\"", "kind = \"highest\"\nparent = \"office\"",
                            "refusal.charter.parent_circle", cannot, "parent = \"office\"");
    CHECK(r.words == "The bodies above council lead back to it.");
    broken("yes > 1/2 seats\"", "yes > seats\"", "refusal.charter.rule_never_passes", cannot,
           "rule = \"quorum");
}

TEST_CASE("a quorum that the seats held cannot reach") {
    const std::string one = replaced(sound, "blocs = \"uniform\"\n", "");
    const std::string text = replaced(
        replaced(one, "rules = [\"majority\", \"people\"]", "rules = [\"majority\"]"),
        "seat = \"s\"\nfrom = 2025-01-01", "seat = \"s\"\nfrom = 2025-01-01\nuntil = 2025-12-31");
    const auto all = remarks(text);
    const remark r = only(all, "check.quorum_unreachable");
    CHECK(r.severity == cannot);
    CHECK(r.words ==
          "council: the quorum of the rule majority is out of reach, only 3 of 6 seats are held.");
    CHECK(r.line == line_of_piece(text, "rules = [\"majority\"]"));
    CHECK(only(all, "check.seats_vacant").words == "council: 3 of the 3 seats of s are vacant.");
    CHECK(only(all, "check.amendment_blocked").severity == cannot);
    // Before the mandates ended all was well.
    for (const remark& before : remarks(text, "2025-06-01")) CHECK(before.severity != cannot);
}

TEST_CASE("a rule under which nothing can be adopted, or nothing can fall") {
    const std::string gone = "seat = \"s\"\nfrom = 2025-01-01\nuntil = 2025-12-31";
    const std::string text = replaced(replaced(sound, "seat = \"s\"\nfrom = 2025-01-01", gone),
                                      "quorum [ present >= 2/3 seats ] pass ", "");
    const auto all = remarks(text);
    CHECK(only(all, "check.never_passes").words ==
          "council: nothing can be adopted under the rule majority, with 3 of 6 seats held.");
    // North alone is left, and it has two thirds of no people.
    CHECK(only(all, "check.amendment_blocked").args.at(0) == "council");
    // One voice left, and one no does not suffice.
    const std::string lax = replaced(text, "yes > 1/2 seats", "no <= 1");
    const remark r = only(remarks(lax), "check.never_fails");
    CHECK(r.severity == cannot);
    CHECK(r.words ==
          "council: everything is adopted under the rule majority, whatever the ballots.");
}

TEST_CASE("a weight that a member has not on a day on which it votes") {
    const std::string text = replaced(sound, "name = \"pop\", from = 2020-01-01, value = 40",
                                      "name = \"pop\", from = 2026-06-01, value = 40");
    const remark r = only(remarks(text), "check.weight_missing");
    CHECK(r.severity == cannot);
    CHECK(r.words ==
          "council: the rule people weighs by pop, and S has no such weight on 2026-03-01.");
    CHECK(r.line == line_of_piece(text, "weights = [{ name = \"pop\", from = 2026"));
    CHECK(remarks(text, "2026-06-01").empty());
    // A member that only joins later is looked at on its first day.
    const std::string later = replaced(text, "name = { en = \"South\" }\nfrom = 2020-01-01",
                                       "name = { en = \"South\" }\nfrom = 2026-05-01");
    CHECK(only(remarks(later), "check.weight_missing").args.back() == "2026-05-01");
}

TEST_CASE("powers that nobody holds") {
    const std::string_view head =
        "\"convene\", \"agenda\", \"papers\", \"mandates\", \"accounts\", \"money\"";
    const auto without = [&](std::string_view power, const std::string& code, severity how) {
        std::string left(head);
        const auto at = left.find(power);
        REQUIRE(at != std::string::npos);
        left.replace(at, power.size(), "\"measures\"");
        const remark r = only(remarks(replaced(sound, head, left)), code);
        CHECK(r.severity == how);
    };
    without("\"convene\"", "check.nobody.convene", cannot);
    without("\"convene\"", "check.escalation_nowhere", cannot);
    without("\"agenda\"", "check.nobody.agenda", surprise);
    without("\"papers\"", "check.nobody.papers", surprise);
    without("\"mandates\"", "check.nobody.mandates", surprise);
    without("\"accounts\"", "check.nobody_accounts", surprise);
    without("\"money\"", "check.nobody_records", surprise);
    broken("[\"preside\", \"table\"]", "[\"table\"]", "check.nobody.preside", cannot, "[[bodies]]");
    const remark r = broken("[\"preside\", \"table\"]", "[\"preside\"]", "check.nobody.table",
                            cannot, "[[bodies]]");
    CHECK(r.words == "council: nobody can table a motion.");
    broken("\"fund.*\", ", "", "check.nobody_appropriates", surprise, "units = [");
    broken("powers = [\"unseal\"]", "powers = []", "check.nobody_unseals", noted, "[[offices]]");
    broken(
        "[[mandates]]\nid = \"keeper-2\"\nperson = \"keeper-2\"\noffice = \"keepers\"\nfrom = "
        "2025-01-01\n",
        "", "check.unseal_alone", surprise, "[[bodies]]");
}

TEST_CASE("offices, seats and bodies without holders") {
    broken("office = \"chair\"", "office = \"head\"", "check.office_vacant", surprise,
           "[[offices]]\nid = \"chair\"");
    const std::string lost = replaced(sound, "seat = \"s\"\nfrom = 2025-01-01\ncount = 3",
                                      "seat = \"s\"\nfrom = 2025-01-01\ncount = 1");
    CHECK(only(remarks(lost), "check.seats_vacant").words ==
          "council: 2 of the 3 seats of s are vacant.");
    std::string empty = replaced(sound, "seat = \"s\"\nfrom = 2025-01-01",
                                 "seat = \"s\"\nfrom = 2025-01-01\nuntil = 2025-02-01");
    empty = replaced(empty, "seat = \"n\"\nfrom = 2025-01-01",
                     "seat = \"n\"\nfrom = 2025-01-01\nuntil = 2025-02-01");
    const auto all = remarks(empty);
    CHECK(only(all, "check.body_vacant").words ==
          "council: none of its 6 seats is held, so it can decide nothing.");
    CHECK(only(all, "check.amendment_blocked").severity == cannot);
    broken("kind = \"secretariat\"", "kind = \"secretariat\"\nrules = [\"majority\"]",
           "check.rules_without_seats", surprise, "rules = [\"majority\"]\nparent");
    broken("[[rules]]",
           "[[members]]\nid = \"X\"\nname = { en = \"X\" }\nfrom = 2020-01-01\nsource = "
           "\"\"\n[[rules]]",
           "check.member_without_seat", noted, "[[members]]\nid = \"X\"");
    const std::string mute =
        replaced(sound, "kind = \"secretariat\"", "kind = \"secretariat\"") +
        "[[seats]]\nid = \"o\"\nbody = \"office\"\nname = { en = \"O\" }\n"
        "[[mandates]]\nid = \"o\"\nperson = \"o\"\nseat = \"o\"\nfrom = 2025-01-01\n";
    CHECK(only(remarks(mute), "check.no_rule").severity == noted);
}

TEST_CASE("an amendment that no body can carry out") {
    CHECK(broken("amendment = { body = \"council\", rule = \"majority\" }\n", "",
                 "check.never_amended", surprise, "id = \"u\"")
              .words == "The charter does not say how it is changed: nobody can.");
    broken("mark = \"read\"", "mark = \"config\"", "check.amendment_config", cannot, "amendment");
}

TEST_CASE("marks left open") {
    const std::string text =
        replaced(sound, "yes.pop >= 2/3 seats.pop\"\nsource = \"invented\"\nmark = \"read\"",
                 "yes.pop >= 2/3 seats.pop\"\nsource = \"invented\"\nmark = \"config\"");
    CHECK(only(remarks(text), "check.config_open").words ==
          "council: no vote opens under the rule people, which is not established (config).");
    const std::string both = replaced(text, "mark = \"read\"", "mark = \"config\"");
    CHECK(only(remarks(both), "check.config_only").severity == surprise);
    broken("mark = \"read\"", "mark = \"memory\"", "check.rule_from_memory", noted, "mark");
    broken("mark = \"read\"", "mark = \"illustrative\"", "check.rule_illustrative", noted, "mark");
    broken("rules = [\"majority\", \"people\"]", "rules = [\"majority\"]", "check.rule_unused",
           noted, "[[rules]]\nid = \"people\"");
    broken("[\"programme.*\", \"fund.*\", \"charter.amend\"]", "[]", "check.orders_nothing", noted,
           "[[bodies]]");
}

TEST_CASE("orders that no decision can give") {
    const std::vector<std::string> orders{"charter.amend", "fund.appropriate",
                                          "programme.add_measure"};
    const auto found = [&](std::string_view by) {
        const auto file = read_charter_text(replaced(sound, "\"fund.*\"", by));
        REQUIRE(file.has_value());
        return remarks_on(*file, day("2026-03-01"), orders);
    };
    CHECK(found("\"fund.*\"").empty());
    const remark slip = only(found("\"fund.*\", \"fund.apropriate\""), "check.order_unknown");
    CHECK(slip.severity == surprise);
    CHECK(slip.words == "council: nothing that a decision can order is called fund.apropriate.");
    CHECK(only(found("\"fund.*\", \"assembly.*\""), "check.order_unknown").args[1] == "assembly.*");
    const remark other =
        broken("kind = \"secretariat\"", "kind = \"secretariat\"\nenacts = [\"charter.amend\"]",
               "check.order_amend", surprise, "enacts = [\"charter.amend\"]");
    CHECK(other.words ==
          "office may not order charter.amend, though it is listed: only council changes the "
          "charter.");
}

TEST_CASE("rules that surprise") {
    const auto rule = [](std::string_view text) {
        return remarks(
            replaced(sound, "quorum [ present >= 2/3 seats ] pass yes > 1/2 seats", text));
    };
    CHECK(only(rule("abstain = 0"), "check.passes_against").severity == surprise);
    CHECK(only(rule("yes <= 1"), "check.yes_may_hurt").severity == surprise);
    const std::string tie = replaced(sound, "quorum [ present >= 2/3 seats ] pass yes > 1/2 seats",
                                     "pass yes > no tie chair");
    CHECK(remarks(tie).empty());
    CHECK(only(remarks(replaced(tie, "person = \"n-1\"", "person = \"somebody\"")),
               "check.chair_without_vote")
              .severity == surprise);
}

TEST_CASE("languages without texts") {
    broken("languages = [{ id = \"en\", name = \"English\" }]",
           "languages = [{ id = \"en\", name = \"English\" }, { id = \"ru\", name = \"русский\" }]",
           "check.language_empty", surprise, "languages");
    const std::string text =
        replaced(replaced(sound, "languages = [{ id = \"en\", name = \"English\" }]",
                          "languages = [{ id = \"en\", name = \"English\" }, { id = \"ru\", name = "
                          "\"русский\" }]"),
                 "name = { en = \"Union\" }", "name = { en = \"Union\", ru = \"Союз\" }");
    const remark r = only(remarks(text), "check.language_missing");
    CHECK(r.words.starts_with("12 of 13 texts are missing in the language ru"));
    CHECK(r.field == "units.EUR.name");
}

TEST_CASE("a search that gives up is a note and no verdict") {
    // Even weights never make an odd sum, but no bound shows that before everything is tried.
    std::string rows;
    for (int n = 0; n < 30; ++n) {
        const std::string id = "M" + std::to_string(n);
        rows += "[[members]]\nid = \"" + id + "\"\nname = { en = \"M\" }\nfrom = 2020-01-01\n" +
                "weights = [{ name = \"pop\", from = 2020-01-01, value = " +
                std::to_string(100000 + 2 * (7919 * n * n % 30011)) +
                " }]\nsource = \"invented\"\n[[seats]]\nid = \"" + id +
                "\"\nbody = \"council\"\nmember = \"" + id + "\"\nname = { en = \"M\" }\n" +
                "[[mandates]]\nid = \"" + id + "\"\nperson = \"" + id + "\"\nseat = \"" + id +
                "\"\nfrom = 2025-01-01\n";
    }
    const std::string text = replaced(sound, "seat = \"s\"\nfrom = 2025-01-01",
                                      "seat = \"s\"\nfrom = 2025-01-01\nuntil = 2025-12-31");
    const auto under = [&](std::string_view rule) {
        return remarks(replaced(text, "yes.pop >= 2/3 seats.pop", rule) + rows);
    };
    const remark r =
        only(under("any[ yes = seats, yes.pop = 1234567 ]"), "check.passing_undecided");
    CHECK(r.severity == noted);
    CHECK(r.words ==
          "council: whether anything can be adopted under the rule people was not decided in "
          "300000 steps.");
    const remark other =
        only(under("not any[ no = seats, yes.pop = 1234567 ]"), "check.failing_undecided");
    CHECK(other.severity == noted);
}

TEST_CASE("the worst comes first, and every sentence exists once") {
    const auto all = remarks(replaced(sound, "[\"preside\", \"table\"]", "[]"));
    CHECK(std::is_sorted(all.begin(), all.end(), [](const remark& a, const remark& b) {
        return std::tie(a.severity, a.line) < std::tie(b.severity, b.line);
    }));
    std::set<std::string_view> keys;
    for (const auto& [key, words] : check_phrases()) CHECK(keys.insert(key).second);
    for (const auto& [key, words] : rule_phrases()) CHECK_FALSE(keys.contains(key));
}

TEST_CASE("the charters shipped have nothing that cannot work, and say themselves in words") {
    for (const char* name : {"union-state", "eu-council", "nordic", "benelux"}) {
        CAPTURE(name);
        const auto text = read_file(source("unions/" + std::string(name) + ".toml"));
        REQUIRE(text.has_value());
        for (const remark& r : remarks(*text)) {
            CHECK_MESSAGE(r.severity != cannot, r.words);
            CHECK(r.words.find('{') == std::string::npos);
        }
        const auto doc = read_toml(*text);
        REQUIRE(doc.has_value());
        for (const char* language : {"en", "ru", "be"}) {
            const auto lines = portrait(*doc, day("2026-03-01"), language);
            CHECK(lines.front().args.front() == doc->name.at(language));
            for (const reason_line& line : lines) {
                CHECK(line.words.find('{') == std::string::npos);
                CHECK(line.words.find('@') == std::string::npos);
                CHECK_FALSE(line.words.starts_with("check."));
            }
        }
    }
}

TEST_CASE("a charter in words says who belongs, who decides how, who may what, who changes it") {
    const auto doc = read_toml(
        sound +
        "[[offices]]\nid = \"deputy\"\nbody = \"office\"\nname = { en = \"Nobody yet\" }\n"
        "powers = [\"convene\"]\nover = [\"council\"]\n");
    REQUIRE(doc.has_value());
    std::string all;
    for (const reason_line& line : portrait(*doc, day("2026-03-01"), "en"))
        all += std::string(static_cast<std::size_t>(line.depth), ' ') + line.words + "\n";
    const auto says = [&](std::string_view part) {
        CHECK_MESSAGE(all.find(part) != std::string::npos, part << " not in:\n" << all);
    };
    says("Union (u)\n Members on 2026-03-01\n  North (N), since 2020-01-01\n   population: 60\n");
    says(
        " Council (council)\n  Highest body\n  6 seats, 6 of them held\n   North: 3\n   South: "
        "3\n");
    says("  decides under the rule \"Majority\" (its source was read)\n   the seats of one member");
    says("    members in favour: more than 1/2 of members in all\n");
    says("  its decisions may order programme.*, fund.*, charter.amend\n");
    says("  convenes sessions: Head\n");
    says("  what it leaves late for 30 days goes to Council\n");
    says(" The charter is changed by Council under the rule \"Majority\", and in no other way.\n");
}
