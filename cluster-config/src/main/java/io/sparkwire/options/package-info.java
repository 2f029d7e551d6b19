/** Options by name: parsing, ranges, and the nearest name for one that is unknown. */
package io.sparkwire.options;
