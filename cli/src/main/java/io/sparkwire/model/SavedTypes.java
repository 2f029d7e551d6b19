package io.sparkwire.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * The types of columns in what a stage has learned, which is in files of Parquet. Spark makes an
 * object of each class that the schema in such a file names.
 *
 * <p>Immutable.
 */
record SavedTypes(Configuration hadoop) {

  private static final String SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  /** How a file of Parquet ends, in clear text and encrypted. */
  private static final List<String> ENDINGS = List.of("PAR1", "PARE");

  private static final int ENDING_BYTES = 4;

  /** The classes that the schema of a file names; none if it is no Parquet. */
  List<String> classes(FileStatus file) throws IOException {
    return isParquet(file) ? StageMetadata.namedIn(schema(file)) : List.of();
  }

  private boolean isParquet(FileStatus file) throws IOException {
    if (file.getLen() < ENDING_BYTES) {
      return false;
    }
    byte[] ending = new byte[ENDING_BYTES];
    try (FSDataInputStream content = file.getPath().getFileSystem(hadoop).open(file.getPath())) {
      content.readFully(file.getLen() - ENDING_BYTES, ending);
    }
    return ENDINGS.contains(new String(ending, StandardCharsets.US_ASCII));
  }

  private String schema(FileStatus file) throws IOException {
    ParquetReadOptions options =
        HadoopReadOptions.builder(hadoop)
            .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
            .build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop), options)) {
      return reader.getFileMetaData().getKeyValueMetaData().getOrDefault(SCHEMA, "");
    }
  }
}
