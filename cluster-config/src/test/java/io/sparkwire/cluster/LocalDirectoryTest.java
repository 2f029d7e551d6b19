package io.sparkwire.cluster;

class LocalDirectoryTest extends DirectoryContract {

  private final Directory directory = new LocalDirectory(SELF);

  @Override
  Directory directory() {
    return directory;
  }
}
