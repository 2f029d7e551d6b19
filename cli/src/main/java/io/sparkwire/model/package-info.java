/**
 * Saved models, as the command line finds them: one of them, or versions in a directory that is
 * watched; what they may hold, which columns they need of a request, and which are their reply.
 */
package io.sparkwire.model;
