// Routes of the assembly's views.

#include "assembly/assembly.hpp"
#include "assembly/views.hpp"
#include "office/room_routes.hpp"

namespace veche::office {

void add_assembly_views(view_list& all) {
    using in_assembly = in_room<&state::assembly, assembly::world>;
    add_views<in_assembly>(all, list_of<assembly::queries>());
}

}  // namespace veche::office
