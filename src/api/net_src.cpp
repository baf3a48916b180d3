// The compiled part of Asio and Beast, apart from session.cpp so that it is built once.

#include <utility>

#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
