package io.sparkwire.feed;

import io.sparkwire.cluster.Directory;
import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.Role;
import io.sparkwire.message.NodeId;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes which nodes join the cluster and leave it, as this node sees it.
 *
 * <p>Runs on: a thread of the directory. Thread-safe.
 */
final class MemberWatch implements Directory.Listener {

  private final Directory directory;
  private final NodeEvents events;
  private final Map<NodeId, Member> known = new ConcurrentHashMap<>();

  private MemberWatch(Directory directory, NodeEvents events) {
    this.directory = directory;
    this.events = events;
  }

  /** Follows a directory from now on; members that are there already are not news. */
  static void follow(Directory directory, NodeEvents events) {
    MemberWatch watch = new MemberWatch(directory, events);
    directory.members().forEach(member -> watch.known.put(member.node(), member));
    directory.listen(watch);
  }

  @Override
  public void changed() {
    for (Member member : directory.members()) {
      if (member.role() != Role.OBSERVER && known.putIfAbsent(member.node(), member) == null) {
        note("joined", member);
      }
    }
  }

  @Override
  public void left(NodeId node) {
    Member member = known.remove(node);
    if (member != null && member.role() != Role.OBSERVER) {
      note("left", member);
    }
    changed();
  }

  private void note(String what, Member member) {
    events.add(
        EventKind.MEMBER,
        new JsonObject()
            .put("what", what)
            .put("member", member.node().text())
            .put("role", member.role().name().toLowerCase(Locale.ROOT))
            .put("address", member.address()));
  }
}
