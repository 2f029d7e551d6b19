/** What travels between nodes and modules: services, requests, replies, ids, failures. */
package io.sparkwire.message;
