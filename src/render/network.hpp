#pragma once
// Things laid out by how near they are to each other: a maximum spanning tree with the strongest
// other links, and places from it by a fixed number of steps in a fixed order. The same nearness
// gives the same picture. Pure geometry; nothing here binds anyone.

#include <cstddef>
#include <vector>

namespace veche::render {

struct network_link {
    std::size_t from = 0, to = 0;  ///< from < to
    double nearness = 0;
    bool tree = false;  ///< of the spanning tree
    bool operator==(const network_link&) const = default;
};

/// `nearness`: n x n, symmetric, not below zero. The links of a maximum spanning tree (a forest,
/// where parts have nothing to do with each other), and of all others those of at least `strong`,
/// the nearest `most` of them. Ties go to the smaller indices.
std::vector<network_link> strongest_links(const std::vector<double>& nearness, std::size_t n,
                                          double strong, std::size_t most);

struct node_place {
    double x = 0, y = 0;
};

/// The distance that places keep from each other in a frame of that size.
double least_distance(std::size_t n, double width, double height);

/// A place for each of n things inside the frame: first around the tree's middle by branches, then
/// drawn together along links and pushed apart from all others, at last at least `least_distance`
/// from each other.
std::vector<node_place> network_places(std::size_t n, const std::vector<network_link>& links,
                                       double width, double height);

}  // namespace veche::render
