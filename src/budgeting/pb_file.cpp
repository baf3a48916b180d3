#include "budgeting/pb_file.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "budgeting/decimal_text.hpp"
#include "budgeting/refusal.hpp"
#include "budgeting/score.hpp"
#include "kernel/csv.hpp"

namespace veche::budgeting {

namespace {

constexpr std::size_t no_column = SIZE_MAX;

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

/// A list in one field: "a,b,c". Nothing where the field is empty.
std::vector<std::string> listed(const std::string& field) {
    std::vector<std::string> out;
    std::size_t at = 0;
    if (trimmed(field).empty()) return out;
    while (at <= field.size()) {
        const std::size_t end = std::min(field.find(',', at), field.size());
        out.push_back(trimmed(std::string_view(field).substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

class pb_reader {
  public:
    explicit pb_reader(std::string_view text) : text_(text), rows_(text, ';') {
        if (text.starts_with("\xEF\xBB\xBF"))
            file_.remarks.emplace_back(
                "The file begins with a byte order mark; it was passed over.");
    }

    result<pb_file> read() {
        while (auto row = rows_.next()) {
            line_ = row->line;
            row_begins_ = row->at;
            VECHE_CHECK(take(*row));
        }
        if (!rows_.fault().empty()) {
            line_ = rows_.line();
            return wrong(rows_.fault() +
                         "; a field with a quotation mark stands in quotes, with the mark doubled");
        }
        ++line_;
        if (part_ != part::votes || header_awaited_)
            return wrong(
                "the file ends before its ballots; it has the parts META, PROJECTS and "
                "VOTES in this order, each followed by a header line");
        VECHE_CHECK(settle());
        return std::move(file_);
    }

  private:
    enum class part : std::uint8_t { none, meta, projects, votes };

    [[nodiscard]] tl::unexpected<refusal> wrong(const std::string& what) const {
        return refuse(refusals::file_malformed, "line " + std::to_string(line_),
                      std::to_string(line_), what);
    }

    result<void> take(csv_row& row) {
        const std::string first = trimmed(row.fields.front());
        const bool alone = std::all_of(row.fields.begin() + 1, row.fields.end(),
                                       [](const std::string& f) { return trimmed(f).empty(); });
        if (alone && (first == "META" || first == "PROJECTS" || first == "VOTES"))
            return begin(first);
        if (part_ == part::none) return wrong("the first line should be META");
        if (header_awaited_) return take_header(row);
        if (alone && first.empty()) return {};
        if (part_ == part::meta) return take_meta(row);
        return part_ == part::projects ? take_project(row) : take_ballot(row);
    }

    result<void> begin(const std::string& name) {
        constexpr std::string_view names[] = {"META", "PROJECTS", "VOTES"};
        const auto at = static_cast<std::size_t>(part_);
        if (header_awaited_ || at == 3 || name != names[at])
            return wrong(name + " stands out of order; the parts are META, PROJECTS, VOTES");
        if (part_ == part::meta) VECHE_CHECK(settle_meta());
        if (part_ == part::projects) VECHE_CHECK(settle_projects());
        part_ = static_cast<part>(at + 1);
        header_awaited_ = true;
        part_begins_ = row_begins_;
        return {};
    }

    result<void> take_header(const csv_row& row) {
        header_awaited_ = false;
        std::map<std::string, std::size_t> places;
        for (std::size_t n = 0; n < row.fields.size(); ++n) {
            const std::string name = trimmed(row.fields[n]);
            if (!name.empty() && !places.emplace(name, n).second)
                return wrong("the column " + name + " stands twice; leave one out");
        }
        columns_ = places;
        header_size_ = row.fields.size();
        constexpr std::string_view needed[][2] = {
            {"key", "value"}, {"project_id", "cost"}, {"voter_id", "vote"}};
        for (const std::string_view name : needed[static_cast<std::size_t>(part_) - 1])
            if (!columns_.contains(std::string(name)))
                return wrong("the header should have a column " + std::string(name));
        if (part_ == part::projects) {
            file_.header = row.fields;
            file_.states_selected = columns_.contains("selected");
        }
        if (part_ == part::votes) {
            const bool pointed = columns_.contains("points");
            if (file_.on.kind == ballot_kind::points && !pointed)
                return wrong("ballots of this vote_type have a column points beside vote");
            places_ = {column("voter_id"), column("vote"), column("points")};
        }
        return {};
    }

    [[nodiscard]] std::size_t column(const std::string& name) const {
        const auto found = columns_.find(name);
        return found == columns_.end() ? no_column : found->second;
    }

    [[nodiscard]] std::string cell(const csv_row& row, const std::string& name) const {
        const std::size_t at = column(name);
        return at < row.fields.size() ? trimmed(row.fields[at]) : std::string();
    }

    result<void> take_meta(const csv_row& row) {
        const std::string key = trimmed(row.fields[0]);
        // A text with a semicolon outside quotes is one text all the same.
        std::string value;
        for (std::size_t n = 1; n < row.fields.size(); ++n)
            value += (n > 1 ? ";" : "") + row.fields[n];
        if (key.empty()) return wrong("a line of META has a key and a value");
        if (!meta_lines_.emplace(key, line_).second)
            return wrong("the key " + key + " stands twice; leave one out");
        file_.meta.emplace_back(key, trimmed(value));
        return {};
    }

    result<std::optional<decimal_text>> meta_number(const std::string& key) {
        const auto line = meta_lines_.find(key);
        if (line == meta_lines_.end() || file_.said(key).empty())
            return std::optional<decimal_text>();
        const auto value = read_decimal(file_.said(key), true);
        if (!value || value->digits < 0) {
            line_ = line->second;
            return wrong(key +
                         " should be a number such as 1000000 or 1000000.50, without spaces "
                         "or a currency");
        }
        return value;
    }

    result<void> settle_meta() {
        const auto budget = VECHE_TRY(meta_number("budget"));
        if (!budget) return wrong("META should say the budget before PROJECTS begin");
        budget_ = *budget;
        const std::string type(file_.said("vote_type"));
        if (type == "approval" || type == "choose-1") {
            file_.on.kind = ballot_kind::approval;
        } else if (type == "cumulative" || type == "scoring") {
            file_.on.kind = ballot_kind::points;
        } else if (type == "ordinal") {
            file_.on.kind = ballot_kind::ordinal;
        } else {
            if (meta_lines_.contains("vote_type")) line_ = meta_lines_["vote_type"];
            return wrong("vote_type should be approval, choose-1, cumulative, scoring or ordinal");
        }
        for (const auto& [name, into] : limits_) *into = VECHE_TRY(meta_number(std::string(name)));
        return {};
    }

    result<void> take_project(csv_row& row) {
        if (row.fields.size() > header_size_)
            return wrong(
                "the row has more fields than the header; put a text that holds a "
                "semicolon in quotes");
        project one;
        one.id = cell(row, "project_id");
        if (one.id.empty()) return wrong("a project needs a project_id");
        if (one.id.find(',') != std::string::npos)
            return wrong("a project_id may hold no comma, which parts the projects of a ballot");
        if (!numbers_.emplace(one.id, file_.on.projects.size()).second)
            return wrong("the project " + one.id + " stands twice; leave one out");
        const auto cost = read_decimal(cell(row, "cost"), true);
        if (!cost || cost->digits < 1)
            return wrong("the cost of " + one.id +
                         " should be a number above 0, such as 25000 or "
                         "25000.50, without spaces or a currency");
        costs_.push_back(*cost);
        one.name = cell(row, "name");
        one.category = cell(row, "category");
        one.latitude = cell(row, "latitude");
        one.longitude = cell(row, "longitude");
        file_.on.projects.push_back(std::move(one));
        pb_project_row kept;
        const auto votes = read_decimal(cell(row, "votes"), true);
        if (votes && votes->decimals == 0) kept.votes = votes->digits;
        scores_.push_back(read_decimal(cell(row, "score"), true));
        const auto selected = read_decimal(cell(row, "selected"), true);
        if (selected) kept.selected = selected->digits;
        row.fields.resize(header_size_);
        kept.fields = std::move(row.fields);
        file_.rows.push_back(std::move(kept));
        return {};
    }

    result<void> settle_projects() {
        int scale = budget_.decimals;
        for (const decimal_text& one : costs_) scale = std::max(scale, one.decimals);
        if (sum_cost_) scale = std::max(scale, sum_cost_->decimals);
        file_.decimals = scale;
        const auto budget = budget_.scaled(scale);
        if (!budget) return wrong("the budget is too large for amounts of so many decimals");
        file_.on.budget = *budget;
        for (std::size_t n = 0; n < costs_.size(); ++n) {
            const auto cost = costs_[n].scaled(scale);
            if (!cost)
                return wrong("the cost of " + file_.on.projects[n].id +
                             " is too large for amounts of so many decimals");
            file_.on.projects[n].cost = *cost;
        }
        if (scale > 0)
            file_.remarks.push_back("Amounts have decimals: all are counted in units of " +
                                    decimal_of(1, scale) + ".");
        if (file_.on.projects.empty()) return wrong("no project stands before VOTES");
        // Where the places of ordinal ballots are not limited, every project has one.
        const auto most = static_cast<std::int64_t>(file_.on.projects.size());
        places_worth_ = max_length_ && max_length_->decimals == 0 && max_length_->digits > 0
                            ? std::min(max_length_->digits, std::int64_t{1'000'000})
                            : most;
        return {};
    }

    result<void> take_ballot(const csv_row& row) {
        const auto field = [&](std::size_t at) {
            return at < row.fields.size() ? row.fields[at] : std::string();
        };
        const std::string voter = trimmed(field(places_[0]));
        if (!voter.empty() && !voters_.insert(voter).second) ++voters_again_;
        const std::vector<std::string> named = listed(field(places_[1]));
        std::vector<std::string> points;
        if (file_.on.kind == ballot_kind::points) points = listed(field(places_[2]));
        if (file_.on.kind == ballot_kind::points && points.size() != named.size())
            return wrong("the ballot names " + std::to_string(named.size()) +
                         " projects and gives " + std::to_string(points.size()) +
                         " points; each project needs its own");
        begins_.push_back(marks_.size());
        for (std::size_t n = 0; n < named.size(); ++n) {
            const auto known = numbers_.find(named[n]);
            if (known == numbers_.end())
                return wrong("the ballot names the project \"" + named[n] +
                             "\", which is not among PROJECTS; add it there or strike it here");
            const auto same = [&](const written_mark& m) { return m.project == known->second; };
            if (std::any_of(marks_.begin() + static_cast<std::ptrdiff_t>(begins_.back()),
                            marks_.end(), same)) {
                // Approving of something twice says no more than once; other ballots would say two
                // things at once.
                if (file_.on.kind != ballot_kind::approval)
                    return wrong("the ballot names the project " + named[n] + " twice; strike one");
                note(twice_);
                continue;
            }
            decimal_text worth{1, 0};
            if (file_.on.kind == ballot_kind::points) {
                const auto read = read_decimal(points[n], false);
                if (!read || read->digits < 0)
                    return wrong("the points \"" + points[n] +
                                 "\" should be a number of at least 0, with a point before "
                                 "decimals");
                worth = *read;
            }
            point_scale_ = std::max(point_scale_, worth.decimals);
            marks_.push_back({static_cast<std::uint32_t>(known->second), worth});
        }
        remember_limits(begins_.back(), named.size());
        ++ballots_;
        return {};
    }

    /// Ballots that keep not to the limits of META are counted, and said: the official result has
    /// counted or left them out, and which cannot be seen here.
    void remember_limits(std::size_t begin, std::size_t size) {
        std::int64_t cost = 0;
        for (std::size_t m = begin; m < marks_.size(); ++m)
            cost += file_.on.projects[marks_[m].project].cost;
        const auto count = static_cast<std::int64_t>(size);
        const auto above = [](std::int64_t value, const std::optional<decimal_text>& limit,
                              int scale) {
            const auto most =
                limit ? limit->scaled(std::max(scale, limit->decimals)) : std::nullopt;
            return most && value > *most;
        };
        const bool is_long = above(count, max_length_, 0);
        const bool is_short =
            min_length_ && min_length_->decimals == 0 && count < min_length_->digits;
        if (is_long || is_short) note(length_broken_);
        if (above(cost, sum_cost_, file_.decimals)) note(cost_broken_);
        if (file_.on.kind == ballot_kind::ordinal && count > places_worth_) note(length_broken_);
    }

    struct broken {
        std::int64_t count = 0;
        std::size_t line = 0;
    };
    void note(broken& what) const {
        if (what.count++ == 0) what.line = line_;
    }
    void say(const broken& what, const std::string& of) {
        if (what.count > 0)
            file_.remarks.push_back(std::to_string(what.count) + " ballots " + of +
                                    ", the first in line " + std::to_string(what.line) +
                                    "; they were counted.");
    }

    result<void> settle() {
        VECHE_CHECK(settle_ballots());
        file_.on.group();
        file_.votes = std::string(text_.substr(part_begins_));
        file_.point_decimals = point_scale_;
        if (threshold_)
            file_.threshold =
                threshold_->scaled(std::max(point_scale_, threshold_->decimals)).value_or(0);
        say(length_broken_, "name fewer or more projects than META allows");
        say(twice_, "approve of a project twice, which counts once");
        say(cost_broken_, "name projects that cost more than max_sum_cost");
        if (voters_again_ > 0)
            file_.remarks.push_back(std::to_string(voters_again_) +
                                    " ballots have a voter_id that stands above already; they were "
                                    "counted.");
        compare();
        return {};
    }

    result<void> settle_ballots() {
        begins_.push_back(marks_.size());
        std::vector<mark> ballot;
        for (std::size_t b = 0; b + 1 < begins_.size(); ++b) {
            ballot.clear();
            for (std::size_t m = begins_[b]; m < begins_[b + 1]; ++m) {
                std::int64_t worth = 1;
                if (file_.on.kind == ballot_kind::points) {
                    const auto scaled = marks_[m].points.scaled(point_scale_);
                    if (!scaled || *scaled > UINT32_MAX)
                        return wrong("points are too large; use smaller ones");
                    worth = *scaled;
                }
                if (file_.on.kind == ballot_kind::ordinal)
                    worth = std::max(places_worth_ - static_cast<std::int64_t>(m - begins_[b]),
                                     std::int64_t{1});
                // A project given no points is not supported.
                if (worth > 0)
                    ballot.push_back({marks_[m].project, static_cast<std::uint32_t>(worth)});
            }
            file_.on.add(ballot);
        }
        return {};
    }

    /// Counts of the file beside those of its ballots: they are stale more often than not at hand.
    void compare() {
        const std::vector<support> found = supports_of(file_.on);
        for (std::size_t n = 0; n < file_.rows.size(); ++n) {
            const std::string& id = file_.on.projects[n].id;
            pb_project_row& row = file_.rows[n];
            if (row.votes >= 0 && row.votes != found[n].votes)
                file_.remarks.push_back("Project " + id + ": the file says " +
                                        std::to_string(row.votes) + " votes, its ballots hold " +
                                        std::to_string(found[n].votes) + "; the ballots count.");
            if (!scores_[n]) continue;
            row.score =
                scores_[n]->scaled(std::max(point_scale_, scores_[n]->decimals)).value_or(-1);
            if (row.score != found[n].points)
                file_.remarks.push_back(
                    "Project " + id + ": the file says a score of " +
                    decimal_of(row.score, point_scale_) + ", its ballots hold " +
                    decimal_of(found[n].points, point_scale_) + "; the ballots count.");
        }
        const auto said = [&](std::string_view key, std::int64_t is) {
            const auto value = read_decimal(file_.said(key), true);
            if (value && (value->decimals != 0 || value->digits != is))
                file_.remarks.push_back("META says " + std::string(key) + " " +
                                        std::string(file_.said(key)) + "; there are " +
                                        std::to_string(is) + ".");
        };
        said("num_projects", static_cast<std::int64_t>(file_.on.projects.size()));
        said("num_votes", ballots_);
    }

    struct written_mark {
        std::uint32_t project;
        decimal_text points;
    };

    std::string_view text_;
    csv_reader rows_;
    pb_file file_;
    std::size_t line_ = 1;
    part part_ = part::none;
    bool header_awaited_ = false;
    std::size_t row_begins_ = 0;   // the byte
    std::size_t part_begins_ = 0;  // of the part read last
    std::map<std::string, std::size_t> columns_;
    std::size_t header_size_ = 0;
    std::array<std::size_t, 3> places_{};
    std::map<std::string, std::size_t> meta_lines_;
    std::map<std::string, std::size_t, std::less<>> numbers_;
    decimal_text budget_;
    std::optional<decimal_text> min_length_, max_length_, sum_cost_, threshold_;
    const std::pair<std::string_view, std::optional<decimal_text>*> limits_[4] = {
        {"min_length", &min_length_},
        {"max_length", &max_length_},
        {"max_sum_cost", &sum_cost_},
        {"min_project_score_threshold", &threshold_}};
    std::vector<decimal_text> costs_;
    std::vector<std::optional<decimal_text>> scores_;
    std::int64_t places_worth_ = 1;
    std::vector<std::size_t> begins_;
    std::vector<written_mark> marks_;
    std::set<std::string> voters_;
    std::int64_t voters_again_ = 0;
    std::int64_t ballots_ = 0;
    int point_scale_ = 0;
    broken length_broken_, cost_broken_, twice_;
};

std::string field_of(const std::string& text) {
    if (text.find_first_of(";\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

}  // namespace

std::string_view pb_file::said(std::string_view key) const {
    for (const auto& [name, value] : meta)
        if (name == key) return value;
    return {};
}

result<pb_file> read_pb(std::string_view text) {
    return pb_reader(text).read();
}

std::string write_pb(const pb_file& file, const std::vector<std::uint32_t>& chosen,
                     std::string_view rule) {
    std::vector<bool> is_chosen(file.rows.size());
    for (const std::uint32_t n : chosen) is_chosen[n] = true;
    std::string out = "META\nkey;value\n";
    bool ruled = false;
    for (const auto& [key, value] : file.meta) {
        ruled = ruled || key == "rule";
        out += field_of(key) + ";" + field_of(key == "rule" ? std::string(rule) : value) + "\n";
    }
    if (!ruled) out += "rule;" + field_of(std::string(rule)) + "\n";
    out += "PROJECTS\n";
    const auto found = std::find(file.header.begin(), file.header.end(), "selected");
    const auto at = static_cast<std::size_t>(found - file.header.begin());
    const auto line = [&](std::vector<std::string> fields, const std::string& selected) {
        if (at == fields.size()) fields.emplace_back();
        fields[at] = selected;
        for (std::size_t n = 0; n < fields.size(); ++n)
            out += (n > 0 ? ";" : "") + field_of(fields[n]);
        out += "\n";
    };
    line(file.header, "selected");
    for (std::size_t n = 0; n < file.rows.size(); ++n)
        line(file.rows[n].fields, is_chosen[n] ? "1" : "0");
    return out + file.votes;
}

}  // namespace veche::budgeting
