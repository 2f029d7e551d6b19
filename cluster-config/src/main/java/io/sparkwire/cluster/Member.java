package io.sparkwire.cluster;

import io.sparkwire.message.NodeId;

/**
 * One node as the others see it. Immutable.
 *
 * @param address host and port on which it is a member
 */
public record Member(NodeId node, Role role, String address) {}
