#include "api/clock.hpp"

#include <chrono>

namespace veche::api {

instant wall_clock() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

}  // namespace veche::api
