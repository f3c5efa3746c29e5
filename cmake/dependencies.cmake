# The libraries. Each is linked by one room (and by the endpoint); the layering check keeps it so.
#
# cpprestsdk brings Boost, whose Asio and Beast are headers.
find_package(cpprestsdk 2.10 REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(LibXml2 2.9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(doctest 2.4 REQUIRED)
find_package(Threads REQUIRED)
