/** The admin server: a node's health, and the status of its cluster, for operators. */
package io.sparkwire.admin;
