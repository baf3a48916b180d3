#pragma once
// A small world: two squares that share a border, the left one with a lake, and an islet.

#include <string>

namespace veche::maps::testing {

inline std::string small_world(const std::string& more = R"("projection":{"kind":"conic",)"
                                                         R"("centre":10,"south":2,"north":8},)") {
    return R"({"type":"Topology",)" + more +
           R"("transform":{"scale":[0.5,0.5],"translate":[0,0]},
"objects":{"units":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","id":"XA-E","properties":{"code":"XAE"},"arcs":[[1,-1]]},
{"type":"Polygon","id":"XA-W","arcs":[[0,2],[3]]},
{"type":"MultiPolygon","id":"XA-I","arcs":[[[4]]]}]}},
"arcs":[[[20,0],[0,9],[1,1],[-1,1],[0,9]],
[[20,0],[20,0],[0,20],[-20,0]],
[[20,20],[-20,0],[0,-20],[20,0]],
[[4,4],[0,4],[4,0],[0,-4],[-4,0]],
[[60,4],[1,0],[0,1],[-1,0],[0,-1]]],
"left_out":["XB-1"],"shown":[],"source":"invented"})";
}

}  // namespace veche::maps::testing
