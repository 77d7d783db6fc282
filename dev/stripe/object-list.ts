import { noSuch } from "./api-error.ts";

export type PageParams = {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
};

/** A list object as the API answers it. */
export type ObjectList<T> = { object: "list"; data: T[]; has_more: boolean; url: string };

/** A list that is complete. */
export function wholeList<T>(data: T[], url: string): ObjectList<T> {
  return { object: "list", data, has_more: false, url };
}

/**
 * One page of a list.
 *
 * @param items newest first
 * @throws ApiError when the cursor isn't among the items
 */
export function pageOf<T extends { id: string }>(items: T[], page: PageParams, url: string): ObjectList<T> {
  if (page.ending_before) {
    const before = items.slice(0, positionOf(items, page.ending_before, "ending_before"));
    return {
      object: "list",
      data: before.slice(-page.limit),
      has_more: before.length > page.limit,
      url,
    };
  }
  const from = page.starting_after ? positionOf(items, page.starting_after, "starting_after") + 1 : 0;
  const rest = items.slice(from);
  return { object: "list", data: rest.slice(0, page.limit), has_more: rest.length > page.limit, url };
}

function positionOf(items: { id: string }[], id: string, param: string): number {
  const position = items.findIndex((item) => item.id === id);
  if (position < 0) throw noSuch("object", id, param);
  return position;
}
