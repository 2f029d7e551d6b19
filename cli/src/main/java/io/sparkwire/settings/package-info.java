/**
 * How the options of commands get values that are not arguments: from a file, and from the
 * environment.
 */
package io.sparkwire.settings;
