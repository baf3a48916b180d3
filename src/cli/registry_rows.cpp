#include "cli/registry_rows.hpp"

#include "charter/refusal.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "registry/refusal.hpp"
#include "search/words.hpp"

namespace veche::cli {

result<registry_reading> read_record_files(const std::vector<std::string>& files,
                                           const std::filesystem::path& folder,
                                           const body_id& body) {
    registry_reading out;
    for (const std::string& named : files) {
        const std::size_t equals = named.find('=');
        if (equals == std::string::npos) return refuse(refusals::record_file_unnamed, {}, named);
        const std::string file = named.substr(equals + 1);
        const std::string csv = VECHE_TRY(read_file(folder / file));
        out.files.push_back(file);
        auto read = registry::read_csv_rows(csv, named.substr(0, equals), {{"body", body.value}});
        for (csv_problem& one : read.problems)
            out.problems.push_back(
                {file, one.line, std::move(one.column), std::move(one.why), {}, {}});
        for (const std::int64_t line : read.lines) out.places.emplace_back(file, line);
        out.rows.insert(out.rows.end(), std::make_move_iterator(read.rows.begin()),
                        std::make_move_iterator(read.rows.end()));
    }
    return out;
}

std::vector<batch_command> commands_of(const registry::batch_id& batch, const body_id& body,
                                       const std::vector<registry::batch_row>& rows) {
    constexpr std::size_t max_bytes = 56 * 1024;  // a request of 64 KiB with what goes around it
    std::vector<batch_command> out;
    std::int32_t number = 0;
    for (auto& part : registry::parts_of(rows, max_bytes))
        out.push_back({registry::stage_rows::wire.type,
                       to_json(registry::stage_rows{batch, body, ++number, std::move(part)})});
    const registry::accept_batch all{batch, static_cast<std::int64_t>(rows.size())};
    out.push_back({registry::accept_batch::wire.type, to_json(all)});
    return out;
}

std::string sentence_of(const refusal_record& why) {
    const auto in = [&](const auto& kinds) -> const refusal_kind* {
        for (const refusal_kind* kind : kinds)
            if (kind->code == why.code) return kind;
        return nullptr;
    };
    const refusal_kind* kind = in(registry::refusals::all);
    if (!kind) kind = in(charter::refusals::all);
    if (!kind) kind = in(json::refusals::all);
    if (!kind) kind = in(csv::refusals::all);
    return kind ? fill_places(kind->sentence, why.args) : why.code;
}

std::vector<located_problem> locate(const registry_reading& of,
                                    const std::vector<registry::row_problem>& problems) {
    std::vector<located_problem> out;
    for (const registry::row_problem& one : problems) {
        const auto at = static_cast<std::size_t>(one.row - 1);
        out.push_back({of.places[at].first,
                       of.places[at].second,
                       registry::column_of(of.rows[at], one.why.field),
                       one.why,
                       {},
                       {}});
    }
    return out;
}

namespace {

/// Nearly the same name, if one is: the nearest, then the first by name.
class nearest_name {
  public:
    explicit nearest_name(const std::string& wanted)
        : wanted_(wanted), letters_(search::letters_of(wanted)) {}

    void look_at(const std::string& name) {
        const int most = letters_.size() < 8 ? 1 : 2;
        const int errors = search::distance(letters_, search::letters_of(name), most);
        if (errors > most || name == wanted_) return;
        if (!best_.empty() && std::pair(errors_, best_) <= std::pair(errors, name)) return;
        best_ = name;
        errors_ = errors;
    }
    [[nodiscard]] const std::string& best() const { return best_; }

  private:
    std::string wanted_;
    std::u32string letters_;
    std::string best_;
    int errors_ = 0;
};

template <class Map>
void look_at_all(const Map& known, nearest_name& near) {
    for (const auto& [id, one] : known) near.look_at(id.value);
}

std::string near_in_register(const refusal_record& why, const registry_reading& read,
                             const registry::state* now) {
    if (why.args.empty()) return {};
    nearest_name near(why.args.front());
    const bool place = why.code == registry::refusals::place_unknown.code;
    const bool link = why.code == registry::refusals::link_unknown.code;
    if (now && place) look_at_all(now->places, near);
    if (now && link) look_at_all(now->links, near);
    if (now && !place && !link) look_at_all(now->organisations, near);
    for (const registry::batch_row& row : read.rows) {
        if (place && row.place) near.look_at(row.place->place.value);
        if (link && row.link) near.look_at(row.link->link.value);
        if (!place && !link && row.organisation) near.look_at(row.organisation->organisation.value);
    }
    return near.best();
}

struct known_remedy {
    const refusal_kind* of;
    std::string_view remedy;
};
constexpr known_remedy remedies[] = {
    {&registry::refusals::body_unknown, "Name a body of the charter: veche ask charter.bodies."},
    {&registry::refusals::code_malformed, "Look the code up where the scheme is kept."},
    {&registry::refusals::code_taken,
     "Leave the code out, or correct that record, or merge the two if they are one."},
    {&registry::refusals::code_twice, "Keep one of the two columns."},
    {&registry::refusals::member_unknown, "Name a member of the charter: veche ask charter.union."},
    {&registry::refusals::member_differs, "Leave the member out: it is that of the place around."},
    {&registry::refusals::within_itself, "Name the place around it, or leave the cell empty."},
    {&registry::refusals::days_reversed, "Change the two days, or mend one of them."},
    {&registry::refusals::link_there,
     "Claim or report on that link instead of recording another one."},
    {&registry::refusals::unit_unknown, "Name a unit of the charter: veche ask charter.union."},
    {&registry::refusals::claim_unknown, "Leave the claim out, or wait until it is accepted."},
    {&registry::refusals::shares_over, "Mend the shares, or leave out those that are not known."},
    {&registry::refusals::not_enterprise, "Record who holds it first: enterprise=FILE."},
    {&registry::refusals::not_registrar, "Act under that office: --as PERSON --auth OFFICE."}};

}  // namespace

std::string remedy_of(const refusal_record& why, const registry_reading& read,
                      const registry::state* now) {
    using namespace registry::refusals;
    const bool unknown = why.code == place_unknown.code || why.code == organisation_unknown.code ||
                         why.code == link_unknown.code;
    if (unknown) {
        const std::string near = near_in_register(why, read, now);
        return near.empty() ? "Record it in a row before this one, or name one that is there."
                            : "Did you mean " + near + "? Else record it in a row before this one.";
    }
    for (const known_remedy& one : remedies)
        if (one.of->code == why.code) return std::string(one.remedy);
    return {};
}

void explain(std::vector<located_problem>& problems, const registry_reading& read,
             const registry::state* now) {
    for (located_problem& one : problems) {
        one.said = sentence_of(one.why);
        one.remedy = remedy_of(one.why, read, now);
    }
}

}  // namespace veche::cli
