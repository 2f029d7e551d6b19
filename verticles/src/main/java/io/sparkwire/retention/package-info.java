/** Requests whose replies outlive their connections: with an idempotency key, or asynchronous. */
package io.sparkwire.retention;
