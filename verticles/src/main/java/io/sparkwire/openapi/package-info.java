/** What a listener tells clients of its services: an OpenAPI document, and a page to try them. */
package io.sparkwire.openapi;
