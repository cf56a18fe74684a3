// For build.gradle.kts of the module that has the plugin com.apollographql.apollo, version 4. The adapters are in
// com.apollographql.adapters:apollo-adapters-core.
apollo {
    service("gateway") {
        packageName.set("com.example.gateway")
        mapScalar("Date", "java.time.LocalDate", "com.apollographql.adapter.core.JavaLocalDateAdapter")
        mapScalar("DateTime", "java.time.Instant", "com.apollographql.adapter.core.JavaInstantAdapter")
        mapScalarToKotlinString("CountryCode")
        mapScalarToKotlinString("LanguageTag")
        mapScalarToKotlinAny("JSON")
    }
}
