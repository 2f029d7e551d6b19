package io.sparkwire.model;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.clustering.BisectingKMeansModel;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.clustering.LDAModel;
import org.apache.spark.ml.feature.ElementwiseProduct;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.ml.feature.MaxAbsScalerModel;
import org.apache.spark.ml.feature.MinMaxScalerModel;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.RobustScalerModel;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.VectorIndexerModel;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.sql.types.DataType;

/**
 * How many values the vectors that a stage reads must have, as far as what it has learned shows it.
 *
 * <p>Spark has no common name for that number. Stateless.
 */
final class VectorSizes {

  private VectorSizes() {}

  /** A type of which all readers are known: a vector gets the size that one of them knows. */
  static DataType sized(DataType type, Stream<Transformer> readers) {
    OptionalInt size = readers.map(VectorSizes::of).flatMapToInt(OptionalInt::stream).findFirst();
    return Ddl.isVector(type) && size.isPresent() ? Ddl.vector(size.getAsInt()) : type;
  }

  /** The size; empty if the stage does not know it, or reads no vector. */
  static OptionalInt of(Transformer stage) {
    int size = stage instanceof PredictionModel<?, ?> model ? model.numFeatures() : other(stage);
    return size > 0 ? OptionalInt.of(size) : OptionalInt.empty();
  }

  private static int other(Transformer stage) {
    if (stage instanceof OneVsRestModel model) {
      return model.numFeatures();
    }
    if (stage instanceof KMeansModel model) {
      return model.clusterCenters()[0].size();
    }
    if (stage instanceof BisectingKMeansModel model) {
      return model.clusterCenters()[0].size();
    }
    if (stage instanceof GaussianMixtureModel model) {
      return model.gaussians()[0].mean().size();
    }
    return stage instanceof LDAModel model ? model.vocabSize() : ofFeature(stage);
  }

  private static int ofFeature(Transformer stage) {
    if (stage instanceof StandardScalerModel model) {
      return Math.max(model.mean().size(), model.std().size());
    }
    if (stage instanceof MinMaxScalerModel model) {
      return model.originalMin().size();
    }
    if (stage instanceof MaxAbsScalerModel model) {
      return model.maxAbs().size();
    }
    if (stage instanceof RobustScalerModel model) {
      return model.median().size();
    }
    if (stage instanceof PCAModel model) {
      return model.pc().numRows();
    }
    if (stage instanceof IDFModel model) {
      return model.idf().size();
    }
    return ofPlainFeature(stage);
  }

  private static int ofPlainFeature(Transformer stage) {
    if (stage instanceof VectorIndexerModel model) {
      return model.numFeatures();
    }
    if (stage instanceof ElementwiseProduct product) {
      return product.getScalingVec().size();
    }
    return stage instanceof VectorSizeHint hint ? hint.getSize() : 0;
  }
}
