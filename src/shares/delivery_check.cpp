#include "shares/certificate_check.hpp"
#include "shares/certificate_tools.hpp"

namespace veche::shares {

using namespace checking;

namespace {

__extension__ typedef __int128 signed_huge;

/// A delivery with its certificate. Amounts are over one denominator: all weights times the scale.
class delivery_judge {
  public:
    delivery_judge(const delivery& in, const delivered& made) : in_(in), made_(made) {}

    std::string fault() {
        if (made_.units != in_.units) return "the certificate is of another number of units";
        if (made_.given.size() != in_.regions.size() || made_.owed.size() != in_.regions.size())
            return "there is not one share for each region";
        for (const region& r : in_.regions) {
            if (r.weight < 0 || r.weight > most_votes - weights_) return "the weights are too many";
            if (r.residue < -most_owed * residue_scale || r.residue > most_owed * residue_scale)
                return "a residue is out of bounds";
            weights_ += r.weight;
        }
        if (in_.units < 0 || in_.units > most_seats || weights_ == 0)
            return "the units or the weights are out of bounds";
        unit_ = signed_huge{weights_} * residue_scale;
        for (const region& r : in_.regions)
            owed_.push_back(r.weight == 0 ? 0
                                          : signed_huge{in_.units} * r.weight * residue_scale +
                                                signed_huge{r.residue} * weights_);
        for (const auto step :
             {&delivery_judge::texts, &delivery_judge::units, &delivery_judge::residues}) {
            const std::string wrong = (this->*step)();
            if (!wrong.empty()) return wrong;
        }
        return {};
    }

  private:
    [[nodiscard]] const std::string& name(std::size_t i) const { return in_.regions[i].name; }

    std::string texts() {
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            std::string_view text = made_.owed[i];
            const bool less = text.starts_with('-');
            if (less) text.remove_prefix(1);
            const auto read = read_fraction(text);
            const bool same =
                read && less == (owed_[i] < 0) &&
                order_of(read->first, read->second, static_cast<huge>(less ? -owed_[i] : owed_[i]),
                         static_cast<huge>(unit_)) == 0;
            if (!same) return name(i) + " is owed something else";
        }
        return {};
    }

    /// What is owed may be below zero, and all of it is raised alike to be compared.
    [[nodiscard]] quotient_of_seat raised(signed_huge owed) const {
        return {static_cast<huge>(owed + 2 * signed_huge{most_seats} * unit_), 1};
    }

    std::string units() {
        std::vector<standing_at_line> all;
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            const std::int64_t given = made_.given[i];
            if (given < 0 || given > in_.units - sum) return "more is given than has come";
            sum += given;
            if (in_.regions[i].weight == 0) {
                if (given > 0) return name(i) + " gets units, and nobody is eligible there";
                continue;
            }
            const signed_huge next = owed_[i] - given * unit_;
            all.push_back({name(i), raised(next + unit_), given > 0, raised(next), true});
        }
        const bool open = !made_.ties.empty() && made_.ties[0].given.empty();
        if (open) {
            const std::int64_t places = made_.ties[0].places;
            if (places < 1 || places > in_.units - sum) return "a tie is of more than is left";
            sum += places;
        }
        if (sum != in_.units) return "not all that has come is given";
        if (made_.decided == open) return "it is not said rightly whether every unit is given";
        return line_check(in_.ties, made_.ties).fault(all);
    }

    /// Whole billionths or one more, by the largest rests, of equal ones the first in the list.
    std::string residues() {
        if (!made_.decided)
            return made_.residues.empty() ? "" : "something is carried on before all is given";
        if (made_.residues.size() != owed_.size()) return "not every region's rest is carried on";
        std::int64_t sum = 0;
        std::vector<std::pair<signed_huge, std::size_t>> up;  // rest, place in the list
        std::vector<std::pair<signed_huge, std::size_t>> down;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            const std::int64_t carried = made_.residues[i];
            if (in_.regions[i].weight == 0) {
                if (carried != in_.regions[i].residue) return name(i) + " lost what it is owed";
                sum += carried;
                continue;
            }
            const signed_huge over =
                owed_[i] - made_.given[i] * unit_ - signed_huge{carried} * weights_;
            const bool raised_here = over < 0;
            const signed_huge rest = raised_here ? over + weights_ : over;
            if (rest < 0 || rest >= weights_) return name(i) + " is owed another rest";
            (raised_here ? up : down).emplace_back(-rest, i);
            sum += carried;
        }
        if (sum != 0) return "what is carried on does not sum to zero";
        if (!up.empty() && !down.empty() &&
            *std::max_element(up.begin(), up.end()) > *std::min_element(down.begin(), down.end()))
            return "a smaller rest was rounded up before a greater one";
        return {};
    }

    const delivery& in_;
    const delivered& made_;
    std::int64_t weights_ = 0;
    signed_huge unit_ = 1;
    std::vector<signed_huge> owed_;
};

}  // namespace

std::string fault_in(const delivery& in, const delivered& made) {
    return delivery_judge(in, made).fault();
}

}  // namespace veche::shares
