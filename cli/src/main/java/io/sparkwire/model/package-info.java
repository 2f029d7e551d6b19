/**
 * Where the command line finds saved models: one of them, or versions in a directory that is
 * watched.
 */
package io.sparkwire.model;
