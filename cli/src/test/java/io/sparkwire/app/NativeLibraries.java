package io.sparkwire.app;

import com.github.luben.zstd.util.Native;
import io.netty.channel.epoll.Epoll;
import net.jpountz.lz4.LZ4Factory;
import org.rocksdb.RocksDB;
import org.xerial.snappy.Snappy;

/**
 * Loads the native libraries that Spark and Vert.x use here, and prints {@link #LOADED}.
 *
 * <p>It runs in a JVM of its own: when a class loader is collected that has loaded Netty's library
 * a second time, the natives of the first one's classes are unregistered.
 */
final class NativeLibraries {

  static final String LOADED = "all native libraries are loaded";

  private NativeLibraries() {}

  public static void main(String[] arguments) {
    Epoll.ensureAvailability();
    LZ4Factory.nativeInstance();
    Native.load();
    Snappy.getNativeLibraryVersion();
    RocksDB.loadLibrary();
    System.out.println(LOADED);
  }
}
