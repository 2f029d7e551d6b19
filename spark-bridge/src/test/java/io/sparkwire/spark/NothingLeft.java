package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.node.ServingNode;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a service, an exchange or a part of the history behind. */
public final class NothingLeft implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext test) {
    ServingNode node = ServingNode.current();
    assertThat(node.services().all()).isEmpty();
    assertThat(node.openExchanges()).isZero();
    assertThat(node.history().size()).isZero();
  }
}
