/** What travels between nodes and modules: requests, replies, ids, addresses, failures. */
package io.sparkwire.message;
