package io.sparkwire.spark;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that knows its columns and their types by itself, so that they need not be guessed from
 * its params.
 */
public interface DeclaredColumns {

  /** The columns that it reads, with the types and the sizes that suit it best. */
  StructType columnsRead();

  /** The names of the columns that it adds. */
  List<String> columnsWritten();
}
