package io.sparkwire.settings;

/**
 * What a file or the environment says of an option. Immutable.
 *
 * @param value as a command line has it
 * @param origin where it was found, for people
 */
record Setting(String value, String origin) {}
