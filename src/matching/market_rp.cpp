#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "kernel/csv.hpp"
#include "matching/market_file.hpp"
#include "matching/refusal.hpp"

namespace veche::matching {
namespace {

constexpr std::uint32_t not_ranked = UINT32_MAX;

/// A word of a line, and what number it is, where it is a small whole number as one writes it.
struct rp_word {
    std::string_view text;
    std::uint32_t number = nobody;
    [[nodiscard]] bool empty() const { return text.empty(); }
};

constexpr std::uint32_t small_numbers = 1 << 22;

/// The words of a line, one after another.
struct words {
    const char* at;
    const char* end;

    explicit words(std::string_view line) : at(line.data()), end(line.data() + line.size()) {}
    static bool blank(char c) { return c == ' ' || c == '\t'; }

    rp_word next() {
        while (at != end && blank(*at)) ++at;
        const char* const begin = at;
        std::uint32_t number = 0;
        bool small = true;
        for (; at != end && !blank(*at); ++at) {
            const auto digit = static_cast<std::uint32_t>(*at - '0');
            small = small && digit < 10 && number < small_numbers;
            number = number * 10 + digit;
        }
        const std::string_view text(begin, static_cast<std::size_t>(at - begin));
        small = small && number < small_numbers && !text.empty() &&
                (text[0] != '0' || text.size() == 1);
        return {text, small ? number : nobody};
    }
};

/// Numbers in a row for ids. Most ids are small whole numbers, for which a table does.
class id_table {
  public:
    [[nodiscard]] std::uint32_t find(const rp_word& id) const {
        if (id.number != nobody) return id.number < small_.size() ? small_[id.number] : nobody;
        const auto at = others_.find(std::string(id.text));
        return at == others_.end() ? nobody : at->second;
    }
    std::uint32_t find_or_add(const rp_word& id) {
        std::uint32_t* at = nullptr;
        if (id.number != nobody) {
            if (id.number >= small_.size())
                small_.resize(id.number + std::size_t{1} + id.number / 2, nobody);
            at = &small_[id.number];
        } else {
            at = &others_.try_emplace(std::string(id.text), nobody).first->second;
        }
        if (*at == nobody) {
            *at = static_cast<std::uint32_t>(names_.size());
            names_.emplace_back(id.text);
        }
        return *at;
    }
    std::vector<std::string>& names() { return names_; }

  private:
    std::vector<std::uint32_t> small_;
    std::unordered_map<std::string, std::uint32_t> others_;
    std::vector<std::string> names_;
};

/// A line of a programme, kept until all applicants are known.
struct programme_line {
    std::uint32_t programme;
    std::size_t number;
    std::string_view order;
};

class rp_market {
  public:
    result<market_file> read(std::string_view text) {
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        make_room(text);
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(end + 1, text.size()));
            ++line_;
            if (line.ends_with('\r')) line.remove_suffix(1);
            VECHE_CHECK(read_line(words(line.substr(0, line.find('#')))));
        }
        for (std::uint32_t p = 0; p < defined_.size(); ++p)
            if (defined_[p] == 0)
                return refuse(refusals::programme_unknown, {}, std::to_string(named_[p]),
                              programmes_.names()[p]);
        for (const programme_line& one : orders_) VECHE_CHECK(read_order(one));
        return finished();
    }

  private:
    /// A vector that grows while it is filled would need half as much again.
    void make_room(std::string_view text) {
        std::size_t choices = 0;
        std::size_t applicants = 0;
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t end = std::min(text.find('\n', from), text.size());
            if (text[from] == 'r') {
                ++applicants;
                choices += static_cast<std::size_t>(
                    std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                               text.begin() + static_cast<std::ptrdiff_t>(end), ' '));
            }
            from = end + 1;
        }
        out_.of.choices.reserve(choices);
        out_.of.begins.reserve(applicants + 1);
        applicants_.names().reserve(applicants);
    }

    result<void> malformed(std::string what, std::string instead) const {
        return refuse(refusals::line_malformed, {}, std::to_string(line_), std::move(what),
                      std::move(instead));
    }

    result<void> read_line(words line) {
        const std::string_view kind = line.next().text;
        if (kind.empty()) return {};
        if (kind == "r") return read_applicant(line);
        if (kind == "p") return read_programme(line);
        if (kind == "c") return refuse(refusals::couples_not_here, {}, std::to_string(line_));
        return malformed("it begins with \"" + std::string(kind) + "\"",
                         "r for an applicant, p for a programme, or # for a comment");
    }

    std::uint32_t programme(const rp_word& id) {
        const std::uint32_t p = programmes_.find_or_add(id);
        if (p == defined_.size()) {
            defined_.push_back(0);
            named_.push_back(line_);
            asked_.push_back(0);
            out_.of.capacities.push_back(0);
        }
        return p;
    }

    result<void> read_applicant(words line) {
        const rp_word id = line.next();
        if (id.empty()) return malformed("an applicant has no id", "r, the id, the programmes");
        const std::uint32_t a = applicants_.find_or_add(id);
        if (a + std::size_t{1} < out_.of.begins.size())
            return malformed("the applicant " + std::string(id.text) + " has a line already",
                             "one line for each applicant");
        for (rp_word word = line.next(); !word.empty(); word = line.next()) {
            const std::uint32_t p = programme(word);
            if (asked_[p] == a + 1)
                return refuse(refusals::application_repeated, {}, std::to_string(line_),
                              std::string(id.text), std::string(word.text));
            asked_[p] = a + 1;
            out_.of.choices.push_back({p, not_ranked});
        }
        out_.of.begins.push_back(static_cast<std::uint32_t>(out_.of.choices.size()));
        return {};
    }

    result<void> read_programme(words line) {
        const rp_word id = line.next();
        const std::string_view capacity = line.next().text;
        if (capacity.empty())
            return malformed("a programme has no capacity", "p, the id, the capacity, the order");
        const std::uint32_t p = programme(id);
        if (defined_[p] != 0)
            return refuse(refusals::programme_repeated, {}, std::to_string(line_),
                          std::string(id.text), std::to_string(defined_[p]));
        defined_[p] = line_;
        std::uint32_t seats = 0;
        const auto [end, fault] =
            std::from_chars(capacity.data(), capacity.data() + capacity.size(), seats);
        if (fault != std::errc() || end != capacity.data() + capacity.size() || seats > most_seats)
            out_.broken.push_back(
                {p, refuse(refusals::capacity_unsound, {}, std::to_string(line_),
                           std::string(id.text), std::string(capacity), std::to_string(most_seats))
                        .value()});
        else
            out_.of.capacities[p] = seats;
        orders_.push_back({p, line_, {line.at, static_cast<std::size_t>(line.end - line.at)}});
        return {};
    }

    /// The rows of those ranked lie anywhere in memory: they are fetched ahead of need.
    result<void> read_order(const programme_line& line) {
        constexpr std::size_t ahead = 16;
        ranked_.clear();
        words order(line.order);
        for (rp_word word = order.next(); !word.empty(); word = order.next()) {
            const std::uint32_t a = applicants_.find(word);
            if (a == nobody)
                return refuse(refusals::line_malformed, {}, std::to_string(line.number),
                              "there is no applicant " + std::string(word.text),
                              "an r line for each applicant");
            ranked_.push_back(a);
        }
        for (std::size_t i = 0; i < ranked_.size(); ++i) {
            if (i + 2 * ahead < ranked_.size())
                __builtin_prefetch(&out_.of.begins[ranked_[i + 2 * ahead]]);
            if (i + ahead < ranked_.size()) {
                const choice* row = out_.of.choices.data() + out_.of.begins[ranked_[i + ahead]];
                __builtin_prefetch(row);
                __builtin_prefetch(row + 8);
            }
            set_rank(line, ranked_[i], static_cast<std::uint32_t>(i));
        }
        return {};
    }

    void set_rank(const programme_line& line, std::uint32_t a, std::uint32_t rank) {
        for (std::uint32_t i = out_.of.begins[a]; i < out_.of.begins[a + std::size_t{1}]; ++i) {
            choice& c = out_.of.choices[i];
            if (c.programme != line.programme) continue;
            if (c.rank != not_ranked)
                out_.broken.push_back(
                    {line.programme,
                     refuse(refusals::order_repeats, {}, std::to_string(line.number),
                            programmes_.names()[line.programme], applicants_.names()[a])
                         .value()});
            c.rank = rank;
            return;
        }
    }

    market_file finished() {
        out_.applicants = std::move(applicants_.names());
        out_.programmes = std::move(programmes_.names());
        out_.applicant_types.resize(out_.applicants.size());
        out_.reserved.resize(out_.programmes.size());
        std::uint32_t kept = 0;
        std::uint32_t from = 0;
        for (std::uint32_t a = 0; a < out_.applicants.size(); ++a) {
            const std::uint32_t to = out_.of.begins[a + std::size_t{1}];
            for (std::uint32_t i = from; i < to; ++i) {
                const choice c = out_.of.choices[i];
                if (c.rank == not_ranked)
                    out_.unranked.push_back({a, i - from + 1, c.programme});
                else
                    out_.of.choices[kept++] = c;
            }
            from = to;
            out_.of.begins[a + std::size_t{1}] = kept;
        }
        out_.of.choices.resize(kept);
        return std::move(out_);
    }

    static constexpr std::uint32_t most_seats = 1'000'000'000;

    market_file out_;
    id_table applicants_;
    id_table programmes_;
    std::vector<std::size_t> defined_;  ///< line of each programme's own entry, 0 where none yet
    std::vector<std::size_t> named_;    ///< line where each programme is first named
    std::vector<std::uint32_t> asked_;  ///< 1 + the applicant who named each programme last
    std::vector<programme_line> orders_;
    std::vector<std::uint32_t> ranked_;
    std::size_t line_ = 0;
};

}  // namespace

result<market_file> read_market_rp(std::string_view text) {
    return rp_market().read(text);
}

std::string to_rp(const market_file& file, const assignment& placed) {
    std::string out = "m 1\n";
    for (std::uint32_t a = 0; a < placed.size(); ++a) {
        out += "r " + file.applicants[a] + ' ';
        out += placed[a] == nobody ? "-1" : file.programmes[placed[a]];
        out += '\n';
    }
    return out;
}

std::uint32_t number_of_choice(const market_file& file, std::uint32_t applicant,
                               std::uint32_t index) {
    std::uint32_t number = index - file.of.begins[applicant] + 1;
    auto skipped = std::lower_bound(
        file.unranked.begin(), file.unranked.end(), applicant,
        [](const unranked_choice& one, std::uint32_t a) { return one.applicant < a; });
    for (; skipped != file.unranked.end() && skipped->applicant == applicant; ++skipped)
        number += skipped->number <= number;
    return number;
}

std::string to_csv(const market_file& file, const assignment& placed) {
    const auto field = [](const std::string& as_it_is) {
        const std::string text = csv_shielded(as_it_is);
        if (text.find_first_of(",;\"\t\r\n") == std::string::npos) return text;
        std::string quoted = "\"";
        for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
        return quoted + '"';
    };
    std::string out = "applicant,programme,choice\n";
    for (std::uint32_t a = 0; a < placed.size(); ++a) {
        out += field(file.applicants[a]) + ',';
        for (std::uint32_t i = file.of.begins[a]; i < file.of.begins[a + std::size_t{1}]; ++i)
            if (file.of.choices[i].programme == placed[a])
                out += field(file.programmes[placed[a]]) + ',' +
                       std::to_string(number_of_choice(file, a, i));
        out += placed[a] == nobody ? ",\n" : "\n";
    }
    return out;
}

}  // namespace veche::matching
