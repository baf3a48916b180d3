#pragma once
// What can be wrong with templates and catalogues. All of it shows when the program starts.

#include "kernel/result.hpp"

namespace veche::render::refusals {

inline constexpr refusal_kind template_broken{"render.template_broken", 500,
                                              "Template {0}, line {1}: {2}."};
inline constexpr refusal_kind template_unknown{"render.template_unknown", 500,
                                               "There is no template called {0}."};
inline constexpr refusal_kind catalogue_broken{"render.catalogue_broken", 500,
                                               "Catalogue {0}: {1}."};
inline constexpr refusal_kind folder_unreadable{"render.folder_unreadable", 500,
                                                "The folder {0} cannot be read."};
inline constexpr const refusal_kind* all[] = {&template_broken, &template_unknown,
                                              &catalogue_broken, &folder_unreadable};

}  // namespace veche::render::refusals
