/**
 * Options: what each one is ({@link io.sparkwire.options.ConfigOption}), and what a user has set.
 */
package io.sparkwire.options;
