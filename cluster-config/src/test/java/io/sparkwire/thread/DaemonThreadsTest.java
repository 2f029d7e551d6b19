package io.sparkwire.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

  @Test
  void aThreadHasItsNameAndDoesNotKeepTheJvmAlive() throws Exception {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    DaemonThreads.start("sparkwire-test", () -> ran.complete(Thread.currentThread()));
    Thread thread = ran.get(10, TimeUnit.SECONDS);

    assertThat(thread.getName()).isEqualTo("sparkwire-test");
    assertThat(thread.isDaemon()).isTrue();
  }
}
