import { send as sendToWorker, type TestTenant } from "../harness.ts";
import { type Call, type Ids, type Line, ROUTES } from "./route-table.ts";

type Written = { method: string; path: string; body?: unknown };

/** One way of calling one route. */
export type RouteCall = { route: string; line: Line; build(ids: Ids): Call };

/** All ways of calling all routes; DELETEs last, what holds other things after it, so that each finds its target. */
export const CALLS: RouteCall[] = Object.entries(ROUTES)
  .flatMap(([route, line]) => line.calls.map((build) => ({ route, line, build })))
  .toSorted((a, b) => lateness(a.route) - lateness(b.route));

function lateness(route: string): number {
  const order = [
    "/uploads/",
    "/conversations/",
    "/api-keys/",
    "/documents/",
    "/assistants/",
    "/collections/",
    "/tenants/",
  ];
  return route.startsWith("DELETE") ? 1 + order.findIndex((part) => route.includes(part)) : 0;
}

/** The call as it goes over the wire. */
export function written(route: string, { params = {}, query, body }: Call): Written {
  const [method = "", template = ""] = route.split(" ");
  const path = template.replace(/\{(\w+)\}/g, (gap, name: string) => params[name] ?? gap);
  return { method, path: query ? `${path}?${new URLSearchParams(query)}` : path, body };
}

/** Sends a call in somebody's name. */
export function callAs(
  client: TestTenant,
  route: string,
  call: Call,
  headers?: Record<string, string>,
): Promise<Response> {
  const { method, path, body } = written(route, call);
  // What lies outside /api/v1 knows nobody.
  if (!path.startsWith("/api/v1")) return sendToWorker(path, { method });
  return client.request(method, path.slice("/api/v1".length), body, headers);
}

/** The ids that a call names. */
export function namesOf({ build }: RouteCall): Array<keyof Ids> {
  const named = new Set<keyof Ids>();
  build(
    new Proxy({} as Ids, {
      get(_, name: keyof Ids) {
        named.add(name);
        return crypto.randomUUID();
      },
    }),
  );
  return [...named];
}

/** Which of the ids a call names to put another's in the place of: each alone, and all together. */
export function misuses(call: RouteCall): Array<Array<keyof Ids>> {
  const names = namesOf(call);
  return [...names.map((name) => [name]), ...(names.length > 1 ? [names] : [])];
}

/** Ids of a party, some of them replaced by those of another. */
export function mixed(own: Ids, other: Ids, names: Array<keyof Ids>): Ids {
  return { ...own, ...Object.fromEntries(names.map((name) => [name, other[name]])) };
}

/** Ids that nobody has. */
export function inventedIds(): Ids {
  const id = () => crypto.randomUUID();
  return {
    tenant: id(),
    collection: id(),
    document: id(),
    import: id(),
    upload: id(),
    wholeUpload: id(),
    assistant: id(),
    conversation: id(),
    message: id(),
    turn: id(),
    apiKey: id(),
    deletion: id(),
    row: id(),
  };
}

/** An answer without what differs from one request to the next. */
export type Answer = { status: number; headers: string[]; text: string };

const OF_ITS_OWN = new Set(["x-request-id", "server-timing", "date"]);

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const requestId = response.headers.get("x-request-id") ?? "no request id";
  const headers = [...response.headers].map(([name, value]) =>
    OF_ITS_OWN.has(name) ? name : `${name}: ${value}`,
  );
  return { status: response.status, headers, text: text.replaceAll(requestId, "the request's id") };
}
