/** One server-sent event as it stands in the stream; "message" unless it is named. */
export type RawEvent = { event: string; data: string };

/** Gives a function that takes a stream's text as it comes and returns the events that it completes. */
export function createEventReader(): (text: string) => RawEvent[] {
  let held = "";
  return (text) => {
    held += text;
    const events: RawEvent[] = [];
    for (let end = held.indexOf("\n\n"); end !== -1; end = held.indexOf("\n\n")) {
      const event = parse(held.slice(0, end));
      if (event) events.push(event);
      held = held.slice(end + 2);
    }
    return events;
  };
}

function parse(block: string): RawEvent | null {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
  }
  return data.length > 0 ? { event, data: data.join("\n") } : null;
}
