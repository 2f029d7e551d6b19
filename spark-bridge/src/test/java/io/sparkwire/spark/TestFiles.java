package io.sparkwire.spark;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** The {@link TestFileSystem} as Spark needs it for checkpoints. */
public final class TestFiles extends DelegateToFileSystem {

  /** Hadoop calls it. */
  public TestFiles(URI uri, Configuration configuration) throws IOException, URISyntaxException {
    super(uri, new TestFileSystem(), configuration, "file", false);
  }
}
