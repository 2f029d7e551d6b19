/** The stream of frames from the node, which the browser opens again by itself when it breaks. */

const SILENCE_MILLIS = 5_000;

/**
 * Calls back with each frame, and with the state of the connection: "live" or "lost".
 */
export function follow(onFrame, onState) {
  let last = performance.now();
  let source = open();

  function open() {
    const opened = new EventSource("/console/events");
    opened.onmessage = message => {
      last = performance.now();
      onFrame(JSON.parse(message.data));
      onState("live");
    };
    opened.onerror = () => onState("lost");
    return opened;
  }

  setInterval(() => {
    if (source.readyState === EventSource.CLOSED || performance.now() - last > SILENCE_MILLIS) {
      last = performance.now();
      onState("lost");
      source.close();
      source = open();
    }
  }, 1_000);
}
