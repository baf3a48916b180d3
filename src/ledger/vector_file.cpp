#include "ledger/vector_file.hpp"

#include <algorithm>
#include <iterator>

#include <simdjson.h>

#include "ledger/book.hpp"
#include "ledger/division.hpp"
#include "ledger/refusal.hpp"

namespace veche::ledger {
namespace {

/// Thrown and caught within this file: a value that is not as the form asks.
struct malformed {
    std::string what;
};

/// Decimal digits, of any length that 128 bits hold: simdjson's own numbers end at 64.
int128 read_integer(std::string_view token) {
    const bool negative = token.starts_with('-');
    int128 value = 0;
    for (const char c : token.substr(negative ? 1 : 0))
        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value))
            throw malformed{std::string(token) + " is no whole number"};
    return negative ? -value : value;
}

/// An object of the file as texts by name: strings without quotes, the rest as written.
class record {
  public:
    explicit record(const simdjson::dom::object& from, std::string where)
        : from_(from), where_(std::move(where)) {}

    [[nodiscard]] bool has(std::string_view name) const {
        return from_.at_key(name).error() == simdjson::SUCCESS;
    }
    [[nodiscard]] std::string text(std::string_view name) const {
        std::string_view value;
        if (from_.at_key(name).get(value) != simdjson::SUCCESS) fail(name, "a text");
        return std::string(value);
    }
    [[nodiscard]] std::string text_or_nothing(std::string_view name) const {
        return has(name) ? text(name) : std::string();
    }
    [[nodiscard]] int128 integer(std::string_view name) const {
        return read_integer(as_written(value(name)));
    }
    [[nodiscard]] bool truth(std::string_view name) const {
        bool value = false;
        return from_.at_key(name).get(value) == simdjson::SUCCESS && value;
    }
    [[nodiscard]] std::optional<date> day(std::string_view name) const {
        if (!has(name)) return std::nullopt;
        const auto day = parse_date(text(name));
        if (!day) fail(name, "a day");
        return day;
    }
    [[nodiscard]] simdjson::dom::element value(std::string_view name) const {
        simdjson::dom::element found;
        if (from_.at_key(name).get(found) != simdjson::SUCCESS) fail(name, "there");
        return found;
    }
    [[nodiscard]] simdjson::dom::array list(std::string_view name) const {
        simdjson::dom::array found;
        if (value(name).get(found) != simdjson::SUCCESS) fail(name, "a list");
        return found;
    }
    [[nodiscard]] simdjson::dom::object map(std::string_view name) const {
        simdjson::dom::object found;
        if (value(name).get(found) != simdjson::SUCCESS) fail(name, "an object");
        return found;
    }

    static std::string as_written(const simdjson::dom::element& of) {
        std::string_view text;
        return of.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(of);
    }

  private:
    [[noreturn]] void fail(std::string_view name, std::string_view should_be) const {
        throw malformed{where_ + ": \"" + std::string(name) + "\" should be " +
                        std::string(should_be)};
    }
    simdjson::dom::object from_;
    std::string where_;
};

std::vector<share> shares_from(const simdjson::dom::object& parts) {
    std::vector<share> shares;
    for (const auto& [party, minor] : parts)
        shares.push_back({std::string(party), read_integer(record::as_written(minor))});
    return shares;
}

/// Parts of a total by `key`, or as `amounts` states them.
std::vector<share> shares_of(const record& step, int128 total) {
    if (step.has("amounts")) return shares_from(step.map("amounts"));
    std::vector<share> shares;
    std::vector<std::string> written;
    for (const simdjson::dom::element pair : step.list("key")) {
        shares.push_back({record::as_written(pair.at(0)), 0});
        written.push_back(record::as_written(pair.at(1)));
    }
    const auto weights = weights_of(written);
    if (!weights) throw malformed{"a key has weights that are no decimal numbers"};
    if (total <= 0) return shares;
    const auto parts = divide_by_largest_remainder(total, *weights);
    if (!parts) throw malformed{"nothing can be divided by this key"};
    for (std::size_t i = 0; i < parts->size(); ++i) shares[i].minor = (*parts)[i];
    return shares;
}

rounding rounding_of(const record& step) {
    const std::string name = step.text_or_nothing("round");
    if (name.empty() || name == "half_even") return rounding::half_even;
    if (name == "half_up") return rounding::half_up;
    if (name == "down") return rounding::down;
    throw malformed{"there is no rounding " + name};
}

enter entered(const record& step, head h) {
    enter e{std::move(h), {}};
    for (const simdjson::dom::element one : step.list("legs"))
        e.legs.push_back({record::as_written(one.at(0)), record::as_written(one.at(1)),
                          read_integer(record::as_written(one.at(2)))});
    return e;
}

using maker = operation (*)(const record&, head);

constexpr std::string_view bank = "Bank";

reserve reserved(const record& s, head h) {
    return {std::move(h), s.text("line"), s.text("ccy"), s.integer("amount"), s.day("expires")};
}

/// The operations of the form, by name.
constexpr std::pair<std::string_view, maker> makers[] = {
    {"commodity",
     [](const record& s, head h) -> operation {
         if (h.id.empty()) h.id = "commodity:" + s.text("code");
         return declare_unit{h, s.text("code"), static_cast<std::int32_t>(s.integer("scale"))};
     }},
    {"raw", [](const record& s, head h) -> operation { return entered(s, std::move(h)); }},
    {"assess",
     [](const record& s, head h) -> operation {
         const int128 total = s.integer("total");
         return assess{std::move(h), s.text("ccy"), total, shares_of(s, total)};
     }},
    {"reassess",
     [](const record& s, head h) -> operation {
         const int128 total = s.integer("total");
         return reassess{std::move(h), s.text("ccy"), total, shares_from(s.map("old")),
                         shares_of(s, total)};
     }},
    {"receive",
     [](const record& s, head h) -> operation {
         return receive{std::move(h), std::string(bank), s.text("member"), s.text("ccy"),
                        s.integer("amount")};
     }},
    {"write_off",
     [](const record& s, head h) -> operation {
         return write_off{std::move(h), s.text("member"), s.text("ccy"), s.integer("amount")};
     }},
    {"earn",
     [](const record& s, head h) -> operation {
         return earn{std::move(h), std::string(bank), s.text("income"), s.text("ccy"),
                     s.integer("amount")};
     }},
    {"appropriate",
     [](const record& s, head h) -> operation {
         return appropriate{std::move(h), s.text("line"), s.text_or_nothing("parent"),
                            s.text("ccy"), s.integer("amount")};
     }},
    {"amend",
     [](const record& s, head h) -> operation {
         return amend{std::move(h), s.text("line"), s.integer("delta")};
     }},
    {"transfer",
     [](const record& s, head h) -> operation {
         return transfer{std::move(h), s.text("from"), s.text("to"), s.integer("amount")};
     }},
    {"carry",
     [](const record& s, head h) -> operation {
         return carry{std::move(h), s.text("from"), s.text("to"), s.integer("amount")};
     }},
    {"close",
     [](const record& s, head h) -> operation { return close{std::move(h), s.text("year")}; }},
    {"reserve", [](const record& s, head h) -> operation { return reserved(s, std::move(h)); }},
    {"commit",
     [](const record& s, head h) -> operation { return commit{reserved(s, std::move(h))}; }},
    {"confirm",
     [](const record& s, head h) -> operation {
         confirm c{std::move(h), s.text("ref"), std::nullopt};
         if (s.has("amount")) c.minor = s.integer("amount");
         return c;
     }},
    {"void",
     [](const record& s, head h) -> operation {
         return void_reservation{std::move(h), s.text("ref")};
     }},
    {"expire", [](const record&, head h) -> operation { return expire{std::move(h)}; }},
    {"release",
     [](const record& s, head h) -> operation {
         return release{std::move(h), s.text("ref"), s.integer("amount")};
     }},
    {"accept",
     [](const record& s, head h) -> operation {
         return accept{std::move(h), s.text("ref"), s.text("ccy"), s.integer("amount")};
     }},
    {"pay",
     [](const record& s, head h) -> operation {
         return pay{std::move(h), std::string(bank), s.text("ref"), s.integer("amount")};
     }},
    {"advance",
     [](const record& s, head h) -> operation {
         return advance{std::move(h), std::string(bank), s.text("ref"), s.integer("amount")};
     }},
    {"settle",
     [](const record& s, head h) -> operation {
         return settle{std::move(h), s.text("ref"), s.integer("amount")};
     }},
    {"refund",
     [](const record& s, head h) -> operation {
         return refund{std::move(h), std::string(bank), s.text("ref"), s.integer("amount")};
     }},
    {"recover",
     [](const record& s, head h) -> operation {
         return recover{std::move(h), std::string(bank), s.text("ref"), s.integer("amount"),
                        s.truth("reuse")};
     }},
    {"charge",
     [](const record& s, head h) -> operation {
         return charge{std::move(h), std::string(bank), s.text("line"), s.integer("amount")};
     }},
    {"fx",
     [](const record& s, head h) -> operation {
         const auto rate_list = s.list("rate");
         return exchange{std::move(h),
                         std::string(bank),
                         s.text("ccy"),
                         s.integer("amount"),
                         std::string(bank),
                         s.text("to"),
                         s.integer("to_amount"),
                         {read_integer(record::as_written(rate_list.at(0))),
                          read_integer(record::as_written(rate_list.at(1)))},
                         rounding_of(s)};
     }},
};

operation operation_of(const record& step) {
    const std::string op = step.text("op");
    const auto* found = std::find_if(std::begin(makers), std::end(makers),
                                     [&](const auto& one) { return one.first == op; });
    if (found == std::end(makers)) throw malformed{"there is no operation \"" + op + "\""};
    return found->second(
        step, {step.text_or_nothing("id"), step.day("date"), step.text_or_nothing("by")});
}

class run {
  public:
    run(const record& vector, std::uint_least32_t without) : vector_(vector), without_(without) {
        line_.id = vector.text_or_nothing("id");
        line_.title = vector.text_or_nothing("title");
    }

    vector_line done() {
        for (const simdjson::dom::element one : vector_.list("steps"))
            if (!step(one)) return std::move(line_);
        if (vector_.has("balances")) balances();
        if (vector_.has("lines")) lines();
        return std::move(line_);
    }

  private:
    /// Whether to go on.
    bool step(const simdjson::dom::element& one) {
        ++line_.steps;
        const std::string where = line_.id + ", step " + std::to_string(line_.steps);
        simdjson::dom::object members;
        if (one.get(members) != simdjson::SUCCESS) throw malformed{where + " is no object"};
        const record step(members, where);
        const operation o = operation_of(step);
        const std::string expected = step.has("expect") ? step.text("expect") : "ok";
        const verdict v = check_without(book_, o, without_);
        if (name_of(v.what) != expected) {
            line_.missed.push_back("step " + std::to_string(line_.steps) + " (" + step.text("op") +
                                   "): " + expected + " expected, " + std::string(name_of(v.what)) +
                                   " came");
            if (without_ != 0) return false;
        }
        if (v.good()) post(book_, o, static_cast<std::uint64_t>(line_.steps));
        return true;
    }

    void expect(const std::string& what, int128 expected, int128 came) {
        if (expected != came)
            line_.missed.push_back(what + ": " + to_text(expected) + " expected, " + to_text(came) +
                                   " came");
    }

    void balances() {
        for (const auto& [key, minor] : vector_.map("balances")) {
            const std::string name(key);
            const std::size_t bar = name.find('|');
            if (bar == std::string::npos) throw malformed{name + " should be Account|UNIT"};
            expect(name, read_integer(record::as_written(minor)),
                   balance(book_, name.substr(0, bar), name.substr(bar + 1)));
        }
    }

    void lines() {
        for (const auto& [id, figures] : vector_.map("lines")) {
            const std::string name(id);
            const budget_line* line = book_.lines.find(name);
            const budget_line none;
            const budget_line& of = line ? *line : none;
            for (const auto& [figure, minor] : figures.get_object())
                expect(name + " " + std::string(figure), read_integer(record::as_written(minor)),
                       figure_of(of, figure));
        }
    }

    static int128 figure_of(const budget_line& line, std::string_view figure) {
        if (figure == "appropriation") return line.appropriation;
        if (figure == "given") return line.given;
        if (figure == "open") return line.open;
        if (figure == "paid") return line.paid;
        if (figure == "available") return line.available();
        throw malformed{"a line has no figure " + std::string(figure)};
    }

    record vector_;
    std::uint_least32_t without_;
    book book_;
    vector_line line_;
};

vector_line run_one(const simdjson::dom::element& of, std::size_t place,
                    std::uint_least32_t without) {
    simdjson::dom::object members;
    const std::string where = "vector " + std::to_string(place);
    if (of.get(members) != simdjson::SUCCESS) throw malformed{where + " is no object"};
    return run(record(members, where), without).done();
}

}  // namespace

result<std::vector<vector_line>> run_vectors(std::string_view json, std::uint_least32_t without) {
    const auto wrong = [](std::string why) {
        return refuse(refusals::vectors_malformed, "", std::move(why));
    };
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root))
        return wrong(simdjson::error_message(error));
    try {
        std::vector<vector_line> lines;
        simdjson::dom::array vectors;
        if (root["vectors"].get(vectors) != simdjson::SUCCESS) {
            lines.push_back(run_one(root, 1, without));
            return lines;
        }
        for (const simdjson::dom::element one : vectors)
            lines.push_back(run_one(one, lines.size() + 1, without));
        return lines;
    } catch (const malformed& fault) {
        return wrong(fault.what);
    } catch (const simdjson::simdjson_error& fault) {
        return wrong(fault.what());
    }
}

}  // namespace veche::ledger
