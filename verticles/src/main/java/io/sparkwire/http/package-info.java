/** HTTP: listeners, routes, and the way from bytes to an exchange and back. */
package io.sparkwire.http;
