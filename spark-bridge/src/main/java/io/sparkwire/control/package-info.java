/** How a driver controls the services of its executors. */
package io.sparkwire.control;
