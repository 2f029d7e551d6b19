package io.sparkwire.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.source.MadeReply;
import io.sparkwire.spark.source.ReplyColumns;
import io.sparkwire.spark.source.RowSchema;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The SQL functions {@code parse_request}, {@code make_reply} and {@code send_reply}: the steps of
 * the facade for queries that have only a format name.
 *
 * <p>Runs on: driver. Stateless.
 */
final class ServingSqlFunctions {

  private static final String HEADERS = "ARRAY<STRUCT<name: STRING, value: STRING>>";

  /** Where Spark says that they are from. */
  private static final String SOURCE = "java_udf";

  private static final List<SqlFunction> ALL =
      List.of(
          new SqlFunction(
              "parse_request", "(request, schema[, id])", 2, 3, ServingSqlFunctions::parse),
          new SqlFunction(
              "make_reply", "(value[, status[, headers]])", 1, 3, ServingSqlFunctions::make),
          new SqlFunction("send_reply", "(service, reply, id)", 3, 3, ServingSqlFunctions::send));

  private ServingSqlFunctions() {}

  /**
   * One function.
   *
   * @param least how many arguments it takes at least
   */
  private record SqlFunction(
      String name, String usage, int least, int most, Function<List<Expression>, Expression> made) {

    FunctionIdentifier identifier() {
      return new FunctionIdentifier(name);
    }

    ExpressionInfo info() {
      return new ExpressionInfo(
          ServingFunctions.class.getName(),
          null,
          name,
          "_FUNC_" + usage,
          "",
          "",
          "",
          "",
          "",
          "",
          "");
    }

    AbstractFunction1<Seq<Expression>, Expression> builder() {
      return new AbstractFunction1<>() {
        @Override
        public Expression apply(Seq<Expression> given) {
          if (given.size() < least || given.size() > most) {
            throw new IllegalArgumentException(
                name
                    + usage
                    + " takes "
                    + least
                    + " to "
                    + most
                    + " arguments, got "
                    + given.size());
          }
          return made.apply(CollectionConverters.asJava(given));
        }
      };
    }
  }

  /** Adds them to sessions that are made with these extensions. */
  static void install(SparkSessionExtensions extensions) {
    ALL.forEach(
        function ->
            extensions.injectFunction(
                new Tuple3<>(function.identifier(), function.info(), function.builder())));
  }

  /**
   * Adds them to a session that was made before Sparkwire was there. Names are compared without
   * catalog and database, which a registry has from Spark 4.2 on.
   */
  static void install(SparkSession session) {
    FunctionRegistry registry =
        ((org.apache.spark.sql.classic.SparkSession) session).sessionState().functionRegistry();
    Set<String> known =
        CollectionConverters.asJava(registry.listFunction()).stream()
            .map(FunctionIdentifier::funcName)
            .collect(Collectors.toSet());
    ALL.stream()
        .filter(function -> !known.contains(function.name()))
        .forEach(
            function ->
                registry.createOrReplaceTempFunction(function.name(), function.builder(), SOURCE));
  }

  private static Expression parse(List<Expression> given) {
    String ddl = constant("the second argument of parse_request", given.get(1));
    return new ParseRequest(
        given.get(0),
        given.size() > 2 ? given.get(2) : idBeside(given.get(0)),
        Ddl.columns(ddl),
        DateTimeUtils.getZoneId(SQLConf.get().sessionLocalTimeZone()));
  }

  /** The column of that name in the same rows. */
  private static Expression idBeside(Expression request) {
    Stream<String> qualifier =
        request instanceof Attribute column
            ? CollectionConverters.asJava(column.qualifier()).stream()
            : Stream.of();
    List<String> name = Stream.concat(qualifier, Stream.of(RowSchema.ID)).toList();
    return new UnresolvedAttribute(CollectionConverters.asScala(name).toSeq());
  }

  private static Expression make(List<Expression> given) {
    String name =
        given.get(0) instanceof NamedExpression column ? column.name() : ReplyColumns.REPLY;
    return expression(
        struct(
            ExpressionUtils.column(given.get(0)).as(name),
            column(given, 1).cast(DataTypes.IntegerType).as(MadeReply.STATUS),
            column(given, 2).cast(Ddl.type(HEADERS)).as(MadeReply.HEADERS)));
  }

  private static Expression send(List<Expression> given) {
    String service = constant("the first argument of send_reply", given.get(0));
    return expression(ServingFunctions.sendReply(service, column(given, 1), column(given, 2)));
  }

  private static Column column(List<Expression> given, int place) {
    return place < given.size() ? ExpressionUtils.column(given.get(place)) : lit(null);
  }

  private static Expression expression(Column column) {
    return ColumnNodeToExpressionConverter$.MODULE$.apply(column.node());
  }

  private static String constant(String what, Expression argument) {
    if (!argument.foldable() || argument.eval(null) == null) {
      throw new IllegalArgumentException(
          what + " must be a constant text, but it is " + argument.sql());
    }
    return argument.eval(null).toString();
  }
}
