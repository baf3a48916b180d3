#include "gravity/approximate_factor.hpp"

#include <algorithm>

#include "numerics/random_stream.hpp"

namespace veche::gravity {
namespace {

struct link {
    double weight;
    std::int32_t to;
    std::int32_t next;  // link of the same vertex, -1 at the end
};

struct neighbour {
    double weight;
    std::int32_t vertex;
    std::int32_t links;
};

/// Vertices by degree, in lists; degrees above the greatest list share it.
class degree_lists {
  public:
    explicit degree_lists(std::vector<std::int32_t> degree)
        : degree_(std::move(degree)),
          head_(std::max<std::size_t>(degree_.size(), 64) + 1, -1),
          before_(degree_.size()),
          after_(degree_.size()) {
        for (std::size_t v = degree_.size(); v-- > 0;) insert(static_cast<std::int32_t>(v));
    }
    std::int32_t take_least() {
        while (head_[least_] < 0) ++least_;
        const std::int32_t v = head_[least_];
        remove(v);
        return v;
    }
    void change(std::int32_t v, std::int32_t by) {
        remove(v);
        degree_[v] += by;
        insert(v);
    }

  private:
    [[nodiscard]] std::size_t list_of(std::int32_t v) const {
        return std::min<std::size_t>(static_cast<std::size_t>(std::max(degree_[v], 0)),
                                     head_.size() - 1);
    }
    void insert(std::int32_t v) {
        const std::size_t at = list_of(v);
        before_[v] = -1;
        after_[v] = head_[at];
        if (head_[at] >= 0) before_[head_[at]] = v;
        head_[at] = v;
        least_ = std::min(least_, at);
    }
    void remove(std::int32_t v) {
        if (before_[v] >= 0)
            after_[before_[v]] = after_[v];
        else
            head_[list_of(v)] = after_[v];
        if (after_[v] >= 0) before_[after_[v]] = before_[v];
    }

    std::vector<std::int32_t> degree_, head_, before_, after_;
    std::size_t least_ = 0;
};

}  // namespace

class factor_maker {
  public:
    factor_maker(std::size_t count, const std::vector<edge>& edges, std::uint64_t seed,
                 approximate_factor& out)
        : out_(out), random_(seed), first_(count, -1), gone_(count) {
        links_.reserve(edges.size() * 3);
        for (const edge& e : edges) {
            add(e.from, e.to, e.weight);
            add(e.to, e.from, e.weight);
        }
    }

    void make() {
        std::vector<std::int32_t> degree(first_.size());
        for (std::size_t v = 0; v < first_.size(); ++v)
            for (std::int32_t at = first_[v]; at >= 0; at = links_[at].next) ++degree[v];
        degree_lists lists(std::move(degree));
        out_.begin_.push_back(0);
        for (std::size_t step = 0; step < first_.size(); ++step)
            eliminate(lists.take_least(), lists);
    }

  private:
    void add(std::int32_t from, std::int32_t to, double weight) {
        links_.push_back({weight, to, first_[from]});
        first_[from] = static_cast<std::int32_t>(links_.size() - 1);
    }

    /// Neighbours that are not eliminated, each once, in ascending order of weight.
    void collect(std::int32_t v) {
        around_.clear();
        for (std::int32_t at = first_[v]; at >= 0; at = links_[at].next)
            if (!gone_[links_[at].to]) around_.push_back({links_[at].weight, links_[at].to, 1});
        std::sort(around_.begin(), around_.end(), [](const neighbour& a, const neighbour& b) {
            return a.vertex != b.vertex ? a.vertex < b.vertex : a.weight < b.weight;
        });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < around_.size(); ++i)
            if (kept > 0 && around_[kept - 1].vertex == around_[i].vertex) {
                around_[kept - 1].weight += around_[i].weight;
                ++around_[kept - 1].links;
            } else {
                around_[kept++] = around_[i];
            }
        around_.resize(kept);
        std::sort(around_.begin(), around_.end(), [](const neighbour& a, const neighbour& b) {
            return a.weight != b.weight ? a.weight < b.weight : a.vertex < b.vertex;
        });
    }

    void eliminate(std::int32_t v, degree_lists& lists) {
        gone_[v] = true;
        collect(v);
        // sums_[j]: weight of the neighbours from the j-th on, added from the heaviest down.
        sums_.assign(around_.size() + 1, 0.0);
        for (std::size_t j = around_.size(); j-- > 0;) sums_[j] = sums_[j + 1] + around_[j].weight;
        const double pivot = sums_[0];
        out_.order_.push_back(v);
        out_.pivot_.push_back(pivot);
        for (const neighbour& one : around_) {
            out_.vertex_.push_back(one.vertex);
            out_.part_.push_back(one.weight / pivot);
        }
        out_.begin_.push_back(out_.vertex_.size());
        for (std::size_t j = 0; j < around_.size(); ++j) {
            const neighbour& one = around_[j];
            const bool last = j + 1 == around_.size();
            if (!last) {
                const std::int32_t other = around_[partner(j)].vertex;
                const double weight = one.weight * sums_[j + 1] / pivot;
                add(one.vertex, other, weight);
                add(other, one.vertex, weight);
                lists.change(other, 1);
            }
            const std::int32_t by = (last ? 0 : 1) - one.links;
            if (by != 0) lists.change(one.vertex, by);
        }
    }

    /// One of the neighbours after the j-th, as likely as its weight.
    std::size_t partner(std::size_t j) {
        // sums_ falls: the last place whose sum is still above what was drawn.
        const double drawn = random_.uniform() * sums_[j + 1];
        const auto first = sums_.begin() + static_cast<std::ptrdiff_t>(j + 1);
        const auto at = std::partition_point(first, sums_.end() - 1,
                                             [drawn](double sum) { return sum > drawn; });
        const auto place = static_cast<std::size_t>(at - sums_.begin());
        return std::max(place - 1, j + 1);
    }

    approximate_factor& out_;
    numerics::random_stream random_;
    std::vector<std::int32_t> first_;
    std::vector<bool> gone_;
    std::vector<link> links_;
    std::vector<neighbour> around_;
    std::vector<double> sums_;
};

approximate_factor::approximate_factor(std::size_t count, const std::vector<edge>& edges,
                                       std::uint64_t seed) {
    factor_maker(count, edges, seed, *this).make();
}

void approximate_factor::solve(double* v) const {
    for (std::size_t s = 0; s < order_.size(); ++s) {
        const double own = v[order_[s]];
        for (std::size_t e = begin_[s]; e < begin_[s + 1]; ++e) v[vertex_[e]] += part_[e] * own;
        v[order_[s]] = pivot_[s] > 0 ? own / pivot_[s] : 0;
    }
    for (std::size_t s = order_.size(); s-- > 0;) {
        double sum = v[order_[s]];
        for (std::size_t e = begin_[s]; e < begin_[s + 1]; ++e) sum += part_[e] * v[vertex_[e]];
        v[order_[s]] = sum;
    }
}

}  // namespace veche::gravity
