/**
 * Which requests get as far as their endpoint.
 *
 * <pre>{@code
 * Gate --> Credentials   what a request shows: an API key, a token, or its client's certificate
 *   |
 *   |-- Access           what the endpoint asks for: each endpoint has to say so
 *   `-- KnownRequest     the request, with its client's name and without its credentials
 * }</pre>
 */
package io.sparkwire.access;
