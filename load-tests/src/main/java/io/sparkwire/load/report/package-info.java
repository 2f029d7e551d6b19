/** Tables and plots. */
package io.sparkwire.load.report;
