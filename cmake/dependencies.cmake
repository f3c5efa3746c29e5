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

# GSSAPI of MIT, for the service of the tests: it accepts what clients prove. The product loads it
# at run time and is not built against it.
find_path(GSSAPI_INCLUDE_DIR gssapi/gssapi_ext.h REQUIRED)
find_library(GSSAPI_LIBRARY gssapi_krb5 REQUIRED)
find_library(KRB5_LIBRARY krb5 REQUIRED)
find_library(K5CRYPTO_LIBRARY k5crypto REQUIRED)
add_library(Gssapi::Gssapi UNKNOWN IMPORTED)
set_target_properties(Gssapi::Gssapi PROPERTIES
  IMPORTED_LOCATION "${GSSAPI_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${GSSAPI_INCLUDE_DIR}"
  INTERFACE_LINK_LIBRARIES "${KRB5_LIBRARY};${K5CRYPTO_LIBRARY}")
