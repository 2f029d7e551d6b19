package io.sparkwire.httpclient;

import java.lang.reflect.Modifier;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.util.Utils;

/** A param that holds a function, and is saved as the name of its class. Immutable. */
final class UserFunctionParam extends Param<UserFunction<?, ?>> {

  private static final long serialVersionUID = 1;

  UserFunctionParam(Params parent, String name, String doc) {
    super(parent, name, doc);
  }

  /**
   * The name of the function's class.
   *
   * @throws UnsupportedOperationException if another JVM could not make it from its name
   */
  @Override
  public String jsonEncode(UserFunction<?, ?> value) {
    Class<?> type = value.getClass();
    if (!canBeMade(type)) {
      throw new UnsupportedOperationException(
          "the function of '"
              + parent()
              + "' cannot be saved, because it is a lambda or its class "
              + type.getName()
              + " has no public constructor without parameters; make it a public class that has one");
    }
    return '"' + type.getName() + '"';
  }

  private static boolean canBeMade(Class<?> type) {
    try {
      return Modifier.isPublic(type.getModifiers())
          && !type.isHidden()
          && Modifier.isPublic(type.getConstructor().getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  @Override
  public UserFunction<?, ?> jsonDecode(String json) {
    String name = json.substring(1, json.length() - 1);
    try {
      Class<?> type = Utils.classForName(name, true, false);
      return type.asSubclass(UserFunction.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException(
          "the saved function " + name + " cannot be made; put its class on the class path", e);
    }
  }
}
