#include "matching/couples_file.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include "matching/more_refusal.hpp"

namespace veche::matching {

namespace {

struct couples_line {
    std::size_t number = 0;
    char kind = ' ';
    std::vector<std::int64_t> values;
};

tl::unexpected<refusal> bad_line(std::size_t line, const std::string& what,
                                 const std::string& remedy) {
    return refuse(more_refusals::couples_malformed, "line " + std::to_string(line),
                  std::to_string(line), what, remedy);
}

result<std::vector<couples_line>> split_couples(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<couples_line> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));
        couples_line read{number, ' ', {}};
        for (;;) {
            line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
            if (line.empty()) break;
            const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
            line.remove_prefix(word.size());
            if (read.kind == ' ') {
                if (word != "r" && word != "c" && word != "p")
                    return bad_line(number,
                                    fmt::format("it begins with \"{}\"", word.substr(0, 20)),
                                    "r, c or p in front");
                read.kind = word[0];
                continue;
            }
            std::int64_t value = 0;
            const auto [stop, error] =
                std::from_chars(word.data(), word.data() + word.size(), value);
            if (error != std::errc() || stop != word.data() + word.size() || value < -1)
                return bad_line(number, fmt::format("\"{}\" is no number", word.substr(0, 20)),
                                "whole numbers from 0, or -1 for no place");
            read.values.push_back(value);
        }
        if (read.kind != ' ') lines.push_back(std::move(read));
    }
    return lines;
}

class couples_file_reader {
  public:
    explicit couples_file_reader(std::vector<couples_line> lines) : lines_(std::move(lines)) {}

    result<couples_file> read() {
        for (const couples_line& line : lines_) VECHE_CHECK(name(line));
        file_.market.lists.resize(file_.applicants.size());
        for (const couples_line& line : lines_) {
            if (line.kind == 'r') VECHE_CHECK(single(line));
            if (line.kind == 'c') VECHE_CHECK(pair(line));
            if (line.kind == 'p') VECHE_CHECK(programme(line));
        }
        return std::move(file_);
    }

  private:
    struct named {
        std::uint32_t number = 0;
        std::size_t line = 0;
    };

    /// First reading: who there is.
    result<void> name(const couples_line& line) {
        const std::size_t least = line.kind == 'r' ? 1 : line.kind == 'c' ? 3 : 2;
        if (line.values.size() < least || line.values[0] < 0)
            return bad_line(line.number, "something is missing", form_of(line.kind));
        if (line.kind == 'p') return enrol(line, line.values[0], programmes_, file_.programmes);
        if (line.kind == 'r') return enrol(line, line.values[0], applicants_, file_.applicants);
        if (!couples_.insert(line.values[0]).second)
            return bad_line(line.number, fmt::format("couple {} is named twice", line.values[0]),
                            "another id");
        file_.couples.push_back(line.values[0]);
        const std::int64_t one = line.values[1];
        const std::int64_t two = line.values[2];
        if (one < 0 || two < 0 || one == two)
            return bad_line(line.number, "a couple is two people", "two different applicants");
        VECHE_CHECK(no_circle(line, one, two));
        for (const std::int64_t member : {one, two})
            VECHE_CHECK(enrol(line, member, applicants_, file_.applicants));
        return {};
    }

    static std::string form_of(char kind) {
        if (kind == 'r') return "r, an id and programmes, best first";
        if (kind == 'c') return "c, an id, two applicants and pairs of programmes, best first";
        return "p, an id, its places and applicants, best first";
    }

    /// Couples that share people, as 1 and 2, 2 and 3, 3 and 1, are none.
    result<void> no_circle(const couples_line& line, std::int64_t one, std::int64_t two) {
        for (const std::int64_t member : {one, two}) {
            const auto before = coupled_.find(member);
            if (before == coupled_.end()) continue;
            const bool circle = coupled_.contains(one) && coupled_.contains(two);
            return bad_line(line.number,
                            fmt::format("applicant {} is in the couple of line {} already{}",
                                        member, before->second,
                                        circle ? ", and these couples go round in a circle" : ""),
                            "each applicant in one couple");
        }
        coupled_[one] = coupled_[two] = line.number;
        return {};
    }

    static result<void> enrol(const couples_line& line, std::int64_t id,
                              std::map<std::int64_t, named>& in, std::vector<std::int64_t>& ids) {
        const auto [at, fresh] =
            in.try_emplace(id, named{static_cast<std::uint32_t>(ids.size()), line.number});
        if (!fresh)
            return bad_line(line.number,
                            fmt::format("{} stands in line {} already", id, at->second.line),
                            "each applicant and programme once: alone or in a couple");
        ids.push_back(id);
        return {};
    }

    [[nodiscard]] result<std::uint32_t> known(const couples_line& line, std::int64_t id,
                                              bool person, bool may_be_none) const {
        const auto& in = person ? applicants_ : programmes_;
        if (id == -1 && may_be_none) return nobody;
        const auto at = in.find(id);
        if (at != in.end()) return at->second.number;
        const std::string what = person ? "applicant" : "programme";
        return bad_line(line.number, fmt::format("there is no {} {}", what, id),
                        fmt::format("only {}s with a line of their own", what));
    }

    result<void> single(const couples_line& line) {
        auto& list = file_.market.lists[applicants_.at(line.values[0]).number];
        std::set<std::uint32_t> seen;
        for (std::size_t i = 1; i < line.values.size(); ++i) {
            const auto p = VECHE_TRY(known(line, line.values[i], false, false));
            if (!seen.insert(p).second)
                return bad_line(line.number,
                                fmt::format("programme {} stands twice", line.values[i]),
                                "each programme once");
            list.push_back(p);
        }
        return {};
    }

    result<void> pair(const couples_line& line) {
        if (line.values.size() % 2 != 1)
            return bad_line(line.number, "a programme has no other beside it",
                            "pairs of programmes, -1 where one goes without");
        couple one{
            applicants_.at(line.values[1]).number, applicants_.at(line.values[2]).number, {}};
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        for (std::size_t i = 3; i < line.values.size(); i += 2) {
            const auto first = VECHE_TRY(known(line, line.values[i], false, true));
            const auto second = VECHE_TRY(known(line, line.values[i + 1], false, true));
            if (!seen.insert({first, second}).second)
                return bad_line(
                    line.number,
                    fmt::format("the pair {} {} stands twice", line.values[i], line.values[i + 1]),
                    "each pair once");
            one.choices.push_back({first, second});
        }
        file_.market.couples.push_back(std::move(one));
        return {};
    }

    result<void> programme(const couples_line& line) {
        const std::int64_t places = line.values[1];
        if (places < 0 || places > 1'000'000'000)
            return bad_line(line.number, fmt::format("{} places", places), "0 places or more");
        file_.market.capacities.push_back(static_cast<std::uint32_t>(places));
        auto& order = file_.market.orders.emplace_back();
        std::set<std::uint32_t> seen;
        for (std::size_t i = 2; i < line.values.size(); ++i) {
            const auto a = VECHE_TRY(known(line, line.values[i], true, false));
            if (!seen.insert(a).second)
                return bad_line(line.number,
                                fmt::format("applicant {} stands twice", line.values[i]),
                                "each applicant once");
            order.push_back(a);
        }
        return {};
    }

    std::vector<couples_line> lines_;
    couples_file file_;
    std::map<std::int64_t, named> applicants_;
    std::map<std::int64_t, named> programmes_;
    std::map<std::int64_t, std::size_t> coupled_;
    std::set<std::int64_t> couples_;
};

}  // namespace

result<couples_file> read_couples_file(std::string_view text) {
    return couples_file_reader(VECHE_TRY(split_couples(text))).read();
}

std::string couples_file_result(const couples_file& file, const couples_certificate& made) {
    const bool stable = made.outcome == couples_outcome::stable;
    std::string text = stable ? "m 1\n" : "m 0\n";
    for (const seat_change& change : made.changes)
        text += fmt::format("p {} {}\n",
                            file.programmes[static_cast<std::size_t>(change.programme)], change.to);
    for (std::size_t a = 0; a < made.matching.size(); ++a) {
        const std::int64_t p = made.matching[a];
        text += fmt::format("r {} {}\n", file.applicants[a],
                            p < 0 ? -1 : file.programmes[static_cast<std::size_t>(p)]);
    }
    return text;
}

}  // namespace veche::matching
