/** States that the list can be narrowed to. */
export const FILTERS = ["all", "ready", "underway", "failed"] as const;
export const SORTS = ["name", "type", "pages", "state", "size", "created"] as const;

export type Filter = (typeof FILTERS)[number];
export type Sort = (typeof SORTS)[number];
export type Order = "asc" | "desc";

/** What of a collection is on show and in which order, as the address holds it. */
export type View = { collectionId: string | null; q: string; filter: Filter; sort: Sort; order: Order };

/** Documents asked for at once. */
const PAGE_SIZE = 100;

/** The order in which each column is first shown: words from A, figures from the largest, what failed first. */
const FIRST_ORDER: Record<Sort, Order> = {
  name: "asc",
  type: "asc",
  pages: "desc",
  state: "asc",
  size: "desc",
  created: "desc",
};

export function readView(search: URLSearchParams): View {
  const sort = oneOf(SORTS, search.get("sort")) ?? "created";
  return {
    collectionId: search.get("collection"),
    q: search.get("q") ?? "",
    filter: oneOf(FILTERS, search.get("state")) ?? "all",
    sort,
    order: oneOf(["asc", "desc"] as const, search.get("order")) ?? FIRST_ORDER[sort],
  };
}

/** The same address with another view; what goes without saying isn't said in it. */
export function withView(search: URLSearchParams, view: Partial<View>): URLSearchParams {
  const { collectionId, q, filter, sort, order } = { ...readView(search), ...view };
  const next = new URLSearchParams(search);
  const put = (key: string, value: string | null, silent: string) =>
    value === null || value === silent ? next.delete(key) : next.set(key, value);
  put("collection", collectionId, "");
  put("q", q, "");
  put("state", filter, "all");
  put("sort", sort, "created");
  put("order", order, FIRST_ORDER[sort]);
  return next;
}

/** A column pressed: the other way round if the list is in its order, else in the order it begins with. */
export function sortedBy({ sort, order }: View, pressed: Sort): Pick<View, "sort" | "order"> {
  if (sort !== pressed) return { sort: pressed, order: FIRST_ORDER[pressed] };
  return { sort, order: order === "asc" ? "desc" : "asc" };
}

/** Where the API lists a collection's documents in a view. */
export function documentsPath(collectionId: string, view: View, cursor: string | null = null): string {
  const { q, filter, sort, order } = view;
  const query = new URLSearchParams({ collection_id: collectionId, sort, order, limit: String(PAGE_SIZE) });
  if (q.trim() !== "") query.set("q", q.trim());
  if (filter !== "all") query.set("status", filter);
  if (cursor !== null) query.set("cursor", cursor);
  return `/documents?${query}`;
}

/** Whether a document that has just come belongs on top, whatever is shown. */
export function isNewestFirst({ q, filter, sort, order }: View): boolean {
  return q === "" && filter === "all" && sort === "created" && order === "desc";
}

function oneOf<T extends string>(values: readonly T[], wanted: string | null): T | undefined {
  return values.find((value) => value === wanted);
}
