#include "shares/vector_cases.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>

#include "kernel/json.hpp"
#include "kernel/lottery.hpp"
#include "shares/apportion.hpp"
#include "shares/beacon_shuffle.hpp"
#include "shares/certificate_check.hpp"
#include "shares/division.hpp"

namespace veche::shares {
namespace {

using json_members = std::map<std::string, std::string, std::less<>>;

/// What a case lacks or has in a wrong form; caught at the door.
struct unreadable {
    std::string what;
};

json_members object_of(std::string_view text, std::string_view what) {
    auto members = json::read_foreign_object(text);
    if (!members) throw unreadable{std::string(what) + " is no object"};
    return *std::move(members);
}

const std::string& member_of(const json_members& in, std::string_view name) {
    const auto found = in.find(name);
    if (found == in.end()) throw unreadable{"\"" + std::string(name) + "\" is missing"};
    return found->second;
}

std::string string_of(std::string_view text) {
    json::document read;
    if (!read.reset(text) || !read.root().is(json::kind::string))
        throw unreadable{std::string(text) + " is no string"};
    return std::string(read.root().as_string());
}

std::string string_in(const json_members& in, std::string_view name) {
    const auto found = in.find(name);
    return found == in.end() ? "" : string_of(found->second);
}

std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        throw unreadable{std::string(text) + " is no whole number"};
    return value;
}

std::vector<std::int64_t> numbers_of(std::string_view text) {
    json::document read;
    if (!read.reset(text) || !read.root().is(json::kind::array))
        throw unreadable{std::string(text) + " is no list of whole numbers"};
    std::vector<std::int64_t> out;
    for (json::node one = read.root().first(); one.valid(); one = one.next())
        out.push_back(number_of(one.raw()));
    return out;
}

std::vector<std::string> strings_of(std::string_view text) {
    json::document read;
    if (!read.reset(text) || !read.root().is(json::kind::array))
        throw unreadable{std::string(text) + " is no list of strings"};
    std::vector<std::string> out;
    for (json::node one = read.root().first(); one.valid(); one = one.next())
        out.push_back(string_of(one.raw()));
    return out;
}

std::string row_text(const std::vector<std::int64_t>& row) {
    std::string out;
    for (const std::int64_t one : row) out += (out.empty() ? "" : ", ") + std::to_string(one);
    return out;
}

void add_line(std::string& to, const std::string& line) {
    if (!line.empty()) to += (to.empty() ? "" : "; ") + line;
}

contest contest_from(const json_members& input, std::string_view method_name) {
    const auto how = read_method(method_name);
    if (!how) throw unreadable{how.error().sentence()};
    contest out;
    out.how = how->first;
    out.divisors = how->second;
    for (const std::int64_t votes : numbers_of(member_of(input, "votes")))
        out.parties.push_back(
            {"party " + std::to_string(out.parties.size() + 1), votes, std::nullopt, std::nullopt});
    return out;
}

/// What differs from the expected seats, or is wrong with the certificate.
std::string differs(const contest& in, const std::vector<std::int64_t>& expected,
                    const std::string& label) {
    const auto made = apportion(in);
    if (!made) return label + ": " + made.error().sentence();
    if (made->given != expected)
        return label + ": " + row_text(expected) + " expected, " + row_text(made->given) + " came";
    const std::string fault = fault_in(in, *made);
    return fault.empty() ? "" : label + ": the certificate does not hold: " + fault;
}

/// "4 tied outcomes" in a sentence.
std::optional<std::int64_t> outcomes_told(std::string_view sentence) {
    const std::size_t end = sentence.find(" tied outcomes");
    if (end == std::string_view::npos) return std::nullopt;
    std::size_t begin = end;
    while (begin > 0 && sentence[begin - 1] >= '0' && sentence[begin - 1] <= '9') --begin;
    return number_of(sentence.substr(begin, end - begin));
}

std::string differs_in_ties(const contest& in, std::string_view told, const std::string& label) {
    const auto expected = outcomes_told(told);
    if (!expected) throw unreadable{"it is not said how many tied outcomes there are"};
    const auto made = apportion(in);
    if (!made) return label + ": " + made.error().sentence();
    if (made->outcomes != *expected)
        return label + ": " + std::to_string(*expected) + " outcomes expected, " +
               std::to_string(made->outcomes) + " came";
    return fault_in(in, *made);
}

std::string run_apportionment(const json_members& whole, const json_members& input) {
    std::string out;
    for (const auto& [label, expected] : object_of(member_of(whole, "expected"), "\"expected\"")) {
        const bool by_house = !label.empty() && label[0] >= '0' && label[0] <= '9';
        std::string name = label;
        if (by_house) name = string_of(member_of(input, "method"));
        // A case that gives seats and no method says in its source which law it is.
        if (label == "seats")
            name = string_in(whole, "source").find("75%") == std::string::npos
                       ? string_in(input, "method")
                       : "dutch";
        contest in = contest_from(input, name);
        in.seats = by_house ? number_of(label) : number_of(member_of(input, "seats"));
        if (expected.starts_with('"'))
            add_line(out, differs_in_ties(in, string_of(expected), label));
        else
            add_line(out, differs(in, numbers_of(expected), label));
    }
    return out;
}

std::string run_division(const json_members& whole, const json_members& input) {
    std::string out;
    for (const auto& [label, expected] : object_of(member_of(whole, "expected"), "\"expected\"")) {
        const bool by_estate = !label.empty() && label[0] >= '0' && label[0] <= '9';
        std::string name = by_estate ? string_in(input, "rule") : label;
        if (name.empty() && string_in(whole, "source").find("Talmud") != std::string::npos)
            name = "talmud";
        const auto rule = read_division_rule(name);
        if (!rule) throw unreadable{rule.error().sentence()};
        division in;
        in.rule = *rule;
        in.amount = by_estate ? number_of(label) : number_of(member_of(input, "estate"));
        for (const std::int64_t claim : numbers_of(member_of(input, "claims")))
            in.claimants.push_back(
                {"claimant " + std::to_string(in.claimants.size() + 1), claim, std::nullopt});
        const auto made = divide_amount(in);
        if (!made) {
            add_line(out, label + ": " + made.error().sentence());
        } else if (made->exact != strings_of(expected)) {
            std::string came;
            for (const std::string& one : made->exact) came += (came.empty() ? "" : ", ") + one;
            add_line(out, label + ": " + expected + " expected, " + came + " came");
        } else {
            add_line(out, fault_in(in, *made));
        }
    }
    return out;
}

/// One public shuffle: its input, what the beacon said, and the order that came out.
std::string run_shuffle(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const json_members all = object_of(text, file.filename().string());
    std::string digits = string_of(member_of(all, "randomness"));
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    const auto randomness = hash_from_hex(digits);
    if (!randomness) throw unreadable{"the randomness is no 64 hex digits"};
    const beacon_shuffle how{*randomness,
                             static_cast<std::size_t>(number_of(member_of(all, "limit"))),
                             member_of(all, "repetitions") == "true"};
    const auto made = shuffled(strings_of(member_of(all, "input")), how);
    return made == strings_of(member_of(all, "output"))
               ? ""
               : file.filename().string() + ": another order";
}

/// All shuffles of a folder; other files in it are none.
std::string run_shuffles(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator(folder, none))
        if (one.path().filename().string().starts_with("dshuf")) files.push_back(one.path());
    if (files.empty()) return std::string(not_run) + "there is no shuffle in its folder";
    std::sort(files.begin(), files.end());
    std::string out;
    for (const auto& one : files) add_line(out, run_shuffle(one));
    return out;
}

std::string run_lottery(const json_members& whole, const json_members& input,
                        const std::filesystem::path& folder) {
    if (!input.contains("seed")) return run_shuffles(folder / string_of(member_of(input, "dir")));
    const json_members expected = object_of(member_of(whole, "expected"), "\"expected\"");
    const auto seed = hash_from_hex(string_of(member_of(input, "seed")));
    if (!seed) throw unreadable{"the seed is no 64 hex digits"};
    const std::string call = string_of(member_of(input, "call"));
    const std::string programme = string_of(member_of(input, "programme"));
    const auto applicants = strings_of(member_of(input, "applicants"));
    std::string out;
    const json_members keys = object_of(member_of(expected, "keys"), "\"keys\"");
    for (const std::string& one : applicants)
        if (string_of(member_of(keys, one)) != to_hex(lottery_key(*seed, call, programme, one)))
            add_line(out, one + " has another key");
    std::vector<std::string> order;
    for (const std::size_t at : lottery_order(*seed, call, programme, applicants))
        order.push_back(applicants[at]);
    if (order != strings_of(member_of(expected, "order"))) add_line(out, "the order is another");
    return out;
}

}  // namespace

std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path& folder) {
    using runner =
        std::string (*)(const json_members&, const json_members&, const std::filesystem::path&);
    constexpr std::pair<std::string_view, runner> runners[] = {
        {"apportionment",
         [](const json_members& whole, const json_members& input, const std::filesystem::path&) {
             return run_apportionment(whole, input);
         }},
        {"bankruptcy division",
         [](const json_members& whole, const json_members& input, const std::filesystem::path&) {
             return run_division(whole, input);
         }},
        {"lottery", run_lottery}};
    for (const auto& [name, run] : runners) {
        if (!kind.starts_with(name)) continue;
        try {
            const json_members whole = object_of(whole_case_json, "the case");
            return run(whole, object_of(member_of(whole, "input"), "\"input\""), folder);
        } catch (const unreadable& fault) {
            return "the case cannot be read: " + fault.what;
        }
    }
    return std::nullopt;
}

}  // namespace veche::shares
