/**
 * The console of a cluster: a page on the admin port of any node, which shows what all nodes do and
 * have done lately.
 *
 * <pre>
 *  every node                    the node of the console                          browsers
 *
 *  feed.NodeFeed  ◀── once a ──  NodePoll ──▶ ClusterView ──▶ EventStreams ──────▶ app.js
 *  Node.publishStatus  second                 merges          one frame a second
 *                                                             to all of them
 * </pre>
 *
 * <p>Nothing is asked while no browser is connected.
 */
package io.sparkwire.console;
