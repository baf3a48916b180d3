#include "budgeting/vector_cases.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "budgeting/abc_file.hpp"
#include "budgeting/certificate_check.hpp"
#include "budgeting/committee.hpp"
#include "budgeting/equal_shares.hpp"
#include "budgeting/payment.hpp"
#include "budgeting/pb_file.hpp"

namespace veche::budgeting {

namespace {

struct unread {
    std::string why;
};

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw unread{"The file " + file.string() + " cannot be read."};
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::int64_t> whole_numbers(json::node list) {
    std::vector<std::int64_t> out;
    for (json::node n = list.first(); n.valid(); n = n.next()) out.push_back(n.as_integer());
    return out;
}

std::string judged(const election& e, const shares_rules& rules, const shares_outcome& made) {
    const auto faults = check_certificate(e, certify(e, rules, made));
    return faults.empty() ? "" : "The certificate does not hold: " + faults.front();
}

/// An official election: rising endowments by one unit, equals by cost and votes.
std::string run_pb(const std::filesystem::path& file, bool exhaustive, json::node expected) {
    const auto read = read_pb(text_of(file));
    if (!read) return read.error().sentence();
    shares_rules rules;
    rules.then = completion::add1;
    if (exhaustive) rules.stop = stopping::exhaustive;
    const auto made = equal_shares(read->on, rules);
    if (!made) return made.error().sentence();
    if (const json::node n = expected.find("n_winners");
        n.valid() && n.as_integer() != static_cast<std::int64_t>(made->bought.size()))
        return "It buys " + std::to_string(made->bought.size()) + " projects.";
    if (const json::node n = expected.find("cost"); n.valid() && n.as_integer() != made->cost)
        return "It costs " + std::to_string(made->cost) + ".";
    if (const json::node n = expected.find("endowment");
        n.valid() && parse_ratio(n.as_string()) != made->endowment)
        return "The endowment is " + to_text(made->endowment) + ".";
    return judged(read->on, rules, *made);
}

/// Small elections in which doubles alone buy in another order.
std::string run_traps(const std::filesystem::path& file) {
    const auto canonical = json::canonicalize(text_of(file));
    if (!canonical) return canonical.error().sentence();
    json::document doc;
    if (const auto sound = doc.reset(*canonical); !sound) return sound.error().sentence();
    std::size_t number = 0;
    for (json::node one = doc.root().first(); one.valid(); one = one.next(), ++number) {
        election e;
        e.budget = one.find("budget").as_integer();
        for (const std::int64_t cost : whole_numbers(one.find("costs")))
            e.projects.push_back({std::to_string(e.projects.size()), cost});
        const json::node ballots = one.find("ballots");
        for (json::node b = ballots.first(); b.valid(); b = b.next()) {
            std::vector<mark> ballot;
            for (const std::int64_t c : whole_numbers(b))
                ballot.push_back({static_cast<std::uint32_t>(c), 1});
            e.add(ballot);
        }
        e.group();
        const auto made = equal_shares(e, {});
        if (!made) return made.error().sentence();
        const std::vector<std::int64_t> order(made->bought.begin(), made->bought.end());
        if (order != whole_numbers(one.find("exact_order")))
            return "Case " + std::to_string(number) + " buys in another order.";
        if (const std::string fault = judged(e, {}, *made); !fault.empty()) return fault;
    }
    return number > 0 ? "" : "There is no case in it.";
}

std::string run_payment(json::node input, json::node expected) {
    const auto paid =
        pay_equally(input.find("cost").as_integer(), whole_numbers(input.find("budgets")));
    if (!paid) return "The budgets hold too little.";
    std::size_t n = 0;
    const json::node payments = expected.find("payments");
    for (json::node one = payments.first(); one.valid(); one = one.next(), ++n)
        if (n >= paid->shares.size() || parse_ratio(one.as_string()) != paid->shares[n])
            return "Payment " + std::to_string(n + 1) + " is another one.";
    if (parse_ratio(expected.find("effective_votes").as_string()) != paid->effective_votes)
        return "The effective votes are " + to_text(paid->effective_votes) + ".";
    return {};
}

std::string run_shares(std::string_view kind, json::node whole,
                       const std::filesystem::path& folder) {
    const json::node input = whole.find("input");
    const json::node expected = whole.find("expected");
    if (kind == "MES payment") return run_payment(input, expected);
    const json::node file = input.find("file");
    if (!file.valid()) return "The case names no file.";
    const std::filesystem::path path = folder / file.as_string();
    if (path.extension() == ".json") return run_traps(path);
    const json::node source = whole.find("source");
    const bool exhaustive =
        source.valid() && source.as_string().find("with exhaustive stop") != std::string_view::npos;
    return run_pb(path, exhaustive, expected);
}

/// Every election of the folder by every rule of it that this room knows.
std::string run_committees(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& one : std::filesystem::directory_iterator(folder, none))
        if (one.path().string().ends_with(".abc.yaml")) files.push_back(one.path());
    if (files.empty()) return "There is no election in " + folder.string() + ".";
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const auto read = read_abc(text_of(file));
        if (!read) return file.filename().string() + ": " + read.error().sentence();
        if (const std::string fault = first_miss(*read); !fault.empty())
            return file.filename().string() + ": " + fault;
    }
    return {};
}

}  // namespace

std::string first_miss(const abc_file& file) {
    const auto names = veche_choices(static_cast<const committee_rule*>(nullptr));
    for (const abc_computed& one : file.computed) {
        std::string name = one.rule;
        std::replace(name.begin(), name.end(), '-', '_');
        const auto rule = std::find(names.begin(), names.end(), name);
        if (rule == names.end()) continue;
        const auto made =
            committee(file.on, file.seats, static_cast<committee_rule>(rule - names.begin()));
        if (!made) return one.rule + ": " + made.error().sentence();
        if (std::find(one.committees.begin(), one.committees.end(), *made) == one.committees.end())
            return one.rule + " chooses another committee.";
    }
    return {};
}

std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case,
                                      const std::filesystem::path& folder) {
    const bool shares = kind.starts_with("MES");
    if (!shares && kind != "multiwinner") return std::nullopt;
    const auto canonical = json::canonicalize(whole_case);
    if (!canonical) return canonical.error().sentence();
    json::document doc;
    if (const auto sound = doc.reset(*canonical); !sound) return sound.error().sentence();
    try {
        if (shares) return run_shares(kind, doc.root(), folder);
        const json::node input = doc.root().find("input").find("dir");
        return input.valid() ? run_committees(folder / input.as_string())
                             : "The case names no folder.";
    } catch (const unread& fault) {
        return fault.why;
    }
}

}  // namespace veche::budgeting
